//! Instances of a pipeline, which `instance_vars` tell apart (A6, `?vars=`).

use serde_json::{Value, json};

use super::shown::{FAILING, JOB, PASSING, PIPELINE, at};
use crate::support::{TestServer, on_both_engines};

/// Reports a build of an instance of the pipeline `web`, and exposes it; the project's id.
#[track_caller]
fn instance(server: &TestServer, vars: &Value, status: &str) -> Value {
    let run = json!({"space": "main", "project": "web", "instance_vars": vars, "job": "unit", "status": status});
    let project = server.report(&run)["run"]["project"].as_str().unwrap().to_owned();
    server.change_project(&project, &json!({"visibility": "public"}))
}

on_both_engines! {
    fn each_instance_has_badges_of_its_own(server: &TestServer) {
        instance(server, &json!({}), "failed");
        instance(server, &json!({"branch": "main"}), "succeeded");
        instance(server, &json!({"branch": "feature/x", "go": 1}), "failed");
        for path in [JOB, PIPELINE] {
            at(server, path).is(FAILING);
            for vars in ["vars.branch=%22main%22", "vars=%7B%22branch%22:%22main%22%7D"] {
                at(server, &format!("{path}?{vars}")).is(PASSING);
            }
            at(server, &format!("{path}?vars.go=1&vars.branch=%22feature/x%22")).is(FAILING);
            for missing in ["vars.branch=%22feature/x%22", "vars.branch=%22Main%22", "vars.branch=null", "vars.a=1"] {
                server.get(&format!("{path}?{missing}")).expect(404);
            }
        }
    }

    fn the_same_vars_in_another_order_are_the_same_instance(server: &TestServer) {
        let one = instance(server, &json!({"branch": "main", "type": {"a": 1, "b": [2]}}), "failed");
        let other: Value = serde_json::from_str(r#"{"type": {"b": [2.0], "a": 1}, "branch": "main"}"#).unwrap();
        assert_eq!(instance(server, &other, "succeeded")["id"], one["id"]);
        assert_eq!(one["instance_vars"], json!({"branch": "main", "type": {"a": 1, "b": [2]}}));
    }

    fn vars_of_one_name_override_the_whole(server: &TestServer) { // keys are applied in sorted order
        instance(server, &json!({"branch": "main", "type": "git"}), "succeeded");
        at(server, &format!("{JOB}?vars.branch=%22main%22&vars=%7B%22branch%22:%22x%22,%22type%22:%22git%22%7D")).is(PASSING);
    }

    fn an_instance_is_a_project_with_a_title_and_path_of_its_own(server: &TestServer) {
        let plain = instance(server, &json!({}), "failed");
        let main = instance(server, &json!({"branch": "main"}), "succeeded");
        assert_eq!((&plain["title"], &plain["instance_vars"]), (&json!("web"), &Value::Null));
        assert_eq!((&main["name"], &main["title"]), (&json!("web"), &json!("web (branch:main)")));
        assert_eq!(main["path"], "main/web-branch-main");
        server.get("/main/web-branch-main").expect(200);
    }

    fn vars_in_a_report_are_an_object(server: &TestServer) {
        for bad in [json!("main"), json!([1]), json!({"": 1}), json!({"a": "x".repeat(3000)})] {
            let run = json!({"project": "web", "instance_vars": bad, "status": "failed"});
            assert_eq!(server.api("POST", "/runs").json(&run).send().bad_fields(422), ["/instance_vars"], "{bad}");
        }
    }

    fn hostile_vars_are_kept_and_found(server: &TestServer) {
        let vars = json!({"branch": "<script>\u{0}\u{ffff}\"&'", "a.b": {"\"": null}});
        let project = instance(server, &vars, "succeeded");
        let page = server.get(project["url"].as_str().unwrap().strip_prefix(&server.url("")).unwrap()).expect(200);
        assert!(!page.text().contains("<script>\u{0}"), "{page}");
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("vars", &vars.to_string()).finish();
        at(server, &format!("{JOB}?{query}")).is(PASSING);
    }
}
