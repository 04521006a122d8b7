//! What is running where: the latest run of many projects in every environment, at a cost that does not grow
//! with their history (each cell is one look-up in an index).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::MaybeStamp,
    conn::on_backend,
    environments::Environment,
    runs::{self, Run},
    schema::{environments, projects, runs as table},
};

/// The newest runs of the projects asked about.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// One run for each project and environment that has any, for whichever tenant, whatever its status. A run
    /// without environment is the project's latest build or job ("CI").
    pub runs: Vec<Run>,
    /// All runs without environment of the builds that `runs` names, oldest first: a build is as well as the worst
    /// of its jobs.
    pub jobs: Vec<Run>,
    /// The environments that occur in `runs`, by id.
    pub environments: Vec<Environment>,
}

/// The latest run of each project in each environment, and its latest run without environment.
///
/// # Errors
/// When the database does not answer.
pub async fn cells(conn: &mut Conn, project_ids: &[i64]) -> Result<Cells> {
    let mut ids = latest_in_environments(conn, project_ids).await?;
    ids.extend(latest_without_environment(conn, project_ids).await?);
    let ids: Vec<i64> = ids.into_iter().flatten().collect();
    let runs = runs::by_ids(conn, &ids).await?;
    let mut occurring: Vec<i64> = runs.iter().filter_map(|run| run.environment_id).collect();
    occurring.sort_unstable();
    occurring.dedup();
    let environments = on_backend!(conn, |c| environments::table
        .filter(environments::id.eq_any(&occurring))
        .order(environments::id)
        .select(Environment::as_select())
        .load(c)
        .await)?;
    let jobs = jobs(conn, &runs).await?;
    Ok(Cells { runs, jobs, environments })
}

async fn jobs(conn: &mut Conn, latest: &[Run]) -> Result<Vec<Run>> {
    let builds: Vec<i64> =
        latest.iter().filter(|run| run.environment_id.is_none()).filter_map(|run| run.build_id).collect();
    let query = table::table
        .filter(table::build_id.eq_any(&builds))
        .filter(table::environment_id.is_null())
        .order(table::id)
        .select(table::id);
    let ids: Vec<i64> = on_backend!(conn, |c| query.load(c).await)?;
    let mut jobs = runs::by_ids(conn, &ids).await?;
    jobs.sort_by_key(|run| run.id);
    Ok(jobs)
}

/// When anything was last reported.
///
/// # Errors
/// When the database does not answer.
pub async fn last_report(conn: &mut Conn) -> Result<Option<DateTime<Utc>>> {
    // The newest run is the newest report, but for updates of older runs: near enough, and one look-up.
    let query = table::table.order(table::id.desc()).select(table::updated_at.nullable());
    let newest: Option<MaybeStamp> = on_backend!(conn, |c| query.first(c).await.optional())?;
    Ok(newest.and_then(Into::into))
}

/// See [`crate::latest`] for why these orders name what is constant, and why there are ranges of one value.
async fn latest_in_environments(conn: &mut Conn, project_ids: &[i64]) -> Result<Vec<Option<i64>>> {
    let latest = table::table
        .filter(table::environment_id.eq(environments::id.nullable()))
        .filter(table::project_id.between(projects::id, projects::id))
        .order((table::project_id.desc(), table::id.desc()))
        .limit(1)
        .select(table::id);
    let query = projects::table
        .inner_join(environments::table.on(environments::space_id.eq(projects::space_id)))
        .filter(projects::id.eq_any(project_ids))
        .select(latest.single_value());
    Ok(on_backend!(conn, |c| query.load(c).await)?)
}

async fn latest_without_environment(conn: &mut Conn, project_ids: &[i64]) -> Result<Vec<Option<i64>>> {
    let latest = table::table
        .filter(table::environment_id.is_null())
        .filter(table::project_id.eq(projects::id))
        .order((table::environment_id.desc(), table::id.desc()))
        .limit(1)
        .select(table::id);
    let query = projects::table.filter(projects::id.eq_any(project_ids)).select(latest.single_value());
    Ok(on_backend!(conn, |c| query.load(c).await)?)
}
