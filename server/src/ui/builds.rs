//! `/{full_path}/-/builds` and `/{full_path}/-/builds/{id}`

use axum::http::StatusCode;
use burgee_app::{
    pages::{
        build::{self as page, BuildPage, Stage},
        builds::{self as list_page, BuildLine, BuildsPage},
    },
    run::RunLine,
};
use burgee_domain::status::RunStatus;
use burgee_store::{
    Conn, StoreError,
    builds::{self, Build, Of},
    effective_variables::{self, Context},
    runs::{self, Filter, Run},
};

use super::{
    Visit,
    address::{self, address},
    lines, own_badges,
    seen::SeenProject,
    visit::Answer,
};
use crate::api::paging;

/// Builds of one page of the list.
const BUILDS: usize = 25;
/// Runs of one page of a build's.
const RUNS: usize = 25;
/// Most runs of a build that are looked at for its stages.
const RUNS_OF_STAGES: i64 = 1_000;

/// `GET` of the list, `?before=` for older builds.
pub(super) async fn list(visit: &Visit, conn: &mut Conn, seen: SeenProject) -> Answer {
    let before = visit.parameter("before").and_then(|id| id.parse().ok());
    let found = builds::list(conn, Of::Project(seen.project.id), before, paging::one_more(BUILDS)).await?;
    let found = paging::page(found, BUILDS, |build| build.id);
    let path = address(&seen.project.full_path, "builds");
    let page = BuildsPage {
        head: seen.head(conn).await?,
        older: found.next_after.map(|id| lines::older(&path, id)),
        newer: before.map(|_| path),
        builds: with_latest(conn, found.items).await?,
    };
    Ok(visit.page(StatusCode::OK, list_page::render(&visit.site, page)))
}

/// Builds with the latest run of each.
pub(super) async fn with_latest(conn: &mut Conn, builds: Vec<Build>) -> Result<Vec<BuildLine>, StoreError> {
    let ids: Vec<i64> = builds.iter().map(|build| build.id).collect();
    let mut latest = runs::latest_of_builds(conn, &ids).await?;
    let line = |build: Build| {
        let latest = latest.remove(&build.id);
        lines::build(build, latest)
    };
    Ok(builds.into_iter().map(line).collect())
}

/// `GET` of one, `?before=` for older runs. A build of another project is not there.
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenProject, id: &str) -> Answer {
    let Some(id) = lines::id(id) else { return Err(visit.hidden()) };
    let found = builds::get(conn, id).await?.filter(|build| build.project_id == seen.project.id);
    let Some(build) = found else { return Err(visit.hidden()) };
    let before = visit.parameter("before").and_then(|id| id.parse().ok());
    let page = gather(conn, &seen, build, before).await?;
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

async fn gather(
    conn: &mut Conn,
    seen: &SeenProject,
    build: Build,
    before: Option<i64>,
) -> Result<BuildPage, StoreError> {
    let filter = Filter { build_id: Some(build.id), ..Filter::default() };
    let all = runs::list(conn, &filter, None, RUNS_OF_STAGES).await?;
    let listed = runs::list(conn, &filter, before, paging::one_more(RUNS)).await?;
    let listed = paging::page(listed, RUNS, |run| run.id);
    let context =
        Context { run_id: None, build_id: Some(build.id), release_id: build.release_id, project_id: build.project_id };
    let variables = effective_variables::effective(conn, context).await?;
    let path = address::build(&seen.project.full_path, build.id);
    let (started_at, finished_at) =
        (all.iter().filter_map(|run| run.started_at).min(), all.iter().filter_map(|run| run.finished_at).max());
    let latest = all.first().cloned();
    let line = lines::build(build.clone(), latest.clone());
    let stages = stages(all);
    let jobs: Vec<RunStatus> = stages.iter().map(|stage| stage.latest.status).collect();
    Ok(BuildPage {
        head: seen.head(conn).await?,
        badges: own_badges::of_build(&build, latest.as_ref(), &jobs),
        build: line,
        started_at,
        finished_at,
        stages,
        older: listed.next_after.map(|id| lines::older(&path, id)),
        newer: before.map(|_| path),
        runs: listed.items.into_iter().map(lines::run).collect(),
        variables: variables.into_iter().map(lines::variable).collect(),
    })
}

/// What a build went through, from its runs, newest first: of each stage, job, environment and tenant the latest run, in
/// the order of the first.
fn stages(newest_first: Vec<Run>) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for run in newest_first.into_iter().rev().map(lines::run) {
        match stages.iter_mut().find(|stage| is_same(&stage.latest, &run)) {
            Some(stage) => {
                stage.latest = run;
                stage.runs += 1;
            }
            None => stages.push(Stage { name: stage_name(&run), latest: run, runs: 1 }),
        }
    }
    stages
}

fn is_same(one: &RunLine, other: &RunLine) -> bool {
    (&one.stage, &one.job, &one.environment, &one.tenant)
        == (&other.stage, &other.job, &other.environment, &other.tenant)
}

fn stage_name(run: &RunLine) -> String {
    let name = run.stage.as_ref().or(run.job.as_ref()).or(run.environment.as_ref());
    name.cloned().unwrap_or_else(|| "Run".to_owned())
}
