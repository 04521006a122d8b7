//! A stored run and a new report about it: what the run is afterwards, and when the two do not go together.

use burgee_domain::{report::RunReport, status::RunStatus};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::{Result, StoreError, column::stored, schema::runs};

/// A report, with what it names already found.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) report: &'a RunReport,
    pub(super) environment_id: Option<i64>,
    pub(super) tenant_id: Option<i64>,
    pub(super) now: DateTime<Utc>,
}

/// The release, build, job and original that a run has after a report.
#[derive(Clone)]
pub(super) struct Ids {
    pub(super) release: Option<i64>,
    pub(super) build: Option<i64>,
    pub(super) job: Option<i64>,
    /// The external id of the run that it repeats.
    pub(super) rerun_of: Option<String>,
}

/// What reports say about a run.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = runs, treat_none_as_null = true)]
pub(super) struct Values {
    pub(super) environment_id: Option<i64>,
    pub(super) tenant_id: Option<i64>,
    pub(super) release_id: Option<i64>,
    pub(super) build_id: Option<i64>,
    pub(super) job_id: Option<i64>,
    pub(super) rerun_of: Option<String>,
    stage: Option<String>,
    status: String,
    is_finished: bool,
    is_failure: bool,
    url: Option<String>,
    branch: Option<String>,
    coverage: Option<f64>,
    queued_at: Option<NaiveDateTime>,
    started_at: Option<NaiveDateTime>,
    finished_at: Option<NaiveDateTime>,
}

impl Values {
    /// A run of which this is the first report.
    pub(super) fn first(given: &Given<'_>, ids: &Ids) -> Self {
        let unknown = Self {
            environment_id: None,
            tenant_id: None,
            release_id: None,
            build_id: None,
            job_id: None,
            rerun_of: None,
            stage: None,
            status: RunStatus::Pending.as_str().to_owned(),
            is_finished: false,
            is_failure: false,
            url: None,
            branch: None,
            coverage: None,
            queued_at: None,
            started_at: None,
            finished_at: None,
        };
        unknown.after(given, ids)
    }

    /// Whether the report is about an earlier moment than what is stored.
    pub(super) fn is_ahead_of(&self, report: &RunReport) -> bool {
        report.status.progress() < self.status().progress()
    }

    /// The run after the report: what is given replaces, what is absent stays; a late report only adds.
    pub(super) fn after(&self, given: &Given<'_>, ids: &Ids) -> Self {
        let report = given.report;
        let late = self.is_ahead_of(report);
        let status = self.status().advanced_by(report.status);
        let finished_at = either(late, self.finished_at, report.finished_at.map(stored));
        Self {
            environment_id: self.environment_id.or(given.environment_id),
            tenant_id: self.tenant_id.or(given.tenant_id),
            release_id: ids.release,
            build_id: ids.build,
            job_id: ids.job,
            rerun_of: self.rerun_of.clone().or_else(|| ids.rerun_of.clone()),
            stage: either(late, self.stage.clone(), report.stage.clone()),
            status: status.as_str().to_owned(),
            is_finished: status.is_finished(),
            is_failure: status.is_failure(),
            url: either(late, self.url.clone(), report.url.clone()),
            branch: either(late, self.branch.clone(), branch(report)),
            coverage: either(late, self.coverage, report.coverage),
            queued_at: either(late, self.queued_at, report.queued_at.map(stored)),
            started_at: either(late, self.started_at, report.started_at.map(stored)),
            finished_at: finished_at.or_else(|| status.is_finished().then(|| stored(given.now))),
        }
    }

    /// Refuses a report about another deployment under the same id.
    pub(super) fn check(&self, given: &Given<'_>) -> Result<()> {
        same("environment", self.environment_id, given.environment_id, given.report)?;
        same("tenant", self.tenant_id, given.tenant_id, given.report)
    }

    fn status(&self) -> RunStatus {
        // The column's check allows only names of statuses.
        self.status.parse().unwrap_or(RunStatus::Pending)
    }
}

/// Refuses a report whose `field` is another than the one stored; filling in what was absent is fine.
pub(super) fn same<T: PartialEq>(
    field: &'static str,
    stored: Option<T>,
    given: Option<T>,
    report: &RunReport,
) -> Result<()> {
    match (stored, given) {
        (Some(stored), Some(given)) if stored != given => {
            let id = report.external_id.as_deref().unwrap_or_default();
            Err(StoreError::conflict(
                field,
                format!(
                    "the run with external_id \"{id}\" was reported with another {field}: use one external_id for each deployment, build or job"
                ),
            ))
        }
        _ => Ok(()),
    }
}

/// The value given, unless it comes late to a value that is stored.
fn either<T>(late: bool, stored: Option<T>, given: Option<T>) -> Option<T> {
    if late { stored.or(given) } else { given.or(stored) }
}

/// The branch, from the variable of that name in any case.
fn branch(report: &RunReport) -> Option<String> {
    let variable = report.variables.iter().find(|(name, _)| name.eq_ignore_ascii_case("branch"));
    variable.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
}
