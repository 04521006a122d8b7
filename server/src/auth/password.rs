//! Passwords: Argon2id with the crate's recommended parameters, off the async threads.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// Fewest characters of a password (NIST SP 800-63B asks for length, not for kinds of characters).
pub(crate) const MIN_LENGTH: usize = 12;

/// Refuses passwords that are too short, or longer than anybody types.
///
/// # Errors
/// A sentence for the person who chose it.
pub(crate) fn check_strength(password: &str) -> Result<(), String> {
    match password.chars().count() {
        ..MIN_LENGTH => Err(format!("must have at least {MIN_LENGTH} characters")),
        MIN_LENGTH..=1000 => Ok(()),
        _ => Err("must have at most 1000 characters".to_owned()),
    }
}

/// The hash to keep, in PHC string form.
pub(crate) async fn hash(password: String) -> Result<String, String> {
    blocking(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(|e| e.to_string())
}

/// Whether the password is the one that was hashed. Without a hash (no such account, or one without a password) the same work is done
/// for nothing, so that timing does not tell which accounts exist.
pub(crate) async fn verify(password: String, hash: Option<String>) -> bool {
    let result = blocking(move || {
        let hash = hash.filter(|hash| hash != NONE);
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let verified = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && verified
    })
    .await;
    result.unwrap_or(false)
}

/// What stands where a hash would, for an account without a password: no password is right.
pub(crate) const NONE: &str = "";

/// A hash of a random password that was thrown away.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$RYbgF0nyOBTWzXKcUdqVNKHQc8l7c2ZkbSU1N8C6mDQ";

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let hash = hash("correct horse battery".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("correct horse battery".to_owned(), Some(hash.clone())).await);
        assert!(!verify("wrong horse battery".to_owned(), Some(hash)).await);
        assert!(!verify("correct horse battery".to_owned(), None).await);
        assert!(!verify(String::new(), Some(NONE.to_owned())).await);
    }

    #[test]
    fn short_passwords_are_refused() {
        assert!(check_strength("elevenchars").is_err());
        assert!(check_strength("twelve chars").is_ok());
    }

    #[test]
    fn the_hash_of_nobody_costs_as_much_as_a_real_one() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let real = Argon2::default().hash_password(b"x").unwrap();
        assert_eq!(nobody.params.to_string(), real.params.to_string());
    }
}
