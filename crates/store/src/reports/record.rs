//! Writing the run itself, and the release, build and job that it names.

use burgee_coherence::Change;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{
    Recorded,
    merge::{Given, Ids, Values, same},
};
use crate::{
    Conn, Result, StoreError,
    column::stored,
    conn::on_backend,
    projects::Project,
    releases,
    schema::{self, builds, jobs, runs},
};

/// A run that is stored, with the names that a report may name again.
struct Stored {
    id: i64,
    values: Values,
    release: Option<String>,
    build: Option<String>,
    job: Option<String>,
}

/// Creates the run, or updates the one with the same `external_id`.
pub(super) async fn run(
    conn: &mut Conn,
    project: &Project,
    given: &Given<'_>,
    reported_by: Option<&str>,
) -> Result<Recorded> {
    let project_id = project.id;
    loop {
        if let Some(stored) = find(conn, project_id, given).await? {
            return update(conn, project, given, stored).await;
        }
        let ids = ids(conn, project, given, None).await?;
        let values = Values::first(given, &ids);
        let new = (
            &values,
            runs::project_id.eq(project_id),
            runs::external_id.eq(given.report.external_id.as_deref()),
            runs::reported_by.eq(reported_by),
            runs::created_at.eq(stored(given.now)),
            runs::updated_at.eq(stored(given.now)),
        );
        let created: Option<i64> = on_backend!(conn, |c| diesel::insert_into(runs::table)
            .values(new)
            .on_conflict_do_nothing()
            .returning(runs::id)
            .get_result(c)
            .await
            .optional())?;
        if let Some(id) = created {
            lead_to_original(conn, project_id, given, &values).await?;
            return Ok(Recorded { id, values, created: true, changed: true, is_late: false });
        }
        // Somebody else has just reported the same run for the first time: update theirs.
    }
}

/// Notes that something about a run has changed.
pub(super) async fn touch(conn: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<()> {
    let query = diesel::update(runs::table.filter(runs::id.eq(id))).set(runs::updated_at.eq(stored(now)));
    on_backend!(conn, |c| query.execute(c).await)?;
    Ok(())
}

async fn update(conn: &mut Conn, project: &Project, given: &Given<'_>, before: Stored) -> Result<Recorded> {
    let report = given.report;
    before.values.check(given)?;
    same("release", before.release.as_ref(), report.release.as_ref(), report)?;
    same("build", before.build.as_ref(), report.build.as_ref(), report)?;
    same("job", before.job.as_ref(), report.job.as_ref(), report)?;
    let ids = ids(conn, project, given, Some(&before)).await?;
    same("rerun_of", before.values.rerun_of.as_ref(), ids.rerun_of.as_ref(), report)?;
    let values = before.values.after(given, &ids);
    let changed = values != before.values;
    if changed {
        let query = diesel::update(runs::table.filter(runs::id.eq(before.id)))
            .set((&values, runs::updated_at.eq(stored(given.now))));
        on_backend!(conn, |c| query.execute(c).await)?;
    }
    if values.rerun_of != before.values.rerun_of {
        lead_to_original(conn, project.id, given, &values).await?;
    }
    Ok(Recorded { id: before.id, is_late: before.values.is_ahead_of(report), values, created: false, changed })
}

/// The run with the report's `external_id`.
async fn find(conn: &mut Conn, project_id: i64, given: &Given<'_>) -> Result<Option<Stored>> {
    let Some(external_id) = &given.report.external_id else { return Ok(None) };
    let this = runs::project_id.eq(project_id).and(runs::external_id.eq(external_id));
    type Row = (i64, Values, Option<String>, Option<String>, Option<String>);
    let row: Option<Row> = on_backend!(conn, |c| runs::table
        .left_join(schema::releases::table)
        .left_join(builds::table)
        .left_join(jobs::table)
        .filter(this)
        .select((
            runs::id,
            Values::as_select(),
            schema::releases::version.nullable(),
            builds::number.nullable(),
            jobs::name.nullable(),
        ))
        .first(c)
        .await
        .optional())?;
    Ok(row.map(|(id, values, release, build, job)| Stored { id, values, release, build, job }))
}

/// The release, build and job that the run has after the report. A build that was reported before its release
/// becomes the release's.
async fn ids(conn: &mut Conn, project: &Project, given: &Given<'_>, before: Option<&Stored>) -> Result<Ids> {
    let (report, project_id) = (given.report, project.id);
    let release = match (before.and_then(|before| before.values.release_id), &report.release) {
        (Some(id), _) => Some(id),
        (None, Some(version)) => Some(releases::ensure(conn, project_id, version, given.now).await?),
        (None, None) => None,
    };
    let build = match report.build.as_ref().or(before.and_then(|before| before.build.as_ref())) {
        Some(number) => Some(ensure_build(conn, project_id, release, number, given.now).await?),
        None => None,
    };
    let job = match (before.and_then(|before| before.values.job_id), &report.job) {
        (Some(id), _) => Some(id),
        (None, Some(name)) => Some(ensure_job(conn, project, name, given.now).await?),
        (None, None) => None,
    };
    let rerun_of = match &report.rerun_of {
        Some(id) => Some(original(conn, project_id, id).await?),
        None => None,
    };
    if rerun_of.is_some() && rerun_of == report.external_id {
        return Err(StoreError::conflict("rerun_of", "these runs would repeat each other in a circle"));
    }
    Ok(Ids { release, build, job, rerun_of })
}

/// The external id of the run that is repeated in the end: a rerun of a rerun repeats the first run, too
/// (`spec/dialects.md` A5).
async fn original(conn: &mut Conn, project_id: i64, external_id: &str) -> Result<String> {
    let query = runs::table
        .filter(runs::project_id.eq(project_id))
        .filter(runs::external_id.eq(external_id))
        .select(runs::rerun_of);
    let repeated: Option<Option<String>> = on_backend!(conn, |c| query.first(c).await.optional())?;
    Ok(repeated.flatten().unwrap_or_else(|| external_id.to_owned()))
}

/// Reruns of a run that has just turned out to be a rerun itself repeat what that one repeats.
async fn lead_to_original(conn: &mut Conn, project_id: i64, given: &Given<'_>, values: &Values) -> Result<()> {
    let (Some(id), Some(original)) = (&given.report.external_id, &values.rerun_of) else { return Ok(()) };
    let query = diesel::update(runs::table.filter(runs::project_id.eq(project_id)).filter(runs::rerun_of.eq(id)))
        .set(runs::rerun_of.eq(original));
    on_backend!(conn, |c| query.execute(c).await)?;
    Ok(())
}

async fn ensure_build(
    conn: &mut Conn,
    project_id: i64,
    release_id: Option<i64>,
    number: &str,
    now: DateTime<Utc>,
) -> Result<i64> {
    loop {
        let found: Option<i64> = on_backend!(conn, |c| {
            let query = builds::table
                .filter(builds::project_id.eq(project_id))
                .filter(builds::number.eq(number))
                .select(builds::id)
                .into_boxed();
            let query = match release_id {
                Some(id) => query.filter(builds::release_id.eq(id)),
                None => query.filter(builds::release_id.is_null()),
            };
            query.first(c).await.optional()
        })?;
        if let Some(id) = found {
            return Ok(id);
        }
        let new = (
            builds::project_id.eq(project_id),
            builds::release_id.eq(release_id),
            builds::number.eq(number),
            builds::created_at.eq(stored(now)),
            builds::updated_at.eq(stored(now)),
        );
        let created: Option<i64> = on_backend!(conn, |c| diesel::insert_into(builds::table)
            .values(new)
            .on_conflict_do_nothing()
            .returning(builds::id)
            .get_result(c)
            .await
            .optional())?;
        if let Some(id) = created {
            return Ok(id);
        }
    }
}

async fn ensure_job(conn: &mut Conn, project: &Project, name: &str, now: DateTime<Utc>) -> Result<i64> {
    let project_id = project.id;
    loop {
        let query = jobs::table.filter(jobs::project_id.eq(project_id)).filter(jobs::name.eq(name)).select(jobs::id);
        if let Some(id) = on_backend!(conn, |c| query.first(c).await.optional())? {
            return Ok(id);
        }
        let new = (
            jobs::project_id.eq(project_id),
            jobs::name.eq(name),
            jobs::created_at.eq(stored(now)),
            jobs::updated_at.eq(stored(now)),
        );
        let created: Option<i64> = on_backend!(conn, |c| diesel::insert_into(jobs::table)
            .values(new)
            .on_conflict_do_nothing()
            .returning(jobs::id)
            .get_result(c)
            .await
            .optional())?;
        if let Some(id) = created {
            conn.changed(Change::Naming { space: project.space_id });
            return Ok(id);
        }
    }
}
