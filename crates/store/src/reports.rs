//! How a reported run is kept: what does not exist yet is created, and the same `external_id` updates the same run.
//!
//! - Status never goes backwards ([`advanced_by`](burgee_domain::status::RunStatus::advanced_by)). A *late*
//!   report, one whose status is behind what is stored, only adds what was not known.
//! - A repeated report changes nothing at all, not even `updated_at`.
//! - Variables belong to the run's build, else to its release, else to the run alone: never to the project,
//!   where they would become another run's.

use std::collections::BTreeSet;

use burgee_domain::report::RunReport;
use chrono::{DateTime, Utc};

use crate::{
    Conn, Result, StoreError, groups, names,
    projects::{self, Project},
    runs::Run,
};

mod merge;
mod record;
mod wave;

use wave::Wave;

/// What became of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The run as it now is.
    pub run: Run,
    /// The project as it now is.
    pub project: Project,
    /// Whether the report created the run.
    pub created: bool,
    /// Whether the report changed anything.
    pub changed: bool,
}

/// What a report would touch, as far as it exists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// The space, if it exists.
    pub space: Option<i64>,
    /// The space and the groups above the project, as far as they exist.
    pub groups: BTreeSet<i64>,
    /// The project, if it exists.
    pub project: Option<i64>,
}

/// What the report would touch. Creates nothing, so that it can be asked before it is known whether the sender may.
///
/// # Errors
/// When the database does not answer.
pub async fn peek_target(conn: &mut Conn, report: &RunReport) -> Result<Target> {
    let mut target = Target::default();
    let Some(space) = groups::named(conn, None, &report.space).await? else { return Ok(target) };
    target.space = Some(space.id);
    target.groups.insert(space.id);
    let mut group = space;
    for name in &report.groups {
        let Some(below) = groups::named(conn, Some(&group), name).await? else { return Ok(target) };
        target.groups.insert(below.id);
        group = below;
    }
    target.project =
        projects::named(conn, &group, &report.project, &report.instance_vars).await?.map(|project| project.id);
    Ok(target)
}

/// What a project's own id stands for in [`crate::tokens::Token::covers`].
///
/// # Errors
/// When the database does not answer.
pub async fn target_of(conn: &mut Conn, project: &Project) -> Result<Target> {
    let above = groups::above(conn, &project.full_path).await?;
    let groups = above.into_iter().map(|group| group.id).collect();
    Ok(Target { space: Some(project.space_id), project: Some(project.id), groups })
}

/// Keeps one report. Call it once in a transaction; several reports are [`apply_all`]'s work.
///
/// # Errors
/// [`StoreError::Conflict`] when the `external_id` belongs to a run of something else.
pub async fn apply(
    conn: &mut Conn,
    report: &RunReport,
    reported_by: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Applied> {
    let applied =
        apply_all(conn, std::slice::from_ref(report), reported_by, now).await.map_err(|error| match error {
            StoreError::InReport { error, .. } => *error,
            other => other,
        })?;
    applied.into_iter().next().ok_or(StoreError::Database(diesel::result::Error::NotFound))
}

/// Keeps several reports, in their order.
///
/// # Errors
/// The first report's that cannot be kept, as [`StoreError::InReport`].
pub async fn apply_all(
    conn: &mut Conn,
    reports: &[RunReport],
    reported_by: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<Applied>> {
    let mut applied = Vec::with_capacity(reports.len());
    let mut wave = Wave::new(reported_by, now);
    for (index, report) in reports.iter().enumerate() {
        let in_report = |error| StoreError::InReport { index, error: Box::new(error) };
        let mut place = names::ensure(conn, report, now).await.map_err(in_report)?;
        if !wave.takes(&place, report) {
            applied.extend(wave.keep(conn).await?);
            wave = Wave::new(reported_by, now);
            // The project may be another by now.
            place = names::ensure(conn, report, now).await.map_err(in_report)?;
        }
        wave.add(index, report, place);
    }
    applied.extend(wave.keep(conn).await?);
    Ok(applied)
}
