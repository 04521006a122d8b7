//! The look-ups behind Concourse's badges (`spec/dialects.md` A5, A6): team, pipeline and job by the names that they were
//! reported with, and the last finished run of a job.

use std::collections::BTreeMap;

use burgee_coherence::Dependencies;
use burgee_domain::{instance_vars::InstanceVars, status::RunStatus};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result, aliases,
    column::{MaybeStamp, Stamp, Word},
    conn::on_backend,
    groups::{self, Group},
    identifier::askable,
    memo::remembered,
    projects::Project,
    schema::{builds, groups as groups_table, jobs, projects, runs},
};

/// What aliases call this dialect.
const DIALECT: &str = "concourse";

/// The first project of a name in a space, in whatever group. Ordered as the index is: see `crate::latest` for why.
macro_rules! pipeline_below {
    ($space_id:expr, $name:expr, $instance:expr) => {
        projects::table
            .filter(projects::name.eq($name))
            .filter(projects::space_id.between($space_id, $space_id))
            .filter(projects::instance_vars.eq($instance))
            .order((projects::space_id, projects::id))
            .select(Project::as_select())
    };
}
pub(crate) use pipeline_below;

/// A job's last finished run that repeats no other: the end of an index. Whether it is finished is compared by a range and
/// stands in the order: see `crate::latest` for why.
macro_rules! last_original {
    ($job_id:expr) => {
        runs::table
            .filter(runs::job_id.eq($job_id))
            .filter(runs::rerun_of.is_null())
            .filter(runs::is_finished.ge(true))
            .order((runs::is_finished.desc(), runs::id.desc()))
            .select(runs::id)
            .limit(1)
    };
}
pub(crate) use last_original;

/// The same, reruns included.
macro_rules! last_of_all {
    ($job_id:expr) => {
        runs::table
            .filter(runs::job_id.eq($job_id))
            .filter(runs::is_finished.ge(true))
            .order((runs::is_finished.desc(), runs::id.desc()))
            .select(runs::id)
            .limit(1)
    };
}
pub(crate) use last_of_all;

/// A job's latest run that is not finished.
macro_rules! next_build {
    ($job_id:expr) => {
        runs::table
            .filter(runs::job_id.eq($job_id))
            .filter(runs::is_finished.le(false))
            .order((runs::is_finished.desc(), runs::id.desc()))
            .select(runs::id)
            .limit(1)
    };
}
pub(crate) use next_build;

/// For each active job of some pipelines: the pipeline, the job, and the ids that the macros above find, one index look-up
/// each.
macro_rules! of_each_job {
    ($pipeline_ids:expr) => {
        jobs::table.filter(jobs::project_id.eq_any($pipeline_ids)).filter(jobs::active.eq(true)).select((
            jobs::project_id,
            jobs::name,
            last_original!(jobs::id.nullable()).single_value(),
            last_of_all!(jobs::id.nullable()).single_value(),
            next_build!(jobs::id.nullable()).single_value(),
        ))
    };
}
pub(crate) use of_each_job;

/// The finished reruns of runs with these external ids, in these pipelines.
macro_rules! reruns {
    ($pipeline_ids:expr, $external_ids:expr) => {
        runs::table
            .left_join(builds::table)
            .filter(runs::project_id.eq_any($pipeline_ids))
            .filter(runs::rerun_of.eq_any($external_ids))
            .filter(runs::is_finished.eq(true))
            .select(Finished::as_select())
    };
}
pub(crate) use reruns;

/// The team: the space that was this one in Concourse, or that has this name or slug.
///
/// # Errors
/// When the database does not answer.
pub async fn find_team(conn: &mut Conn, name: &str) -> Result<Option<Group>> {
    let names = |team: &Group| Dependencies::on_space(team.id);
    remembered(conn, format!("team {name}"), names, async |conn| read_team(conn, name).await).await
}

async fn read_team(conn: &mut Conn, name: &str) -> Result<Option<Group>> {
    let name = askable(name);
    if let Some(id) = aliases::resolve(conn, DIALECT, [name, "", "", ""]).await?.group
        && let Some(group) = groups::get(conn, id).await?
        && group.parent_id.is_none()
    {
        return Ok(Some(group));
    }
    groups::named(conn, None, name).await
}

/// The pipeline of a team, or an instance of it: the project of exactly this name in the space itself, or else in a group
/// below it. If several groups have one, the first that was reported stays the one that is meant.
///
/// # Errors
/// When the database does not answer.
pub async fn find_pipeline(
    conn: &mut Conn,
    team: &Group,
    name: &str,
    instance: &InstanceVars,
) -> Result<Option<Project>> {
    let key = format!("pipeline {}\0{name}\0{}", team.id, instance.canonical());
    // What else is reported about a project changes neither its name nor who may see it.
    let names = |pipeline: &Project| Dependencies::on_space(pipeline.space_id);
    remembered(conn, key, names, async |conn| read_pipeline(conn, team, name, instance).await).await
}

async fn read_pipeline(conn: &mut Conn, team: &Group, name: &str, instance: &InstanceVars) -> Result<Option<Project>> {
    let (name, instance) = (askable(name), instance.canonical());
    let direct: Option<Project> = on_backend!(conn, |c| projects::table
        .filter(projects::group_id.eq(team.id))
        .filter(projects::name.eq(name))
        .filter(projects::instance_vars.eq(&instance))
        .select(Project::as_select())
        .first(c)
        .await
        .optional())?;
    if direct.is_some() {
        return Ok(direct);
    }
    let below: Option<Project> =
        on_backend!(conn, |c| pipeline_below!(team.id, name, &instance).first(c).await.optional())?;
    if below.is_some() || !instance.is_empty() {
        return Ok(below);
    }
    match aliases::resolve(conn, DIALECT, ["", name, "", ""]).await?.project {
        Some(id) => Ok(crate::projects::get(conn, id).await?.filter(|project| project.space_id == team.id)),
        None => Ok(None),
    }
}

/// A pipeline, and the name of its team.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = projects)]
pub struct Pipeline {
    /// The project.
    #[diesel(embed)]
    pub project: Project,
    /// The team's name.
    #[diesel(select_expression = groups_table::name)]
    pub team: String,
}

/// The pipelines that have jobs, of a team or of all, in the order in which they were first reported.
///
/// # Errors
/// When the database does not answer.
pub async fn pipelines(conn: &mut Conn, team: Option<&Group>) -> Result<Vec<Pipeline>> {
    let has_jobs = exists(jobs::table.filter(jobs::project_id.eq(projects::id)).filter(jobs::active.eq(true)));
    Ok(on_backend!(conn, |c| {
        let query = projects::table
            .inner_join(groups_table::table.on(groups_table::id.eq(projects::space_id)))
            .filter(has_jobs)
            .order(projects::id)
            .select(Pipeline::as_select())
            .into_boxed();
        let query = match team {
            Some(team) => query.filter(projects::space_id.eq(team.id)),
            None => query,
        };
        query.load(c).await
    })?)
}

/// The names of a pipeline's active jobs, as they were first reported.
///
/// # Errors
/// When the database does not answer.
pub async fn job_names(conn: &mut Conn, pipeline_id: i64, limit: i64) -> Result<Vec<String>> {
    Ok(on_backend!(conn, |c| jobs::table
        .filter(jobs::project_id.eq(pipeline_id))
        .filter(jobs::active.eq(true))
        .order(jobs::id)
        .limit(limit)
        .select(jobs::name)
        .load(c)
        .await)?)
}

/// A job, as badges and feeds show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The pipeline.
    pub pipeline_id: i64,
    /// The name.
    pub name: String,
    /// Its last finished run.
    pub last: Option<Finished>,
    /// The run that is going on or waiting.
    pub next: Option<i64>,
}

/// A run that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = runs)]
pub struct Finished {
    /// Burgee's own id.
    pub id: i64,
    project_id: i64,
    job_id: Option<i64>,
    /// The reporting tool's id.
    pub external_id: Option<String>,
    rerun_of: Option<String>,
    /// The build's number.
    #[diesel(select_expression = builds::number.nullable())]
    pub build: Option<String>,
    /// How it ended.
    #[diesel(deserialize_as = Word)]
    pub status: RunStatus,
    #[diesel(deserialize_as = MaybeStamp)]
    finished_at: Option<DateTime<Utc>>,
    #[diesel(deserialize_as = Stamp)]
    updated_at: DateTime<Utc>,
}

impl Finished {
    /// When it ended.
    #[must_use]
    pub fn ended_at(&self) -> DateTime<Utc> {
        self.finished_at.unwrap_or(self.updated_at)
    }
}

/// A pipeline's active jobs, in the order in which they were first reported; or only the one of this name.
///
/// # Errors
/// When the database does not answer.
pub async fn jobs(conn: &mut Conn, pipeline_id: i64, only: Option<&str>) -> Result<Vec<Job>> {
    let pipelines = [pipeline_id];
    let looks: Vec<Look> = on_backend!(conn, |c| match only {
        Some(name) => of_each_job!(&pipelines[..]).filter(jobs::name.eq(askable(name))).load(c).await,
        None => of_each_job!(&pipelines[..]).order(jobs::id).load(c).await,
    })?;
    finished(conn, &pipelines, looks).await
}

/// The active jobs of several pipelines, by pipeline and order of first report.
///
/// # Errors
/// When the database does not answer.
pub async fn jobs_of(conn: &mut Conn, pipeline_ids: &[i64]) -> Result<Vec<Job>> {
    let mut all = Vec::new();
    // SQLite takes a limited number of values in one statement.
    for ids in pipeline_ids.chunks(500) {
        let looks: Vec<Look> =
            on_backend!(conn, |c| of_each_job!(ids).order((jobs::project_id, jobs::id)).load(c).await)?;
        all.extend(finished(conn, ids, looks).await?);
    }
    Ok(all)
}

/// Pipeline, job, and ids of the last original run, of the last run, and of one that is not finished.
type Look = (i64, String, Option<i64>, Option<i64>, Option<i64>);

/// The rule of A5: the last run that repeats no other; if that was repeated, the last repetition. Where only reruns are
/// known, the last of them.
async fn finished(conn: &mut Conn, pipeline_ids: &[i64], looks: Vec<Look>) -> Result<Vec<Job>> {
    let ids: Vec<i64> = looks.iter().filter_map(|(_, _, original, any, _)| original.or(*any)).collect();
    let mut last: BTreeMap<i64, Finished> = BTreeMap::new();
    for ids in ids.chunks(500) {
        let found: Vec<Finished> = on_backend!(conn, |c| runs::table
            .left_join(builds::table)
            .filter(runs::id.eq_any(ids))
            .select(Finished::as_select())
            .load(c)
            .await)?;
        last.extend(found.into_iter().map(|run| (run.id, run)));
    }
    let external_ids: Vec<&str> = last.values().filter_map(|run| run.external_id.as_deref()).collect();
    let mut repeated: BTreeMap<(i64, String), Finished> = BTreeMap::new();
    for external_ids in external_ids.chunks(500) {
        let found: Vec<Finished> = on_backend!(conn, |c| reruns!(pipeline_ids, external_ids).load(c).await)?;
        for run in found {
            let Some(original) = run.rerun_of.clone() else { continue };
            let place = repeated.entry((run.project_id, original)).or_insert_with(|| run.clone());
            if place.id < run.id {
                *place = run;
            }
        }
    }
    let job = |(pipeline_id, name, original, any, next): Look| {
        let original = original.or(any).and_then(|id| last.get(&id));
        let again = original.and_then(|run| repeated.get(&(pipeline_id, run.external_id.clone()?)));
        let again = again.filter(|again| again.job_id.is_none() || again.job_id == original.and_then(|run| run.job_id));
        Job { pipeline_id, name, last: again.or(original).cloned(), next }
    };
    Ok(looks.into_iter().map(job).collect())
}
