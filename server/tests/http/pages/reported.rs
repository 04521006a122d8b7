//! The pages of runs, builds and releases: what they show, and to whom.

use serde_json::{Value, json};

use crate::support::{Setup, TestServer, on_both_engines};

const NAME: &str = "<script>alert(1)</script>\"'><img src=x onerror=y>&amp;\u{202e}";

/// A public project with a build that went through two stages, and a private one.
fn start(setup: Setup) -> TestServer {
    let server = setup.with_admin().start();
    for (stage, status, environment) in
        [("Test", "succeeded", None), ("Rollout", "failed", Some("Staging")), ("Rollout", "succeeded", Some("Staging"))]
    {
        server.report(&json!({
            "project": "shop", "release": "1.4.0", "build": "17", "stage": stage, "environment": environment,
            "job": if stage == "Test" { Some("unit") } else { None }, "status": status,
            "url": "https://ci.example.org/17", "variables": {"Branch": "main", "Notes": "a\nb"},
            "queued_at": "2026-11-20T10:00:00Z", "started_at": "2026-11-20T10:00:09Z",
            "finished_at": if status == "failed" { Value::Null } else { json!("2026-11-20T10:02:19Z") },
        }));
    }
    server.change_project("default/shop", &json!({"visibility": "public"}));
    server.report(&json!({"project": "secret", "release": "1.4.0", "build": "17", "status": "succeeded"}));
    server
}

fn link<'a>(page: &'a str, start: &str) -> &'a str {
    let found =
        page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|href| href.starts_with(start));
    found.unwrap_or_else(|| panic!("no link to {start} in {page}"))
}

/// Where the first row of a list leads.
fn headline(page: &str) -> &str {
    let (before, _) = page.split_once("\" class=\"headline\"").unwrap();
    before.rsplit_once("href=\"").unwrap().1
}

on_both_engines! {
    fn a_run_says_what_ran_when_and_where_it_was_reported(setup: Setup) {
        let server = start(setup);
        let page = server.get("/default/shop/-/runs/1").expect(200);
        for shown in [
            "Job <bdi>unit</bdi>, build <bdi>#17</bdi>", "href=\"/default/shop/-/releases/1.4.0\"", "href=\"/default/shop/-/builds/1\"",
            "Open at ci.example.org", "waited 9 s", "ran 2 min 10 s", "10:02:19", "Branch", "main", "a\nb",
        ] {
            assert!(page.text().contains(shown), "{shown}: {page}");
        }
        assert!(!page.text().contains("<script") && !page.text().contains("badge-builder"), "{page}");
        let page = server.get("/default/shop/-/runs/2").expect(200);
        assert!(page.text().contains("rel=\"next\" href=\"/default/shop/-/runs/3\""), "{page}");
        assert!(!page.text().contains("rel=\"prev\""), "{page}");
    }

    fn a_build_shows_its_stages_in_the_order_of_their_first_run(setup: Setup) {
        let server = start(setup);
        let page = server.get("/default/shop/-/builds/1").expect(200);
        let stages = page.text().split("id=\"stages\"").nth(1).and_then(|rest| rest.split("</ol>").next()).unwrap();
        let (test, rollout) = (stages.find("Test").unwrap(), stages.find("Rollout").unwrap());
        assert!(test < rollout && stages.contains("run 2 times") && !stages.contains("failed"), "{stages}");
        assert!(page.text().contains("All runs") && page.text().contains("failed"), "{page}");
        assert!(page.text().contains("alt=\"build: success\"") && page.text().contains("alt=\"pipeline: passed\""), "{page}");
        let list = server.get("/default/shop/-/builds").expect(200);
        assert_eq!(link(list.text(), "/default/shop/-/builds/"), "/default/shop/-/builds/1");
    }

    fn a_release_says_where_it_is_now(setup: Setup) {
        let server = start(setup);
        let now = |version: &str| {
            let page = server.get(&format!("/default/shop/-/releases/{version}")).expect(200);
            page.text().split("id=\"now\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap().contains("Staging")
        };
        assert!(now("1.4.0"));
        let list = server.get("/default/shop/-/releases").expect(200);
        assert!(list.text().contains("Staging") && list.text().contains("href=\"/default/shop/-/releases/1.4.0\""), "{list}");
        server.report(&json!({"project": "shop", "release": "1.5.0", "environment": "Staging", "status": "running"}));
        assert!(!now("1.4.0") && now("1.5.0"));
    }

    fn what_belongs_to_another_project_or_nowhere_or_is_private_is_hidden_alike(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        admin.get("/default/secret/-/runs/4").expect(200);
        admin.get("/default/secret/-/builds/2").expect(200);
        for path in [
            "/default/shop/-/runs/4", "/default/shop/-/builds/2", "/default/shop/-/runs/99", "/default/shop/-/runs", "/default/shop/-/runs/",
            "/default/shop/-/runs/x", "/default/shop/-/runs/+1", "/default/shop/-/runs/1/2", "/default/shop/-/runs/99999999999999999999",
            "/default/shop/-/builds/x", "/default/shop/-/builds/-1", "/default/shop/-/releases/9", "/default/shop/-/releases?version=9",
            "/default/shop/-/releases/1.4.0%00", "/default/-/runs/1", "/default/-/releases", "/default/nothing/-/runs/1",
        ] {
            admin.get(path).expect(404);
            assert!(server.get(path).redirects_to().starts_with("/sign-in?return_to="), "{path}");
        }
        for path in [
            "/default/secret/-/runs/4", "/default/secret/-/builds/2", "/default/secret/-/releases/1.4.0", "/default/secret/-/releases",
            "/default/secret/-/builds",
        ] {
            assert!(server.get(path).redirects_to().starts_with("/sign-in?return_to="), "{path}");
            admin.get(path).expect(200);
        }
    }

    fn a_sensitive_value_is_named_and_never_shown(setup: Setup) {
        let server = start(setup);
        for owner in ["", "/releases/1.4.0", "/releases/1.4.0/builds/17"] {
            let path = format!("/projects/default%2Fshop{owner}/variables/Passphrase{}", owner.len());
            server.api("PUT", &path).json(&json!({"value": "s3cret-value", "sensitive": true})).send().expect(200);
        }
        let mut admin = server.signed_in();
        for (page, names) in [("runs/1", 3), ("builds/1", 3), ("releases/1.4.0", 2)] {
            let path = format!("/default/shop/-/{page}");
            for html in [server.get(&path).expect(200), admin.get(&path).expect(200)] {
                assert_eq!(html.text().matches("Passphrase").count(), names, "{html}");
                assert!(!html.text().contains("s3cret"), "{html}");
            }
        }
    }

    fn the_pages_take_no_forms(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        for path in ["/default/shop/-/runs/1", "/default/shop/-/builds/1", "/default/shop/-/releases/1.4.0", "/default/shop/-/releases"] {
            admin.post(path, &[("x", "1")]).expect(404);
        }
        assert_eq!(admin.call("HEAD", "/default/shop/-/runs/1").send().expect(200).text(), "");
    }

    fn any_version_has_a_page_that_its_links_lead_to(setup: Setup) {
        let server = setup.with_admin().start();
        for version in ["feature/ä", "a b+c%2Fd?e#f", "..", "x/./y", "/x", "x/", "x//y", "b/badges/main/pipeline.svg", "\u{1f6a2}", "a\\b"] {
            server.report(&json!({"project": "p", "release": version, "status": "succeeded"}));
            server.change_project("default/p", &json!({"visibility": "public"}));
            let list = server.get("/default/p/-/releases").expect(200);
            let href = headline(list.text());
            let page = server.get(href).expect(200);
            let shown = version.replace('&', "&amp;");
            assert!(page.text().contains(&format!("<h1>Release <bdi>{shown}</bdi>")), "{version} at {href}: {page}");
        }
        // However the slash is written.
        for path in ["/default/p/-/releases/feature/%C3%A4", "/default/p/-/releases/feature%2F%C3%A4", "/default/p/-/releases?version=feature%2F%C3%A4"] {
            assert!(server.get(path).expect(200).text().contains("<h1>Release <bdi>feature/ä</bdi>"), "{path}");
        }
    }

    fn hostile_names_are_only_text(setup: Setup) {
        let server = setup.with_admin().start();
        server.report(&json!({
            "project": "shop", "title": NAME, "environment": NAME, "tenant": NAME, "release": NAME, "job": NAME, "build": NAME, "stage": NAME,
            "external_id": NAME, "variables": {"Branch": NAME, "<script>": NAME}, "coverage": 12.5, "status": "failed",
            "url": "https://ci.example.org/\"><script>alert(1)</script>",
        }));
        server.report(&json!({"project": "shop", "external_id": "2", "rerun_of": NAME, "status": "running"}));
        let mut admin = server.signed_in();
        let list = admin.get("/default/shop/-/releases").expect(200);
        let release = headline(list.text()).to_owned();
        for path in ["/default/shop/-/runs/1", "/default/shop/-/runs/2", "/default/shop/-/builds/1", "/default/shop/-/builds", "/default/shop/-/releases", release.as_str()] {
            let page = admin.get(path).expect(200);
            assert!(page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{path}: {page}");
            for markup in ["<script>", "<img src=x", "onerror=y>\""] {
                assert!(!page.text().contains(markup), "{path}: {markup}: {page}");
            }
        }
    }

    fn a_run_leads_to_the_one_that_it_repeats_and_back(setup: Setup) {
        let server = setup.with_admin().start();
        for (id, of) in [("a", None), ("b", Some("a")), ("c", Some("gone"))] {
            server.report(&json!({"project": "p", "job": "unit", "external_id": id, "rerun_of": of, "status": "failed"}));
        }
        let mut admin = server.signed_in();
        let first = admin.get("/default/p/-/runs/1").expect(200);
        assert!(first.text().contains("Repeated by") && first.text().contains("href=\"/default/p/-/runs/2\""), "{first}");
        let second = admin.get("/default/p/-/runs/2").expect(200);
        assert!(second.text().contains("<a href=\"/default/p/-/runs/1\"><bdi>a</bdi>"), "{second}");
        let lost = admin.get("/default/p/-/runs/3").expect(200);
        assert!(lost.text().contains("<bdi>gone</bdi>"), "{lost}");
    }

    fn those_who_may_change_a_project_get_the_builder_filled_in(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        let page = admin.get("/default/shop/-/runs/3").expect(200);
        for query in ["?environment=staging\"", "?tab=build&amp;$ReleaseNumber=1.4.0&amp;$BuildNumber=17\""] {
            assert!(page.text().contains(&format!("/default/shop/-/badge-builder{query}")), "{query}: {page}");
        }
        let job = admin.get("/default/shop/-/runs/1").expect(200);
        assert!(job.text().contains("?tab=job&amp;job=unit\""), "{job}");
        let failed = admin.get("/default/shop/-/runs/2").expect(200);
        assert!(failed.text().contains("?environment=staging&amp;includeFailed=true\""), "{failed}");
        let release = admin.get("/default/shop/-/releases/1.4.0").expect(200);
        for query in ["?environment=staging\"", "?tab=build&amp;$ReleaseNumber=1.4.0\"", "?tab=project&amp;badge=release\""] {
            assert!(release.text().contains(query), "{query}: {release}");
        }
    }

    fn lists_go_on_page_by_page(setup: Setup) {
        let server = setup.with_admin().start();
        let reports: Vec<Value> = (1..=30).map(|n| json!({"project": "p", "release": format!("v{n}"), "build": format!("{n}"), "status": "succeeded"})).collect();
        server.api("POST", "/runs").json(&Value::Array(reports)).send().expect(200);
        let mut admin = server.signed_in();
        for list in ["releases", "builds"] {
            let first = admin.get(&format!("/default/p/-/{list}")).expect(200);
            let older = link(first.text(), &format!("/default/p/-/{list}?before=")).to_owned();
            assert_eq!(older, format!("/default/p/-/{list}?before=6"));
            let second = admin.get(&older).expect(200);
            assert!(second.text().contains("v5") && !second.text().contains("v6<"), "{second}");
            assert!(second.text().contains(&format!("rel=\"prev\" href=\"/default/p/-/{list}\"")), "{second}");
        }
    }
}
