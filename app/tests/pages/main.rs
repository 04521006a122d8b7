//! What holds for every page, whatever it is given to show.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, reason = "a page without a heading fails the test")]

mod pictures;
mod reported;

use burgee_app::{
    form::FieldError,
    islands::badge_builder::{
        BranchNow, BuildChosen, BuildData, BuildLine, BuilderData, Choice, Home, JobChosen, JobCoverage, JobData,
        JobNow, Latest, ProjectChosen, ProjectData, ReleaseChosen, ReleaseData, Variable,
    },
    pages::{
        BadgeLine, GroupHead, Place, PlaceHead, ProjectHead,
        badge_builder::{self, BuilderPage, BuilderTab, Key, KeyCard, KeyKind},
        badges::{self, BadgeForm, BadgesOf, BadgesPage, Preset},
        dashboard::{self, CiCell, DashboardPage, FirstReport, ProjectRow},
        error::{self, ErrorPage},
        group_settings::{self, GroupSettingsForm, GroupSettingsPage},
        members::{self, AccessRequest, InheritedMember, MemberForm, MemberLine, MembersPage},
        project::{self, Access, EnvironmentNow, ProjectPage},
        revoke_token::{self, KeyUse, RevokePage},
        settings::{self, SettingsForm, SettingsPage},
        setup::{self, SetupForm, SetupPage},
        sign_in::{self, SignInPage},
        tokens::{self, CreatedToken, TokenForm, TokenLine, TokenState, TokensPage},
    },
    run::RunLine,
    site::{Site, Theme, Viewer},
};
use burgee_domain::{
    change::Visibility,
    gitlab::placeholder::{Placeholder, Values},
    release_badge::Shown,
    role::Role,
    scope::Scope,
    status::RunStatus,
    url_text::encode_query,
};
use chrono::DateTime;

/// Breaks out of text, attributes and textareas alike, if anything does.
const HOSTILE: &str = "</textarea></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u{1f6a2} \u{202e}\u{645}\u{631}&amp;";

fn site() -> Site {
    Site {
        base_path: "/badges".to_owned(),
        public_url: "https://b.example/badges".to_owned(),
        assets_hash: "abc123".to_owned(),
        nonce: "n0nce".to_owned(),
        theme: Theme::Dark,
        viewer: Some(Viewer { name: HOSTILE.to_owned(), is_admin: true }),
        now: DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default(),
        version: "1.2.3".to_owned(),
        current_path: format!("/?q={HOSTILE}"),
    }
}

fn head() -> ProjectHead {
    ProjectHead {
        title: HOSTILE.to_owned(),
        full_path: format!("space/{HOSTILE}"),
        above: vec![Place { name: HOSTILE.to_owned(), full_path: "space".to_owned() }],
        visibility: Visibility::Public,
        badges_enabled: false,
        may_change: true,
    }
}

fn group() -> GroupHead {
    GroupHead {
        name: HOSTILE.to_owned(),
        full_path: format!("space/{HOSTILE}"),
        above: head().above,
        visibility: Visibility::Private,
        may_change: true,
    }
}

/// A badge that is what its name and URL make it.
fn badge(id: i64, name: Option<&str>, url: &str) -> BadgeLine {
    BadgeLine {
        id,
        name: name.map(str::to_owned),
        link_url: url.to_owned(),
        image_url: url.to_owned(),
        rendered_link_url: url.to_owned(),
        rendered_image_url: url.to_owned(),
        from: None,
    }
}

const ELSEWHERE: &str = "https://img.example/x_(1).svg";

/// Everything about badges at once, all of it hostile.
fn hostile_badges(of: BadgesOf) -> BadgesPage {
    let text = || HOSTILE.to_owned();
    BadgesPage {
        of,
        own: vec![
            badge(1, Some(HOSTILE), ELSEWHERE),
            badge(2, Some(HOSTILE), HOSTILE),
            badge(3, None, "javascript:alert(1)"),
        ],
        form: BadgeForm {
            id: Some(1),
            name: text(),
            link_url: text(),
            image_url: format!("https://img.example/{HOSTILE}"),
        },
        errors: vec![FieldError::new("name", HOSTILE), FieldError::new("link_url", HOSTILE)],
        done: Some(text()),
        removing: Some(2),
        values: Some(Values::new([(Placeholder::ProjectTitle, Some(text()))])),
        presets: vec![Preset {
            id: "x".to_owned(),
            name: text(),
            badge_name: text(),
            link_url: text(),
            image_url: text(),
        }],
        allowed_hosts: vec!["https://img.example".to_owned()],
        preview: true,
    }
}

fn of_project(head: ProjectHead) -> BadgesOf {
    let from = head.above.first().cloned();
    BadgesOf::Project { head, inherited: vec![BadgeLine { from, ..badge(4, Some(HOSTILE), ELSEWHERE) }] }
}

fn of_group(head: GroupHead) -> BadgesOf {
    let inheriting = vec![Place { name: HOSTILE.to_owned(), full_path: head.full_path.clone() }];
    BadgesOf::Group { head, inheriting, total: 5 }
}

/// A page with these badges and nothing going on.
fn quiet_badges(of: BadgesOf, own: Vec<BadgeLine>) -> BadgesPage {
    BadgesPage {
        own,
        form: BadgeForm::default(),
        errors: vec![],
        done: None,
        removing: None,
        preview: false,
        ..hostile_badges(of)
    }
}

fn members(head: PlaceHead) -> MembersPage {
    let text = || HOSTILE.to_owned();
    let member = |user_id| MemberLine { user_id, name: text(), role: Role::Maintainer };
    let from = Place { name: text(), full_path: text() };
    MembersPage {
        head,
        direct: vec![member(1), member(2)],
        inherited: vec![InheritedMember { name: text(), role: Role::Owner, from }],
        requests: vec![AccessRequest { user_id: 3, name: text(), requested_at: site().now }],
        form: MemberForm { username: text(), role: Role::Guest },
        errors: vec![FieldError::new("username", HOSTILE), FieldError::new("role", HOSTILE)],
        done: Some(text()),
        problem: Some(text()),
        removing: Some(2),
    }
}

fn run() -> RunLine {
    let text = || Some(HOSTILE.to_owned());
    RunLine {
        id: 7,
        status: RunStatus::Failed,
        release: text(),
        build: text(),
        build_id: Some(8),
        environment: text(),
        tenant: text(),
        job: text(),
        stage: text(),
        branch: text(),
        url: Some("javascript:alert(1)".to_owned()),
        started_at: Some(site().now),
        finished_at: Some(site().now),
        reported_at: site().now,
    }
}

fn builder() -> ReleaseData {
    let choice = || vec![Choice { id: HOSTILE.to_owned(), name: HOSTILE.to_owned() }];
    let shown = || Some(Shown { release: Some(HOSTILE.to_owned()), build: None, status: RunStatus::Succeeded });
    let mut data = ReleaseData {
        home: home(),
        space: HOSTILE.to_owned(),
        project: HOSTILE.to_owned(),
        project_title: HOSTILE.to_owned(),
        environments: choice(),
        tenants: choice(),
        latest: vec![Latest {
            environment: HOSTILE.to_owned(),
            tenant: Some(HOSTILE.to_owned()),
            without_failures: shown(),
            with_failures: shown(),
        }],
        chosen: ReleaseChosen::default(),
    };
    let notices = data.choose(&[("environment", HOSTILE), ("tenantId", HOSTILE), ("label", "tenant")]);
    assert_eq!(notices, Vec::<String>::new());
    data
}

fn home() -> Home {
    Home { public_url: site().public_url, full_path: head().full_path }
}

fn build_builder() -> BuildData {
    let mut data = BuildData {
        home: home(),
        id: Some(1),
        key: Some(HOSTILE.to_owned()),
        releases: vec![HOSTILE.to_owned()],
        variables: vec![Variable { name: HOSTILE.to_owned(), values: vec![HOSTILE.to_owned()] }],
        all_variables: true,
        builds: vec![BuildLine {
            number: HOSTILE.to_owned(),
            release: Some(0),
            rejected: false,
            canceled: false,
            values: vec![Some(0)],
            status: Some(RunStatus::Succeeded),
        }],
        all_builds: true,
        answer: None,
        chosen: BuildChosen::default(),
    };
    let variable = format!("${HOSTILE}");
    let pairs = [("$ReleaseNumber", HOSTILE), ("$BuildNumber", HOSTILE), (&variable, HOSTILE), ("label", HOSTILE)];
    assert_eq!(data.choose(&pairs), Vec::<String>::new());
    data
}

fn job_builder() -> JobData {
    let mut data = JobData {
        home: home(),
        team: HOSTILE.to_owned(),
        pipeline: HOSTILE.to_owned(),
        instance: String::new(),
        token: Some(HOSTILE.to_owned()),
        jobs: vec![JobNow { name: HOSTILE.to_owned(), last: Some(RunStatus::Failed) }],
        ends: vec![RunStatus::Failed],
        chosen: JobChosen::default(),
    };
    assert_eq!(data.choose(&[("job", HOSTILE), ("title", HOSTILE)]), Vec::<String>::new());
    data
}

fn project_builder() -> ProjectData {
    let branch = BranchNow { name: HOSTILE.to_owned(), pipeline: vec![RunStatus::Failed], coverage: Some(87.5) };
    let told = JobCoverage { branch: HOSTILE.to_owned(), job: HOSTILE.to_owned(), percent: Some(87.5) };
    let mut data = ProjectData {
        home: home(),
        branches: vec![branch],
        coverage: vec![told],
        all_coverage: true,
        release: Some(HOSTILE.to_owned()),
        chosen: ProjectChosen::default(),
    };
    let pairs = [("badge", "coverage"), ("ref", HOSTILE), ("job", HOSTILE), ("key_text", "</textarea><script>")];
    assert_eq!(data.choose(&pairs), Vec::<String>::new());
    data
}

fn keys(kind: KeyKind) -> KeyCard {
    let key = |value: Option<&str>, is_used| Key {
        name: HOSTILE.to_owned(),
        hint: HOSTILE.to_owned(),
        value: value.map(ToOwned::to_owned),
        is_used,
    };
    KeyCard {
        kind,
        known: vec![key(Some(HOSTILE), false), key(None, true)],
        used: Some(HOSTILE.to_owned()),
        error: Some(HOSTILE.to_owned()),
    }
}

fn builder_page(tab: BuilderTab, data: BuilderData, keys: Option<KeyCard>) -> BuilderPage {
    BuilderPage { head: head(), tab, data: Some(data), keys, notices: vec![HOSTILE.to_owned()] }
}

fn builder_of(
    name: &'static str,
    site: &Site,
    data: BuilderData,
    tab: BuilderTab,
    keys: Option<KeyCard>,
) -> (&'static str, bool, String) {
    (name, true, badge_builder::render(site, builder_page(tab, data, keys)))
}

/// Every page, its name, and whether it holds an island.
fn pages(site: &Site) -> Vec<(&'static str, bool, String)> {
    let text = || HOSTILE.to_owned();
    let errors = |field: &str| vec![FieldError::new(field, HOSTILE)];
    let row = ProjectRow {
        title: text(),
        full_path: head().full_path,
        cells: vec![Some(run()), None],
        ci: Some(CiCell {
            build: Some(text()),
            build_id: Some(8),
            status: RunStatus::Failed,
            jobs: vec![text()],
            at: site.now,
        }),
    };
    let dashboard = DashboardPage {
        place: Some(group()),
        spaces: vec![Place { name: text(), full_path: text() }, Place { name: text(), full_path: "b".to_owned() }],
        query: text(),
        environments: vec![text(), text()],
        projects: vec![row],
        total: 1,
        last_report: Some(site.now),
        previous: Some("/?page=1".to_owned()),
        next: Some("/?page=3".to_owned()),
        first_report: None,
    };
    let first = DashboardPage { first_report: Some(FirstReport { curl: text() }), ..DashboardPage::default() };
    let token = TokenLine {
        id: 7,
        name: text(),
        shown: text(),
        scopes: vec![Scope::RunsWrite],
        user: Some(text()),
        limited_to: Some(text()),
        created_at: site.now,
        last_used_at: Some(site.now),
        state: TokenState::ActiveUntil(site.now),
    };
    let tokens_page = TokensPage {
        tokens: vec![token.clone()],
        form: TokenForm {
            name: text(),
            user: text(),
            value: text(),
            limited_to: text(),
            expires_days: text(),
            ..TokenForm::default()
        },
        errors: errors("name"),
        created: None,
        done: Some(text()),
    };
    let created = TokensPage {
        created: Some(CreatedToken { name: text(), secret: text(), is_chosen: false }),
        ..tokens_page.clone()
    };
    let key_use = KeyUse { badge: Some(text()), full_path: text() };
    let unnamed = KeyUse { badge: None, ..key_use.clone() };
    let revoke = RevokePage { token, badges: vec![key_use, unnamed], others: 2 };
    let environments =
        vec![EnvironmentNow { name: text(), latest: Some(run()) }, EnvironmentNow { name: text(), latest: None }];
    let project = ProjectPage {
        head: head(),
        badges: vec![badge(1, Some(HOSTILE), ELSEWHERE), badge(2, None, "javascript:alert(1)")],
        access: Access::MayRequest,
        environments,
        runs: vec![run()],
        newer: None,
        older: Some("/a?before=1".to_owned()),
    };
    let form = SettingsForm { title: text(), ..SettingsForm::from(&head()) };
    let sign_in = SignInPage { username: text(), return_to: text(), ..SignInPage::default() };
    let setup = SetupForm { token: text(), username: text(), errors: errors("password") };
    let mut pages = vec![
        ("sign-in", false, sign_in::render(site, sign_in)),
        ("setup", false, setup::render(site, SetupPage::Open(setup))),
        ("setup closed", false, setup::render(site, SetupPage::Closed)),
        ("dashboard", false, dashboard::render(site, dashboard.clone())),
        ("nothing found", false, dashboard::render(site, DashboardPage { projects: vec![], ..dashboard.clone() })),
        ("all spaces", false, dashboard::render(site, DashboardPage { place: None, ..dashboard.clone() })),
        ("first steps", true, dashboard::render(site, first)),
        ("project", false, project::render(site, project)),
        (
            "settings",
            false,
            settings::render(site, SettingsPage { head: head(), form, errors: errors("title"), saved: true }),
        ),
        builder_of("builder", site, BuilderData::Release(builder()), BuilderTab::Release, None),
        builder_of(
            "builder of builds",
            site,
            BuilderData::Build(build_builder()),
            BuilderTab::Build,
            Some(keys(KeyKind::CiBadges)),
        ),
        builder_of(
            "builder of jobs",
            site,
            BuilderData::Job(job_builder()),
            BuilderTab::Job,
            Some(keys(KeyKind::BadgesRead)),
        ),
        builder_of("builder of projects", site, BuilderData::Project(project_builder()), BuilderTab::Project, None),
        ("project badges", true, badges::render(site, hostile_badges(of_project(head())))),
        ("group badges", true, badges::render(site, hostile_badges(of_group(group())))),
        ("project members", false, members::render(site, members(PlaceHead::Project(head())))),
        ("group members", false, members::render(site, members(PlaceHead::Group(group())))),
        (
            "group settings",
            false,
            group_settings::render(
                site,
                GroupSettingsPage {
                    head: group(),
                    form: GroupSettingsForm { name: text(), ..GroupSettingsForm::from(&group()) },
                    errors: errors("name"),
                    saved: true,
                },
            ),
        ),
        ("tokens", false, tokens::render(site, tokens_page)),
        ("token created", true, tokens::render(site, created)),
        ("revoke token", false, revoke_token::render(site, revoke)),
        ("error", false, error::render(site, ErrorPage { status: 404, detail: Some(text()) })),
    ];
    pages.extend(reported::pages(site));
    pages
}

/// The values of an attribute, still escaped.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn names_never_become_markup() {
    for (name, islands, html) in pages(&site()) {
        assert!(html.contains("alert(1)"), "{name} shows nothing of what it was given");
        for bad in ["<script>alert", "<img src=x", "</textarea></title>", "href=\"javascript:"] {
            assert!(!html.contains(bad), "{name} contains {bad}");
        }
        assert_eq!(html.matches("<title>").count(), 1, "{name}");
        assert_eq!(html.matches("<textarea").count(), html.matches("</textarea>").count(), "{name}");
        // The one script is ours: nothing else begins with "<script".
        assert_eq!(html.matches("<script").count(), usize::from(islands), "{name}");
    }
}

#[test]
fn only_pages_with_islands_load_scripts() {
    for (name, islands, html) in pages(&site()) {
        assert_eq!(html.contains("<script type=\"module\" nonce=\"n0nce\">"), islands, "{name}");
        assert_eq!(html.contains("frontend.js"), islands, "{name}");
        assert_eq!(html.contains("<leptos-island"), islands, "{name}");
        assert!(!html.contains(" style="), "{name} has an inline style, which the security policy forbids");
        assert!(attributes(&html, "onclick").is_empty(), "{name}");
    }
}

#[test]
fn every_address_is_below_the_base_path() {
    for (name, _, html) in pages(&site()) {
        let addresses = ["href", "src", "action"].map(|attribute| attributes(&html, attribute)).concat();
        assert!(addresses.len() > 3, "{name}");
        for address in addresses {
            // The last one stands in the builder's HTML snippet.
            let fine = ["/badges/", "data:image/svg+xml,", "#main", "https://b.example/badges/"];
            // Badges come from where they like, but only by these schemes.
            let elsewhere = ["https://img.example/"];
            assert!(fine.iter().chain(&elsewhere).any(|start| address.starts_with(start)), "{name}: {address}");
        }
    }
}

#[test]
fn the_page_has_one_heading_and_the_theme_of_the_cookie() {
    for (name, _, html) in pages(&site()) {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\" data-theme=\"dark\">"), "{name}");
        assert!(html.contains("name=\"theme\" value=\"system\""), "{name}");
    }
}

#[test]
fn the_builders_preview_is_the_badge_itself() {
    let data = builder();
    let html =
        badge_builder::render(&site(), builder_page(BuilderTab::Release, BuilderData::Release(data.clone()), None));
    let badge = data.badge(&data.chosen);
    assert_eq!(badge.label(), HOSTILE.trim());
    let src = format!("data:image/svg+xml,{}", encode_query(&badge.svg()));
    for id in ["preview-light", "preview-dark"] {
        let tag = html.split("<img").find(|tag| tag.contains(&format!("id=\"{id}\""))).unwrap();
        assert!(tag.contains(&src), "{id}");
    }
}

#[test]
fn a_query_that_makes_no_sense_falls_back_and_says_so() {
    let mut data = builder();
    let notices = data.choose(&[("environment", "nowhere"), ("tenantId", "nobody"), ("style", "flat-square")]);
    assert_eq!(notices, ["There is no tenant \"nobody\" here.", "There is no environment \"nowhere\" here."]);
    assert_eq!(data.chosen.environment, HOSTILE);
    assert_eq!(data.chosen.options.tenant, None);
    assert_eq!(data.chosen.options.style, burgee_domain::badge::Style::FlatSquare);
    let notices = data.choose(&[("style", "round")]);
    assert!(notices.iter().any(|text| text.contains("flat-square")), "{notices:?}");
}

#[test]
fn an_anonymous_visitor_is_offered_to_sign_in_and_nothing_else() {
    let site = Site { viewer: None, current_path: "/space/web-shop".to_owned(), ..site() };
    let page = ProjectPage {
        head: ProjectHead { badges_enabled: true, may_change: false, ..head() },
        badges: vec![],
        access: Access::Settled,
        environments: vec![],
        runs: vec![run()],
        newer: None,
        older: None,
    };
    let html = project::render(&site, page);
    assert!(html.contains("href=\"/badges/sign-in?return_to=%2Fspace%2Fweb-shop\""));
    for absent in ["/-/settings", "/-/badge-builder", "/-/members", "/-/request-access", "/tokens", "/sign-out"] {
        assert!(!html.contains(absent), "{absent}");
    }
    assert!(html.contains("/-/badges"), "what badges there are is no secret");
}

#[test]
fn who_may_not_change_a_place_gets_no_forms() {
    let project = || ProjectHead { may_change: false, ..head() };
    let group = || GroupHead { may_change: false, ..group() };
    for (name, html) in [
        ("project badges", badges::render(&site(), hostile_badges(of_project(project())))),
        ("group badges", badges::render(&site(), hostile_badges(of_group(group())))),
        ("project members", members::render(&site(), members(PlaceHead::Project(project())))),
        ("group members", members::render(&site(), members(PlaceHead::Group(group())))),
    ] {
        let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
        for absent in ["<form", "<input", "<select", "?edit=", "?remove=", "?preset=", "%{project_title}"] {
            assert!(!main.contains(absent), "{name}: {absent}");
        }
        assert!(!main.contains("/-/settings"), "{name}");
    }
}

#[test]
fn only_administrators_are_asked_whom_a_token_acts_as() {
    let page = |is_admin| {
        let site = Site { viewer: Some(Viewer { name: "ada".to_owned(), is_admin }), ..site() };
        tokens::render(&site, TokensPage { form: TokenForm::for_user(), ..TokensPage::default() })
    };
    let (admin, user) = (page(true), page(false));
    for all in ["value=\"api\"", "value=\"read_api\"", "name=\"limited_to\""] {
        assert!(admin.contains(all) && user.contains(all), "{all}");
    }
    for only in ["value=\"runs:write\"", "value=\"ci-badges\"", "name=\"user\"", "name=\"value\""] {
        assert!(admin.contains(only) && !user.contains(only), "{only}");
    }
}
