//! The Badge Builder, tab by tab.

use burgee_app::{
    islands::badge_builder::{
        BranchNow, BuildChosen, BuildData, BuildLine, BuilderData, Choice, Home, JobChosen, JobCoverage, JobData,
        JobNow, Latest, ProjectChosen, ProjectData, ReleaseChosen, ReleaseData, Variable,
    },
    pages::badge_builder::{BuilderPage, BuilderTab, Key, KeyCard, KeyKind},
};
use burgee_domain::{
    release_badge::Shown,
    status::RunStatus::{self, Canceled, Failed, Running, Succeeded, Warned},
};

use super::web_shop;

fn home() -> Home {
    Home { public_url: "https://badges.example.org".to_owned(), full_path: "harbour/web-shop".to_owned() }
}

fn page(tab: BuilderTab, data: BuilderData, keys: Option<KeyCard>, notices: Vec<String>) -> BuilderPage {
    BuilderPage { head: web_shop(), tab, data: Some(data), keys, notices }
}

pub(crate) fn empty(tab: BuilderTab) -> BuilderPage {
    BuilderPage { head: web_shop(), tab, data: None, keys: None, notices: vec![] }
}

pub(crate) fn release(query: &[(&str, &str)]) -> BuilderPage {
    let choice = |id: &str, name: &str| Choice { id: id.to_owned(), name: name.to_owned() };
    let shown = |release: &str, status| Some(Shown { release: Some(release.to_owned()), build: None, status });
    let latest = |environment: &str, tenant: Option<&str>, without_failures, with_failures| Latest {
        environment: environment.to_owned(),
        tenant: tenant.map(str::to_owned),
        without_failures,
        with_failures,
    };
    let mut data = ReleaseData {
        home: home(),
        space: "harbour".to_owned(),
        project: "web-shop".to_owned(),
        project_title: "Web Shop".to_owned(),
        environments: vec![
            choice("production", "Production"),
            choice("staging", "Staging"),
            choice("development", "Development"),
            choice("disaster-recovery", "Disaster recovery"),
        ],
        tenants: vec![choice("north-pier", "North Pier"), choice("south-pier", "South Pier")],
        latest: vec![
            latest("production", None, shown("2026.11.3", Succeeded), shown("2026.11.3", Succeeded)),
            latest("staging", None, shown("2026.11.4", Running), shown("2026.11.4", Running)),
            latest("development", None, shown("2026.11.3", Succeeded), shown("2026.12.0-rc.1", Failed)),
            latest("staging", Some("north-pier"), shown("2026.11.3", Succeeded), shown("2026.11.4", Failed)),
        ],
        chosen: ReleaseChosen::default(),
    };
    let notices = data.choose(query);
    page(BuilderTab::Release, BuilderData::Release(data), None, notices)
}

fn key(name: &str, hint: &str, is_used: bool) -> Key {
    let value = (!hint.contains('…')).then(|| hint.to_owned());
    Key { name: name.to_owned(), hint: hint.to_owned(), value, is_used }
}

/// The tab of builds; with `key` the texts carry it.
pub(crate) fn build(query: &[(&str, &str)], used: Option<&str>, error: Option<&str>) -> BuilderPage {
    let build = |number: &str, release, branch, status| BuildLine {
        number: number.to_owned(),
        release: Some(release),
        rejected: false,
        canceled: false,
        values: vec![Some(branch), Some(release)],
        status: Some(status),
    };
    let text = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut data = BuildData {
        home: home(),
        id: None,
        key: used.map(ToOwned::to_owned),
        releases: text(&["2026.12", "2026.11"]),
        variables: vec![
            Variable { name: "Branch".to_owned(), values: text(&["main", "hotfix/tides"]) },
            Variable { name: "Channel".to_owned(), values: text(&["beta", "stable"]) },
        ],
        all_variables: true,
        builds: vec![
            build("1042", 0, 1, Running),
            build("1041", 0, 0, Warned),
            build("1040", 1, 0, Succeeded),
            build("1039", 1, 1, Failed),
        ],
        all_builds: false,
        answer: None,
        chosen: BuildChosen::default(),
    };
    let notices = data.choose(query);
    let keys = KeyCard {
        kind: KeyKind::CiBadges,
        known: vec![key("README", "badges", used.is_some()), key("Partner portal", "burgee_Tb2…q7Xd", false)],
        used: used.map(ToOwned::to_owned),
        error: error.map(ToOwned::to_owned),
    };
    page(BuilderTab::Build, BuilderData::Build(data), Some(keys), notices)
}

/// The tab of builds where no key has been made.
pub(crate) fn build_without_keys() -> BuilderPage {
    let mut page = build(&[], None, None);
    page.keys.iter_mut().for_each(|keys| keys.known.clear());
    page
}

/// The tab of jobs; of a private pipeline with its badge tokens.
pub(crate) fn job(query: &[(&str, &str)], is_private: bool) -> BuilderPage {
    let job = |name: &str, last: Option<RunStatus>| JobNow { name: name.to_owned(), last };
    let mut data = JobData {
        home: home(),
        team: "harbour".to_owned(),
        pipeline: "web-shop".to_owned(),
        instance: String::new(),
        token: None,
        jobs: vec![
            job("unit", Some(Succeeded)),
            job("integration", Some(Failed)),
            job("publish", Some(Canceled)),
            job("nightly", None),
        ],
        ends: vec![Succeeded, Failed, Canceled],
        chosen: JobChosen::default(),
    };
    let notices = data.choose(query);
    let keys = is_private.then(|| KeyCard {
        kind: KeyKind::BadgesRead,
        known: vec![key("Wiki", "burgee_9Kc…m2Lp", false)],
        used: None,
        error: None,
    });
    page(BuilderTab::Job, BuilderData::Job(data), keys, notices)
}

pub(crate) fn project(query: &[(&str, &str)]) -> BuilderPage {
    let branch =
        |name: &str, pipeline, coverage| BranchNow { name: name.to_owned(), pipeline: vec![pipeline], coverage };
    let told = JobCoverage { branch: "main".to_owned(), job: "unit".to_owned(), percent: Some(91.25) };
    let mut data = ProjectData {
        home: home(),
        branches: vec![branch("main", Succeeded, Some(87.5)), branch("hotfix/tides", Running, None)],
        coverage: vec![told],
        all_coverage: true,
        release: Some("2026.11.4".to_owned()),
        chosen: ProjectChosen::default(),
    };
    let notices = data.choose(query);
    page(BuilderTab::Project, BuilderData::Project(data), None, notices)
}
