//! Reports that are kept together. Each is about another run, so each statement can be run for all of them at once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use burgee_coherence::Change;
use burgee_domain::report::RunReport;
use chrono::{DateTime, Utc};

use super::{
    Applied,
    merge::{Given, Ids, is_late},
    record::{self, BuildKey, JobKey, ReleaseKey, RunKey},
};
use crate::{
    Conn, Result, StoreError,
    column::stored,
    names::Place,
    projects::{self, Project},
    runs::Run,
    variables::{self, Owner, Reported},
};

/// Reports, in their order.
pub(super) struct Wave<'a> {
    reported_by: Option<&'a str>,
    now: DateTime<Utc>,
    reports: Vec<Placed<'a>>,
    /// Every run that the reports name.
    named: HashSet<RunKey<'a>>,
}

/// A report, and where it belongs.
struct Placed<'a> {
    index: usize,
    report: &'a RunReport,
    place: Place,
}

/// What is stored about a report's run.
struct Known {
    run: Option<Run>,
    /// The external id of the run that it repeats in the end.
    rerun_of: Option<String>,
}

/// The ids of what a report names.
struct Named {
    ids: Ids,
    /// Whether what its variables belong to was created just now, so that there are none yet.
    owner_is_new: bool,
}

/// What a report does.
struct Step<'a> {
    report: &'a RunReport,
    project: &'a Arc<Project>,
    before: Option<Run>,
    after: Run,
    owner_is_new: bool,
    is_changed: bool,
}

impl<'a> Placed<'a> {
    fn run_key(&self, external_id: Option<&'a String>) -> Option<RunKey<'a>> {
        external_id.map(|id| (self.place.project.id, id.as_str()))
    }

    fn given<'b>(&'b self, known: &'b Known, now: DateTime<Utc>) -> Given<'b> {
        Given { report: self.report, place: &self.place, rerun_of: known.rerun_of.as_deref(), now }
    }

    fn release_key(&self, known: &Known) -> Option<ReleaseKey<'a>> {
        match &known.run {
            Some(Run { release_id: Some(_), .. }) => None,
            _ => self.report.release.as_ref().map(|version| (self.place.project.id, version.as_str())),
        }
    }

    /// A build that was reported before its release becomes the release's.
    fn build_key<'b>(&self, known: &'b Known, release_id: Option<i64>) -> Option<BuildKey<'b>>
    where
        'a: 'b,
    {
        let run = known.run.as_ref();
        if run.is_some_and(|run| run.build_id.is_some() && run.release_id == release_id) {
            return None;
        }
        let number = self.report.build.as_ref().or_else(|| run.and_then(|run| run.build.as_ref()))?;
        Some(BuildKey { project_id: self.place.project.id, release_id, number })
    }

    fn job_key(&self, known: &Known) -> Option<JobKey<'a>> {
        match &known.run {
            Some(Run { job_id: Some(_), .. }) => None,
            _ => self.report.job.as_ref().map(|name| (self.place.project.id, name.as_str())),
        }
    }
}

impl Step<'_> {
    fn is_late(&self) -> bool {
        self.before.as_ref().is_some_and(|run| is_late(run, self.report))
    }

    /// What the report's variables belong to.
    fn owner(&self) -> Owner {
        match (self.after.build_id, self.after.release_id) {
            (Some(build), _) => Owner::Build(build),
            (None, Some(release)) => Owner::Release(release),
            (None, None) => Owner::Run(self.after.id),
        }
    }

    /// Whether the run has just turned out to repeat another.
    fn is_new_rerun(&self) -> bool {
        let before = self.before.as_ref().and_then(|run| run.rerun_of.as_ref());
        self.after.external_id.is_some() && self.after.rerun_of.is_some() && before.is_none()
    }

    fn change(&mut self, now: DateTime<Utc>) {
        self.is_changed = true;
        self.after.updated_at = stored(now).and_utc();
    }
}

impl<'a> Wave<'a> {
    pub(super) fn new(reported_by: Option<&'a str>, now: DateTime<Utc>) -> Self {
        Self { reported_by, now, reports: Vec::new(), named: HashSet::new() }
    }

    /// Whether the report names no run that another report of the wave names.
    pub(super) fn takes(&self, place: &Place, report: &RunReport) -> bool {
        let named = [&report.external_id, &report.rerun_of].into_iter().flatten();
        named.into_iter().all(|id| !self.named.contains(&(place.project.id, id.as_str())))
    }

    pub(super) fn add(&mut self, index: usize, report: &'a RunReport, place: Place) {
        let named = [&report.external_id, &report.rerun_of].into_iter().flatten();
        self.named.extend(named.map(|id| (place.project.id, id.as_str())));
        self.reports.push(Placed { index, report, place });
    }

    /// Keeps the reports.
    pub(super) async fn keep(self, conn: &mut Conn) -> Result<Vec<Applied>> {
        if self.reports.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.known(conn).await?;
        let named = self.named(conn, &known).await?;
        let mut steps = self.steps(known, named);
        self.store_runs(conn, &mut steps).await?;
        self.store_variables(conn, &mut steps).await?;
        let projects = self.store_facts(conn, &mut steps).await?;
        for step in steps.iter().filter(|step| step.is_changed) {
            conn.changed(Change::Project(step.after.project_id));
        }
        let applied = steps.into_iter().zip(projects).map(|(step, project)| Applied {
            created: step.before.is_none(),
            run: step.after,
            project: Project::clone(&project),
            changed: step.is_changed,
        });
        Ok(applied.collect())
    }

    /// What is stored about the reports' runs. Rejects the first report that contradicts it.
    async fn known(&self, conn: &mut Conn) -> Result<Vec<Known>> {
        let keys = self.reports.iter().filter_map(|placed| placed.run_key(placed.report.external_id.as_ref()));
        let mut runs = record::runs(conn, keys.collect()).await?.into_iter();
        let keys = self.reports.iter().filter_map(|placed| placed.run_key(placed.report.rerun_of.as_ref()));
        let mut originals = record::originals(conn, keys.collect()).await?.into_iter();
        let mut all = Vec::with_capacity(self.reports.len());
        for placed in &self.reports {
            let run = placed.report.external_id.as_ref().and_then(|_| runs.next()?);
            let rerun_of = placed.report.rerun_of.as_ref().and_then(|_| originals.next());
            let known = Known { run, rerun_of };
            let checked = placed.given(&known, self.now).check(known.run.as_ref());
            checked.map_err(|error| StoreError::InReport { index: placed.index, error: Box::new(error) })?;
            all.push(known);
        }
        Ok(all)
    }

    /// The ids of what the reports name; what does not exist yet is created.
    async fn named(&self, conn: &mut Conn, known: &[Known]) -> Result<Vec<Named>> {
        let reports = || self.reports.iter().zip(known);
        let keys = reports().filter_map(|(placed, known)| placed.release_key(known));
        let releases = record::ensure_releases(conn, keys, self.now).await?;
        let release_of = |placed: &Placed<'a>, known: &Known| {
            let stored = known.run.as_ref().and_then(|run| run.release_id);
            let named = placed.release_key(known).and_then(|key| releases.get(&key));
            (stored.or(named.map(|release| release.id)), named.is_some_and(|release| release.is_new))
        };
        let keys = reports().filter_map(|(placed, known)| placed.build_key(known, release_of(placed, known).0));
        let builds = record::ensure_builds(conn, keys, self.now).await?;
        let keys = reports().filter_map(|(placed, known)| placed.job_key(known));
        let jobs = record::ensure_jobs(conn, keys, self.now).await?;
        let mut all = Vec::with_capacity(known.len());
        for (placed, known) in reports() {
            let run = known.run.as_ref();
            let (release, release_is_new) = release_of(placed, known);
            let build = placed.build_key(known, release).and_then(|key| builds.get(&key));
            let job = placed.job_key(known).and_then(|key| jobs.get(&key));
            if job.is_some_and(|job| job.is_new) {
                conn.changed(Change::Naming { space: placed.place.project.space_id });
            }
            let ids = Ids {
                release,
                build: build.map(|build| build.id).or_else(|| run.and_then(|run| run.build_id)),
                job: job.map(|job| job.id).or_else(|| run.and_then(|run| run.job_id)),
            };
            let owner_is_new = match (ids.build, ids.release) {
                (Some(_), _) => build.is_some_and(|build| build.is_new),
                (None, Some(_)) => release_is_new,
                (None, None) => run.is_none(),
            };
            all.push(Named { ids, owner_is_new });
        }
        Ok(all)
    }

    /// What the runs are after the reports.
    fn steps(&self, known: Vec<Known>, named: Vec<Named>) -> Vec<Step<'_>> {
        let mut steps = Vec::with_capacity(self.reports.len());
        for ((placed, known), Named { ids, owner_is_new }) in self.reports.iter().zip(known).zip(named) {
            let given = placed.given(&known, self.now);
            let after = match &known.run {
                Some(run) => given.after(run.clone(), ids),
                None => given.first(ids, self.reported_by),
            };
            let (report, project) = (placed.report, &placed.place.project);
            let mut step = Step { report, project, before: known.run, after, owner_is_new, is_changed: false };
            if step.before.as_ref() != Some(&step.after) {
                step.change(self.now);
            }
            steps.push(step);
        }
        steps
    }

    async fn store_runs(&self, conn: &mut Conn, steps: &mut [Step<'_>]) -> Result<()> {
        let new = steps.iter().filter(|step| step.before.is_none()).map(|step| &step.after);
        let ids = record::insert(conn, new.collect()).await?;
        for (step, id) in steps.iter_mut().filter(|step| step.before.is_none()).zip(ids) {
            step.after.id = id;
        }
        let changed = steps.iter().filter(|step| step.before.is_some() && step.is_changed).map(|step| &step.after);
        record::update(conn, changed.collect()).await?;
        let reruns = steps.iter().filter(|step| step.is_new_rerun()).map(|step| &step.after);
        record::lead_to_original(conn, reruns.collect()).await
    }

    async fn store_variables(&self, conn: &mut Conn, steps: &mut [Step<'_>]) -> Result<()> {
        let reported = steps.iter().map(|step| Reported {
            owner: step.owner(),
            owner_is_new: step.owner_is_new,
            values: &step.report.variables,
            only_add: step.is_late(),
        });
        let reported: Vec<Reported<'_>> = reported.filter(|reported| !reported.values.is_empty()).collect();
        if reported.is_empty() {
            return Ok(());
        }
        let mut varied = variables::merge(conn, &reported).await?.into_iter();
        let mut touched = Vec::new();
        for step in steps.iter_mut().filter(|step| !step.report.variables.is_empty()) {
            if varied.next() == Some(true) && !step.is_changed {
                step.change(self.now);
                touched.push(&step.after);
            }
        }
        record::update(conn, touched).await
    }

    /// Stores what the reports say about their projects, and answers with the project after each report.
    async fn store_facts(&self, conn: &mut Conn, steps: &mut [Step<'_>]) -> Result<Vec<Arc<Project>>> {
        let mut learnt: HashMap<i64, (Arc<Project>, Arc<Project>)> = HashMap::new();
        let mut projects = Vec::with_capacity(steps.len());
        for step in steps {
            let before = learnt.get(&step.project.id).map_or(step.project, |(_, project)| project);
            let Some(after) = projects::learnt(before, &step.report.facts, step.is_late(), self.now) else {
                projects.push(Arc::clone(before));
                continue;
            };
            step.is_changed = true;
            let after = Arc::new(after);
            let first = learnt.remove(&after.id).map_or_else(|| Arc::clone(step.project), |(first, _)| first);
            learnt.insert(after.id, (first, Arc::clone(&after)));
            projects.push(after);
        }
        let learnt: Vec<_> = learnt.into_values().collect();
        projects::save_learnt(conn, &learnt).await?;
        Ok(projects)
    }
}
