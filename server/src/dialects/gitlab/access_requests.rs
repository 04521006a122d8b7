//! Requests for access: somebody who may see a place asks to become a member of it.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use burgee_store::{Conn, members};
use chrono::Utc;

use super::{
    entity::{AccessRequester, MemberEntity},
    error::ApiError,
    members::{access_level, end, require_giving, set, user_id},
    pagination::Paging,
    source::{Found, Request},
};

type Answer = Result<Response, ApiError>;

/// `GET /access_requests`: for those who could grant them.
pub(super) async fn list(request: Request) -> Answer {
    let mut params = request.call.params.read();
    let paging = Paging::read(&mut params);
    params.finish()?;
    request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            found.require_change(&request.call)?;
            let requests = members::requests(conn, found.source.members()).await?;
            let total = i64::try_from(requests.len()).unwrap_or(i64::MAX);
            let items: Vec<AccessRequester> = paging.slice(requests).iter().map(AccessRequester::new).collect();
            Ok(paging.respond(&request.call, total, &items))
        })
        .await
}

/// `POST /access_requests`: for the caller.
pub(super) async fn request(request: Request) -> Answer {
    let found = request.call.app.store.read(async |conn| request.find(conn).await).await?;
    // An administrator without account has nothing to ask for.
    let user_id = request.call.account.as_ref().map(|user| user.id).ok_or_else(|| request.call.refusal())?;
    if found.role.is_some() {
        return Err(ApiError::invalid(vec![("user", "is already a member".to_owned())]));
    }
    let place = found.source.members();
    let (is_new, member) = request
        .call
        .app
        .store
        .write(async move |conn| {
            let is_new = members::request(conn, place, user_id, Utc::now()).await?;
            Ok((is_new, members::find(conn, place, user_id).await?))
        })
        .await?;
    match member {
        Some(member) if is_new => Ok((StatusCode::CREATED, Json(AccessRequester::new(&member))).into_response()),
        _ => Err(ApiError::invalid(vec![("user", "has already requested access".to_owned())])),
    }
}

/// `PUT /access_requests/{user_id}/approve`, `access_level` 30 if it is not named.
pub(super) async fn approve(request: Request) -> Answer {
    let mut params = request.call.params.read();
    let user_id = params.id("user_id");
    let role = access_level(&mut params, false);
    params.finish()?;
    let found = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            require_giving(&request, &found, role)?;
            require_request(conn, &found, user_id).await?;
            Ok::<_, ApiError>(found)
        })
        .await?;
    let member = set(&request, &found, user_id, role).await?;
    Ok((StatusCode::CREATED, Json(MemberEntity::new(&member))).into_response())
}

/// `DELETE /access_requests/{user_id}`: denied, or withdrawn by whoever asked.
pub(super) async fn deny(request: Request) -> Answer {
    let user_id = user_id(&request)?;
    let found = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            if request.call.account.as_ref().is_none_or(|user| user.id != user_id) {
                found.require_change(&request.call)?;
            }
            require_request(conn, &found, user_id).await?;
            Ok::<_, ApiError>(found)
        })
        .await?;
    end(&request, &found, user_id).await
}

async fn require_request(conn: &mut Conn, found: &Found, user_id: i64) -> Result<(), ApiError> {
    let asked = members::find(conn, found.source.members(), user_id).await?;
    asked.filter(|member| member.requested_at.is_some()).map(|_| ()).ok_or_else(ApiError::nothing)
}
