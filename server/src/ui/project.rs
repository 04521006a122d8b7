//! `/{full_path}`: what is running where, and the runs behind it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use burgee_app::pages::project::{self, Access, EnvironmentNow, ProjectPage};
use burgee_domain::url_text::encode_path;
use burgee_store::{
    Conn, StoreError, dashboard,
    environments::Environment,
    members::{self, MemberOf},
    projects::Project,
    runs::{self, Filter},
};

use super::{Visit, badges, lines, seen::SeenProject, visit::Answer};
use crate::api::paging;

/// Runs of one page.
const RUNS: usize = 25;

/// `GET /{full_path}`, `?before=` for older runs.
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenProject) -> Answer {
    let head = seen.head(conn).await?;
    let access = access(visit, conn, &seen).await?;
    let found = seen.project;
    let badges = badges::lines_of_project(visit, conn, &found).await?;
    let sources = badges::image_sources(visit, &badges);
    let before = visit.parameter("before").and_then(|id| id.parse().ok());
    let filter = Filter { project_id: Some(found.id), ..Filter::default() };
    let runs = runs::list(conn, &filter, before, paging::one_more(RUNS)).await?;
    let page = paging::page(runs, RUNS, |run| run.id);
    let path = format!("/{}", encode_path(&found.full_path));
    let page = ProjectPage {
        environments: environments(conn, &found).await?,
        head,
        badges,
        access,
        older: page.next_after.map(|id| format!("{path}?before={id}")),
        newer: before.map(|_| path),
        runs: page.items.into_iter().map(lines::run).collect(),
    };
    Ok(visit.page_with_images(StatusCode::OK, project::render(&visit.site, page), &sources))
}

/// What somebody who is signed in and no member can do about that.
async fn access(visit: &Visit, conn: &mut Conn, seen: &SeenProject) -> Result<Access, StoreError> {
    let Some(user) = visit.user.as_ref().filter(|_| seen.role.is_none()) else { return Ok(Access::Settled) };
    let asked = members::find(conn, MemberOf::Project(seen.project.id), user.id).await?;
    Ok(if asked.is_some() { Access::Requested } else { Access::MayRequest })
}

async fn environments(conn: &mut Conn, found: &Project) -> Result<Vec<EnvironmentNow>, StoreError> {
    let cells = dashboard::cells(conn, &[found.id]).await?;
    let mut latest: BTreeMap<i64, _> =
        cells.runs.into_iter().filter_map(|run| Some((run.environment_id?, lines::run(run)))).collect();
    let now =
        |environment: Environment| EnvironmentNow { latest: latest.remove(&environment.id), name: environment.name };
    Ok(cells.environments.into_iter().map(now).collect())
}
