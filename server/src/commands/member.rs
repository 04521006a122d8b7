//! `burgee member …`: roles, from the command line.

use burgee_domain::role::Role;
use burgee_store::{
    Conn, StoreError, groups,
    members::{self, MemberOf},
    users,
};
use chrono::Utc;

use super::{Outcome, block_on, open, say, until_noticed};
use crate::{
    api::projects::by_path,
    cli::{MemberPlace, MembershipArgs},
};

/// `burgee member set`
pub(crate) fn set(membership: &MembershipArgs, role: Role) -> Outcome {
    change(membership, Some(role))
}

/// `burgee member remove`
pub(crate) fn remove(membership: &MembershipArgs) -> Outcome {
    change(membership, None)
}

fn change(membership: &MembershipArgs, role: Option<Role>) -> Outcome {
    let MembershipArgs { user, place, store } = membership.clone();
    let words = place.group.as_deref().or(place.project.as_deref()).unwrap_or_default().to_owned();
    block_on(async {
        let store = open(&store).await?;
        let name = user.clone();
        let done = store
            .write(async move |conn| {
                let place = find(conn, &place).await?;
                let account = users::find(conn, &name).await?;
                let id = account.ok_or_else(|| absent("user", format!("there is no account called {name}")))?.id;
                match role {
                    Some(role) => members::set(conn, place, id, role, Utc::now()).await.map(|_| true),
                    None => members::remove(conn, place, id).await,
                }
            })
            .await
            .map_err(|error: StoreError| error.to_string())?;
        until_noticed().await;
        match role {
            Some(role) => say(&format!("{user} is {role} of {words}")),
            None if done => say(&format!("{user} has no role of its own in {words} any more")),
            None => return Err(format!("{user} has no role of its own in {words}")),
        }
        Ok(())
    })
}

async fn find(conn: &mut Conn, place: &MemberPlace) -> Result<MemberOf, StoreError> {
    if let Some(path) = &place.group {
        let group = groups::find_by_path(conn, path.trim_matches('/')).await?;
        let none = || absent("group", format!("there is no space or group {path}"));
        return Ok(MemberOf::Group(group.ok_or_else(none)?.id));
    }
    let path = place.project.as_deref().unwrap_or_default();
    let project = by_path(conn, path).await?;
    let none = || absent("project", format!("there is no project {path}: its path begins with its space"));
    Ok(MemberOf::Project(project.ok_or_else(none)?.id))
}

const fn absent(field: &'static str, detail: String) -> StoreError {
    StoreError::Conflict { field, detail }
}
