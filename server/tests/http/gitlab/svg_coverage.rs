//! GitLab's coverage badge (B13): which run's coverage, of which job, in which colour.

use serde_json::json;

use super::{
    svg_badges::{badge, run, says},
    world::World,
};
use crate::support::{TestServer, accessible_name, on_both_engines};

/// The colour of a coverage badge that has these parameters: the only one of the four that it holds.
#[track_caller]
fn color(server: &TestServer, query: &str) -> &'static str {
    let answer = badge(server, &format!("badges/main/coverage.svg?{query}"));
    let colors = ["#4c1", "#a3c51c", "#dfb317", "#e05d44", "#9f9f9f"];
    let held: Vec<_> = colors.into_iter().filter(|color| answer.text().contains(&format!("\"{color}\""))).collect();
    assert_eq!(held.len(), 1, "{held:?}: {answer}");
    held[0]
}

on_both_engines! {
    fn it_says_the_coverage_of_the_latest_run_that_has_one(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({"build": 1, "coverage": 71.25}));
        assert_eq!(says(server, "badges/main/coverage.svg"), "coverage: 71.25%");
        run(server, "main", &json!({"build": 2, "coverage": 87.5}));
        assert_eq!(says(server, "badges/main/coverage.svg"), "coverage: 87.50%");
        run(server, "main", &json!({"build": 3}));
        assert_eq!(says(server, "badges/main/coverage.svg"), "coverage: 87.50%", "a run may have none");
    }

    fn each_ref_has_its_own(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({"coverage": 50}));
        run(server, "feature/x", &json!({"coverage": 60}));
        assert_eq!(says(server, "badges/main/coverage.svg"), "coverage: 50.00%");
        assert_eq!(says(server, "badges/feature/x/coverage.svg"), "coverage: 60.00%");
    }

    fn a_job_is_named_as_it_is(server: &TestServer) {
        let _world = World::of(server);
        for (job, coverage) in [("test:gcc4:linux", 40), ("test gcc/5", 60), ("Größe & <b>", 70)] {
            run(server, "main", &json!({"build": 1, "job": job, "coverage": coverage}));
        }
        for (job, says_so) in [
            ("test:gcc4:linux", "coverage: 40.00%"),
            ("test%3Agcc4%3Alinux", "coverage: 40.00%"),
            ("test+gcc/5", "coverage: 60.00%"),
            ("Gr%C3%B6%C3%9Fe%20%26%20%3Cb%3E", "coverage: 70.00%"),
            ("test:gcc4", "coverage: unknown"),
            ("TEST:GCC4:LINUX", "coverage: unknown"),
        ] {
            assert_eq!(says(server, &format!("badges/main/coverage.svg?job={job}")), says_so, "{job}");
        }
    }

    fn without_coverage_it_is_unknown_and_grey(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({}));
        let answer = badge(server, "badges/main/coverage.svg");
        assert_eq!(accessible_name(&answer), "coverage: unknown");
        assert_eq!(color(server, ""), "#9f9f9f");
    }

    fn ninety_five_ninety_and_seventy_five_are_the_thresholds(server: &TestServer) {
        let _world = World::of(server);
        for (coverage, expected) in [
            (100.0, "#4c1"),
            (95.0, "#4c1"),
            (94.99, "#a3c51c"),
            (90.0, "#a3c51c"),
            (89.99, "#dfb317"),
            (75.0, "#dfb317"),
            (74.99, "#e05d44"),
            (0.0, "#e05d44"),
        ] {
            run(server, "main", &json!({"coverage": coverage}));
            assert_eq!(color(server, ""), expected, "{coverage}");
        }
    }

    fn thresholds_are_given(server: &TestServer) {
        let _world = World::of(server);
        run(server, "main", &json!({"coverage": 60}));
        for (query, expected) in [
            ("min_good=60&min_acceptable=50&min_medium=40", "#4c1"),
            ("min_good=61&min_acceptable=60&min_medium=40", "#a3c51c"),
            ("min_good=80&min_acceptable=61&min_medium=60", "#dfb317"),
            ("min_good=98&min_acceptable=75&min_medium=61", "#e05d44"),
            ("min_medium=60", "#dfb317"),
            ("min_good=x&min_acceptable=&min_medium=-1", "#e05d44"),
        ] {
            assert_eq!(color(server, query), expected, "{query}");
        }
    }
}
