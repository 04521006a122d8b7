//! What people decide about releases, builds and jobs, apart from what is reported about them.

use burgee_coherence::Change;
use burgee_domain::standing::{BuildStatus, ReleaseStatus};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    builds::Build,
    column::{Stamp, stored},
    conn::on_backend,
    identifier::askable,
    projects::Project,
    releases::Release,
    schema::{builds, jobs, releases},
};

/// A job of a project.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// Burgee's own id; the order of first report.
    pub id: i64,
    /// The name as first reported.
    pub name: String,
    /// Whether the pipeline still has it.
    pub active: bool,
    /// When it was first reported.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
}

/// Changes a release's status; the release as it now is.
///
/// # Errors
/// When the database does not answer.
pub async fn change_release(conn: &mut Conn, id: i64, status: ReleaseStatus, now: DateTime<Utc>) -> Result<Release> {
    let release: Release = on_backend!(conn, |c| diesel::update(releases::table.filter(releases::id.eq(id)))
        .set((releases::status.eq(status.as_str()), releases::updated_at.eq(stored(now))))
        .returning(Release::as_returning())
        .get_result(c)
        .await)?;
    conn.changed(Change::Project(release.project_id));
    Ok(release)
}

/// Changes a build's status; the build as it now is.
///
/// # Errors
/// When the database does not answer.
pub async fn change_build(conn: &mut Conn, build: &Build, status: BuildStatus, now: DateTime<Utc>) -> Result<Build> {
    conn.changed(Change::Project(build.project_id));
    let query = diesel::update(builds::table.filter(builds::id.eq(build.id)))
        .set((builds::status.eq(status.as_str()), builds::updated_at.eq(stored(now))));
    on_backend!(conn, |c| query.execute(c).await)?;
    Ok(Build { status: status.as_str().to_owned(), updated_at: now, ..build.clone() })
}

/// A project's jobs in the order of first report, those after `after` (an id) only.
///
/// # Errors
/// When the database does not answer.
pub async fn jobs(conn: &mut Conn, project_id: i64, after: Option<i64>, limit: i64) -> Result<Vec<Job>> {
    Ok(on_backend!(conn, |c| jobs::table
        .filter(jobs::project_id.eq(project_id))
        .filter(jobs::id.gt(after.unwrap_or(0)))
        .order(jobs::id)
        .limit(limit)
        .select(Job::as_select())
        .load(c)
        .await)?)
}

/// The job of exactly this name.
///
/// # Errors
/// When the database does not answer.
pub async fn find_job(conn: &mut Conn, project_id: i64, name: &str) -> Result<Option<Job>> {
    Ok(on_backend!(conn, |c| jobs::table
        .filter(jobs::project_id.eq(project_id))
        .filter(jobs::name.eq(askable(name)))
        .select(Job::as_select())
        .first(c)
        .await
        .optional())?)
}

/// Takes a job out of its pipeline, or puts it back; the job as it now is.
///
/// # Errors
/// When the database does not answer.
pub async fn change_job(conn: &mut Conn, project: &Project, id: i64, active: bool, now: DateTime<Utc>) -> Result<Job> {
    conn.changed(Change::Project(project.id));
    // A job that is not active has no badge.
    conn.changed(Change::Naming { space: project.space_id });
    Ok(on_backend!(conn, |c| diesel::update(jobs::table.filter(jobs::id.eq(id)))
        .set((jobs::active.eq(active), jobs::updated_at.eq(stored(now))))
        .returning(Job::as_returning())
        .get_result(c)
        .await)?)
}
