//! Which badges a run, build or release has, and how the Badge Builder is asked for each.

use burgee_app::pages::OwnBadge;
use burgee_domain::{
    buildmaster_badge::State,
    concourse_badge::{self, Outcome},
    gitlab::status_badge::{self, PipelineStatus},
    release_badge::{self, Names, Shown},
    status::RunStatus,
    url_text::encode_query,
};
use burgee_store::{builds::Build, projects::Project, releases::Release, runs::Run};

/// Most environments of a release that get a badge on its page.
const ENVIRONMENTS: usize = 8;

/// Of a run: its environment's, its build's, its job's, and its coverage.
pub(super) fn of_run(project: &Project, run: &Run) -> Vec<OwnBadge> {
    let mut badges: Vec<OwnBadge> = in_environment(project, run).into_iter().collect();
    if let Some(number) = &run.build {
        badges.push(ci_build(State::of(run.status), run.release.as_deref(), Some(number)));
    }
    // A job's badge waits for the end of a run.
    if let (Some(job), Some(outcome)) = (&run.job, Outcome::of(run.status)) {
        badges.push(OwnBadge {
            name: format!("Job {job}"),
            badge: concourse_badge::Options::default().draw(Some(outcome)),
            builder: format!("tab=job&job={}", encode_query(job)),
        });
    }
    if let (Some(percent), Some(branch)) = (run.coverage, &run.branch) {
        badges.push(OwnBadge {
            name: format!("Coverage on {branch}"),
            badge: status_badge::Options::default().coverage(Some(percent)),
            builder: format!("tab=project&badge=coverage&ref={}", encode_query(branch)),
        });
    }
    badges
}

/// Of a build: its own by its latest run, also if it is withdrawn, since its badge names it; and its branch's pipeline by the
/// latest run of each job.
pub(super) fn of_build(build: &Build, latest: Option<&Run>, jobs: &[RunStatus]) -> Vec<OwnBadge> {
    let state = latest.map_or(State::Unknown, |run| State::of(run.status));
    let mut badges = vec![ci_build(state, build.release.as_deref(), Some(&build.number))];
    if let Some(branch) = latest.and_then(|run| run.branch.as_ref()) {
        badges.push(OwnBadge {
            name: format!("Pipeline on {branch}"),
            badge: status_badge::Options::default().pipeline(PipelineStatus::of_jobs(jobs.iter().copied())),
            builder: format!("tab=project&badge=pipeline&ref={}", encode_query(branch)),
        });
    }
    badges
}

/// Of a release: one for each environment that it is in, its latest build's, and the project's for the latest release.
/// `build` is how that build's latest run went, if it has a build.
pub(super) fn of_release(
    project: &Project,
    release: &Release,
    now: &[Run],
    build: Option<Option<RunStatus>>,
) -> Vec<OwnBadge> {
    let is_canceled = release.status == "canceled";
    let mut badges: Vec<OwnBadge> =
        now.iter().filter_map(|run| in_environment(project, run)).take(ENVIRONMENTS).collect();
    if let Some(status) = build {
        let state = status.map_or(State::Unknown, State::of);
        badges.push(ci_build(state, Some(&release.version), None));
    }
    if !is_canceled {
        badges.push(OwnBadge {
            name: "Latest release".to_owned(),
            badge: status_badge::Options::default().release(Some(&release.version)),
            builder: "tab=project&badge=release".to_owned(),
        });
    }
    badges
}

fn in_environment(project: &Project, run: &Run) -> Option<OwnBadge> {
    let (environment, slug) = run.environment.clone().zip(run.environment_slug.as_deref())?;
    let shown = Shown { release: run.release.clone(), build: run.build.clone(), status: run.status };
    let names = Names { environment, project: project.title.clone(), tenant: run.tenant.clone() };
    let tenant = run.tenant_slug.as_deref().map(|slug| format!("&tenantId={}", encode_query(slug)));
    // Without, the badge would pass this run over.
    let failed = if run.status.is_failure() { "&includeFailed=true" } else { "" };
    Some(OwnBadge {
        name: match &names.tenant {
            Some(tenant) => format!("Release in {} for {tenant}", names.environment),
            None => format!("Release in {}", names.environment),
        },
        badge: release_badge::draw(&release_badge::Options::default(), &names, Some(&shown)),
        builder: format!("environment={}{}{failed}", encode_query(slug), tenant.unwrap_or_default()),
    })
}

fn ci_build(state: State, release: Option<&str>, number: Option<&str>) -> OwnBadge {
    let filter = |name: &str, value: &str| format!("&${name}={}", encode_query(value));
    let release = release.map(|version| filter("ReleaseNumber", version)).unwrap_or_default();
    let number = number.map(|number| filter("BuildNumber", number)).unwrap_or_default();
    OwnBadge { name: "CI build".to_owned(), badge: state.draw(), builder: format!("tab=build{release}{number}") }
}
