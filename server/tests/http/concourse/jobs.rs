//! A job's badge: its last finished build (A2, A4, A5).

use serde_json::json;

use super::shown::{ABORTED, ERRORED, FAILING, JOB, PASSING, UNKNOWN, at, build, exposed, report};
use crate::support::{TestServer, on_both_engines};

on_both_engines! {
    fn a_badge_has_concourses_headers_and_no_validator(server: &TestServer) { // 4
        exposed(server);
        let answer = server.get(JOB).expect(200);
        assert_eq!(answer.header("content-type"), "image/svg+xml");
        assert_eq!(answer.header("cache-control"), "no-cache, no-store, must-revalidate");
        assert_eq!(answer.header("expires"), "0");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.has("last-modified") && !answer.has("etag"), "{answer}");
        server.call("GET", JOB).header("If-None-Match", "*").send().expect(200);
    }

    fn a_head_request_has_the_headers_alone(server: &TestServer) {
        exposed(server);
        let head = server.call("HEAD", JOB).send().expect(200);
        assert_eq!(head.header("content-type"), "image/svg+xml");
        assert!(head.body.is_empty());
    }

    fn the_last_finished_build_is_shown(server: &TestServer) { // 5 to 9
        exposed(server);
        at(server, JOB).is(UNKNOWN);
        for (status, shown) in [
            ("succeeded", PASSING),
            ("failed", FAILING),
            ("canceled", ABORTED),
            ("errored", ERRORED),
            ("warned", PASSING),
            ("timed_out", ERRORED),
        ] {
            build(server, "unit", status);
            at(server, JOB).is(shown);
        }
    }

    fn a_build_that_is_not_finished_changes_nothing(server: &TestServer) { // A5
        exposed(server);
        build(server, "unit", "failed");
        for status in ["pending", "running", "canceling"] {
            build(server, "unit", status);
            at(server, JOB).is(FAILING);
        }
    }

    fn the_build_reported_last_counts_whenever_it_ended(server: &TestServer) { // A5: the greatest id
        exposed(server);
        report(server, &json!({"job": "unit", "status": "running", "external_id": "1"}));
        report(server, &json!({"job": "unit", "status": "succeeded", "external_id": "2"}));
        report(server, &json!({"job": "unit", "status": "failed", "external_id": "1"}));
        at(server, JOB).is(PASSING);
    }

    fn other_jobs_do_not_matter(server: &TestServer) {
        exposed(server);
        build(server, "unit", "succeeded");
        build(server, "integration", "failed");
        report(server, &json!({"status": "failed"}));
        server.report(&json!({"space": "main", "project": "other", "job": "unit", "status": "failed"}));
        at(server, JOB).is(PASSING);
    }

    fn a_job_that_is_absent_is_a_404_without_body(server: &TestServer) { // 20
        exposed(server);
        let answer = server.get(&JOB.replace("unit", "lint")).expect(404);
        assert!(answer.body.is_empty(), "{answer}");
        assert!(!answer.has("expires"), "none of the badge's headers: {answer}");
    }

    fn badges_are_read_only(server: &TestServer) {
        exposed(server);
        for method in ["POST", "PUT", "DELETE"] {
            assert_eq!(server.call(method, JOB).send().status, 405, "{method}");
        }
    }
}
