//! The tab *Project badges*.

use burgee_app::islands::badge_builder::{BranchNow, BuilderData, JobCoverage, ProjectChosen, ProjectData};
use burgee_domain::status::RunStatus;
use burgee_store::{
    Conn, StoreError, branch,
    builder::branches::{self, Branch},
    projects::Project,
};

use super::{Shown, home};
use crate::ui::Visit;

pub(super) async fn gather(visit: &Visit, conn: &mut Conn, project: &Project) -> Result<Shown, StoreError> {
    let asked = visit.parameter("ref").map(str::trim).filter(|name| !name.is_empty());
    let found = branches::newest(conn, project, asked).await?;
    let release = branch::latest_release(conn, project.id).await?;
    if found.branches.is_empty() && release.is_none() {
        return Ok(Shown::default());
    }
    let mut branches: Vec<BranchNow> = found.branches.into_iter().map(now).collect();
    if branches.is_empty() {
        // Nothing has run there, but it has an address.
        let name = project.default_branch.clone().unwrap_or_else(|| "main".to_owned());
        branches.push(BranchNow { name, pipeline: Vec::new(), coverage: None });
    }
    let coverage = found.coverage.into_iter().map(|told| JobCoverage {
        branch: told.branch,
        job: told.job,
        percent: Some(told.percent),
    });
    let mut data = ProjectData {
        home: home(visit, project),
        branches,
        coverage: coverage.collect(),
        all_coverage: found.all_coverage,
        release,
        chosen: ProjectChosen::default(),
    };
    add_asked_job(visit, conn, project, &mut data).await?;
    let notices = data.choose(&visit.query);
    Ok(Shown { data: Some(BuilderData::Project(data)), keys: None, notices })
}

/// Adds the coverage that is asked for, if it was told too long ago to be found among the newest runs.
async fn add_asked_job(
    visit: &Visit,
    conn: &mut Conn,
    project: &Project,
    data: &mut ProjectData,
) -> Result<(), StoreError> {
    let Some(job) = visit.parameter("job").map(str::trim).filter(|job| !job.is_empty()) else { return Ok(()) };
    let named = visit.parameter("ref").map(str::trim);
    let branch = data.branches.iter().find(|branch| Some(branch.name.as_str()) == named).or(data.branches.first());
    let Some(branch) = branch.map(|branch| branch.name.clone()) else { return Ok(()) };
    if data.all_coverage || data.coverage.iter().any(|told| told.branch == branch && told.job == job) {
        return Ok(());
    }
    let percent = branch::latest_coverage(conn, project.id, &branch, Some(job)).await?;
    if percent.is_some() || data.coverage.iter().any(|told| told.job == job) {
        data.coverage.push(JobCoverage { branch, job: job.to_owned(), percent });
    }
    Ok(())
}

fn now(branch: Branch) -> BranchNow {
    let mut pipeline: Vec<RunStatus> = Vec::new();
    for status in branch.pipeline {
        if !pipeline.contains(&status) {
            pipeline.push(status);
        }
    }
    BranchNow { name: branch.name, pipeline, coverage: branch.coverage }
}
