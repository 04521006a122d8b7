//! Runs, builds and releases of the shop.

use burgee_app::{
    pages::{
        OwnBadge, VariableLine,
        build::{BuildPage, Stage},
        builds::{BuildLine, BuildsPage},
        release::ReleasePage,
        releases::{ReleaseLine, ReleasesPage},
        run::{Repeated, RunPage},
    },
    run::RunLine,
};
use burgee_domain::{
    buildmaster_badge::State,
    concourse_badge::{self, Outcome},
    gitlab::status_badge::{self, PipelineStatus},
    release_badge::{self, Names, Shown},
    status::RunStatus,
};

use super::{DAY, HOUR, MINUTE, ago, run, web_shop};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn variable(name: &str, value: Option<&str>, from: &'static str) -> VariableLine {
    VariableLine { name: name.to_owned(), value: value.map(str::to_owned), from }
}

fn variables() -> Vec<VariableLine> {
    let long = "module ferry requires tide-tables >= 4.2\n".repeat(40);
    vec![
        variable("Branch", Some("main"), "build"),
        variable("ChangeLog", Some(long.as_str()), "release"),
        variable("Commit", Some("6d1a0f2c9be34d7f8a5517c04b3e2a91d0c7f6e5"), "build"),
        variable("DeployKey", None, "project"),
        variable("DryRun", Some(""), "run"),
        variable("Region", Some("eu-north-1"), "project"),
    ]
}

fn in_environment(environment: &str, version: &str, status: RunStatus) -> OwnBadge {
    let names = Names { environment: environment.to_owned(), project: "Web Shop".to_owned(), tenant: None };
    let shown = Shown { release: some(version), build: None, status };
    OwnBadge {
        name: format!("Release in {environment}"),
        badge: release_badge::draw(&release_badge::Options::default(), &names, Some(&shown)),
        builder: "environment=production".to_owned(),
    }
}

fn ci_build(state: State) -> OwnBadge {
    let builder = "tab=build&$ReleaseNumber=2026.11.3&$BuildNumber=8184";
    OwnBadge { name: "CI build".to_owned(), badge: state.draw(), builder: builder.to_owned() }
}

fn staged(stage: &str, status: RunStatus, ended: i64) -> RunLine {
    RunLine {
        build: some("8184"),
        build_id: Some(17),
        stage: some(stage),
        branch: some("main"),
        ..run(status, "2026.11.3", ended)
    }
}

pub(crate) fn deployment() -> RunPage {
    let line = RunLine { environment: some("Production"), ..staged("Production", RunStatus::Succeeded, 2 * DAY) };
    RunPage {
        head: web_shop(),
        queued_at: line.started_at.map(|at| at - chrono::TimeDelta::seconds(9)),
        created_at: ago(2 * DAY + 140),
        reported_by: some("GitLab pipelines"),
        external_id: some("deploy-332"),
        coverage: None,
        repeats: Some(Repeated { external_id: "deploy-331".to_owned(), id: Some(8170) }),
        reruns: vec![],
        variables: variables(),
        badges: vec![in_environment("Production", "2026.11.3", RunStatus::Succeeded), ci_build(State::Success)],
        previous: Some(8170),
        next: Some(8190),
        run: line,
    }
}

pub(crate) fn job() -> RunPage {
    let line = RunLine {
        release: None,
        build: some("412"),
        build_id: Some(18),
        job: some("unit"),
        branch: some("feature/a-branch-with-a-long-name-that-somebody-thought-about"),
        ..run(RunStatus::Failed, "", 58 * MINUTE)
    };
    let rerun = RunLine { job: some("unit"), ..run(RunStatus::Succeeded, "2026.11.3", 40 * MINUTE) };
    RunPage {
        queued_at: None,
        coverage: Some(87.4),
        repeats: None,
        reruns: vec![rerun],
        badges: vec![
            ci_build(State::Error),
            OwnBadge {
                name: "Job unit".to_owned(),
                badge: concourse_badge::Options::default().draw(Some(Outcome::Failed)),
                builder: "tab=job&job=unit".to_owned(),
            },
            OwnBadge {
                name: "Coverage on main".to_owned(),
                badge: status_badge::Options::default().coverage(Some(87.4)),
                builder: "tab=project&badge=coverage&ref=main".to_owned(),
            },
        ],
        variables: vec![variable("Branch", Some("main"), "build")],
        previous: None,
        run: line,
        ..deployment()
    }
}

pub(crate) fn running() -> RunPage {
    let line = RunLine {
        environment: some("Staging"),
        tenant: some("North Pier"),
        ..run(RunStatus::Running, "2026.11.4", 40)
    };
    RunPage {
        queued_at: None,
        created_at: line.reported_at,
        repeats: None,
        variables: vec![],
        badges: vec![in_environment("Staging", "2026.11.4", RunStatus::Running)],
        next: None,
        run: line,
        ..deployment()
    }
}

pub(crate) fn bare() -> RunPage {
    let line =
        RunLine { release: None, url: None, started_at: None, finished_at: None, ..run(RunStatus::Warned, "", DAY) };
    RunPage {
        queued_at: None,
        created_at: line.reported_at,
        reported_by: None,
        external_id: None,
        repeats: None,
        variables: vec![],
        badges: vec![],
        previous: None,
        next: None,
        run: line,
        ..deployment()
    }
}

fn line(number: &str, status: &str, latest: Option<RunLine>) -> BuildLine {
    BuildLine {
        id: 17,
        number: number.to_owned(),
        release: some("2026.11.3"),
        release_status: some("active"),
        status: status.to_owned(),
        created_at: ago(3 * DAY),
        latest,
    }
}

pub(crate) fn build() -> BuildPage {
    use RunStatus::{Succeeded, Warned};
    let stage = |name: &str, latest: RunLine, runs| Stage { name: name.to_owned(), latest, runs };
    let deployed = |stage: &str, environment: &str, status, ended| RunLine {
        environment: some(environment),
        ..staged(stage, status, ended)
    };
    let job = |name: &str, status, ended| RunLine { job: some(name), ..staged("Test", status, ended) };
    let last = deployed("Rollout", "Production", Succeeded, 2 * DAY);
    BuildPage {
        head: web_shop(),
        build: line("8184", "active", Some(last.clone())),
        started_at: Some(ago(3 * DAY)),
        finished_at: Some(ago(2 * DAY)),
        stages: vec![
            stage("Test", job("unit", Succeeded, 3 * DAY), 1),
            stage("Test", job("integration", Warned, 3 * DAY - HOUR), 2),
            stage("Preview", deployed("Preview", "Staging", Succeeded, 3 * DAY - 2 * HOUR), 1),
            stage("Rollout", last.clone(), 1),
        ],
        runs: vec![
            last,
            deployed("Preview", "Staging", Succeeded, 3 * DAY),
            job("integration", RunStatus::Failed, 3 * DAY),
        ],
        newer: None,
        older: None,
        variables: variables(),
        badges: vec![
            ci_build(State::Success),
            OwnBadge {
                name: "Pipeline on main".to_owned(),
                badge: status_badge::Options::default().pipeline(Some(PipelineStatus::Passed)),
                builder: "tab=project&badge=pipeline&ref=main".to_owned(),
            },
        ],
    }
}

pub(crate) fn rejected() -> BuildPage {
    let page = build();
    BuildPage {
        build: BuildLine { status: "rejected".to_owned(), ..page.build },
        badges: vec![ci_build(State::Unknown)],
        variables: vec![],
        ..page
    }
}

pub(crate) fn build_without_runs() -> BuildPage {
    BuildPage {
        build: BuildLine { release: None, release_status: None, ..line("9", "active", None) },
        started_at: None,
        finished_at: None,
        stages: vec![],
        runs: vec![],
        variables: vec![],
        badges: vec![ci_build(State::Unknown)],
        ..build()
    }
}

pub(crate) fn builds() -> BuildsPage {
    use RunStatus::{Failed, Running, Succeeded};
    let latest = |status, ended| Some(staged("Test", status, ended));
    BuildsPage {
        head: web_shop(),
        builds: vec![
            line("8186", "active", latest(Running, 40)),
            line("8185", "rejected", latest(Failed, HOUR)),
            line("8184", "deployed", latest(Succeeded, 2 * DAY)),
            BuildLine { release: None, ..line("8183", "active", latest(Succeeded, 4 * DAY)) },
            line("8182", "active", None),
        ],
        newer: None,
        older: some("/harbour/web-shop/-/builds?before=12"),
    }
}

fn version(version: &str, status: &str, latest: Option<RunLine>, now: Vec<RunLine>) -> ReleaseLine {
    let created_at = latest.as_ref().map_or(ago(9 * DAY), |run| run.reported_at);
    ReleaseLine { version: version.to_owned(), status: status.to_owned(), created_at, latest, now }
}

fn deployed(status: RunStatus, version: &str, environment: &str, tenant: Option<&str>, ended: i64) -> RunLine {
    RunLine { environment: some(environment), tenant: tenant.map(str::to_owned), ..run(status, version, ended) }
}

pub(crate) fn release(status: RunStatus) -> ReleasePage {
    let now = vec![
        deployed(status, "2026.11.3", "Production", None, 2 * DAY),
        deployed(RunStatus::Succeeded, "2026.11.3", "Production", Some("North Pier"), 2 * DAY + HOUR),
    ];
    let mut runs = now.clone();
    runs.push(deployed(RunStatus::Failed, "2026.11.3", "Production", None, 3 * DAY));
    runs.push(staged("Test", RunStatus::Succeeded, 3 * DAY));
    ReleasePage {
        head: web_shop(),
        release: version("2026.11.3", "active", now.first().cloned(), now),
        builds: vec![
            line("8184", "deployed", Some(staged("Production", status, 2 * DAY))),
            line("8183", "rejected", Some(staged("Test", RunStatus::Failed, 4 * DAY))),
        ],
        has_more_builds: true,
        runs,
        newer: None,
        older: some("/harbour/web-shop/-/releases/2026.11.3?before=7"),
        variables: variables(),
        badges: vec![
            in_environment("Production", "2026.11.3", status),
            ci_build(State::Success),
            OwnBadge {
                name: "Latest release".to_owned(),
                badge: status_badge::Options::default().release(Some("2026.11.3")),
                builder: "tab=project&badge=release".to_owned(),
            },
        ],
    }
}

pub(crate) fn canceled() -> ReleasePage {
    let page = release(RunStatus::Failed);
    ReleasePage {
        release: ReleaseLine { status: "canceled".to_owned(), now: vec![], ..page.release },
        badges: vec![ci_build(State::Unknown)],
        variables: vec![],
        older: None,
        ..page
    }
}

pub(crate) fn releases() -> ReleasesPage {
    use RunStatus::{Failed, Running, Succeeded};
    let here = |status, name: &str, environment, ended| deployed(status, name, environment, None, ended);
    let rc = here(Succeeded, "2026.12.0-rc.1", "Development", 4 * MINUTE);
    let staging = here(Running, "2026.11.4", "Staging", 40);
    let production = here(Succeeded, "2026.11.3", "Production", 2 * DAY);
    let tenant = deployed(Succeeded, "2026.11.3", "Production", Some("North Pier"), 2 * DAY);
    let old = here(Failed, "2026.11.2-hotfix/db", "Production", 8 * DAY);
    ReleasesPage {
        head: web_shop(),
        releases: vec![
            version("2026.12.0-rc.1", "active", Some(rc.clone()), vec![rc]),
            version("2026.11.4", "active", Some(staging.clone()), vec![staging]),
            version("2026.11.3", "deployed", Some(production.clone()), vec![production, tenant]),
            version("2026.11.2-hotfix/db", "canceled", Some(old), vec![]),
            version("2026.11.2", "active", None, vec![]),
        ],
        newer: None,
        older: some("/harbour/web-shop/-/releases?before=12"),
    }
}
