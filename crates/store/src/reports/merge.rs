//! A stored run and a new report about it: what the run is afterwards, and when the two do not go together.

use burgee_domain::report::RunReport;
use chrono::{DateTime, Utc};

use crate::{Result, StoreError, column::stored, names::Place, runs::Run};

/// A report, with what it names already found.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) report: &'a RunReport,
    pub(super) place: &'a Place,
    /// The external id of the run that it repeats in the end.
    pub(super) rerun_of: Option<&'a str>,
    pub(super) now: DateTime<Utc>,
}

/// The release, build and job that a run has after a report.
#[derive(Clone, Copy)]
pub(super) struct Ids {
    pub(super) release: Option<i64>,
    pub(super) build: Option<i64>,
    pub(super) job: Option<i64>,
}

impl Given<'_> {
    /// Rejects a report about another deployment, build or job under the same id.
    pub(super) fn check(&self, before: Option<&Run>) -> Result<()> {
        let report = self.report;
        if let Some(before) = before {
            let (environment, tenant) = (&self.place.environment, &self.place.tenant);
            same("environment", before.environment_id, environment.as_ref().map(|place| place.id), report)?;
            same("tenant", before.tenant_id, tenant.as_ref().map(|place| place.id), report)?;
            same("release", before.release.as_ref(), report.release.as_ref(), report)?;
            same("build", before.build.as_ref(), report.build.as_ref(), report)?;
            same("job", before.job.as_ref(), report.job.as_ref(), report)?;
        }
        if self.rerun_of.is_some() && self.rerun_of == report.external_id.as_deref() {
            return Err(StoreError::conflict("rerun_of", "these runs would repeat each other in a circle"));
        }
        same("rerun_of", before.and_then(|before| before.rerun_of.as_deref()), self.rerun_of, report)
    }

    /// The run of which this is the first report. It has no id yet.
    pub(super) fn first(&self, ids: Ids, reported_by: Option<&str>) -> Run {
        let (report, place, now) = (self.report, self.place, stored(self.now).and_utc());
        let blank = Run {
            id: 0,
            project_id: place.project.id,
            project: place.project.full_path.clone(),
            environment_id: None,
            environment: None,
            environment_slug: None,
            tenant_id: None,
            tenant: None,
            tenant_slug: None,
            release_id: None,
            release: None,
            build_id: None,
            build: None,
            job_id: None,
            job: None,
            stage: None,
            status: report.status,
            url: None,
            branch: None,
            coverage: None,
            external_id: report.external_id.clone(),
            rerun_of: None,
            reported_by: reported_by.map(str::to_owned),
            queued_at: None,
            started_at: None,
            finished_at: None,
            created_at: now,
            updated_at: now,
        };
        self.after(blank, ids)
    }

    /// The run after the report: what is given replaces, what is absent stays; a late report only adds.
    pub(super) fn after(&self, mut run: Run, ids: Ids) -> Run {
        let report = self.report;
        let late = is_late(&run, report);
        if let (None, Some(environment)) = (run.environment_id, &self.place.environment) {
            run.environment_id = Some(environment.id);
            run.environment = Some(environment.name.clone());
            run.environment_slug = Some(environment.slug.clone());
        }
        if let (None, Some(tenant)) = (run.tenant_id, &self.place.tenant) {
            run.tenant_id = Some(tenant.id);
            run.tenant = Some(tenant.name.clone());
            run.tenant_slug = Some(tenant.slug.clone());
        }
        (run.release_id, run.build_id, run.job_id) = (ids.release, ids.build, ids.job);
        add(&mut run.release, report.release.as_ref());
        add(&mut run.build, report.build.as_ref());
        add(&mut run.job, report.job.as_ref());
        if run.rerun_of.is_none() {
            run.rerun_of = self.rerun_of.map(str::to_owned);
        }
        run.status = run.status.advanced_by(report.status);
        let time = |time: Option<DateTime<Utc>>| time.map(|time| stored(time).and_utc());
        merge(late, &mut run.stage, report.stage.clone());
        merge(late, &mut run.url, report.url.clone());
        merge(late, &mut run.branch, branch(report));
        merge(late, &mut run.coverage, report.coverage);
        merge(late, &mut run.queued_at, time(report.queued_at));
        merge(late, &mut run.started_at, time(report.started_at));
        merge(late, &mut run.finished_at, time(report.finished_at));
        if run.finished_at.is_none() && run.status.is_finished() {
            run.finished_at = time(Some(self.now));
        }
        run
    }
}

/// Whether the report is about an earlier moment than what is stored.
pub(super) fn is_late(run: &Run, report: &RunReport) -> bool {
    report.status.progress() < run.status.progress()
}

/// Rejects a report whose `field` is another than the one stored; filling in what was absent is fine.
fn same<T: PartialEq>(field: &'static str, stored: Option<T>, given: Option<T>, report: &RunReport) -> Result<()> {
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

/// Takes what is given, unless it comes late to a value that is stored.
fn merge<T>(late: bool, stored: &mut Option<T>, given: Option<T>) {
    if given.is_some() && !(late && stored.is_some()) {
        *stored = given;
    }
}

fn add(stored: &mut Option<String>, given: Option<&String>) {
    if stored.is_none() {
        *stored = given.cloned();
    }
}

/// The branch, from the variable of that name in any case.
fn branch(report: &RunReport) -> Option<String> {
    let variable = report.variables.iter().find(|(name, _)| name.eq_ignore_ascii_case("branch"));
    variable.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
}
