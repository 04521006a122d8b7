//! `/api/burgee/v1/projects/{id}/releases/{version}/builds`, and `…/projects/{id}/builds` for builds of no release.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use burgee_domain::{
    scope::Scope,
    standing::parse_status,
    view::{BuildView, Page},
};
use burgee_store::{
    Conn,
    builds::{self, Build, Of},
    projects::Project,
    standing,
};
use chrono::Utc;
use serde::Deserialize;

use super::{
    paging::{self, Paging},
    projects, releases,
};
use crate::{auth::Caller, respond::Problem, state::App, web::body::JsonBody};

/// The segments of an address.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    /// The project, by id or path.
    id: String,
    /// The release; without one, builds that belong to none.
    version: Option<String>,
    /// The build.
    number: Option<String>,
}

/// `GET …/builds`: newest first.
pub(crate) async fn list_builds(
    State(app): State<App>,
    caller: Caller,
    Path(address): Path<Address>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<BuildView>>, Problem> {
    caller.require_read()?;
    let limit = paging.limit()?;
    app.store
        .read(async |conn| {
            let (project, release_id) = address.release(conn, &caller).await?;
            let of = release_id.map_or(Of::NoRelease(project.id), Of::Release);
            let found = builds::list(conn, of, paging.after(), paging::one_more(limit)).await?;
            let views = found.into_iter().map(|build| view(&project, build)).collect();
            Ok(Json(paging::page(views, limit, |build: &BuildView| build.id)))
        })
        .await
}

/// `GET …/builds/{number}`
pub(crate) async fn find_build(
    State(app): State<App>,
    caller: Caller,
    Path(address): Path<Address>,
) -> Result<Json<BuildView>, Problem> {
    caller.require_read()?;
    let (project, build) = app.store.read(async |conn| address.build(conn, &caller).await).await?;
    Ok(Json(view(&project, build)))
}

/// `PATCH …/builds/{number}`: `{"status": "rejected"}`
pub(crate) async fn change_build(
    State(app): State<App>,
    caller: Caller,
    Path(address): Path<Address>,
    JsonBody(body): JsonBody,
) -> Result<Json<BuildView>, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let (project, build) = app.store.read(async |conn| address.build(conn, &caller).await).await?;
    let status = parse_status(&body).map_err(Problem::invalid)?;
    let change = app.store.write(async move |conn| standing::change_build(conn, &build, status, Utc::now()).await);
    Ok(Json(view(&project, change.await?)))
}

impl Address {
    /// The project, and the id of the release if one is named.
    async fn release(&self, conn: &mut Conn, caller: &Caller) -> Result<(Project, Option<i64>), Problem> {
        let project = projects::find(conn, caller, &self.id).await?;
        let release_id = match &self.version {
            Some(version) => Some(releases::find(conn, &project, version).await?.id),
            None => None,
        };
        Ok((project, release_id))
    }

    /// The project and the build.
    pub(super) async fn build(&self, conn: &mut Conn, caller: &Caller) -> Result<(Project, Build), Problem> {
        let (project, release_id) = self.release(conn, caller).await?;
        let number = self.number.as_deref().unwrap_or_default();
        let build = builds::find(conn, project.id, release_id, number).await?;
        Ok((project, build.ok_or_else(|| Problem::not_found("build"))?))
    }
}

fn view(project: &Project, build: Build) -> BuildView {
    BuildView {
        id: build.id,
        number: build.number,
        release: build.release,
        project: project.full_path.clone(),
        status: build.status,
        created_at: build.created_at,
    }
}
