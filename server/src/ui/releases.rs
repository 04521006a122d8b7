//! `/{full_path}/-/releases` and `/{full_path}/-/releases/{version…}`

use std::collections::BTreeMap;

use axum::http::StatusCode;
use burgee_app::pages::{
    release::{self as page, ReleasePage},
    releases::{self as list_page, ReleaseLine, ReleasesPage},
};
use burgee_store::{
    Conn, StoreError,
    builds::{self, Of},
    effective_variables::{self, Context},
    releases::{self, Release},
    runs::{self, Filter, Run},
};

use super::{
    Visit,
    address::{self, address},
    builds::with_latest,
    lines, own_badges,
    seen::SeenProject,
    visit::Answer,
};
use crate::api::paging;

/// Releases of one page of the list.
const RELEASES: usize = 25;
/// Builds on a release's page.
const BUILDS: usize = 10;
/// Runs of one page of a release's.
const RUNS: usize = 25;

/// `GET` of the list, `?before=` for older releases.
pub(super) async fn list(visit: &Visit, conn: &mut Conn, seen: SeenProject) -> Answer {
    let before = visit.parameter("before").and_then(|id| id.parse().ok());
    let found = releases::list(conn, seen.project.id, before, paging::one_more(RELEASES)).await?;
    let found = paging::page(found, RELEASES, |release| release.id);
    let ids: Vec<i64> = found.items.iter().map(|release| release.id).collect();
    let mut latest = runs::latest_of_releases(conn, &ids).await?;
    let mut now: BTreeMap<i64, Vec<Run>> = BTreeMap::new();
    for run in runs::still_in_environments(conn, &ids).await? {
        if let Some(release) = run.release_id {
            now.entry(release).or_default().push(run);
        }
    }
    let line = |release: Release| {
        let (latest, now) = (latest.remove(&release.id), now.remove(&release.id).unwrap_or_default());
        line(release, latest, now)
    };
    let path = address(&seen.project.full_path, "releases");
    let page = ReleasesPage {
        head: seen.head(conn).await?,
        older: found.next_after.map(|id| lines::older(&path, id)),
        newer: before.map(|_| path),
        releases: found.items.into_iter().map(line).collect(),
    };
    Ok(visit.page(StatusCode::OK, list_page::render(&visit.site, page)))
}

fn line(release: Release, latest: Option<Run>, now: Vec<Run>) -> ReleaseLine {
    ReleaseLine {
        version: release.version,
        status: release.status,
        created_at: release.created_at,
        latest: latest.map(lines::run),
        now: now.into_iter().map(lines::run).collect(),
    }
}

/// `GET` of one, `?before=` for older runs.
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenProject, version: &str) -> Answer {
    let Some(release) = releases::find(conn, seen.project.id, version).await? else { return Err(visit.hidden()) };
    let before = visit.parameter("before").and_then(|id| id.parse().ok());
    let page = gather(conn, &seen, release, before).await?;
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

async fn gather(
    conn: &mut Conn,
    seen: &SeenProject,
    release: Release,
    before: Option<i64>,
) -> Result<ReleasePage, StoreError> {
    let latest = runs::latest_of_releases(conn, &[release.id]).await?.remove(&release.id);
    let now = runs::still_in_environments(conn, &[release.id]).await?;
    let built = builds::list(conn, Of::Release(release.id), None, paging::one_more(BUILDS)).await?;
    let built = paging::page(built, BUILDS, |build| build.id);
    let builds = with_latest(conn, built.items).await?;
    let filter = Filter { release_id: Some(release.id), ..Filter::default() };
    let listed = runs::list(conn, &filter, before, paging::one_more(RUNS)).await?;
    let listed = paging::page(listed, RUNS, |run| run.id);
    let context =
        Context { run_id: None, build_id: None, release_id: Some(release.id), project_id: release.project_id };
    let variables = effective_variables::effective(conn, context).await?;
    // The one that badges would show.
    let shown = builds.iter().find(|build| build.status != "rejected");
    let shown = shown.map(|build| build.latest.as_ref().map(|run| run.status));
    let path = address::release(&seen.project.full_path, &release.version);
    Ok(ReleasePage {
        head: seen.head(conn).await?,
        badges: own_badges::of_release(&seen.project, &release, &now, shown),
        release: line(release, latest, now),
        builds,
        has_more_builds: built.next_after.is_some(),
        older: listed.next_after.map(|id| lines::older(&path, id)),
        newer: before.map(|_| path),
        runs: listed.items.into_iter().map(lines::run).collect(),
        variables: variables.into_iter().map(lines::variable).collect(),
    })
}
