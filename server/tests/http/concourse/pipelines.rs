//! A pipeline's badge: the worst of its jobs' last finished builds (A5).

use serde_json::json;

use super::shown::{ABORTED, ERRORED, FAILING, PASSING, PIPELINE, UNKNOWN, at, build, exposed, report};
use crate::support::{TestServer, on_both_engines};

on_both_engines! {
    fn a_pipeline_is_as_bad_as_its_worst_job(server: &TestServer) { // 27 to 31
        exposed(server);
        at(server, PIPELINE).is(UNKNOWN);
        for (job, status, shown) in [
            ("succeeds", "succeeded", PASSING),
            ("aborts", "canceled", ABORTED),
            ("errors", "errored", ERRORED),
            ("fails", "failed", FAILING),
            ("succeeds too", "succeeded", FAILING),
        ] {
            build(server, job, status);
            at(server, PIPELINE).is(shown);
        }
    }

    fn one_job_failed_and_another_passing_is_failing(server: &TestServer) { // the document's conundrum
        exposed(server);
        build(server, "unit", "failed");
        build(server, "integration", "succeeded");
        at(server, PIPELINE).is(FAILING);
        build(server, "unit", "succeeded");
        at(server, PIPELINE).is(PASSING);
    }

    fn of_each_job_the_last_finished_build_counts(server: &TestServer) {
        exposed(server);
        build(server, "unit", "failed");
        build(server, "unit", "succeeded");
        build(server, "unit", "running");
        at(server, PIPELINE).is(PASSING);
    }

    fn a_job_that_has_never_finished_degrades_nothing(server: &TestServer) {
        exposed(server);
        build(server, "lint", "succeeded");
        build(server, "slow", "running");
        at(server, PIPELINE).is(PASSING);
    }

    fn a_run_of_no_job_is_no_build(server: &TestServer) {
        exposed(server);
        report(server, &json!({"status": "failed", "environment": "Production"}));
        at(server, PIPELINE).is(UNKNOWN);
    }

    fn a_title_stands_on_a_pipelines_badge_too(server: &TestServer) { // A3
        exposed(server);
        assert_eq!(at(server, &format!("{PIPELINE}?title=web%20shop")).title, "web shop");
    }

    fn a_pipelines_badge_has_concourses_headers(server: &TestServer) { // 26
        exposed(server);
        let answer = server.get(PIPELINE).expect(200);
        assert_eq!(answer.header("content-type"), "image/svg+xml");
        assert_eq!(answer.header("cache-control"), "no-cache, no-store, must-revalidate");
        assert_eq!(answer.header("expires"), "0");
        assert!(!answer.has("etag") && !answer.has("last-modified"));
    }
}
