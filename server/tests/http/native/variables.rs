//! Variables of projects, releases and builds, and what BuildMaster's badges make of them (C4).

use serde_json::{Value, json};

use crate::support::{TestServer, accessible_name, on_both_engines};

const WEB: &str = "/projects/default%2Fweb";

/// Two builds of a release, the first succeeded, the second failed, and the key `badges`.
#[track_caller]
fn two_builds(server: &TestServer) {
    server.create_token(&["--scope", "ci-badges", "--value", "badges"]);
    for (number, status) in [(1, "succeeded"), (2, "failed")] {
        server.report(&json!({"project": "web", "release": "1", "build": number, "status": status}));
    }
}

#[track_caller]
fn put(server: &TestServer, path: &str, body: &Value) -> Value {
    server.api("PUT", &format!("{WEB}{path}")).json(body).send().expect(200).json()
}

#[track_caller]
fn says(server: &TestServer, filter: &str) -> String {
    accessible_name(&server.get(&format!("/api/ci-badges/image?key=badges&{filter}")).expect(200))
}

on_both_engines! {
    fn the_nearest_value_counts_build_then_release_then_application(server: &TestServer) {
        two_builds(server);
        let set = put(server, "/variables/Branch", &json!({"value": "trunk", "sensitive": false}));
        assert_eq!(set, json!({"name": "Branch", "value": "trunk", "sensitive": false}));
        assert_eq!(says(server, "$Branch=trunk"), "build: error");
        put(server, "/releases/1/variables/Branch", &json!({"value": "release"}));
        assert_eq!(says(server, "$Branch=trunk"), "build: unknown");
        assert_eq!(says(server, "$Branch=release"), "build: error");
        put(server, "/releases/1/builds/2/variables/Branch", &json!({"value": "hotfix"}));
        assert_eq!(says(server, "$Branch=release"), "build: success");
        assert_eq!(says(server, "$branch=hotfix"), "build: error");
        server.api("DELETE", &format!("{WEB}/releases/1/builds/2/variables/Branch")).send().expect(204);
        assert_eq!(says(server, "$Branch=release"), "build: error");
    }

    fn a_name_that_does_not_match_is_an_application_variable(server: &TestServer) { // the document's own advice
        two_builds(server);
        put(server, "/variables/GitLabProject", &json!({"value": "group/web shop"}));
        assert_eq!(says(server, "$GitLabProject=group/web%20shop"), "build: error");
    }

    fn a_sensitive_value_never_matches_and_is_never_shown(server: &TestServer) {
        two_builds(server);
        for path in ["/variables/Token", "/releases/1/variables/Token", "/releases/1/builds/2/variables/Token"] {
            let set = put(server, path, &json!({"value": "s3cret", "sensitive": true}));
            assert_eq!(set, json!({"name": "Token", "value": null, "sensitive": true}));
            assert_eq!(says(server, "$Token=s3cret"), "build: unknown", "{path}");
            let list = server.api("GET", &format!("{WEB}{}", path.trim_end_matches("/Token"))).send().expect(200);
            assert_eq!(list.json()["items"], json!([{"name": "Token", "value": null, "sensitive": true}]));
        }
    }

    fn a_sensitive_variable_stays_so_until_it_is_said_otherwise(server: &TestServer) {
        two_builds(server);
        let path = "/releases/1/builds/2/variables/Token";
        put(server, path, &json!({"value": "a", "sensitive": true}));
        assert_eq!(put(server, path, &json!({"value": "b"}))["value"], Value::Null);
        let again = json!({"project": "web", "release": "1", "build": 2, "status": "failed", "variables": {"Token": "c"}});
        server.report(&again);
        assert_eq!(says(server, "$Token=c"), "build: unknown");
        put(server, path, &json!({"value": "d", "sensitive": false}));
        assert_eq!(says(server, "$Token=d"), "build: error");
    }

    fn what_is_wrong_or_missing_is_told(server: &TestServer) {
        two_builds(server);
        for (body, fields) in [
            (json!({}), vec!["/value"]),
            (json!({"value": null}), vec!["/value"]),
            (json!({"value": {"a": 1}, "sensitive": "x"}), vec!["/value", "/sensitive"]),
            (json!({"value": "x".repeat(20_000)}), vec!["/value"]),
            (json!({"value": "x", "evaluate": true}), vec!["/evaluate"]),
        ] {
            assert_eq!(server.api("PUT", &format!("{WEB}/variables/A")).json(&body).send().bad_fields(422), fields);
        }
        let good = json!({"value": "x"});
        server.api("PUT", &format!("{WEB}/variables/%00")).json(&good).send().problem(400);
        for missing in ["/releases/7/variables/A", "/releases/1/builds/7/variables/A", "/builds/1/variables/A"] {
            server.api("PUT", &format!("{WEB}{missing}")).json(&good).send().problem(404);
        }
        server.api("PUT", "/projects/default%2Fnone/variables/A").json(&good).send().problem(404);
        server.api("DELETE", &format!("{WEB}/variables/A")).send().problem(404);
        let elsewhere = server.create_token(&["--scope", "projects:write", "--space", "elsewhere"]);
        let path = format!("/api/burgee/v1{WEB}/variables/A");
        server.call("PUT", &path).bearer(&elsewhere).json(&good).send().problem(404);
        server.call("PUT", &path).bearer(&server.create_token(&["--scope", "runs:write"])).json(&good).send().problem(403);
        server.call("PUT", &path).json(&good).send().problem(401);
    }
}
