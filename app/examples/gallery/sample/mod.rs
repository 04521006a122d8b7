//! A small harbour of projects to look at.

pub(crate) mod badges;
pub(crate) mod builder;
pub(crate) mod members;
pub(crate) mod reported;

use burgee_app::{
    pages::{
        GroupHead, Place, ProjectHead,
        dashboard::{CiCell, DashboardPage, FirstReport, ProjectRow},
        project::{Access, EnvironmentNow, ProjectPage},
        revoke_token::{KeyUse, RevokePage},
        tokens::{CreatedToken, TokenForm, TokenLine, TokenState, TokensPage},
    },
    run::RunLine,
    site::{Site, Theme, Viewer},
};
use burgee_domain::{change::Visibility, scope::Scope, status::RunStatus};
use chrono::{DateTime, TimeDelta, Utc};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn ago(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_183_200 - seconds, 0).unwrap_or_default()
}

/// For somebody who is signed in and no administrator.
pub(crate) fn site_of_ada(theme: Theme, path: &str) -> Site {
    Site { viewer: Some(Viewer { name: "ada".to_owned(), is_admin: false }), ..site(theme, path, false) }
}

pub(crate) fn site(theme: Theme, path: &str, signed_in: bool) -> Site {
    Site {
        // Relative, so that the files find each other wherever they are.
        base_path: ".".to_owned(),
        public_url: "https://badges.example.org".to_owned(),
        assets_hash: "gallery".to_owned(),
        nonce: "gallery".to_owned(),
        theme,
        viewer: signed_in.then(|| Viewer { name: "admin".to_owned(), is_admin: true }),
        now: ago(0),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        current_path: path.to_owned(),
    }
}

fn run(status: RunStatus, release: &str, ended: i64) -> RunLine {
    let finished = status.is_finished();
    RunLine {
        id: 8184,
        status,
        release: Some(release.to_owned()),
        build: None,
        build_id: None,
        environment: None,
        tenant: None,
        job: None,
        stage: None,
        branch: None,
        url: Some("https://ci.example.org/runs/8184".to_owned()),
        started_at: Some(ago(ended + if finished { 134 } else { 0 })),
        finished_at: finished.then(|| ago(ended)),
        reported_at: ago(ended),
    }
}

fn place(name: &str, full_path: &str) -> Place {
    Place { name: name.to_owned(), full_path: full_path.to_owned() }
}

pub(crate) fn web_shop() -> ProjectHead {
    ProjectHead {
        title: "Web Shop".to_owned(),
        full_path: "harbour/web-shop".to_owned(),
        above: vec![place("Harbour", "harbour")],
        visibility: Visibility::Public,
        badges_enabled: true,
        may_change: true,
    }
}

/// For somebody who may not change it.
pub(crate) fn web_shop_for_readers() -> ProjectHead {
    ProjectHead { may_change: false, ..web_shop() }
}

pub(crate) fn lines() -> GroupHead {
    GroupHead {
        name: "Lines".to_owned(),
        full_path: "harbour/lines".to_owned(),
        above: vec![place("Harbour", "harbour")],
        visibility: Visibility::Public,
        may_change: true,
    }
}

/// A space of which the visitor is no owner.
pub(crate) fn harbour() -> GroupHead {
    GroupHead {
        name: "Harbour".to_owned(),
        full_path: "harbour".to_owned(),
        above: vec![],
        may_change: false,
        ..lines()
    }
}

pub(crate) fn dashboard() -> DashboardPage {
    use RunStatus::{Canceled, Failed, Running, Succeeded, Warned};
    let ci = |build: &str, status, jobs: &[&str], at| {
        Some(CiCell {
            build: Some(build.to_owned()),
            build_id: Some(17),
            status,
            jobs: jobs.iter().map(ToString::to_string).collect(),
            at: ago(at),
        })
    };
    let row = |title: &str, path: &str, cells: [Option<RunLine>; 3], ci| ProjectRow {
        title: title.to_owned(),
        full_path: format!("harbour/{path}"),
        cells: cells.into(),
        ci,
    };
    let cell = |status, release, ended| Some(run(status, release, ended));
    DashboardPage {
        spaces: vec![place("Harbour", "harbour"), place("Shipyard", "shipyard")],
        environments: ["Development", "Staging", "Production"].map(str::to_owned).into(),
        projects: vec![
            row(
                "Web Shop",
                "web-shop",
                [
                    cell(Succeeded, "2026.12.0-rc.1", 4 * MINUTE),
                    cell(Running, "2026.11.4", 40),
                    cell(Succeeded, "2026.11.3", 2 * DAY),
                ],
                ci("8184", Succeeded, &["unit", "integration"], 6 * MINUTE),
            ),
            row(
                "Payments",
                "payments",
                [
                    cell(Succeeded, "5.20.0", HOUR),
                    cell(Failed, "5.20.0", 55 * MINUTE),
                    cell(Succeeded, "5.19.2", 9 * DAY),
                ],
                ci("412", Failed, &["unit"], 58 * MINUTE),
            ),
            row(
                "Timetable API",
                "lines/timetable-api",
                [cell(Succeeded, "v1.4.0", DAY), cell(Succeeded, "v1.4.0", DAY), cell(Warned, "v1.4.0", DAY)],
                ci("77", Succeeded, &[], DAY),
            ),
            row(
                "Pilot App",
                "pilot-app",
                [cell(Succeeded, "0.3.0", 21 * DAY), None, None],
                ci("12", Canceled, &[], 21 * DAY),
            ),
        ],
        total: 4,
        last_report: Some(ago(12)),
        ..DashboardPage::default()
    }
}

pub(crate) fn wide_dashboard() -> DashboardPage {
    let mut page = dashboard();
    page.spaces.clear();
    page.total = 62;
    page.next = Some("/?after=50".to_owned());
    page.environments = (1..=8).map(|n| format!("Region {n}")).collect();
    for project in &mut page.projects {
        let cells = project.cells.clone();
        project.cells = cells.iter().cycle().take(8).cloned().collect();
    }
    if let Some(project) = page.projects.first_mut() {
        project.title =
            "The project with the longest title in the whole harbour, شركة الميناء, and \u{1f6a2}".to_owned();
        project.full_path =
            "harbour/lines/a-rather-long-path/with_underscores_and_no_place_to_break_at_all_really".to_owned();
    }
    page
}

pub(crate) fn first_steps() -> DashboardPage {
    let curl = r#"curl https://badges.example.org/api/burgee/v1/runs \
  -H "Authorization: Bearer YOUR-TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"project": "harbour/web-shop", "environment": "Production", "release": "1.0.0", "status": "succeeded"}'"#;
    DashboardPage { first_report: Some(FirstReport { curl: curl.to_owned() }), ..DashboardPage::default() }
}

pub(crate) fn project() -> ProjectPage {
    use RunStatus::{Failed, Running, Succeeded, TimedOut};
    let environment = |name: &str, latest| EnvironmentNow { name: name.to_owned(), latest };
    let deployed = |status, release, environment: &str, ended| RunLine {
        environment: Some(environment.to_owned()),
        ..run(status, release, ended)
    };
    let job = |status, build: &str, job: &str, ended| RunLine {
        release: None,
        build: Some(build.to_owned()),
        build_id: Some(17),
        job: Some(job.to_owned()),
        branch: Some("main".to_owned()),
        ..run(status, "", ended)
    };
    ProjectPage {
        head: web_shop(),
        badges: badges::both(),
        access: Access::Settled,
        environments: vec![
            environment("Development", Some(run(Succeeded, "2026.12.0-rc.1", 4 * MINUTE))),
            environment("Staging", Some(run(Running, "2026.11.4", 40))),
            environment("Production", Some(run(Succeeded, "2026.11.3", 2 * DAY))),
            environment("Disaster recovery", None),
        ],
        runs: vec![
            deployed(Running, "2026.11.4", "Staging", 40),
            RunLine {
                build: Some("8184".to_owned()),
                build_id: Some(17),
                ..deployed(Succeeded, "2026.12.0-rc.1", "Development", 4 * MINUTE)
            },
            job(Succeeded, "8184", "integration", 6 * MINUTE),
            job(Succeeded, "8184", "unit", 11 * MINUTE),
            job(TimedOut, "8183", "integration", 3 * HOUR),
            RunLine { tenant: Some("North Pier".to_owned()), ..deployed(Failed, "2026.11.4", "Staging", 5 * HOUR) },
            deployed(Succeeded, "2026.11.3", "Production", 2 * DAY),
            RunLine { url: None, ..deployed(Succeeded, "2026.11.3", "Staging", 3 * DAY) },
        ],
        newer: None,
        older: Some("/harbour/web-shop?before=51".to_owned()),
    }
}

pub(crate) fn tokens() -> TokensPage {
    let token = |id, name: &str, shown: &str, scopes: &[Scope], made: i64, used: Option<i64>, state| TokenLine {
        id,
        name: name.to_owned(),
        shown: shown.to_owned(),
        scopes: scopes.to_vec(),
        user: None,
        limited_to: None,
        created_at: ago(made),
        last_used_at: used.map(ago),
        state,
    };
    TokensPage {
        tokens: vec![
            token(3, "GitLab pipelines", "burgee_7Jc0…k3Fq", &[Scope::RunsWrite], 20, None, TokenState::Active),
            TokenLine {
                limited_to: Some("harbour/web-shop".to_owned()),
                ..token(
                    2,
                    "Terraform",
                    "burgee_Qa5x…9xTz",
                    &[Scope::RunsRead, Scope::ProjectsWrite],
                    40 * DAY,
                    Some(2 * HOUR),
                    TokenState::ActiveUntil(
                        DateTime::from_timestamp(1_795_183_200, 0).unwrap_or_default() + TimeDelta::days(50),
                    ),
                )
            },
            TokenLine {
                user: Some("ada".to_owned()),
                ..token(
                    4,
                    "README checks",
                    "burgee_mN2c…pL0a",
                    &[Scope::ReadApi],
                    41 * DAY,
                    Some(DAY),
                    TokenState::Active,
                )
            },
            token(5, "READMEs", "badges", &[Scope::CiBadges], 42 * DAY, Some(HOUR), TokenState::Active),
            token(1, "Old Jenkins", "…Qw12", &[Scope::RunsWrite], 300 * DAY, Some(90 * DAY), TokenState::Revoked),
        ],
        form: TokenForm::default(),
        errors: vec![],
        created: Some(CreatedToken {
            name: "GitLab pipelines".to_owned(),
            secret: "burgee_7Jc0yDq2mR5sVxZ8tB1nK4wHk3Fq".to_owned(),
            is_chosen: false,
        }),
        done: None,
    }
}

pub(crate) fn revoking() -> RevokePage {
    let used = |badge: Option<&str>, full_path: &str| KeyUse {
        badge: badge.map(ToOwned::to_owned),
        full_path: full_path.to_owned(),
    };
    RevokePage {
        badges: vec![used(Some("CI build"), "harbour/web-shop"), used(None, "harbour/lines")],
        others: 1,
        ..revoking_unused()
    }
}

pub(crate) fn revoking_unused() -> RevokePage {
    let token = TokenLine {
        id: 5,
        name: "READMEs".to_owned(),
        shown: "badges".to_owned(),
        scopes: vec![Scope::CiBadges],
        user: None,
        limited_to: None,
        created_at: ago(42 * DAY),
        last_used_at: Some(ago(HOUR)),
        state: TokenState::Active,
    };
    RevokePage { token, badges: vec![], others: 0 }
}
