//! `/api/burgee/v1/projects/{id}/releases`

use axum::{
    Json,
    extract::{Path, Query, State},
};
use burgee_domain::{
    scope::Scope,
    standing::parse_status,
    view::{Page, ReleaseView},
};
use burgee_store::{
    Conn,
    projects::Project,
    releases::{self, Release},
    standing,
};
use chrono::Utc;

use super::{
    paging::{self, Paging},
    projects,
};
use crate::{auth::Caller, respond::Problem, state::App, web::body::JsonBody};

/// `GET /projects/{id or path}/releases`: newest first.
pub(crate) async fn list_releases(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ReleaseView>>, Problem> {
    caller.require_read()?;
    let limit = paging.limit()?;
    app.store
        .read(async |conn| {
            let project = projects::find(conn, &caller, &id).await?;
            let found = releases::list(conn, project.id, paging.after(), paging::one_more(limit)).await?;
            let views = found.into_iter().map(|release| view(&project, release)).collect();
            Ok(Json(paging::page(views, limit, |release: &ReleaseView| release.id)))
        })
        .await
}

/// `GET /projects/{id or path}/releases/{version}`
pub(crate) async fn find_release(
    State(app): State<App>,
    caller: Caller,
    Path((id, version)): Path<(String, String)>,
) -> Result<Json<ReleaseView>, Problem> {
    caller.require_read()?;
    app.store
        .read(async |conn| {
            let project = projects::find(conn, &caller, &id).await?;
            let release = find(conn, &project, &version).await?;
            Ok(Json(view(&project, release)))
        })
        .await
}

/// `PATCH /projects/{id or path}/releases/{version}`: `{"status": "canceled"}`
pub(crate) async fn change_release(
    State(app): State<App>,
    caller: Caller,
    Path((id, version)): Path<(String, String)>,
    JsonBody(body): JsonBody,
) -> Result<Json<ReleaseView>, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let (project, release) = app
        .store
        .read(async |conn| {
            let project = projects::find(conn, &caller, &id).await?;
            let release = find(conn, &project, &version).await?;
            Ok::<_, Problem>((project, release))
        })
        .await?;
    let status = parse_status(&body).map_err(Problem::invalid)?;
    let change =
        app.store.write(async move |conn| standing::change_release(conn, release.id, status, Utc::now()).await);
    Ok(Json(view(&project, change.await?)))
}

/// The release of exactly this version.
pub(super) async fn find(conn: &mut Conn, project: &Project, version: &str) -> Result<Release, Problem> {
    releases::find(conn, project.id, version).await?.ok_or_else(|| Problem::not_found("release"))
}

fn view(project: &Project, release: Release) -> ReleaseView {
    ReleaseView {
        id: release.id,
        version: release.version,
        project: project.full_path.clone(),
        status: release.status,
        created_at: release.created_at,
    }
}
