//! What happened on a branch, and the latest release: the look-ups behind GitLab's SVG badges (`spec/dialects.md` B13).
//! Each is answered from the end of an index, whatever the history.

use std::collections::BTreeMap;

use burgee_domain::status::RunStatus;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::Word,
    conn::on_backend,
    identifier::askable,
    schema::{jobs, releases, runs},
};

/// Most runs of one build that are looked at.
const RUNS_OF_A_BUILD: i64 = 1_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = runs)]
struct JobRun {
    build_id: Option<i64>,
    environment_id: Option<i64>,
    tenant_id: Option<i64>,
    job_id: Option<i64>,
    #[diesel(deserialize_as = Word)]
    status: RunStatus,
}

/// The status of each job of the latest pipeline: the build of the branch's latest run with all its runs, or that run alone.
/// Of each job, the latest run counts.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_pipeline(conn: &mut Conn, project_id: i64, branch: &str) -> Result<Option<Vec<RunStatus>>> {
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
    // Newest first, so the oldest is put in first and the newest stays.
    let jobs: BTreeMap<_, _> =
        runs.iter().rev().map(|run| ((run.job_id, run.environment_id, run.tenant_id), run.status)).collect();
    Ok(Some(jobs.into_values().collect()))
}

/// The latest coverage, in percent, that a run on the branch has brought to a good end, or one of this job.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_coverage(conn: &mut Conn, project_id: i64, branch: &str, job: Option<&str>) -> Result<Option<f64>> {
    let branch = askable(branch);
    let coverage: Option<Option<f64>> = on_backend!(conn, |c| {
        let query = runs::table
            .left_join(jobs::table)
            .filter(runs::project_id.eq(project_id))
            .filter(runs::branch.between(branch, branch))
            .filter(runs::coverage.is_not_null())
            .filter(runs::is_finished.eq(true))
            .filter(runs::is_failure.eq(false))
            .order((runs::branch.desc(), runs::id.desc()))
            .select(runs::coverage)
            .into_boxed();
        let query = match job {
            Some(job) => query.filter(jobs::name.eq(askable(job))),
            None => query,
        };
        query.first(c).await.optional()
    })?;
    Ok(coverage.flatten())
}

/// The version of the latest release that has not been canceled.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_release(conn: &mut Conn, project_id: i64) -> Result<Option<String>> {
    Ok(on_backend!(conn, |c| releases::table
        .filter(releases::project_id.between(project_id, project_id))
        .filter(releases::status.ne("canceled"))
        .order((releases::project_id.desc(), releases::id.desc()))
        .select(releases::version)
        .first(c)
        .await
        .optional())?)
}
