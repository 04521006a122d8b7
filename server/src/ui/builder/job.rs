//! The tab *Job / pipeline*.

use std::collections::BTreeSet;

use burgee_app::{
    islands::badge_builder::{BuilderData, JobChosen, JobData, JobNow},
    pages::badge_builder::KeyKind,
};
use burgee_domain::change::Visibility;
use burgee_store::{Conn, StoreError, concourse, projects::Project};

use super::{Shown, home, keys};
use crate::ui::Visit;

/// Most jobs that can be chosen.
const JOBS_MAX: usize = 500;

pub(super) async fn gather(
    visit: &Visit,
    conn: &mut Conn,
    project: &Project,
    token: Option<&str>,
) -> Result<Shown, StoreError> {
    let mut jobs = concourse::jobs(conn, project.id, None).await?;
    if jobs.is_empty() {
        return Ok(Shown::default());
    }
    let is_private = project.visibility != Visibility::Public && !project.badges_enabled;
    let keys = if is_private || token.is_some() {
        Some(keys::card(conn, project, KeyKind::BadgesRead, token).await?)
    } else {
        None
    };
    let ends: BTreeSet<_> = jobs.iter().filter_map(|job| job.last.as_ref()).map(|last| last.status.as_str()).collect();
    let asked = visit.parameter("job").unwrap_or_default();
    let mut place = 0;
    jobs.retain(|job| {
        place += 1;
        place <= JOBS_MAX || job.name == asked
    });
    let team = project.full_path.split('/').next().unwrap_or_default();
    let mut data = JobData {
        home: home(visit, project),
        team: team.to_owned(),
        pipeline: project.name.clone(),
        instance: project.instance_vars.query(),
        token: keys.as_ref().and_then(|keys| keys.used.clone()),
        ends: ends.into_iter().filter_map(|status| status.parse().ok()).collect(),
        jobs: jobs.into_iter().map(|job| JobNow { name: job.name, last: job.last.map(|last| last.status) }).collect(),
        chosen: JobChosen::default(),
    };
    let mut notices = data.choose(&visit.query);
    if let Some(other) = meant_instead(conn, project, team).await? {
        notices.push(format!(
            "Concourse's addresses name team and pipeline only, and by these names they mean {other}, not this project."
        ));
    }
    Ok(Shown { data: Some(BuilderData::Job(data)), keys, notices })
}

/// The project that addresses with this one's names mean, if it is another.
async fn meant_instead(conn: &mut Conn, project: &Project, team: &str) -> Result<Option<String>, StoreError> {
    let Some(team) = concourse::find_team(conn, team).await? else { return Ok(None) };
    let meant = concourse::find_pipeline(conn, &team, &project.name, &project.instance_vars).await?;
    Ok(meant.filter(|meant| meant.id != project.id).map(|meant| meant.full_path))
}
