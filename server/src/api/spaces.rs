//! `/api/burgee/v1/spaces`

use axum::{
    Json,
    extract::{Path, State},
};
use burgee_domain::{
    change::GroupChange,
    scope::Scope,
    view::{Page, PlaceView},
};
use burgee_store::{
    Conn,
    aliases::{self, Owner},
    groups::{self, Group},
    reports::Target,
};
use chrono::Utc;

use crate::{auth::Caller, respond::Problem, state::App, web::body::JsonBody};

/// `GET /spaces`: by name, all on one page.
pub(crate) async fn list_spaces(State(app): State<App>, caller: Caller) -> Result<Json<Page<PlaceView>>, Problem> {
    caller.require_read()?;
    app.store
        .read(async |conn| {
            let mut items = Vec::new();
            for space in groups::spaces(conn).await? {
                if caller.reaches(&target(space.id)) {
                    items.push(view(conn, space).await?);
                }
            }
            Ok(Json(Page { items, next_after: None }))
        })
        .await
}

/// `GET /spaces/{id, Spaces-id or slug}`
pub(crate) async fn find_space(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<PlaceView>, Problem> {
    caller.require_read()?;
    app.store
        .read(async |conn| {
            let space = find(conn, &caller, &id).await?;
            Ok(Json(view(conn, space).await?))
        })
        .await
}

/// `PATCH /spaces/{id, Spaces-id or slug}`
pub(crate) async fn change_space(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> Result<Json<PlaceView>, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let space = app.store.read(async |conn| find(conn, &caller, &id).await).await?;
    let change = GroupChange::parse(&body).map_err(Problem::invalid)?;
    let changed = app
        .store
        .write(async move |conn| groups::change(conn, space.id, &change, Utc::now()).await)
        .await?
        .ok_or_else(|| Problem::not_found("space"))?;
    Ok(Json(app.store.read(async |conn| view(conn, changed).await).await?))
}

/// The space, by plain id, `Spaces-1`, alias or slug. One that is out of the caller's reach is not there.
pub(super) async fn find(conn: &mut Conn, caller: &Caller, id: &str) -> Result<Group, Problem> {
    let found = match id.parse() {
        Ok(id) => groups::get(conn, id).await?.filter(|group| group.parent_id.is_none()),
        Err(_) => groups::find_space(conn, id).await?,
    };
    found.filter(|space| caller.reaches(&target(space.id))).ok_or_else(|| Problem::not_found("space"))
}

/// What a token's limits are held against, for a space and what is directly in it.
pub(super) fn target(space_id: i64) -> Target {
    Target { space: Some(space_id), groups: [space_id].into(), project: None }
}

async fn view(conn: &mut Conn, space: Group) -> Result<PlaceView, Problem> {
    let aliases = aliases::of(conn, Owner::Group(space.id)).await?;
    Ok(PlaceView {
        id: space.id,
        octopus_id: format!("Spaces-{}", space.id),
        space: space.full_path,
        name: space.name,
        slug: space.slug,
        aliases,
    })
}
