//! Whose roles count for a caller: a person's own, or those of the person that a token acts as, within its limits.

use axum::http::HeaderMap;
use burgee_domain::scope::Scope;
use burgee_store::{
    StoreError,
    access::{Person, Subject},
    tokens::Token,
    users::{self, User},
};

use super::{session, token};
use crate::state::App;

/// Somebody who has signed in.
pub(crate) fn of_user(user: &User) -> Subject {
    Subject::new(person(user))
}

/// A token, and the account that it acts as; without one it acts as an administrator. `None` if the account has gone in
/// this very moment: a token goes away with its user.
pub(crate) async fn of_token(app: &App, token: &Token) -> Result<Option<(Subject, Option<User>)>, StoreError> {
    let limits = (!token.is_unlimited()).then(|| token.targets.clone());
    let Some(user_id) = token.user_id else {
        return Ok(Some((Subject { person: Person::Administrator, limits }, None)));
    };
    let user = users::get(&mut app.store.read().await?, user_id).await?;
    Ok(user.map(|user| (Subject { person: person(&user), limits }, Some(user))))
}

/// Whoever looks at a badge or a feed: by a token in the headers with one of these scopes, else by the cookie of the pages. A
/// token that is no good is nobody's.
pub(crate) async fn of_viewer(app: &App, headers: &HeaderMap, any_of: &[Scope]) -> Result<Subject, StoreError> {
    let Some(secret) = token::in_headers(headers) else {
        let user = session::find(app, headers).await?;
        return Ok(user.as_ref().map_or(Subject::NOBODY, of_user));
    };
    match token::find(app, &secret).await? {
        Ok(token) if any_of.iter().any(|scope| token.may(*scope)) => {
            let found = of_token(app, &token).await?;
            Ok(found.map_or(Subject::NOBODY, |(subject, _)| subject))
        }
        _ => Ok(Subject::NOBODY),
    }
}

fn person(user: &User) -> Person {
    if user.is_admin { Person::Administrator } else { Person::User(user.id) }
}
