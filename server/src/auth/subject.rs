//! Whose roles count for a caller: a person's own, or those of the person that a token acts as, within its limits.

use axum::http::HeaderMap;
use burgee_domain::scope::Scope;
use burgee_store::{
    Conn, StoreError,
    access::{Person, Subject},
    tokens::Token,
    users::{self, User},
};
use chrono::{DateTime, Utc};

use super::{session, token};

/// Somebody who has signed in.
pub(crate) fn of_user(user: &User) -> Subject {
    Subject::new(person(user))
}

/// A token, and the account that it acts as; without one it acts as an administrator. `None` if the account has gone in
/// this very moment: a token goes away with its user.
pub(crate) async fn of_token(conn: &mut Conn, token: &Token) -> Result<Option<(Subject, Option<User>)>, StoreError> {
    let limits = (!token.is_unlimited()).then(|| token.targets.clone());
    let Some(user_id) = token.user_id else {
        return Ok(Some((Subject { person: Person::Administrator, limits }, None)));
    };
    let user = users::get(conn, user_id).await?;
    Ok(user.map(|user| (Subject { person: person(&user), limits }, Some(user))))
}

/// Who looks at a badge or a feed, and by what.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    /// Whose roles count.
    pub(crate) subject: Subject,
    /// When the session or token ends.
    pub(crate) until: Option<DateTime<Utc>>,
    /// The token.
    pub(crate) token: Option<i64>,
}

impl Viewer {
    /// An anonymous viewer, or one whose token is not valid.
    pub(crate) const NOBODY: Self = Self { subject: Subject::NOBODY, until: None, token: None };

    /// By a token in the headers with one of these scopes, else by the cookie of the pages.
    pub(crate) async fn find(conn: &mut Conn, headers: &HeaderMap, any_of: &[Scope]) -> Result<Self, StoreError> {
        let Some(secret) = token::in_headers(headers) else {
            let found = session::find_with_end(conn, headers).await?;
            let viewer = found.map(|(user, end)| Self { subject: of_user(&user), until: Some(end), token: None });
            return Ok(viewer.unwrap_or(Self::NOBODY));
        };
        Self::by_token(conn, &secret, any_of).await
    }

    /// By this token, if it has one of these scopes.
    pub(crate) async fn by_token(conn: &mut Conn, secret: &str, any_of: &[Scope]) -> Result<Self, StoreError> {
        match token::find(conn, secret).await? {
            Ok(token) if any_of.iter().any(|scope| token.may(*scope)) => {
                let (until, id) = (token.expires_at, Some(token.id));
                let found = of_token(conn, &token).await?;
                Ok(found.map_or(Self::NOBODY, |(subject, _)| Self { subject, until, token: id }))
            }
            _ => Ok(Self::NOBODY),
        }
    }
}

fn person(user: &User) -> Person {
    if user.is_admin { Person::Administrator } else { Person::User(user.id) }
}
