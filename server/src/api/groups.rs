//! `/api/burgee/v1/groups`: spaces, and the groups below them.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use burgee_domain::{
    change::GroupChange,
    scope::Scope,
    view::{GroupView, Page},
};
use burgee_store::{
    Conn,
    aliases::{self, Kind, Owner},
    groups::{self, Group},
    reports::Target,
};
use chrono::Utc;

use super::{
    links,
    paging::{self, Paging},
};
use crate::{
    auth::Caller,
    config::public_url::PublicUrl,
    respond::Problem,
    state::App,
    web::{body::JsonBody, peer::Peer},
};

/// `GET /groups`: by id.
pub(crate) async fn list_groups(
    State(app): State<App>,
    caller: Caller,
    peer: Peer,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<GroupView>>, Problem> {
    caller.require_read()?;
    let limit = paging.limit()?;
    app.store
        .read(async |conn| {
            let mut found = Vec::new();
            for group in groups::after(conn, paging.after().unwrap_or(0)).await? {
                if found.len() <= limit && reaches(conn, &caller, &group).await? {
                    found.push(group);
                }
            }
            let page = paging::page(found, limit, |group| group.id);
            let ids: Vec<i64> = page.items.iter().map(|group| group.id).collect();
            let mut aliases = aliases::of_many(conn, Kind::Group, &ids).await?;
            let view = |group: Group| view(&peer.public, aliases.remove(&group.id).unwrap_or_default(), group);
            Ok(Json(Page { items: page.items.into_iter().map(view).collect(), next_after: page.next_after }))
        })
        .await
}

/// `GET /groups/{id or path}`
pub(crate) async fn find_group(
    State(app): State<App>,
    caller: Caller,
    peer: Peer,
    Path(id): Path<String>,
) -> Result<Json<GroupView>, Problem> {
    caller.require_read()?;
    app.store
        .read(async |conn| {
            let group = find(conn, &caller, &id).await?;
            let aliases = aliases::of(conn, Owner::Group(group.id)).await?;
            Ok(Json(view(&peer.public, aliases, group)))
        })
        .await
}

/// `PATCH /groups/{id or path}`
pub(crate) async fn change_group(
    State(app): State<App>,
    caller: Caller,
    peer: Peer,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> Result<Json<GroupView>, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let id = app.store.read(async |conn| find(conn, &caller, &id).await).await?.id;
    let change = GroupChange::parse(&body).map_err(Problem::invalid)?;
    let changed = app
        .store
        .write(async move |conn| groups::change(conn, id, &change, Utc::now()).await)
        .await?
        .ok_or_else(|| Problem::not_found("group"))?;
    let aliases = app.store.read(async |conn| aliases::of(conn, Owner::Group(id)).await).await?;
    Ok(Json(view(&peer.public, aliases, changed)))
}

/// The space or group, by id or path. One that is out of the caller's reach is not there.
async fn find(conn: &mut Conn, caller: &Caller, id: &str) -> Result<Group, Problem> {
    let found = match id.parse() {
        Ok(id) => groups::get(conn, id).await?,
        Err(_) => groups::find_by_path(conn, id.trim_matches('/')).await?,
    };
    let group = found.ok_or_else(|| Problem::not_found("group"))?;
    if reaches(conn, caller, &group).await? { Ok(group) } else { Err(Problem::not_found("group")) }
}

async fn reaches(conn: &mut Conn, caller: &Caller, group: &Group) -> Result<bool, Problem> {
    if !caller.is_limited() {
        return Ok(true);
    }
    let above = groups::above(conn, &group.full_path).await?;
    let groups = above.iter().map(|above| above.id).chain([group.id]).collect();
    Ok(caller.reaches(&Target { space: Some(group.space()), groups, project: None }))
}

fn view(public: &PublicUrl, aliases: std::collections::BTreeMap<String, String>, group: Group) -> GroupView {
    GroupView {
        url: links::project_page(public, &group.full_path),
        id: group.id,
        path: group.full_path,
        name: group.name,
        visibility: group.visibility,
        parent_id: group.parent_id,
        aliases,
        created_at: group.created_at,
        updated_at: group.updated_at,
    }
}
