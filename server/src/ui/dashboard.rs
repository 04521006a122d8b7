//! `/`, and `/{space}` and `/{group}`: what is running where.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use burgee_app::{
    pages::{
        Place,
        dashboard::{self as page, CiCell, DashboardPage, FirstReport, ProjectRow},
    },
    run::RunLine,
};
use burgee_domain::{status::RunStatus, url_text::encode_query};
use burgee_store::{
    Conn, StoreError,
    access::Reach,
    dashboard,
    groups::{self, ListFilter},
    projects::{self, Filter, Project},
    runs::Run,
};

use super::{
    Visit,
    address::address,
    lines,
    seen::{SeenGroup, place},
    visit::Answer,
};
use crate::first_start;

/// Projects of one page.
const PROJECTS: i64 = 50;

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Answer {
    visit
        .app
        .store
        .read(async |conn| {
            let page = gather(&visit, conn, None).await?;
            let shows_nothing = page.total == 0 && page.query.is_empty();
            if visit.user.is_none() && shows_nothing {
                return Err(visit.hidden());
            }
            Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
        })
        .await
}

/// `GET /{space}`, `GET /{space}/{group}`
pub(super) async fn show_group(visit: &Visit, conn: &mut Conn, seen: SeenGroup) -> Answer {
    let page = gather(visit, conn, Some(seen)).await?;
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

async fn gather(visit: &Visit, conn: &mut Conn, seen: Option<SeenGroup>) -> Result<DashboardPage, StoreError> {
    let query = visit.parameter("q").unwrap_or_default().trim().to_owned();
    let number = visit.parameter("page").and_then(|n| n.parse().ok()).unwrap_or(1_i64).clamp(1, 1_000_000);
    let reach = visit.subject().reach(conn).await?;
    let filter = Filter {
        search: Some(query.as_str()).filter(|query| !query.is_empty()),
        under: path_of(seen.as_ref()),
        reach: Some(&reach),
        ..Filter::default()
    };
    let total = projects::count(conn, &filter).await?;
    let listed = projects::page(conn, &filter, (number - 1) * PROJECTS, PROJECTS).await?;
    let path = path_of(seen.as_ref()).map_or("/".to_owned(), |path| address(path, ""));
    let link = |number: i64| format!("{path}?q={}&page={number}", encode_query(&query));
    let (environments, rows) = rows(conn, listed).await?;
    Ok(DashboardPage {
        place: match &seen {
            Some(seen) => Some(seen.head(conn).await?),
            None => None,
        },
        spaces: spaces(conn, &reach).await?,
        environments,
        projects: rows,
        total: u64::try_from(total).unwrap_or(0),
        last_report: if visit.is_admin() { dashboard::last_report(conn).await? } else { None },
        previous: (number > 1).then(|| link(number - 1)),
        next: (number * PROJECTS < total).then(|| link(number + 1)),
        first_report: first_report(visit, conn, total == 0 && query.is_empty()).await?,
        query,
    })
}

fn path_of(seen: Option<&SeenGroup>) -> Option<&str> {
    seen.map(|seen| seen.group.full_path.as_str())
}

/// The spaces that the visitor may see, as a choice.
async fn spaces(conn: &mut Conn, reach: &Reach) -> Result<Vec<Place>, StoreError> {
    const SPACES: i64 = 50;
    let filter = ListFilter { search: None, reach, members_only: false, top_level_only: true };
    Ok(groups::list(conn, &filter, false, 0, SPACES).await?.into_iter().map(place).collect())
}

/// How to report a first run, for whoever may see a token.
async fn first_report(visit: &Visit, conn: &mut Conn, nothing_yet: bool) -> Result<Option<FirstReport>, StoreError> {
    if !nothing_yet || !visit.is_admin() {
        return Ok(None);
    }
    let token = first_start::shown_starter_token(conn).await?;
    Ok(token.map(|token| FirstReport { curl: first_start::curl(visit.public(), &token, " \\\n  ") }))
}

/// The environments that have a column, and a row for each project. Environments of the same name in several
/// spaces share a column.
async fn rows(conn: &mut Conn, listed: Vec<Project>) -> Result<(Vec<String>, Vec<ProjectRow>), StoreError> {
    let ids: Vec<i64> = listed.iter().map(|project| project.id).collect();
    let cells = dashboard::cells(conn, &ids).await?;
    let mut columns: Vec<String> = Vec::new();
    for environment in cells.environments {
        if !columns.contains(&environment.name) {
            columns.push(environment.name);
        }
    }
    let mut by_project: BTreeMap<i64, Vec<Run>> = BTreeMap::new();
    for run in cells.runs {
        by_project.entry(run.project_id).or_default().push(run);
    }
    let mut jobs: BTreeMap<i64, Vec<Run>> = BTreeMap::new();
    for run in cells.jobs {
        jobs.entry(run.project_id).or_default().push(run);
    }
    let rows = listed
        .into_iter()
        .map(|project| {
            let runs = by_project.remove(&project.id).unwrap_or_default();
            let jobs = jobs.remove(&project.id).unwrap_or_default();
            row(project, runs, jobs, &columns)
        })
        .collect();
    Ok((columns, rows))
}

fn row(project: Project, runs: Vec<Run>, jobs: Vec<Run>, columns: &[String]) -> ProjectRow {
    let (placed, builds): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.environment.is_some());
    let mut by_environment: BTreeMap<String, RunLine> =
        placed.into_iter().filter_map(|run| Some((run.environment.clone()?, lines::run(run)))).collect();
    ProjectRow {
        title: project.title,
        full_path: project.full_path,
        cells: columns.iter().map(|name| by_environment.remove(name)).collect(),
        ci: ci_cell(if jobs.is_empty() { builds } else { jobs }),
    }
}

/// The latest build: as well as the worst of its jobs, of each of which the latest run counts.
fn ci_cell(runs: Vec<Run>) -> Option<CiCell> {
    let at = runs.iter().map(|run| run.finished_at.or(run.started_at).unwrap_or(run.updated_at)).max()?;
    let (build, build_id) = (runs.last()?.build.clone(), runs.last()?.build_id);
    let latest: BTreeMap<Option<String>, RunStatus> = runs.into_iter().map(|run| (run.job, run.status)).collect();
    let status = latest.values().copied().min_by_key(|status| urgency(*status))?;
    let shown = |(job, of_job): (Option<String>, RunStatus)| job.filter(|_| of_job == status || !status.is_failure());
    Some(CiCell { build, build_id, status, jobs: latest.into_iter().filter_map(shown).collect(), at })
}

/// The smaller, the more somebody should look at it. Failures first, then what is not over.
const fn urgency(status: RunStatus) -> u8 {
    match status {
        RunStatus::Failed => 0,
        RunStatus::Errored => 1,
        RunStatus::TimedOut => 2,
        RunStatus::Canceled => 3,
        RunStatus::Canceling => 4,
        RunStatus::Running => 5,
        RunStatus::Pending => 6,
        RunStatus::Warned => 7,
        RunStatus::Succeeded => 8,
    }
}
