//! Members of a project or group: who has which role there. It takes a maintainer to change a project's, an owner to
//! change a group's; nobody gives, or takes from others, a role above their own.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use burgee_domain::role::Role;
use burgee_store::{
    Conn, groups,
    members::{self, Member},
    users::{self, User},
};
use chrono::Utc;

use super::{
    entity::MemberEntity,
    error::ApiError,
    pagination::Paging,
    params::Reader,
    source::{Found, Request},
};

type Answer = Result<Response, ApiError>;

/// `GET /members`: those of the place itself.
pub(super) async fn list(request: Request) -> Answer {
    answer_list(request, false).await
}

/// `GET /members/all`: also those of the groups above; of each the greatest role.
pub(super) async fn list_all(request: Request) -> Answer {
    answer_list(request, true).await
}

async fn answer_list(request: Request, inherited: bool) -> Answer {
    let mut params = request.call.params.read();
    let query = params.text("query").filter(|text| !text.is_empty());
    let paging = Paging::read(&mut params);
    params.finish()?;
    request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            request.call.require_somebody()?;
            let mut members = of(conn, &found, inherited).await?;
            members.retain(|member| {
                query.as_ref().is_none_or(|part| member.username.to_lowercase().contains(&part.to_lowercase()))
            });
            let total = i64::try_from(members.len()).unwrap_or(i64::MAX);
            let items: Vec<MemberEntity> = paging.slice(members).iter().map(MemberEntity::new).collect();
            Ok(paging.respond(&request.call, total, &items))
        })
        .await
}

/// `GET /members/{user_id}`
pub(super) async fn show(request: Request) -> Answer {
    answer_one(request, false).await
}

/// `GET /members/all/{user_id}`
pub(super) async fn show_all(request: Request) -> Answer {
    answer_one(request, true).await
}

async fn answer_one(request: Request, inherited: bool) -> Answer {
    let user_id = user_id(&request)?;
    request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            request.call.require_somebody()?;
            let members = of(conn, &found, inherited).await?;
            let member = members.iter().find(|member| member.user_id == user_id).ok_or_else(ApiError::nothing)?;
            Ok(Json(MemberEntity::new(member)).into_response())
        })
        .await
}

/// `POST /members`: `user_id` or `username`, and `access_level`.
pub(super) async fn add(request: Request) -> Answer {
    let mut params = request.call.params.read();
    let (id, username) = (params.integer("user_id"), params.text("username"));
    match (id, &username) {
        (None, None) => params.complain("user_id, username are missing, exactly one parameter must be provided"),
        (Some(_), Some(_)) => params.complain("user_id, username are mutually exclusive"),
        _ => {}
    }
    let role = access_level(&mut params, true);
    params.finish()?;
    let (found, user) = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            require_giving(&request, &found, role)?;
            let user = find_user(conn, id, username.as_deref()).await?;
            let before = members::find(conn, found.source.members(), user.id).await?;
            if before.is_some_and(|member| member.requested_at.is_none()) {
                return Err(ApiError::conflict("Member already exists"));
            }
            Ok((found, user))
        })
        .await?;
    let member = set(&request, &found, user.id, role).await?;
    Ok((StatusCode::CREATED, Json(MemberEntity::new(&member))).into_response())
}

/// `PUT /members/{user_id}`
pub(super) async fn change(request: Request) -> Answer {
    let mut params = request.call.params.read();
    let user_id = params.id("user_id");
    let role = access_level(&mut params, true);
    params.finish()?;
    let found = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            require_giving(&request, &found, role)?;
            let member = direct(conn, &found, user_id).await?;
            require_giving(&request, &found, member.role)?;
            Ok::<_, ApiError>(found)
        })
        .await?;
    let member = set(&request, &found, user_id, role).await?;
    Ok(Json(MemberEntity::new(&member)).into_response())
}

/// `DELETE /members/{user_id}`: everybody may leave by themselves.
pub(super) async fn remove(request: Request) -> Answer {
    let user_id = user_id(&request)?;
    let leaves = request.call.account.as_ref().is_some_and(|user| user.id == user_id);
    let found = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            if !leaves {
                found.require_change(&request.call)?;
            }
            let member = direct(conn, &found, user_id).await?;
            if !leaves {
                require_giving(&request, &found, member.role)?;
            }
            Ok::<_, ApiError>(found)
        })
        .await?;
    end(&request, &found, user_id).await
}

/// Ends a membership or a request for one.
pub(super) async fn end(request: &Request, found: &Found, user_id: i64) -> Answer {
    let place = found.source.members();
    let store = &request.call.app.store;
    store.write(async move |conn| members::remove(conn, place, user_id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Makes somebody a member with this role.
pub(super) async fn set(request: &Request, found: &Found, user_id: i64, role: Role) -> Result<Member, ApiError> {
    let place = found.source.members();
    let member = request
        .call
        .app
        .store
        .write(async move |conn| {
            members::set(conn, place, user_id, role, Utc::now()).await?;
            members::find(conn, place, user_id).await
        })
        .await?;
    member.ok_or_else(ApiError::nothing)
}

/// Refuses those who may not change members, and those whose own role is smaller than the one in question.
pub(super) fn require_giving(request: &Request, found: &Found, role: Role) -> Result<(), ApiError> {
    found.require_change(&request.call)?;
    if found.role >= Some(role) { Ok(()) } else { Err(ApiError::forbidden()) }
}

/// `access_level`, which defaults to a developer's where it need not be there.
pub(super) fn access_level(params: &mut Reader<'_>, is_required: bool) -> Role {
    let Some(given) = params.text("access_level") else {
        if is_required {
            params.required("access_level");
        }
        return Role::Developer;
    };
    given.parse().ok().and_then(Role::from_access_level).unwrap_or_else(|| {
        params.complain("access_level does not have a valid value");
        Role::Guest
    })
}

/// The `user_id` in the path.
pub(super) fn user_id(request: &Request) -> Result<i64, ApiError> {
    let mut params = request.call.params.read();
    let id = params.id("user_id");
    params.finish().map(|()| id)
}

async fn find_user(conn: &mut Conn, id: Option<i64>, name: Option<&str>) -> Result<User, ApiError> {
    let found = match (id, name) {
        (Some(id), _) => users::get(conn, id).await?,
        (None, Some(name)) => users::find(conn, name).await?,
        (None, None) => None,
    };
    found.ok_or_else(|| ApiError::not_found("User"))
}

/// A member of the place itself.
async fn direct(conn: &mut Conn, found: &Found, user_id: i64) -> Result<Member, ApiError> {
    let member = members::find(conn, found.source.members(), user_id).await?;
    member.filter(|member| member.requested_at.is_none()).ok_or_else(ApiError::nothing)
}

async fn of(conn: &mut Conn, found: &Found, inherited: bool) -> Result<Vec<Member>, ApiError> {
    let own = members::list(conn, found.source.members()).await?;
    if !inherited {
        return Ok(own);
    }
    let above = groups::above(conn, found.source.full_path()).await?;
    let from_above = members::inherited(conn, &above).await?.into_iter().map(|(_, member)| member);
    let mut greatest: BTreeMap<i64, Member> = BTreeMap::new();
    for member in own.into_iter().chain(from_above) {
        match greatest.get(&member.user_id) {
            Some(known) if known.role >= member.role => {}
            _ => {
                greatest.insert(member.user_id, member);
            }
        }
    }
    let mut all: Vec<Member> = greatest.into_values().collect();
    all.sort_by(|one, other| one.username.cmp(&other.username));
    Ok(all)
}
