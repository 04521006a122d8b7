//! The Badge Builder's tabs: what they preview is what is served, and no key gets into an address that may do more than show
//! badges.

use serde_json::{Value, json};
use url::form_urlencoded;

use crate::support::{Answer, Browser, Setup, TestServer, on_both_engines};

const PROJECT: &str = "default/web-shop";
const PAGE: &str = "/default/web-shop/-/badge-builder";

/// Releases, builds, jobs and branches, none of them as the next.
fn start(setup: Setup) -> TestServer {
    let server = setup.with_admin().start();
    for run in [
        json!({"release": "1.0", "build": "7", "status": "succeeded", "variables": {"Branch": "main", "Channel": "stable"}}),
        json!({"release": "1.0", "build": "8", "status": "failed", "variables": {"Branch": "fix", "Channel": "beta"}}),
        json!({"release": "1.1", "build": "1", "status": "warned", "variables": {"Branch": "main", "Channel": "beta"}}),
        json!({"build": "99", "status": "running", "variables": {"Nightly": "yes"}}),
        json!({"job": "unit", "status": "succeeded", "variables": {"Branch": "main"}, "coverage": 91.26}),
        json!({"job": "deploy: prod/β", "status": "errored", "variables": {"Branch": "fix/tides & more"}}),
        json!({"job": "lint", "status": "succeeded", "variables": {"Branch": "main"}, "coverage": 12.5}),
        json!({"environment": "Production", "release": "1.0", "status": "succeeded"}),
    ] {
        report(&server, run);
    }
    server.change_project(PROJECT, &json!({"badges_enabled": true}));
    server
}

fn report(server: &TestServer, mut run: Value) {
    run["project"] = json!("Web Shop");
    server.report(&run);
}

fn query(pairs: &[(&str, &str)]) -> String {
    let pairs = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{PAGE}?{pairs}")
}

/// The SVG that the page shows.
fn preview(page: &Answer) -> String {
    let text = page.text();
    let tag = text.split("<img").find(|tag| tag.contains("id=\"preview-light\"")).unwrap_or_else(|| panic!("{page}"));
    let encoded = tag.split("data:image/svg+xml,").nth(1).unwrap_or_else(|| panic!("{tag}")).split('"').next().unwrap();
    // A plus sign is encoded, so that it is none of a form's spaces.
    form_urlencoded::parse(format!("x={encoded}").as_bytes()).next().unwrap().1.into_owned()
}

/// What stands in the box of a format.
fn snippet(page: &Answer, id: &str) -> String {
    let text = page.text();
    let tag = text.split("<textarea").find(|tag| tag.contains(&format!("id=\"snippet-{id}\""))).unwrap_or_default();
    let inside = tag.split("</textarea>").next().unwrap_or_default().split_once('>').unwrap_or_default().1;
    inside.replace("&lt;", "<").replace("&amp;", "&").trim_start_matches("<!>").to_owned()
}

/// Where a path leads below the server's address.
fn path_of<'a>(server: &TestServer, address: &'a str) -> &'a str {
    address.strip_prefix(&server.url("")).unwrap_or_else(|| panic!("{address}"))
}

/// Opens the builder at a choice: its preview is byte for byte what its address answers, to anybody.
#[track_caller]
fn expect_served(server: &TestServer, browser: &mut Browser<'_>, pairs: &[(&str, &str)]) -> (Answer, String) {
    let page = browser.get(&query(pairs)).expect(200);
    let address = snippet(&page, "url");
    let shown = preview(&page);
    let served = server.get(path_of(server, &address)).expect(200);
    assert_eq!(served.header("content-type").split(';').next(), Some("image/svg+xml"), "{address}");
    assert_eq!(shown, served.text(), "{pairs:?}: {address}");
    (page, shown)
}

/// Where a click leads.
fn link(page: &Answer) -> String {
    let markdown = snippet(page, "markdown");
    markdown.rsplit_once("](").unwrap_or_default().1.trim_end_matches(')').to_owned()
}

on_both_engines! {
    fn a_release_is_previewed_as_it_is_served(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        for pairs in [&[("tab", "release")][..], &[("environment", "production"), ("label", "project"), ("style", "social")]] {
            let (page, shown) = expect_served(&server, &mut browser, pairs);
            assert!(shown.contains("1.0"), "{shown}");
            server.get(path_of(&server, &link(&page))).redirects_to();
        }
    }

    fn a_build_is_previewed_as_it_is_served(setup: Setup) {
        let server = start(setup);
        server.create_token(&["--scope", "ci-badges", "--value", "badges"]);
        let mut browser = server.signed_in();
        for (pairs, says) in [
            (&[][..], "build: warning"),
            (&[("$ReleaseNumber", "1.0")], "build: error"),
            (&[("$ReleaseNumber", "1.0"), ("$BuildNumber", "7")], "build: success"),
            (&[("$Branch", "fix")], "build: error"),
            (&[("$branch", "main"), ("$Channel", "stable")], "build: success"),
            (&[("variable", "Nightly"), ("value", "yes")], "build: running"),
            (&[("$ReleaseNumber", "1.1"), ("$Branch", "fix")], "build: unknown"),
            (&[("label", "CI & more"), ("style", "for-the-badge")], "CI &amp; more: WARNING"),
        ] {
            let pairs: Vec<_> = [("tab", "build")].into_iter().chain(pairs.iter().copied()).collect();
            let (_, shown) = expect_served(&server, &mut browser, &pairs);
            assert!(shown.to_lowercase().contains(&says.to_lowercase()), "{pairs:?}: {shown}");
        }
    }

    fn a_build_that_is_too_old_to_be_known_in_the_browser_is_drawn_by_the_server(setup: Setup) {
        let server = start(setup);
        server.create_token(&["--scope", "ci-badges", "--value", "badges"]);
        let run = |n: usize| json!({"project": "Web Shop", "release": "2.0", "build": n.to_string(), "status": "pending"});
        server.report(&(0..205).map(run).collect::<Value>());
        let mut browser = server.signed_in();
        for (pairs, says) in [
            (&[("tab", "build"), ("$ReleaseNumber", "1.0")][..], "build: error"),
            (&[("tab", "build"), ("$Branch", "fix")], "build: error"),
            (&[("tab", "build"), ("$BuildNumber", "99")], "build: pending"),
            (&[("tab", "build"), ("$Branch", "moon")], "build: unknown"),
        ] {
            let (_, shown) = expect_served(&server, &mut browser, pairs);
            assert!(shown.contains(says), "{pairs:?}: {shown}");
        }
    }

    fn a_job_and_a_pipeline_are_previewed_as_they_are_served(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        for (pairs, says) in [
            (&[("tab", "job")][..], "build: errored"),
            (&[("tab", "job"), ("job", "unit")], "build: passing"),
            (&[("tab", "job"), ("job", "deploy: prod/β"), ("title", "<Déploiement> & co")], ": errored"),
        ] {
            let (_, shown) = expect_served(&server, &mut browser, pairs);
            assert!(shown.contains(says), "{pairs:?}: {shown}");
        }
    }

    fn an_instance_of_a_pipeline_is_previewed_as_it_is_served(setup: Setup) {
        let server = start(setup);
        let run = json!({"project": "Web Shop", "instance_vars": {"go": "1.24"}, "job": "unit", "status": "failed"});
        let made = server.report(&run);
        let path = made["run"]["project"].as_str().unwrap().to_owned();
        assert_ne!(path, PROJECT);
        server.change_project(&path, &json!({"badges_enabled": true}));
        let page = server.signed_in().get(&format!("/{path}/-/badge-builder?tab=job&job=unit")).expect(200);
        let address = snippet(&page, "url");
        assert_eq!(preview(&page), server.get(path_of(&server, &address)).expect(200).text(), "{address}");
        assert!(preview(&page).contains("build: failing"));
    }

    fn project_badges_are_previewed_as_they_are_served(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        for (pairs, says) in [
            (&[("badge", "pipeline"), ("ref", "main")][..], "pipeline: passed"),
            (&[("ref", "fix/tides & more"), ("style", "flat-square")], "pipeline: failed"),
            (&[("badge", "coverage"), ("ref", "main")], "coverage: 12.50%"),
            (&[("badge", "coverage"), ("ref", "main"), ("job", "unit"), ("min_good", "91")], "coverage: 91.26%"),
            (&[("badge", "release"), ("key_text", "<Newest>"), ("key_width", "120")], "&lt;Newest&gt;: 1.1"),
        ] {
            let pairs: Vec<_> = [("tab", "project")].into_iter().chain(pairs.iter().copied()).collect();
            let (page, shown) = expect_served(&server, &mut browser, &pairs);
            assert!(shown.contains(says), "{pairs:?}: {shown}");
            assert_eq!(link(&page), server.url(&format!("/{PROJECT}")));
        }
    }

    fn only_keys_that_show_badges_and_nothing_else_are_taken(setup: Setup) {
        let server = start(setup);
        let good = server.create_token(&["--scope", "ci-badges", "--value", "harbour-lights"]);
        let powerful = server.create_token(&["--scope", "ci-badges,runs:read"]);
        let other_kind = server.create_token(&["--scope", "badges:read"]);
        server.report(&json!({"project": "Other", "status": "succeeded"}));
        let elsewhere = server.create_token(&["--scope", "ci-badges", "--project", "default/other"]);
        let mut browser = server.signed_in();
        let page = query(&[("tab", "build"), ("$Branch", "main")]);

        let offered = browser.get(&page).expect(200);
        assert_eq!(snippet(&offered, "url"), "", "nobody's key is known in words");
        assert!(offered.text().contains("<code>harbour-lights</code>"), "the good one is offered: {offered}");
        let hint = |token: &str| token[token.len() - 4..].to_owned();
        for hidden in [&powerful, &other_kind, &elsewhere] {
            assert!(!offered.text().contains(&format!("…{}</code>", hint(hidden))), "{offered}");
        }
        for (key, sentence) in [
            (powerful.as_str(), "never put it into a README"),
            (&other_kind, "does not open these badges"),
            (&elsewhere, "does not open these badges"),
            ("no-such-key", "does not exist"),
        ] {
            let refused = browser.post(&page, &[("key", key)]).expect(422);
            assert!(refused.text().contains(sentence), "{refused}");
            assert!(!refused.text().contains(key) && snippet(&refused, "url").is_empty(), "it is in no text: {refused}");
            let typed = browser.get(&format!("{page}&key={key}")).expect(200);
            assert!(typed.text().contains(sentence) && snippet(&typed, "url").is_empty(), "{typed}");
        }
        let taken = browser.post(&page, &[("key", &good)]);
        let address = taken.redirects_to();
        let expected = format!("{PAGE}?tab=build&key=harbour-lights&%24Branch=main");
        assert_eq!(address, expected);
        let shown = browser.get(address).expect(200);
        assert_eq!(preview(&shown), server.get(path_of(&server, &snippet(&shown, "url"))).expect(200).text());
    }

    fn a_key_that_was_revoked_is_neither_offered_nor_taken(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        let empty = browser.get(&query(&[("tab", "build")])).expect(200);
        assert!(empty.text().contains("No badge key yet") && empty.text().contains("href=\"/tokens\""), "{empty}");
        server.create_token(&["--scope", "ci-badges", "--value", "badges"]);
        let tokens = server.run(&["token", "list"]).good();
        let id = tokens.lines().find(|line| line.contains("ci-badges")).unwrap();
        let id = id.split_whitespace().next().unwrap().to_owned();
        assert!(!snippet(&browser.get(&query(&[("tab", "build")])), "url").is_empty(), "what everybody knows is filled in");
        browser.post(&format!("/tokens/{id}/revoke"), &[]).expect(303);
        let page = browser.get(&query(&[("tab", "build"), ("key", "badges")])).expect(200);
        assert!(page.text().contains("does not exist") && snippet(&page, "url").is_empty(), "{page}");
    }

    fn a_private_pipelines_badge_carries_a_badge_token(setup: Setup) {
        let server = start(setup);
        server.change_project(PROJECT, &json!({"badges_enabled": false}));
        let token = server.create_token(&["--scope", "badges:read", "--project", PROJECT]);
        let mut browser = server.signed_in();
        let page = browser.get(&query(&[("tab", "job"), ("job", "unit")])).expect(200);
        assert!(page.text().contains("This pipeline is private"), "{page}");
        server.get(path_of(&server, &snippet(&page, "url"))).expect(401);
        let taken = browser.post(&query(&[("tab", "job"), ("job", "unit")]), &[("token", &token)]);
        let page = browser.get(taken.redirects_to()).expect(200);
        let served = server.get(path_of(&server, &snippet(&page, "url"))).expect(200);
        assert_eq!(preview(&page), served.text());
    }

    fn the_builder_opens_at_the_first_tab_that_has_something(setup: Setup) {
        let server = setup.with_admin().start();
        let mut browser = server.signed_in();
        let mut current = |project: &str| {
            let page = browser.get(&format!("/default/{project}/-/badge-builder")).expect(200);
            let tag = page.text().split("aria-label=\"Kind of badge\"").nth(1).unwrap().to_owned();
            let link = tag.split("<a ").find(|link| link.contains("aria-current")).unwrap().to_owned();
            link.split("?tab=").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        server.report(&json!({"project": "A", "status": "succeeded"}));
        assert_eq!(current("a"), "release", "nothing anywhere");
        server.report(&json!({"project": "A", "variables": {"Branch": "main"}, "status": "succeeded"}));
        assert_eq!(current("a"), "project");
        server.report(&json!({"project": "A", "job": "unit", "status": "succeeded"}));
        assert_eq!(current("a"), "job");
        server.report(&json!({"project": "A", "build": "1", "status": "succeeded"}));
        assert_eq!(current("a"), "build");
        server.report(&json!({"project": "A", "environment": "Production", "status": "succeeded"}));
        assert_eq!(current("a"), "release");
    }

    fn a_tab_without_anything_says_what_to_report_and_the_others_work(setup: Setup) {
        let server = setup.with_admin().start();
        server.report(&json!({"project": "Web Shop", "job": "unit", "status": "succeeded"}));
        let mut browser = server.signed_in();
        for (tab, words) in [
            ("release", "No environment yet"),
            ("build", "No build yet"),
            ("project", "No branch and no release yet"),
        ] {
            let page = browser.get(&query(&[("tab", tab)])).expect(200);
            assert!(page.text().contains(words) && !page.text().contains("<leptos-island"), "{page}");
        }
        assert!(preview(&browser.get(&query(&[("tab", "job")])).expect(200)).contains("passing"));
        let page = browser.get(&query(&[("tab", "moon")])).expect(200);
        assert!(page.text().contains("There is no kind of badge"), "{page}");
    }

    fn a_badge_can_be_taken_to_the_projects_list(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        let page = browser.get(&query(&[("tab", "job"), ("job", "unit")])).expect(200);
        let tag = page.text().split("id=\"add-to-list\"").nth(1).unwrap().split('>').next().unwrap().replace("&amp;", "&");
        let target = tag.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let form = browser.get(&format!("/{PROJECT}/-/{target}")).expect(200);
        // The list encodes for itself.
        let image = snippet(&page, "url").replace("%20", " ");
        assert!(form.text().contains(&format!("value=\"{image}\"")), "{image}: {form}");
        let mut stranger = server.browser();
        stranger.get(&format!("/{PROJECT}/-/{target}")).expect(303);
    }
}
