//! The runs around others: the one before and after, the ones that repeat it, the latest of a build or release, and those
//! that are still what is in their environment.
//!
//! Each look-up is one step in an index; see [`crate::latest`] for why there are ranges of one value, and why orders name
//! what is constant.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Run, by_ids};
use crate::{
    Conn, Result,
    conn::on_backend,
    identifier::askable,
    schema::{builds, releases, runs},
};

diesel::alias!(runs as later: Later);

/// Most reruns of one run that are listed.
const RERUNS_MAX: i64 = 50;

/// The runs next to one in the order of first report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// The id of the run before.
    pub previous: Option<i64>,
    /// The id of the run after.
    pub next: Option<i64>,
}

/// The runs before and after one in the same environment (for the same tenant), or else of the same job. A run that has
/// neither has no neighbours.
///
/// # Errors
/// When the database does not answer.
pub async fn neighbours(conn: &mut Conn, run: &Run) -> Result<Neighbours> {
    if let Some(environment_id) = run.environment_id {
        return in_environment(conn, run, environment_id).await;
    }
    match run.job_id {
        Some(job_id) => of_job(conn, run.id, job_id).await,
        None => Ok(Neighbours::default()),
    }
}

async fn in_environment(conn: &mut Conn, run: &Run, environment_id: i64) -> Result<Neighbours> {
    Ok(on_backend!(conn, |c| {
        let cell = || {
            let query = runs::table
                .filter(runs::project_id.eq(run.project_id))
                .filter(runs::environment_id.eq(environment_id))
                .limit(1)
                .select(runs::id)
                .into_boxed();
            match run.tenant_id {
                Some(id) => query.filter(runs::tenant_id.between(id, id)),
                None => query.filter(runs::tenant_id.is_null()),
            }
        };
        let before = cell().filter(runs::id.lt(run.id)).order((runs::tenant_id.desc(), runs::id.desc()));
        let after = cell().filter(runs::id.gt(run.id)).order((runs::tenant_id.asc(), runs::id.asc()));
        let previous = before.first::<i64>(c).await.optional();
        let next = after.first::<i64>(c).await.optional();
        previous.and_then(|previous| Ok(Neighbours { previous, next: next? }))
    })?)
}

/// The index has a job's finished runs apart from the others: one look-up each.
async fn of_job(conn: &mut Conn, id: i64, job_id: i64) -> Result<Neighbours> {
    let mut found = Neighbours::default();
    for is_finished in [false, true] {
        let runs_of_job = || {
            runs::table
                .filter(runs::job_id.eq(job_id))
                .filter(runs::is_finished.between(is_finished, is_finished))
                .limit(1)
                .select(runs::id)
        };
        let before = runs_of_job().filter(runs::id.lt(id)).order((runs::is_finished.desc(), runs::id.desc()));
        let after = runs_of_job().filter(runs::id.gt(id)).order((runs::is_finished.asc(), runs::id.asc()));
        let previous: Option<i64> = on_backend!(conn, |c| before.first(c).await.optional())?;
        let next: Option<i64> = on_backend!(conn, |c| after.first(c).await.optional())?;
        found.previous = found.previous.max(previous);
        found.next = found.next.into_iter().chain(next).min();
    }
    Ok(found)
}

/// The run of a project that the reporting tool calls so.
///
/// # Errors
/// When the database does not answer.
pub async fn find_external(conn: &mut Conn, project_id: i64, external_id: &str) -> Result<Option<i64>> {
    let query = runs::table
        .filter(runs::project_id.eq(project_id))
        .filter(runs::external_id.eq(askable(external_id)))
        .select(runs::id);
    Ok(on_backend!(conn, |c| query.first(c).await.optional())?)
}

/// The latest runs that repeat the one that the reporting tool calls so, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn reruns(conn: &mut Conn, project_id: i64, external_id: &str) -> Result<Vec<Run>> {
    let query = runs::table
        .filter(runs::project_id.eq(project_id))
        .filter(runs::rerun_of.eq(askable(external_id)))
        .order(runs::id.desc())
        .limit(RERUNS_MAX)
        .select(runs::id);
    let ids: Vec<i64> = on_backend!(conn, |c| query.load(c).await)?;
    newest_first(conn, &ids).await
}

/// The latest run of each of these builds that has one, by the build's id.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_of_builds(conn: &mut Conn, ids: &[i64]) -> Result<BTreeMap<i64, Run>> {
    let this = || builds::id.nullable();
    let latest = runs::table
        .filter(runs::build_id.between(this(), this()))
        .order((runs::build_id.desc(), runs::id.desc()))
        .limit(1)
        .select(runs::id);
    let query = builds::table.filter(builds::id.eq_any(ids)).select(latest.single_value());
    let latest: Vec<Option<i64>> = on_backend!(conn, |c| query.load(c).await)?;
    by_owner(conn, latest, |run| run.build_id).await
}

/// The latest run of each of these releases that has one, by the release's id.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_of_releases(conn: &mut Conn, ids: &[i64]) -> Result<BTreeMap<i64, Run>> {
    let this = || releases::id.nullable();
    let latest = runs::table
        .filter(runs::release_id.between(this(), this()))
        .order((runs::release_id.desc(), runs::id.desc()))
        .limit(1)
        .select(runs::id);
    let query = releases::table.filter(releases::id.eq_any(ids)).select(latest.single_value());
    let latest: Vec<Option<i64>> = on_backend!(conn, |c| query.load(c).await)?;
    by_owner(conn, latest, |run| run.release_id).await
}

async fn by_owner(
    conn: &mut Conn,
    latest: Vec<Option<i64>>,
    owner: impl Fn(&Run) -> Option<i64>,
) -> Result<BTreeMap<i64, Run>> {
    let ids: Vec<i64> = latest.into_iter().flatten().collect();
    let runs = by_ids(conn, &ids).await?;
    Ok(runs.into_iter().filter_map(|run| Some((owner(&run)?, run))).collect())
}

/// Ids of runs of these releases after which nothing ran in the same environment for the same tenant, or for none. Two
/// questions, since no engine looks for "equal, or both null" in an index.
macro_rules! still_there {
    ($release_ids:expr, $has_tenant:expr, $same_tenant:expr) => {{
        let newer = later
            .filter(later.field(runs::project_id).eq(runs::project_id))
            .filter(later.field(runs::environment_id).eq(runs::environment_id))
            .filter($same_tenant)
            .filter(later.field(runs::id).gt(runs::id))
            .select(later.field(runs::id));
        runs::table
            .filter(runs::release_id.eq_any($release_ids))
            .filter(runs::environment_id.is_not_null())
            .filter($has_tenant)
            .filter(diesel::dsl::not(diesel::dsl::exists(newer)))
            .select(runs::id)
    }};
}
macro_rules! still_untenanted {
    ($release_ids:expr) => {
        still_there!($release_ids, runs::tenant_id.is_null(), later.field(runs::tenant_id).is_null())
    };
}
macro_rules! still_tenanted {
    ($release_ids:expr) => {
        still_there!($release_ids, runs::tenant_id.is_not_null(), later.field(runs::tenant_id).eq(runs::tenant_id))
    };
}
pub(crate) use {still_tenanted, still_there, still_untenanted};

/// The runs of these releases that are still the latest in their environment, for the same tenant or for none; newest
/// first. They cost a look-up for each run of these releases.
///
/// # Errors
/// When the database does not answer.
pub async fn still_in_environments(conn: &mut Conn, release_ids: &[i64]) -> Result<Vec<Run>> {
    let mut ids: Vec<i64> = on_backend!(conn, |c| still_untenanted!(release_ids).load(c).await)?;
    let tenanted: Vec<i64> = on_backend!(conn, |c| still_tenanted!(release_ids).load(c).await)?;
    ids.extend(tenanted);
    newest_first(conn, &ids).await
}

async fn newest_first(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Run>> {
    let mut found = by_ids(conn, ids).await?;
    found.sort_by_key(|run| std::cmp::Reverse(run.id));
    Ok(found)
}
