//! `/{full_path}/-/members`: who has which role in a project or group, and who asks for one.

use axum::http::StatusCode;
use burgee_app::{
    form::FieldError,
    pages::members::{self as page, AccessRequest, InheritedMember, MemberForm, MemberLine, MembersPage},
};
use burgee_domain::role::Role;
use burgee_store::{Conn, StoreError, groups, members, users};
use chrono::Utc;

use super::{
    Visit,
    address::address,
    form::Form,
    seen::{Seen, place},
    visit::Answer,
};

/// `GET`
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: &Seen) -> Answer {
    seen.require_change(visit)?;
    let mut page = gather(conn, seen).await?;
    page.done = visit.parameter("done").and_then(done).map(ToOwned::to_owned);
    page.removing = visit.parameter("remove").and_then(|id| id.parse().ok());
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

/// `POST`
pub(super) async fn submit(visit: &Visit, seen: &Seen, form: &Form) -> Answer {
    seen.require_change(visit)?;
    let user_id = form.text("user_id").parse::<i64>().unwrap_or_default();
    let role = form.text("role").parse::<Role>();
    match form.text("action") {
        "add" => add(visit, seen, form.text("username").trim(), role).await,
        "change" => set(visit, seen, user_id, role, "changed").await,
        "approve" => set(visit, seen, user_id, role, "approved").await,
        "remove" => remove(visit, seen, user_id, "removed").await,
        "deny" => remove(visit, seen, user_id, "denied").await,
        _ => Err(visit.hidden()),
    }
}

/// `POST /{full_path}/-/request-access`: somebody who may see a place asks to become a member.
pub(super) async fn request_access(visit: &Visit, seen: &Seen) -> Answer {
    let Some(user) = &visit.user else { return Err(visit.hidden()) };
    if seen.role().is_none() {
        let (place, user_id) = (seen.members(), user.id);
        visit.app.store.write(async move |conn| members::request(conn, place, user_id, Utc::now()).await).await?;
    }
    Ok(visit.redirect(&address(seen.full_path(), "")))
}

/// What was done, by the word in the address that one comes back to.
fn done(word: &str) -> Option<&'static str> {
    Some(match word {
        "added" => "The member was added.",
        "changed" => "The role was changed.",
        "approved" => "The request was approved.",
        "removed" => "The member was removed.",
        "denied" => "The request was denied.",
        _ => return None,
    })
}

async fn add(visit: &Visit, seen: &Seen, username: &str, role: Result<Role, String>) -> Answer {
    let mut errors = Vec::new();
    let (user, member) = visit
        .app
        .store
        .read(async |conn| {
            let user = users::find(conn, username).await?;
            let member = match &user {
                Some(user) => members::find(conn, seen.members(), user.id).await?,
                None => None,
            };
            Ok::<_, StoreError>((user, member))
        })
        .await?;
    match &user {
        None if username.is_empty() => errors.push(FieldError::new("username", "Whose role is it? Enter a user name.")),
        None => errors.push(FieldError::new("username", format!("There is no account called “{username}”."))),
        Some(_) if member.is_some_and(|member| member.requested_at.is_none()) => {
            errors.push(FieldError::new("username", format!("“{username}” is a member already.")));
        }
        Some(_) => {}
    }
    match &role {
        Ok(role) if *role > seen.role().unwrap_or(Role::Guest) => {
            errors.push(FieldError::new("role", "Nobody can give a role above their own."));
        }
        Ok(_) => {}
        Err(_) => errors.push(FieldError::new("role", "Choose a role.")),
    }
    if let (Some(user), Ok(role), true) = (user, &role, errors.is_empty()) {
        return set(visit, seen, user.id, Ok(*role), "added").await;
    }
    let mut page = visit.app.store.read(async |conn| gather(conn, seen).await).await?;
    let typed = MemberForm { username: username.to_owned(), ..MemberForm::default() };
    page.form = MemberForm { role: role.unwrap_or(typed.role), ..typed };
    page.errors = errors;
    Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, page::render(&visit.site, page)))
}

/// Gives a role to somebody who is a member, or asks to be one; to anybody when they are `added`.
async fn set(visit: &Visit, seen: &Seen, user_id: i64, role: Result<Role, String>, word: &str) -> Answer {
    let place = seen.members();
    let before = visit.app.store.read(async |conn| members::find(conn, place, user_id).await).await?;
    let (Ok(role), true) = (role, before.is_some() || word == "added") else { return Err(visit.hidden()) };
    let changed = before.filter(|member| member.requested_at.is_none()).map(|member| member.role);
    if changed.max(Some(role)) > seen.role() {
        return refuse(visit, seen, "Nobody can give or take a role above their own.").await;
    }
    visit.app.store.write(async move |conn| members::set(conn, place, user_id, role, Utc::now()).await).await?;
    Ok(back(visit, seen, word))
}

async fn remove(visit: &Visit, seen: &Seen, user_id: i64, word: &str) -> Answer {
    let place = seen.members();
    let member = visit.app.store.read(async |conn| members::find(conn, place, user_id).await).await?;
    let Some(member) = member else { return Err(visit.hidden()) };
    if member.requested_at.is_none() && Some(member.role) > seen.role() {
        return refuse(visit, seen, "Nobody can give or take a role above their own.").await;
    }
    visit.app.store.write(async move |conn| members::remove(conn, place, user_id).await).await?;
    // Who removes themselves may have nothing to see there any more; the way back tells.
    Ok(back(visit, seen, word))
}

fn back(visit: &Visit, seen: &Seen, word: &str) -> axum::response::Response {
    visit.redirect(&format!("{}?done={word}", address(seen.full_path(), "members")))
}

async fn refuse(visit: &Visit, seen: &Seen, why: &str) -> Answer {
    let mut page = visit.app.store.read(async |conn| gather(conn, seen).await).await?;
    page.problem = Some(why.to_owned());
    Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, page::render(&visit.site, page)))
}

async fn gather(conn: &mut Conn, seen: &Seen) -> Result<MembersPage, StoreError> {
    let above = groups::above(conn, seen.full_path()).await?;
    let direct = members::list(conn, seen.members()).await?;
    let inherited = members::inherited(conn, &above).await?;
    let requests = members::requests(conn, seen.members()).await?;
    Ok(MembersPage {
        head: seen.head(conn).await?,
        direct: direct
            .into_iter()
            .map(|member| MemberLine { user_id: member.user_id, name: member.username, role: member.role })
            .collect(),
        inherited: inherited
            .into_iter()
            .map(|(group, member)| InheritedMember { name: member.username, role: member.role, from: place(group) })
            .collect(),
        requests: requests
            .into_iter()
            .map(|member| AccessRequest {
                user_id: member.user_id,
                name: member.username,
                requested_at: member.requested_at.unwrap_or(member.created_at),
            })
            .collect(),
        form: MemberForm::default(),
        errors: Vec::new(),
        done: None,
        problem: None,
        removing: None,
    })
}
