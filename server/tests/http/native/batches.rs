//! `POST /api/burgee/v1/runs`: arrays, each in one transaction.

use serde_json::{Value, json};

use crate::support::{TestServer, on_both_engines};

fn runs(count: usize) -> Value {
    (0..count)
        .map(|n| {
            json!({
                "project": "web-shop", "environment": "Production", "status": "succeeded",
                "external_id": format!("run-{n}"),
            })
        })
        .collect()
}

/// How many projects there are.
fn projects(server: &TestServer) -> usize {
    server.api("GET", "/projects").send().expect(200).json()["items"].as_array().unwrap().len()
}

on_both_engines! {
    fn a_thousand_runs_are_taken_at_once_with_a_result_for_each(server: &TestServer) {
        let answer = server.api("POST", "/runs").json(&runs(1000)).send().expect(200).json();
        let results = answer["results"].as_array().unwrap();
        assert_eq!(results.len(), 1000);
        for (n, result) in results.iter().enumerate() {
            assert_eq!((&result["run"]["external_id"], &result["created"]), (&json!(format!("run-{n}")), &json!(true)));
        }
        let again = server.api("POST", "/runs").json(&runs(10)).send().expect(200).json();
        assert!(again["results"].as_array().unwrap().iter().all(|result| result["created"] == false));
    }

    fn more_than_a_thousand_runs_are_refused(server: &TestServer) {
        let answer = server.api("POST", "/runs").json(&runs(1001)).send();
        assert_eq!(answer.bad_fields(422), [""]);
        assert!(answer.problem(422)["detail"].as_str().unwrap().contains("1000"), "{answer}");
        assert_eq!(projects(server), 0);
    }

    fn one_bad_run_refuses_all_and_nothing_is_kept(server: &TestServer) {
        let batch = json!([
            {"project": "a", "status": "succeeded"},
            {"project": "b", "status": "sucess", "coverage": 101},
            {"status": "failed"},
        ]);
        let answer = server.api("POST", "/runs").json(&batch).send();
        assert_eq!(answer.bad_fields(422), ["/1/status", "/1/coverage", "/2/project"]);
        assert_eq!(projects(server), 0);
    }

    fn one_conflict_undoes_all(server: &TestServer) {
        let batch = json!([
            {"project": "a", "environment": "Staging", "status": "succeeded", "external_id": "1"},
            {"project": "a", "environment": "Production", "status": "succeeded", "external_id": "1"},
        ]);
        let answer = server.api("POST", "/runs").json(&batch).send();
        assert_eq!(answer.bad_fields(409), ["/1/environment"]);
        assert_eq!(projects(server), 0);
    }

    fn an_array_of_one_is_answered_as_an_array(server: &TestServer) {
        let answer = server.api("POST", "/runs").json(&runs(1)).send().expect(200).json();
        assert_eq!(answer["results"].as_array().unwrap().len(), 1);
    }

    fn a_conflict_in_an_array_of_one_says_which_run(server: &TestServer) {
        server.report(&json!({"project": "a", "environment": "Staging", "status": "succeeded", "external_id": "1"}));
        let batch = json!([{"project": "a", "environment": "Production", "status": "succeeded", "external_id": "1"}]);
        assert_eq!(server.api("POST", "/runs").json(&batch).send().bad_fields(409), ["/0/environment"]);
    }

    fn the_order_of_a_batch_is_the_order_of_its_runs(server: &TestServer) {
        let batch = json!([
            {"project": "a", "environment": "Production", "release": "1", "status": "succeeded"},
            {"project": "a", "environment": "Production", "release": "2", "status": "succeeded"},
        ]);
        server.api("POST", "/runs").json(&batch).send().expect(200);
        let runs = server.api("GET", "/runs").send().json();
        assert_eq!((&runs["items"][0]["release"], &runs["items"][1]["release"]), (&json!("2"), &json!("1")));
    }

    fn an_empty_array_reports_nothing_and_is_refused(server: &TestServer) {
        server.api("POST", "/runs").json(&json!([])).send().problem(422);
    }
}
