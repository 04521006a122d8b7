//! The branches of a project, each with its latest pipeline and coverage: as many as its newest runs name.

use burgee_domain::status::RunStatus;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    branch::{latest_coverage, latest_pipeline},
    conn::on_backend,
    projects::Project,
    schema::{jobs, runs},
};

/// How many of the newest runs are looked at.
const RUNS_MAX: i64 = 500;
/// Most branches.
const BRANCHES_MAX: usize = 12;

/// What is known of a project's branches.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Branches {
    /// The default branch, if something has run on it; then the one with the latest run first.
    pub branches: Vec<Branch>,
    /// The latest coverage of jobs.
    pub coverage: Vec<Coverage>,
    /// Whether these were all runs, so that other jobs have told no coverage.
    pub all_coverage: bool,
}

/// A branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The name.
    pub name: String,
    /// The status of each job of its latest pipeline.
    pub pipeline: Vec<RunStatus>,
    /// The latest coverage, in percent.
    pub coverage: Option<f64>,
}

/// The coverage that a job told last on a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The branch.
    pub branch: String,
    /// The job.
    pub job: String,
    /// In percent.
    pub percent: f64,
}

/// Branch, job, coverage, whether it has ended, whether badly.
type Look = (Option<String>, Option<String>, Option<f64>, bool, bool);

/// Whether a run has named a branch, as far as the newest runs say.
///
/// # Errors
/// When the database does not answer.
pub async fn has_any(conn: &mut Conn, project: &Project) -> Result<bool> {
    Ok(looks(conn, project).await?.iter().any(|(branch, ..)| branch.is_some()))
}

/// The branches that the newest runs name, and `asked` in any case if something has run there.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(conn: &mut Conn, project: &Project, asked: Option<&str>) -> Result<Branches> {
    let looks = looks(conn, project).await?;
    let mut names: Vec<&str> = asked.into_iter().chain(project.default_branch.as_deref()).collect();
    for name in looks.iter().filter_map(|(branch, ..)| branch.as_deref()) {
        if !names.contains(&name) && names.len() < BRANCHES_MAX {
            names.push(name);
        }
    }
    names.dedup();
    let mut found = Branches { all_coverage: looks.len() < limit(), ..Branches::default() };
    for name in names {
        if let Some(pipeline) = latest_pipeline(conn, project.id, name).await? {
            let coverage = latest_coverage(conn, project.id, name, None).await?;
            found.branches.push(Branch { name: name.to_owned(), pipeline, coverage });
        }
    }
    let is_default = |branch: &Branch| project.default_branch.as_ref() == Some(&branch.name);
    found.branches.sort_by_key(|branch| !is_default(branch));
    for (branch, job, coverage, is_finished, is_failure) in &looks {
        let (Some(branch), Some(job), Some(percent), true, false) = (branch, job, coverage, is_finished, is_failure)
        else {
            continue;
        };
        if !found.coverage.iter().any(|known| known.branch == *branch && known.job == *job) {
            found.coverage.push(Coverage { branch: branch.clone(), job: job.clone(), percent: *percent });
        }
    }
    Ok(found)
}

async fn looks(conn: &mut Conn, project: &Project) -> Result<Vec<Look>> {
    // See `crate::latest` for why this is no `=`.
    let query = runs::table
        .left_join(jobs::table)
        .filter(runs::project_id.between(project.id, project.id))
        .order((runs::project_id.desc(), runs::id.desc()))
        .limit(RUNS_MAX)
        .select((runs::branch, jobs::name.nullable(), runs::coverage, runs::is_finished, runs::is_failure));
    Ok(on_backend!(conn, |c| query.load(c).await)?)
}

fn limit() -> usize {
    usize::try_from(RUNS_MAX).unwrap_or(usize::MAX)
}
