//! `/teams/{team}/pipelines/{pipeline}`: the addresses that Concourse's own pages have, to which READMEs link beside their
//! badges. They lead to the pages of the same things here.

use axum::extract::{Path, rejection::PathRejection};
use burgee_domain::instance_vars::InstanceVars;
use burgee_store::{Conn, StoreError, concourse};
use serde::Deserialize;

use super::{Visit, address, seen::Seen, visit::Answer};

/// A pipeline's page.
pub(crate) const PIPELINE_ROUTE: &str = "/teams/{team}/pipelines/{pipeline}";
/// A job's page.
pub(crate) const JOB_ROUTE: &str = "/teams/{team}/pipelines/{pipeline}/jobs/{job}";

/// The segments of an address.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    team: String,
    pipeline: String,
    job: Option<String>,
}

/// `GET`: to the project's page, or to the job's latest run. Whoever may not see the project learns nothing.
pub(crate) async fn to_page(visit: Visit, address: Result<Path<Address>, PathRejection>) -> Answer {
    let Ok(Path(address)) = address else { return Err(visit.hidden()) };
    let page = visit.app.store.read(async |conn| find(&visit, conn, &address).await).await?;
    page.map(|page| visit.redirect(&page)).ok_or_else(|| visit.hidden())
}

async fn find(visit: &Visit, conn: &mut Conn, address: &Address) -> Result<Option<String>, StoreError> {
    let pairs = visit.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let Ok(instance) = InstanceVars::from_query(pairs) else { return Ok(None) };
    let Some(team) = concourse::find_team(conn, &address.team).await? else { return Ok(None) };
    let found = concourse::find_pipeline(conn, &team, &address.pipeline, &instance).await?;
    let Some(project) = found else { return Ok(None) };
    if Seen::find(visit, conn, &project.full_path).await?.is_none() {
        return Ok(None);
    }
    let Some(job) = &address.job else { return Ok(Some(address::address(&project.full_path, ""))) };
    let jobs = concourse::jobs(conn, project.id, Some(job)).await?;
    let Some(job) = jobs.first() else { return Ok(None) };
    let latest = job.last.as_ref().map(|run| run.id).max(job.next);
    Ok(Some(match latest {
        Some(run) => address::run(&project.full_path, run),
        None => address::address(&project.full_path, ""),
    }))
}
