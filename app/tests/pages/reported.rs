//! What holds for the pages of runs, builds and releases.

use burgee_app::{
    pages::{
        OwnBadge, ProjectHead, VariableLine,
        build::{self, BuildPage, Stage},
        builds::{self, BuildLine, BuildsPage},
        release::{self, ReleasePage},
        releases::{self, ReleaseLine, ReleasesPage},
        run::{self, Repeated, RunPage},
    },
    run::RunLine,
    site::Site,
};
use burgee_domain::{badge::Badge, url_text::encode_query};

use super::{HOSTILE, attributes, head, run as hostile_run, site};

fn text() -> Option<String> {
    Some(HOSTILE.to_owned())
}

fn variables() -> Vec<VariableLine> {
    let variable = |value: Option<String>| VariableLine { name: HOSTILE.to_owned(), value, from: "build" };
    vec![variable(text()), variable(Some(HOSTILE.repeat(9))), variable(None), variable(Some(String::new()))]
}

fn own_badge() -> OwnBadge {
    let builder = format!("tab=job&job={}", encode_query(HOSTILE));
    OwnBadge { name: HOSTILE.to_owned(), badge: Badge::new(HOSTILE, HOSTILE), builder }
}

fn run_page() -> RunPage {
    RunPage {
        head: head(),
        run: hostile_run(),
        queued_at: Some(site().now),
        created_at: site().now,
        reported_by: text(),
        external_id: text(),
        coverage: Some(87.4),
        repeats: Some(Repeated { external_id: HOSTILE.to_owned(), id: Some(3) }),
        reruns: vec![hostile_run()],
        variables: variables(),
        badges: vec![own_badge()],
        previous: Some(6),
        next: Some(9),
    }
}

fn build_line() -> BuildLine {
    BuildLine {
        id: 8,
        number: HOSTILE.to_owned(),
        release: text(),
        release_status: Some("canceled".to_owned()),
        status: "rejected".to_owned(),
        created_at: site().now,
        latest: Some(hostile_run()),
    }
}

fn build_page() -> BuildPage {
    BuildPage {
        head: head(),
        build: build_line(),
        started_at: Some(site().now),
        finished_at: Some(site().now),
        stages: vec![Stage { name: HOSTILE.to_owned(), latest: hostile_run(), runs: 2 }],
        runs: vec![hostile_run()],
        newer: Some("/a".to_owned()),
        older: Some("/a?before=1".to_owned()),
        variables: variables(),
        badges: vec![own_badge()],
    }
}

fn release_line() -> ReleaseLine {
    ReleaseLine {
        version: HOSTILE.to_owned(),
        status: "canceled".to_owned(),
        created_at: site().now,
        latest: Some(hostile_run()),
        now: vec![hostile_run()],
    }
}

fn release_page() -> ReleasePage {
    ReleasePage {
        head: head(),
        release: release_line(),
        builds: vec![build_line()],
        has_more_builds: true,
        runs: vec![hostile_run()],
        newer: None,
        older: Some("/a?before=1".to_owned()),
        variables: variables(),
        badges: vec![own_badge()],
    }
}

/// Each of the pages, for the rules that hold for all.
pub(super) fn pages(site: &Site) -> Vec<(&'static str, bool, String)> {
    let older = || Some("/a?before=1".to_owned());
    let releases = ReleasesPage { head: head(), releases: vec![release_line()], newer: None, older: older() };
    let builds = BuildsPage { head: head(), builds: vec![build_line()], newer: None, older: older() };
    vec![
        ("run", false, run::render(site, run_page())),
        ("build", false, build::render(site, build_page())),
        ("builds", false, builds::render(site, builds)),
        ("release", false, release::render(site, release_page())),
        ("releases", false, releases::render(site, releases)),
    ]
}

fn h1(html: &str) -> String {
    let heading = html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap();
    let mut text = String::new();
    let mut in_tag = false;
    for character in heading.chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.push(character),
            _ => {}
        }
    }
    text
}

#[test]
fn a_runs_heading_says_what_ran() {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    for (release, build, environment, job, heading) in [
        ("1.4.0", "17", "Production", "deploy", "Deployment of 1.4.0 to Production"),
        ("", "17", "Production", "", "Deployment of #17 to Production"),
        ("", "", "Production", "deploy", "Run in Production"),
        ("", "17", "", "unit", "Job unit, build #17"),
        ("1.4.0", "17", "", "unit", "Job unit, build #17"),
        ("1.4.0", "", "", "unit", "Job unit of 1.4.0"),
        ("", "", "", "unit", "Job unit"),
        ("1.4.0", "17", "", "", "Build #17"),
        ("1.4.0", "", "", "", "Run of 1.4.0"),
        ("", "", "", "", "Run 7"),
    ] {
        let run = RunLine {
            release: some(release),
            build: some(build),
            environment: some(environment),
            job: some(job),
            ..hostile_run()
        };
        let html = run::render(&site(), RunPage { run, ..run_page() });
        assert_eq!(h1(&html), heading);
        assert!(html.contains(&format!("<title>{heading} · ")), "{heading}");
    }
}

#[test]
fn only_web_addresses_lead_out() {
    let page = |url: &str| {
        let run = RunLine { url: Some(url.to_owned()), ..hostile_run() };
        run::render(&site(), RunPage { run, reruns: vec![], ..run_page() })
    };
    let outside = |html: &str| html.matches("rel=\"external noreferrer\"").count();
    let html = page("https://ci.example.org@evil.example/1");
    assert_eq!(outside(&html), 1);
    assert!(html.contains("Open at evil.example"), "the host that a click really leads to is named");
    for bad in ["javascript:alert(1)", "data:text/html,x", "//evil.example", " javascript:alert(1)"] {
        assert_eq!(outside(&page(bad)), 0, "{bad}");
    }
}

#[test]
fn a_hidden_value_is_said_to_be_hidden_and_a_long_one_is_folded() {
    let html = run::render(&site(), run_page());
    let table = html.split("class=\"variables\"").nth(1).and_then(|rest| rest.split("</table>").next()).unwrap();
    assert_eq!(table.matches("hidden</span>").count(), 1);
    assert_eq!(table.matches("<details>").count(), 1);
    assert!(table.contains("<caption"), "{table}");
}

#[test]
fn the_badge_is_drawn_for_everybody_and_the_builder_offered_to_those_who_may_use_it() {
    let svg = format!("data:image/svg+xml,{}", encode_query(&own_badge().badge.svg()));
    let readers = || ProjectHead { may_change: false, ..head() };
    for (name, with, without) in [
        ("run", run::render(&site(), run_page()), run::render(&site(), RunPage { head: readers(), ..run_page() })),
        (
            "build",
            build::render(&site(), build_page()),
            build::render(&site(), BuildPage { head: readers(), ..build_page() }),
        ),
        (
            "release",
            release::render(&site(), release_page()),
            release::render(&site(), ReleasePage { head: readers(), ..release_page() }),
        ),
    ] {
        for html in [&with, &without] {
            assert_eq!(attributes(html, "src"), [svg.as_str()], "{name}");
        }
        let query = encode_query(HOSTILE);
        assert!(with.contains(&format!("/-/badge-builder?tab=job&amp;job={query}")), "{name}");
        assert!(!without.contains("badge-builder"), "{name}");
    }
}

#[test]
fn what_is_withdrawn_is_marked_and_badges_say_that_they_pass_it_over() {
    let build = build::render(&site(), build_page());
    assert!(build.contains(">rejected</span>") && build.contains("passed over by badges"));
    let release = release::render(&site(), release_page());
    assert!(release.contains(">canceled</span>") && release.contains("passed over by CI badges"));
    let active = ReleaseLine { status: "active".to_owned(), ..release_line() };
    let release = release::render(&site(), ReleasePage { release: active, builds: vec![], ..release_page() });
    assert!(!release.contains(">canceled</span>") && !release.contains("passed over"));
}
