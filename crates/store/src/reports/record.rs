//! The statements about a wave of reports: the runs themselves, and the releases, builds and jobs that they name. Each
//! function takes what all reports ask for, so that PostgreSQL needs one round trip for it.

use std::{collections::HashMap, hash::Hash};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::stored,
    conn::on_each,
    runs::{Run, joined},
    schema::{builds, environments, jobs, projects, releases, runs, tenants},
};

/// A record that a report names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ensured {
    pub(super) id: i64,
    /// Whether it was created just now.
    pub(super) is_new: bool,
}

/// A run's project and external id.
pub(super) type RunKey<'a> = (i64, &'a str);
/// A release's project and version.
pub(super) type ReleaseKey<'a> = (i64, &'a str);
/// A job's project and name.
pub(super) type JobKey<'a> = (i64, &'a str);

/// What tells a build from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct BuildKey<'a> {
    pub(super) project_id: i64,
    pub(super) release_id: Option<i64>,
    pub(super) number: &'a str,
}

/// What reports change in a run.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = runs, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Values<'a> {
    environment_id: Option<i64>,
    tenant_id: Option<i64>,
    release_id: Option<i64>,
    build_id: Option<i64>,
    job_id: Option<i64>,
    rerun_of: Option<&'a str>,
    stage: Option<&'a str>,
    status: &'static str,
    is_finished: bool,
    is_failure: bool,
    url: Option<&'a str>,
    branch: Option<&'a str>,
    coverage: Option<f64>,
    queued_at: Option<NaiveDateTime>,
    started_at: Option<NaiveDateTime>,
    finished_at: Option<NaiveDateTime>,
    updated_at: NaiveDateTime,
}

impl<'a> Values<'a> {
    fn of(run: &'a Run) -> Self {
        Self {
            environment_id: run.environment_id,
            tenant_id: run.tenant_id,
            release_id: run.release_id,
            build_id: run.build_id,
            job_id: run.job_id,
            rerun_of: run.rerun_of.as_deref(),
            stage: run.stage.as_deref(),
            status: run.status.as_str(),
            is_finished: run.status.is_finished(),
            is_failure: run.status.is_failure(),
            url: run.url.as_deref(),
            branch: run.branch.as_deref(),
            coverage: run.coverage,
            queued_at: run.queued_at.map(stored),
            started_at: run.started_at.map(stored),
            finished_at: run.finished_at.map(stored),
            updated_at: stored(run.updated_at),
        }
    }
}

/// The runs with these external ids.
pub(super) async fn runs(conn: &mut Conn, keys: Vec<RunKey<'_>>) -> Result<Vec<Option<Run>>> {
    Ok(on_each!(conn, keys, |c, (project_id, external_id)| joined!()
        .filter(runs::project_id.eq(project_id))
        .filter(runs::external_id.eq(external_id))
        .first(c)
        .await
        .optional())?)
}

/// The external ids of the runs that these repeat in the end: a rerun of a rerun repeats the first run, too
/// (`spec/dialects.md` A5).
pub(super) async fn originals(conn: &mut Conn, keys: Vec<RunKey<'_>>) -> Result<Vec<String>> {
    let repeated: Vec<Option<Option<String>>> =
        on_each!(conn, keys.iter().copied(), |c, (project_id, external_id)| runs::table
            .filter(runs::project_id.eq(project_id))
            .filter(runs::external_id.eq(external_id))
            .select(runs::rerun_of)
            .first(c)
            .await
            .optional())?;
    let originals = repeated.into_iter().zip(keys);
    Ok(originals.map(|(repeated, (_, id))| repeated.flatten().unwrap_or_else(|| id.to_owned())).collect())
}

/// Stores new runs, in their order; their ids.
pub(super) async fn insert(conn: &mut Conn, new: Vec<&Run>) -> Result<Vec<i64>> {
    Ok(on_each!(conn, new, |c, run| diesel::insert_into(runs::table)
        .values((
            Values::of(run),
            runs::project_id.eq(run.project_id),
            runs::external_id.eq(run.external_id.as_deref()),
            runs::reported_by.eq(run.reported_by.as_deref()),
            runs::created_at.eq(stored(run.created_at)),
        ))
        .returning(runs::id)
        .get_result(c)
        .await)?)
}

/// Stores runs that have changed.
pub(super) async fn update(conn: &mut Conn, changed: Vec<&Run>) -> Result<()> {
    on_each!(conn, changed, |c, run| diesel::update(runs::table.filter(runs::id.eq(run.id)))
        .set(Values::of(run))
        .execute(c)
        .await)?;
    Ok(())
}

/// Reruns of runs that have just turned out to be reruns themselves repeat what those repeat.
pub(super) async fn lead_to_original(conn: &mut Conn, reruns: Vec<&Run>) -> Result<()> {
    on_each!(conn, reruns, |c, run| diesel::update(
        runs::table.filter(runs::project_id.eq(run.project_id)).filter(runs::rerun_of.eq(run.external_id.as_deref()))
    )
    .set(runs::rerun_of.eq(run.rerun_of.as_deref()))
    .execute(c)
    .await)?;
    Ok(())
}

/// The releases with these versions; those that do not exist yet are created.
pub(super) async fn ensure_releases<'a>(
    conn: &mut Conn,
    wanted: impl Iterator<Item = ReleaseKey<'a>>,
    now: DateTime<Utc>,
) -> Result<HashMap<ReleaseKey<'a>, Ensured>> {
    let keys = distinct(wanted);
    let found: Vec<Option<i64>> = on_each!(conn, keys.iter().copied(), |c, (project_id, version)| releases::table
        .filter(releases::project_id.eq(project_id))
        .filter(releases::version.eq(version))
        .select(releases::id)
        .first(c)
        .await
        .optional())?;
    let missing = missing(&keys, &found);
    let created: Vec<i64> = on_each!(conn, missing, |c, (project_id, version)| diesel::insert_into(releases::table)
        .values((
            releases::project_id.eq(project_id),
            releases::version.eq(version),
            releases::created_at.eq(stored(now)),
            releases::updated_at.eq(stored(now)),
        ))
        .returning(releases::id)
        .get_result(c)
        .await)?;
    Ok(ensured(keys, found, created))
}

/// The builds with these numbers; those that do not exist yet are created.
pub(super) async fn ensure_builds<'a>(
    conn: &mut Conn,
    wanted: impl Iterator<Item = BuildKey<'a>>,
    now: DateTime<Utc>,
) -> Result<HashMap<BuildKey<'a>, Ensured>> {
    let keys = distinct(wanted);
    let found: Vec<Option<i64>> = on_each!(conn, keys.iter().copied(), |c, key| {
        let numbered = builds::table
            .filter(builds::project_id.eq(key.project_id))
            .filter(builds::number.eq(key.number))
            .select(builds::id);
        match key.release_id {
            Some(id) => numbered.filter(builds::release_id.eq(id)).first(c).await.optional(),
            None => numbered.filter(builds::release_id.is_null()).first(c).await.optional(),
        }
    })?;
    let missing = missing(&keys, &found);
    let created: Vec<i64> = on_each!(conn, missing, |c, key| diesel::insert_into(builds::table)
        .values((
            builds::project_id.eq(key.project_id),
            builds::release_id.eq(key.release_id),
            builds::number.eq(key.number),
            builds::created_at.eq(stored(now)),
            builds::updated_at.eq(stored(now)),
        ))
        .returning(builds::id)
        .get_result(c)
        .await)?;
    Ok(ensured(keys, found, created))
}

/// The jobs with these names; those that do not exist yet are created.
pub(super) async fn ensure_jobs<'a>(
    conn: &mut Conn,
    wanted: impl Iterator<Item = JobKey<'a>>,
    now: DateTime<Utc>,
) -> Result<HashMap<JobKey<'a>, Ensured>> {
    let keys = distinct(wanted);
    let found: Vec<Option<i64>> = on_each!(conn, keys.iter().copied(), |c, (project_id, name)| jobs::table
        .filter(jobs::project_id.eq(project_id))
        .filter(jobs::name.eq(name))
        .select(jobs::id)
        .first(c)
        .await
        .optional())?;
    let missing = missing(&keys, &found);
    let created: Vec<i64> = on_each!(conn, missing, |c, (project_id, name)| diesel::insert_into(jobs::table)
        .values((
            jobs::project_id.eq(project_id),
            jobs::name.eq(name),
            jobs::created_at.eq(stored(now)),
            jobs::updated_at.eq(stored(now)),
        ))
        .returning(jobs::id)
        .get_result(c)
        .await)?;
    Ok(ensured(keys, found, created))
}

/// Each key once, in the order of their first mention.
fn distinct<K: Copy + Eq + Hash>(keys: impl Iterator<Item = K>) -> Vec<K> {
    let mut seen = std::collections::HashSet::new();
    keys.filter(|key| seen.insert(*key)).collect()
}

fn missing<K: Copy>(keys: &[K], found: &[Option<i64>]) -> Vec<K> {
    keys.iter().zip(found).filter(|(_, found)| found.is_none()).map(|(key, _)| *key).collect()
}

fn ensured<K: Eq + Hash>(keys: Vec<K>, found: Vec<Option<i64>>, created: Vec<i64>) -> HashMap<K, Ensured> {
    let mut created = created.into_iter();
    let ensured = found.into_iter().map(|found| match found {
        Some(id) => Some(Ensured { id, is_new: false }),
        None => created.next().map(|id| Ensured { id, is_new: true }),
    });
    keys.into_iter().zip(ensured).filter_map(|(key, ensured)| Some((key, ensured?))).collect()
}
