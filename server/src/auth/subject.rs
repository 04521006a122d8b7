//! Whose roles count for a caller: a person's own, or those of the person that a token acts as, within its limits.

use burgee_store::{
    StoreError,
    access::{Person, Subject},
    tokens::Token,
    users::{self, User},
};

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

fn person(user: &User) -> Person {
    if user.is_admin { Person::Administrator } else { Person::User(user.id) }
}
