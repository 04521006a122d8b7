//! Runs: the one fact that is reported.

use burgee_domain::status::RunStatus;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::{MaybeStamp, Stamp, Word},
    conn::on_backend,
    schema::{builds, environments, jobs, projects, releases, runs, tenants},
};

pub(crate) mod around;

pub use around::{
    Neighbours, find_external, latest_of_builds, latest_of_releases, neighbours, reruns, still_in_environments,
};

/// A run, with the names of what it belongs to.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = runs)]
pub struct Run {
    /// Burgee's own id; the greater id is the later run.
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The project's full path.
    #[diesel(select_expression = projects::full_path)]
    pub project: String,
    /// The environment, if it ran in one.
    pub environment_id: Option<i64>,
    /// The environment's name.
    #[diesel(select_expression = environments::name.nullable())]
    pub environment: Option<String>,
    /// The environment's slug.
    #[diesel(select_expression = environments::slug.nullable())]
    pub environment_slug: Option<String>,
    /// The tenant, if it ran for one.
    pub tenant_id: Option<i64>,
    /// The tenant's name.
    #[diesel(select_expression = tenants::name.nullable())]
    pub tenant: Option<String>,
    /// The tenant's slug.
    #[diesel(select_expression = tenants::slug.nullable())]
    pub tenant_slug: Option<String>,
    /// The release, if it brought one.
    pub release_id: Option<i64>,
    /// The release's version.
    #[diesel(select_expression = releases::version.nullable())]
    pub release: Option<String>,
    /// The build, if it has one.
    pub build_id: Option<i64>,
    /// The build's number.
    #[diesel(select_expression = builds::number.nullable())]
    pub build: Option<String>,
    /// The job, if it has one.
    pub job_id: Option<i64>,
    /// The job's name.
    #[diesel(select_expression = jobs::name.nullable())]
    pub job: Option<String>,
    /// The stage of the release's way that it belongs to.
    pub stage: Option<String>,
    /// How it is, or how it ended.
    #[diesel(deserialize_as = Word)]
    pub status: RunStatus,
    /// Where the reporting tool shows it.
    pub url: Option<String>,
    /// The branch it ran on.
    pub branch: Option<String>,
    /// Test coverage in percent.
    pub coverage: Option<f64>,
    /// The reporting tool's own id of the run.
    pub external_id: Option<String>,
    /// The external id of the run that it repeats; of a rerun of a rerun, the first run's.
    pub rerun_of: Option<String>,
    /// The name of the token that reported it first.
    pub reported_by: Option<String>,
    /// When it was created.
    #[diesel(deserialize_as = MaybeStamp)]
    pub queued_at: Option<DateTime<Utc>>,
    /// When it began.
    #[diesel(deserialize_as = MaybeStamp)]
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[diesel(deserialize_as = MaybeStamp)]
    pub finished_at: Option<DateTime<Utc>>,
    /// When it was first reported.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When a report last changed it.
    #[diesel(deserialize_as = Stamp)]
    pub updated_at: DateTime<Utc>,
}

/// Which runs to list; what is `None` does not matter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Of this project.
    pub project_id: Option<i64>,
    /// In this environment.
    pub environment_id: Option<i64>,
    /// For this tenant.
    pub tenant_id: Option<i64>,
    /// Of this release.
    pub release_id: Option<i64>,
    /// Of this build.
    pub build_id: Option<i64>,
}

/// Runs with everything that [`Run`] names.
macro_rules! joined {
    () => {
        runs::table
            .inner_join(projects::table)
            .left_join(environments::table)
            .left_join(tenants::table)
            .left_join(releases::table)
            .left_join(builds::table)
            .left_join(jobs::table)
            .select(Run::as_select())
    };
}

/// The boxed query for [`list`]: in the order of the index over the narrowest owner that is asked about. See
/// [`crate::latest`] for why there are ranges of one value where `=` would be.
macro_rules! listed_runs {
    ($filter:expr, $before:expr, $limit:expr) => {{
        let filter: &Filter = $filter;
        let query = joined!().filter(runs::id.lt($before.unwrap_or(i64::MAX))).limit($limit).into_boxed();
        let query = match (filter.build_id, filter.release_id, filter.project_id) {
            (Some(id), _, _) => {
                query.filter(runs::build_id.between(id, id)).order((runs::build_id.desc(), runs::id.desc()))
            }
            (None, Some(id), _) => {
                query.filter(runs::release_id.between(id, id)).order((runs::release_id.desc(), runs::id.desc()))
            }
            (None, None, Some(id)) => {
                query.filter(runs::project_id.between(id, id)).order((runs::project_id.desc(), runs::id.desc()))
            }
            (None, None, None) => query.order(runs::id.desc()),
        };
        let query = match filter.environment_id {
            Some(id) => query.filter(runs::environment_id.eq(id)),
            None => query,
        };
        match filter.tenant_id {
            Some(id) => query.filter(runs::tenant_id.eq(id)),
            None => query,
        }
    }};
}
pub(crate) use {joined, listed_runs};

/// The run with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut Conn, id: i64) -> Result<Option<Run>> {
    Ok(on_backend!(conn, |c| joined!().filter(runs::id.eq(id)).first(c).await.optional())?)
}

/// Runs, newest first, those before `before` (an id) only.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut Conn, filter: &Filter, before: Option<i64>, limit: i64) -> Result<Vec<Run>> {
    Ok(on_backend!(conn, |c| listed_runs!(filter, before, limit).load(c).await)?)
}

/// The runs with these ids, in no order.
pub(crate) async fn by_ids(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Run>> {
    let mut found = Vec::with_capacity(ids.len());
    // SQLite takes a limited number of values in one statement.
    for ids in ids.chunks(500) {
        let some: Vec<Run> = on_backend!(conn, |c| joined!().filter(runs::id.eq_any(ids)).load(c).await)?;
        found.extend(some);
    }
    Ok(found)
}
