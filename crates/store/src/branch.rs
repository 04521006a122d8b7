//! What happened on a branch, and the latest release: the look-ups behind GitLab's SVG badges (`spec/dialects.md` B13).
//! Each is answered from the end of an index, whatever the history.

use std::collections::BTreeMap;

use burgee_domain::status::RunStatus;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::{Stamp, Word},
    conn::on_backend,
    identifier::askable,
    schema::{jobs, releases, runs},
};

/// Most runs of one build that are looked at.
const RUNS_OF_A_BUILD: i64 = 1_000;

/// The latest pipeline of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// The status of each of its jobs: of each, the latest run counts.
    pub jobs: Vec<RunStatus>,
    /// When the latest report about it came in.
    pub updated_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = runs)]
struct JobRun {
    build_id: Option<i64>,
    environment_id: Option<i64>,
    tenant_id: Option<i64>,
    job_id: Option<i64>,
    #[diesel(deserialize_as = Word)]
    status: RunStatus,
    #[diesel(deserialize_as = Stamp)]
    updated_at: DateTime<Utc>,
}

/// The latest pipeline: the build of the branch's latest run with all its runs, or that run alone.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_pipeline(conn: &mut Conn, project_id: i64, branch: &str) -> Result<Option<Pipeline>> {
    let branch = askable(branch);
    // See `crate::latest` for why this is no `=`.
    let latest: Option<JobRun> = on_backend!(conn, |c| runs::table
        .filter(runs::project_id.eq(project_id))
        .filter(runs::branch.between(branch, branch))
        .order((runs::branch.desc(), runs::id.desc()))
        .select(JobRun::as_select())
        .first(c)
        .await
        .optional())?;
    let Some(latest) = latest else { return Ok(None) };
    let runs: Vec<JobRun> = match latest.build_id {
        None => vec![latest],
        Some(build_id) => on_backend!(conn, |c| runs::table
            .filter(runs::build_id.between(build_id, build_id))
            .order((runs::build_id.desc(), runs::id.desc()))
            .limit(RUNS_OF_A_BUILD)
            .select(JobRun::as_select())
            .load(c)
            .await)?,
    };
    let updated_at = runs.iter().map(|run| run.updated_at).max().unwrap_or_default();
    // Newest first, so the oldest is put in first and the newest stays.
    let jobs: BTreeMap<_, _> =
        runs.iter().rev().map(|run| ((run.job_id, run.environment_id, run.tenant_id), run.status)).collect();
    Ok(Some(Pipeline { jobs: jobs.into_values().collect(), updated_at }))
}

/// The latest coverage, in percent, that a run on the branch has brought to a good end, or one of this job; and when.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_coverage(
    conn: &mut Conn,
    project_id: i64,
    branch: &str,
    job: Option<&str>,
) -> Result<Option<(f64, DateTime<Utc>)>> {
    let branch = askable(branch);
    let row: Option<(Option<f64>, Stamp)> = on_backend!(conn, |c| {
        let query = runs::table
            .left_join(jobs::table)
            .filter(runs::project_id.eq(project_id))
            .filter(runs::branch.between(branch, branch))
            .filter(runs::coverage.is_not_null())
            .filter(runs::is_finished.eq(true))
            .filter(runs::is_failure.eq(false))
            .order((runs::branch.desc(), runs::id.desc()))
            .select((runs::coverage, runs::updated_at))
            .into_boxed();
        let query = match job {
            Some(job) => query.filter(jobs::name.eq(askable(job))),
            None => query,
        };
        query.first(c).await.optional()
    })?;
    Ok(row.and_then(|(coverage, at)| Some((coverage?, at.into()))))
}

/// The latest release that has not been canceled: version, and since when.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_release(conn: &mut Conn, project_id: i64) -> Result<Option<(String, DateTime<Utc>)>> {
    let row: Option<(String, Stamp)> = on_backend!(conn, |c| releases::table
        .filter(releases::project_id.between(project_id, project_id))
        .filter(releases::status.ne("canceled"))
        .order((releases::project_id.desc(), releases::id.desc()))
        .select((releases::version, releases::updated_at))
        .first(c)
        .await
        .optional())?;
    Ok(row.map(|(version, at)| (version, at.into())))
}
