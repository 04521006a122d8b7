//! How a reported run is kept: what does not exist yet is created, and the same `external_id` updates the same run.
//!
//! - Status never goes backwards ([`advanced_by`](burgee_domain::status::RunStatus::advanced_by)). A *late*
//!   report, one whose status is behind what is stored, only adds what was not known.
//! - A repeated report changes nothing at all, not even `updated_at`.
//! - Variables belong to the run's build, else to its release, else to the run alone: never to the project,
//!   where they would become another run's.

use std::collections::BTreeSet;

use burgee_coherence::Change;
use burgee_domain::report::RunReport;
use chrono::{DateTime, Utc};

use crate::{
    Conn, Result, StoreError, environments,
    groups::{self, Group},
    projects::{self, Project},
    runs::{self, Run},
    tenants, variables,
};

mod merge;
mod record;

use merge::{Given, Values};

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
    keep(conn, report, reported_by, now).await
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
    for (index, report) in reports.iter().enumerate() {
        let kept = keep(conn, report, reported_by, now).await;
        applied.push(kept.map_err(|error| StoreError::InReport { index, error: Box::new(error) })?);
    }
    Ok(applied)
}

/// Everybody touches records in this order: places, project, run, release, build, job, variables. So two
/// transactions never wait for each other.
async fn keep(conn: &mut Conn, report: &RunReport, reported_by: Option<&str>, now: DateTime<Utc>) -> Result<Applied> {
    let group = ensure_group(conn, report, now).await?;
    let project = projects::ensure(conn, &group, &report.project, &report.instance_vars, now).await?;
    let environment_id = match &report.environment {
        Some(name) => Some(environments::ensure(conn, project.space_id, name, now).await?.id),
        None => None,
    };
    let tenant_id = match &report.tenant {
        Some(name) => Some(tenants::ensure(conn, project.space_id, name, now).await?.id),
        None => None,
    };
    let given = Given { report, environment_id, tenant_id, now };
    let recorded = record::run(conn, &project, &given, reported_by).await?;
    let learnt = projects::learn(conn, project.clone(), &report.facts, recorded.is_late, now).await?;
    let owner = match (recorded.values.build_id, recorded.values.release_id) {
        (Some(build), _) => variables::Owner::Build(build),
        (None, Some(release)) => variables::Owner::Release(release),
        (None, None) => variables::Owner::Run(recorded.id),
    };
    let varied = variables::merge(conn, owner, &report.variables, recorded.is_late).await?;
    if varied && !recorded.changed {
        record::touch(conn, recorded.id, now).await?;
    }
    let Some(run) = runs::get(conn, recorded.id).await? else {
        return Err(StoreError::Database(diesel::result::Error::NotFound));
    };
    let changed = recorded.changed || varied || learnt != project;
    if changed {
        conn.changed(Change::Project(project.id));
    }
    Ok(Applied { run, project: learnt, created: recorded.created, changed })
}

async fn ensure_group(conn: &mut Conn, report: &RunReport, now: DateTime<Utc>) -> Result<Group> {
    let mut group = groups::ensure(conn, None, &report.space, now).await?;
    for name in &report.groups {
        group = groups::ensure(conn, Some(&group), name, now).await?;
    }
    Ok(group)
}

/// A run as the table now has it.
struct Recorded {
    id: i64,
    values: Values,
    created: bool,
    changed: bool,
    is_late: bool,
}
