//! The look-ups behind Concourse's badges (`spec/dialects.md` A5, A6): team, pipeline and job by the names that they were
//! reported with, and the last finished run of a job.
//!
//! Reruns are not reported yet: the last finished run is the one with the greatest id.

use burgee_domain::status::RunStatus;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::MaybeStatus,
    conn::on_backend,
    groups::{self, Group},
    identifier::askable,
    projects::Project,
    schema::{jobs, projects, runs},
};

/// The first project of a name in a space, in whatever group. Ordered as the index is: see `crate::latest` for why.
macro_rules! pipeline_below {
    ($space_id:expr, $name:expr) => {
        projects::table
            .filter(projects::name.eq($name))
            .filter(projects::space_id.between($space_id, $space_id))
            .filter(projects::instance_vars.eq(""))
            .order((projects::space_id, projects::id))
            .select(Project::as_select())
    };
}
pub(crate) use pipeline_below;

/// The status of a job's last finished run: the end of an index. Whether it is finished is compared by a range and stands in
/// the order: see `crate::latest` for why.
macro_rules! last_status {
    ($job_id:expr) => {
        runs::table
            .filter(runs::job_id.eq($job_id))
            .filter(runs::is_finished.ge(true))
            .order((runs::is_finished.desc(), runs::id.desc()))
            .select(runs::status.nullable())
            .limit(1)
    };
}
pub(crate) use last_status;

/// The same for each active job of a pipeline, one index look-up a job.
macro_rules! of_each_job {
    ($pipeline_id:expr) => {
        jobs::table
            .filter(jobs::project_id.eq($pipeline_id))
            .filter(jobs::active.eq(true))
            .select(last_status!(jobs::id.nullable()).single_value())
    };
}
pub(crate) use of_each_job;

/// The team: the space of this name, or else with this slug.
///
/// # Errors
/// When the database does not answer.
pub async fn find_team(conn: &mut Conn, name: &str) -> Result<Option<Group>> {
    groups::named(conn, None, askable(name)).await
}

/// The pipeline of a team: the project of exactly this name in the space itself, or else in a group below it. If several
/// groups have one, the first that was reported stays the one that is meant.
///
/// # Errors
/// When the database does not answer.
pub async fn find_pipeline(conn: &mut Conn, team: &Group, name: &str) -> Result<Option<Project>> {
    let name = askable(name);
    let direct: Option<Project> = on_backend!(conn, |c| projects::table
        .filter(projects::group_id.eq(team.id))
        .filter(projects::name.eq(name))
        .filter(projects::instance_vars.eq(""))
        .select(Project::as_select())
        .first(c)
        .await
        .optional())?;
    match direct {
        Some(project) => Ok(Some(project)),
        None => Ok(on_backend!(conn, |c| pipeline_below!(team.id, name).first(c).await.optional())?),
    }
}

/// The job of exactly this name, unless it has been taken out of the pipeline.
///
/// # Errors
/// When the database does not answer.
pub async fn find_job(conn: &mut Conn, pipeline_id: i64, name: &str) -> Result<Option<i64>> {
    let query = jobs::table
        .filter(jobs::project_id.eq(pipeline_id))
        .filter(jobs::name.eq(askable(name)))
        .filter(jobs::active.eq(true))
        .select(jobs::id);
    Ok(on_backend!(conn, |c| query.first(c).await.optional())?)
}

/// The names of a pipeline's active jobs, as they were first reported.
///
/// # Errors
/// When the database does not answer.
pub async fn job_names(conn: &mut Conn, pipeline_id: i64, limit: i64) -> Result<Vec<String>> {
    Ok(on_backend!(conn, |c| jobs::table
        .filter(jobs::project_id.eq(pipeline_id))
        .filter(jobs::active.eq(true))
        .order(jobs::id)
        .limit(limit)
        .select(jobs::name)
        .load(c)
        .await)?)
}

/// How the last finished run of a job went.
///
/// # Errors
/// When the database does not answer.
pub async fn last_finished(conn: &mut Conn, job_id: i64) -> Result<Option<RunStatus>> {
    let found: Option<MaybeStatus> = on_backend!(conn, |c| last_status!(job_id).first(c).await.optional())?;
    Ok(found.and_then(Into::into))
}

/// How the last finished run of each active job of a pipeline went; of jobs without one, nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn last_finished_of_each_job(conn: &mut Conn, pipeline_id: i64) -> Result<Vec<RunStatus>> {
    let found: Vec<MaybeStatus> = on_backend!(conn, |c| of_each_job!(pipeline_id).load(c).await)?;
    Ok(found.into_iter().filter_map(Into::into).collect())
}
