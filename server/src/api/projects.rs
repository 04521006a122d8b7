//! `/api/burgee/v1/projects`

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use burgee_domain::{
    change::ProjectChange,
    scope::Scope,
    view::{Page, ProjectView},
};
use burgee_store::{
    Conn, StoreError,
    aliases::{self, Owner},
    groups,
    projects::{self, Filter, Project},
    reports,
};
use chrono::Utc;
use serde::Deserialize;

use super::{
    links,
    paging::{self, Paging},
};
use crate::{
    auth::Caller,
    respond::Problem,
    state::App,
    web::{body::JsonBody, peer::Peer},
};

/// The query of [`list_projects`].
#[derive(Debug, Deserialize)]
pub(crate) struct ListQuery {
    /// Part of a title or path.
    q: Option<String>,
    /// A space's or group's full path: only what is below it.
    group: Option<String>,
    limit: Option<u32>,
    after: Option<i64>,
}

/// `GET /projects`: by id.
pub(crate) async fn list_projects(
    State(app): State<App>,
    caller: Caller,
    peer: Peer,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ProjectView>>, Problem> {
    caller.require_read()?;
    let paging = Paging::new(query.limit, query.after);
    let limit = paging.limit()?;
    app.store
        .read(async |conn| {
            let filter = Filter { search: query.q.as_deref(), under: query.group.as_deref(), ..Filter::default() };
            let found = reachable(conn, &caller, &filter, paging.after(), limit + 1).await?;
            let page = paging::page(found, limit, |project| project.id);
            let mut items = Vec::with_capacity(page.items.len());
            for project in page.items {
                items.push(view(conn, &peer, project).await?);
            }
            Ok(Json(Page { items, next_after: page.next_after }))
        })
        .await
}

/// The projects within the caller's reach: a limited token sees few of many, so this may take several reads.
async fn reachable(
    conn: &mut Conn,
    caller: &Caller,
    filter: &Filter<'_>,
    mut after: Option<i64>,
    wanted: usize,
) -> Result<Vec<Project>, Problem> {
    const CHUNK: i64 = 500;
    let mut found = Vec::new();
    loop {
        let chunk = projects::list(conn, filter, after, CHUNK).await?;
        let is_last = (chunk.len() as i64) < CHUNK;
        after = chunk.last().map(|project| project.id);
        for project in chunk {
            if !caller.is_limited() || caller.reaches(&reports::target_of(conn, &project).await?) {
                found.push(project);
            }
        }
        if is_last || found.len() >= wanted {
            found.truncate(wanted);
            return Ok(found);
        }
    }
}

/// `GET /projects/{id or path}`
pub(crate) async fn find_project(
    State(app): State<App>,
    caller: Caller,
    peer: Peer,
    Path(id): Path<String>,
) -> Result<Json<ProjectView>, Problem> {
    caller.require_read()?;
    app.store
        .read(async |conn| {
            let project = find(conn, &caller, &id).await?;
            Ok(Json(view(conn, &peer, project).await?))
        })
        .await
}

/// `PATCH /projects/{id or path}`
pub(crate) async fn change_project(
    State(app): State<App>,
    caller: Caller,
    peer: Peer,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> Result<Json<ProjectView>, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let project_id = app.store.read(async |conn| find(conn, &caller, &id).await).await?.id;
    let change = ProjectChange::parse(&body).map_err(Problem::invalid)?;
    let changed =
        app.store.write(async move |conn| projects::change(conn, project_id, &change, Utc::now()).await).await?;
    let project = changed.ok_or_else(|| Problem::not_found("project"))?;
    app.store.read(async |conn| Ok(Json(view(conn, &peer, project).await?))).await
}

/// `DELETE /projects/{id or path}`: with everything that was reported about it.
pub(crate) async fn delete_project(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let project_id = app.store.read(async |conn| find(conn, &caller, &id).await).await?.id;
    app.store.write(async move |conn| projects::delete(conn, project_id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The project, by id or path. One that is out of the caller's reach is not there.
pub(super) async fn find(conn: &mut Conn, caller: &Caller, id: &str) -> Result<Project, Problem> {
    let found = match id.parse() {
        Ok(id) => projects::get(conn, id).await?,
        Err(_) => by_path(conn, id).await?,
    };
    let project = found.ok_or_else(|| Problem::not_found("project"))?;
    if caller.is_limited() && !caller.reaches(&reports::target_of(conn, &project).await?) {
        return Err(Problem::not_found("project"));
    }
    Ok(project)
}

/// The project at a full path. Below the space its slug will do as well: a project reported as `Shop` lives at
/// `default/Shop`, and badge URLs call it `shop`.
pub(crate) async fn by_path(conn: &mut Conn, path: &str) -> Result<Option<Project>, StoreError> {
    let path = path.trim_matches('/');
    if let Some(project) = projects::find_by_path(conn, path).await? {
        return Ok(Some(project));
    }
    let Some((space, slug)) = path.split_once('/') else { return Ok(None) };
    match groups::find_space(conn, space).await? {
        Some(space) => projects::find(conn, &space, slug).await,
        None => Ok(None),
    }
}

async fn view(conn: &mut Conn, peer: &Peer, project: Project) -> Result<ProjectView, Problem> {
    let aliases = aliases::of(conn, Owner::Project(project.id)).await?;
    Ok(ProjectView {
        url: links::project_page(&peer.public, &project.full_path),
        space: links::space_of(&project.full_path).to_owned(),
        id: project.id,
        path: project.full_path,
        name: project.name,
        instance_vars: project.instance_vars.to_json(),
        title: project.title,
        slug: project.slug,
        visibility: project.visibility,
        badges_enabled: project.badges_enabled,
        default_branch: project.default_branch,
        commit_sha: project.commit_sha,
        latest_tag: project.latest_tag,
        aliases,
        created_at: project.created_at,
        updated_at: project.updated_at,
    })
}
