//! Random secrets: API tokens, session cookies, the set-up link. Shown once, kept as SHA-256.

use rand::{Rng, distr::Alphanumeric};
use sha2::{Digest, Sha256};

/// What every API token begins with, so that secret scanners find one that was committed by mistake.
pub(crate) const TOKEN_PREFIX: &str = "burgee_";

/// A new API token: the prefix and 238 random bits.
pub(crate) fn new_token() -> String {
    format!("{TOKEN_PREFIX}{}", random())
}

/// 40 random letters and digits, 238 bits, from the operating system's seeded generator.
pub(crate) fn random() -> String {
    rand::rng().sample_iter(Alphanumeric).take(40).map(char::from).collect()
}

/// What is kept of a secret. A fast hash is right here: nobody guesses 238 bits.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What every token begins with, and four characters more: enough to find the right one where it is used.
pub(crate) fn prefix(secret: &str) -> String {
    secret.chars().take(TOKEN_PREFIX.len() + 4).collect()
}

/// The text of a new token, and what people will know it by.
pub(crate) struct Made {
    /// The token itself.
    pub(crate) text: String,
    pub(crate) prefix: String,
    pub(crate) hint: String,
}

impl Made {
    /// A token with this text, which is no secret; or one made at random.
    pub(crate) fn of(chosen: Option<String>) -> Self {
        match chosen {
            Some(text) => Self { prefix: text.clone(), hint: String::new(), text },
            None => {
                let text = new_token();
                Self { prefix: prefix(&text), hint: hint(&text), text }
            }
        }
    }

    /// What is kept to find it by.
    pub(crate) fn hash(&self) -> Vec<u8> {
        hash(&self.text)
    }
}

/// The last four characters: enough to recognise a token by.
pub(crate) fn hint(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters[characters.len().saturating_sub(4)..].iter().collect()
}
