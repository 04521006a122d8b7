//! Reruns (A5): the last of those that repeat the last build counts.

use serde_json::json;

use super::shown::{ERRORED, FAILING, JOB, PASSING, PIPELINE, at, exposed, report};
use crate::support::{TestServer, on_both_engines};

#[track_caller]
fn unit(server: &TestServer, id: &str, rerun_of: Option<&str>, status: &str) {
    report(server, &json!({"job": "unit", "external_id": id, "rerun_of": rerun_of, "status": status}));
}

on_both_engines! {
    fn a_rerun_of_the_last_build_counts_and_one_of_an_older_build_does_not(server: &TestServer) {
        exposed(server);
        for (id, rerun_of, status, shown) in [
            ("1", None, "failed", FAILING),
            ("1.1", Some("1"), "succeeded", PASSING),
            ("2", None, "failed", FAILING),
            ("1.2", Some("1"), "succeeded", FAILING),
            ("2.1", Some("2"), "errored", ERRORED),
            ("2.2", Some("2"), "running", ERRORED),
            ("2.2", Some("2"), "succeeded", PASSING),
            ("1.3", Some("1"), "failed", PASSING),
        ] {
            unit(server, id, rerun_of, status);
            at(server, JOB).is(shown);
            at(server, PIPELINE).is(shown);
        }
    }

    fn a_rerun_that_is_reported_first_waits_for_its_build(server: &TestServer) {
        exposed(server);
        unit(server, "9.1", Some("9"), "succeeded");
        at(server, JOB).is(PASSING);
        unit(server, "8", None, "failed");
        at(server, JOB).is(FAILING);
        unit(server, "9", None, "failed");
        at(server, JOB).is(PASSING);
    }

    fn a_run_says_which_it_repeats(server: &TestServer) {
        let run = json!({"project": "web", "job": "unit", "status": "failed", "external_id": "2", "rerun_of": "1", "stage": "Test"});
        let answer = server.report(&run);
        assert_eq!((&answer["run"]["rerun_of"], &answer["run"]["stage"]), (&json!("1"), &json!("Test")));
        let own = json!({"project": "web", "status": "failed", "external_id": "3", "rerun_of": "3"});
        assert_eq!(server.api("POST", "/runs").json(&own).send().bad_fields(422), ["/rerun_of"]);
        let circle = json!({"project": "web", "status": "failed", "external_id": "1", "rerun_of": "2"});
        assert_eq!(server.api("POST", "/runs").json(&circle).send().bad_fields(409), ["/rerun_of"]);
    }
}
