//! GitLab's own SVG badges (B13): pipelines and releases, and how all of them look.

use serde_json::{Value, json};

use super::world::{PUBLIC_PROJECT, World};
use crate::support::{Answer, TestServer, accessible_name, on_both_engines};

/// Reports a run of the public project on a branch.
#[track_caller]
pub(super) fn run(server: &TestServer, branch: &str, more: &Value) {
    let mut run = json!({"project": "lines/timetable-api", "status": "succeeded", "variables": {"Branch": branch}});
    run.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    server.report(&run);
}

/// A badge of the public project.
#[track_caller]
pub(super) fn badge(server: &TestServer, path: &str) -> Answer {
    server.get(&format!("/{PUBLIC_PROJECT}/{path}")).expect(200)
}

/// What a badge of the public project says.
#[track_caller]
pub(super) fn says(server: &TestServer, path: &str) -> String {
    accessible_name(&badge(server, path))
}

/// How wide a badge is.
fn width(svg: &Answer) -> f64 {
    let document = roxmltree::Document::parse(svg.text()).unwrap();
    document.root_element().attribute("width").unwrap().parse().unwrap()
}

on_both_engines! {
    fn a_pipeline_badge_says_how_the_latest_run_of_the_branch_is(server: &TestServer) {
        let _world = World::of(server);
        for (n, status, word) in [
            (1, "pending", "pending"),
            (2, "running", "running"),
            (3, "canceling", "running"),
            (4, "succeeded", "passed"),
            (5, "warned", "passed"),
            (6, "failed", "failed"),
            (7, "errored", "failed"),
            (8, "timed_out", "failed"),
            (9, "canceled", "canceled"),
        ] {
            run(server, "main", &json!({"build": n, "status": status}));
            assert_eq!(says(server, "badges/main/pipeline.svg"), format!("pipeline: {word}"), "{status}");
        }
    }

    fn every_job_of_the_latest_build_counts(server: &TestServer) {
        let _world = World::of(server);
        let job = |build: u8, job: &str, status: &str| {
            run(server, "main", &json!({"build": build, "job": job, "status": status}));
        };
        job(1, "test", "failed");
        job(2, "test", "succeeded");
        assert_eq!(says(server, "badges/main/pipeline.svg"), "pipeline: passed", "an older build does not count");
        job(2, "test:gcc4:linux", "failed");
        job(2, "deploy", "succeeded");
        assert_eq!(says(server, "badges/main/pipeline.svg"), "pipeline: failed");
        job(2, "test:gcc4:linux", "succeeded");
        assert_eq!(says(server, "badges/main/pipeline.svg"), "pipeline: passed", "of a job, the last run counts");
    }

    fn each_ref_has_its_own_badge(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({"status": "succeeded"}));
        run(server, "feature/a/b-c", &json!({"status": "failed"}));
        run(server, "v1.2.0", &json!({"status": "canceled"}));
        run(server, "Größe #1", &json!({"status": "running"}));
        for (reference, word) in [
            ("main", "passed"),
            ("feature/a/b-c", "failed"),
            ("feature%2Fa%2Fb-c", "failed"),
            ("v1.2.0", "canceled"),
            ("Gr%C3%B6%C3%9Fe%20%231", "running"),
        ] {
            let path = format!("badges/{reference}/pipeline.svg");
            assert_eq!(says(server, &path), format!("pipeline: {word}"), "{reference}");
        }
    }

    fn a_ref_that_nothing_ran_on_is_unknown(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({}));
        for reference in ["Main", "feature", "main/x", "nothing"] {
            let answer = badge(server, &format!("badges/{reference}/pipeline.svg"));
            assert_eq!(accessible_name(&answer), "pipeline: unknown", "{reference}");
            assert!(answer.text().contains("#9f9f9f"), "{answer}");
        }
    }

    fn ignoring_what_was_skipped_changes_nothing_here(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({}));
        let plain = badge(server, "badges/main/pipeline.svg");
        assert_eq!(badge(server, "badges/main/pipeline.svg?ignore_skipped=true").text(), plain.text());
    }

    fn a_release_badge_says_the_latest_release(server: &TestServer) {
        let _world = World::of(server);
        assert!(!says(server, "-/badges/release.svg").contains("v1"));
        for release in ["v1.0.0", "v1.1.0"] {
            run(server, "main", &json!({"release": release}));
            assert!(says(server, "-/badges/release.svg").ends_with(&format!(": {release}")), "{release}");
        }
        assert!(says(server, "-/badges/release.svg?order_by=release_at").ends_with(": v1.1.0"));
    }

    fn key_text_replaces_the_key(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({"coverage": 80, "release": "v1"}));
        for (path, value) in
            [("badges/main/pipeline.svg", "passed"), ("-/badges/release.svg", "v1")]
        {
            assert_eq!(says(server, &format!("{path}?key_text=My%20Key%20%3C1%3E")), format!("My Key <1>: {value}"));
        }
        assert!(says(server, "badges/main/coverage.svg?key_text=Tested").starts_with("Tested: 80"));
    }

    fn key_width_and_value_width_are_pixels(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({"release": "v1"}));
        let wide = |query: &str| width(&badge(server, query));
        let path = "badges/main/pipeline.svg?key_width=";
        assert_eq!(wide(&format!("{path}200")) - wide(&format!("{path}100")), 100.0);
        let path = "-/badges/release.svg?value_width=";
        assert_eq!(wide(&format!("{path}200")) - wide(&format!("{path}50")), 150.0);
        for beyond in ["0", "201", "-1", "x", ""] {
            assert_eq!(wide(&format!("{path}{beyond}")), wide("-/badges/release.svg"), "{beyond:?}");
        }
    }

    fn a_style_is_flat_or_flat_square(server: &TestServer) {
        let _world = World::of(server);
        let styled = |query: &str| badge(server, &format!("badges/main/pipeline.svg{query}")).text().to_owned();
        assert_eq!(styled("?style=flat"), styled(""));
        assert_ne!(styled("?style=flat-square"), styled(""));
        assert_eq!(styled("?style=round"), styled(""), "what there is not is flat");
    }

    fn a_picture_says_how_long_it_may_be_kept(server: &TestServer) {
        let _world = World::of(server);
        for path in ["badges/main/pipeline.svg", "badges/main/coverage.svg", "-/badges/release.svg"] {
            let answer = badge(server, path);
            assert!(!answer.header("cache-control").is_empty(), "a proxy of pictures would keep it for a year");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            let head = server.call("HEAD", &format!("/{PUBLIC_PROJECT}/{path}")).send().expect(200);
            assert_eq!(head.header("content-type"), answer.header("content-type"));
            assert!(head.body.is_empty());
        }
    }
}
