//! Accounts, as far as members need them: `/user`, `/users`, `/users/{user_id}`. Only for callers who are known.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use burgee_store::users;

use super::{
    call::Call,
    entity::{BasicUser, CurrentUser},
    error::ApiError,
    pagination::Paging,
};

type Answer = Result<Response, ApiError>;

/// `GET /user`: the caller. A token that acts as no user in particular speaks for the first administrator.
pub(super) async fn current(call: Call) -> Answer {
    call.require_somebody()?;
    let user = match &call.account {
        Some(user) => CurrentUser::new(user),
        None => match call.app.store.read(async |conn| users::first_admin(conn).await).await? {
            Some(admin) => CurrentUser::new(&admin),
            None => CurrentUser::nameless_administrator(),
        },
    };
    Ok(Json(user).into_response())
}

/// `GET /users?username=&search=`
pub(super) async fn list(call: Call) -> Answer {
    call.require_somebody()?;
    let mut params = call.params.read();
    let (username, search) = (params.text("username"), params.text("search"));
    let paging = Paging::read(&mut params);
    params.finish()?;
    let mut found = call.app.store.read(async |conn| users::list(conn).await).await?;
    found.retain(|user| {
        username.as_ref().is_none_or(|name| user.username.eq_ignore_ascii_case(name))
            && search.as_ref().is_none_or(|part| user.username.to_lowercase().contains(&part.to_lowercase()))
    });
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let page = paging.slice(found);
    let items: Vec<BasicUser> = page.iter().map(|user| BasicUser::new(user.id, &user.username)).collect();
    Ok(paging.respond(&call, total, &items))
}

/// `GET /users/{user_id}`
pub(super) async fn show(call: Call) -> Answer {
    call.require_somebody()?;
    let mut params = call.params.read();
    let id = params.id("user_id");
    params.finish()?;
    let found = call.app.store.read(async |conn| users::get(conn, id).await).await?;
    let user = found.ok_or_else(|| ApiError::not_found("User"))?;
    Ok(Json(BasicUser::new(user.id, &user.username)).into_response())
}
