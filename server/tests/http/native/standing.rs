//! What people decide about releases, builds and jobs.

use serde_json::{Value, json};

use crate::support::{TestServer, accessible_name, on_both_engines};

const WEB: &str = "/projects/default%2Fweb";
const IMAGE: &str = "/api/ci-badges/image?key=badges";

/// Reports builds: release, number, status.
#[track_caller]
fn builds(server: &TestServer, builds: &[(Option<&str>, u8, &str)]) {
    server.create_token(&["--scope", "ci-badges", "--value", "badges"]);
    for (release, number, status) in builds {
        server.report(&json!({"project": "web", "release": release, "build": number, "status": status}));
    }
}

#[track_caller]
fn patch(server: &TestServer, path: &str, body: &Value) -> Value {
    server.api("PATCH", &format!("{WEB}{path}")).json(body).send().expect(200).json()
}

/// What BuildMaster's badge says.
#[track_caller]
fn says(server: &TestServer, filters: &str) -> String {
    accessible_name(&server.get(&format!("{IMAGE}{filters}")).expect(200))
}

on_both_engines! {
    fn a_canceled_release_is_not_the_latest(server: &TestServer) {
        builds(server, &[(Some("1"), 1, "succeeded"), (Some("2"), 1, "failed")]);
        assert_eq!(says(server, ""), "build: error");
        let canceled = patch(server, "/releases/2", &json!({"status": "canceled"}));
        assert_eq!((&canceled["version"], &canceled["status"]), (&json!("2"), &json!("canceled")));
        for filters in ["", "&$ApplicationName=web", "&$BuildNumber=1"] {
            assert_eq!(says(server, filters), "build: success", "{filters}");
        }
        assert_eq!(says(server, "&$ReleaseNumber=2"), "build: error", "named by its number it is still there");
        server.report(&json!({"project": "web", "release": "2", "build": 2, "status": "warned"}));
        assert_eq!(says(server, ""), "build: success", "a report does not bring it back");
        patch(server, "/releases/2", &json!({"status": "active"}));
        assert_eq!(says(server, ""), "build: warning");
    }

    fn a_rejected_build_is_not_the_latest(server: &TestServer) {
        builds(server, &[(Some("1"), 1, "succeeded"), (Some("1"), 2, "failed"), (Some("2"), 1, "failed")]);
        patch(server, "/releases/2/builds/1", &json!({"status": "rejected"}));
        let rejected = patch(server, "/releases/1/builds/2", &json!({"status": "rejected"}));
        assert_eq!((&rejected["number"], &rejected["release"], &rejected["status"]), (&json!("2"), &json!("1"), &json!("rejected")));
        assert_eq!(says(server, ""), "build: success");
        assert_eq!(says(server, "&$ReleaseNumber=2"), "build: unknown");
        assert_eq!(says(server, "&$ReleaseNumber=1&$BuildNumber=2"), "build: error");
        patch(server, "/releases/1/builds/2", &json!({"status": "deployed"}));
        assert_eq!(says(server, ""), "build: error");
    }

    fn builds_of_no_release_can_be_rejected_too(server: &TestServer) {
        builds(server, &[(None, 1, "succeeded"), (None, 2, "failed")]);
        assert_eq!(patch(server, "/builds/2", &json!({"status": "rejected"}))["release"], Value::Null);
        assert_eq!(says(server, ""), "build: success");
    }

    fn everything_canceled_leaves_nothing_to_show(server: &TestServer) {
        builds(server, &[(Some("1"), 1, "succeeded")]);
        patch(server, "/releases/1", &json!({"status": "canceled"}));
        assert_eq!(says(server, ""), "build: unknown");
    }

    fn a_job_that_was_taken_out_has_no_badge(server: &TestServer) {
        for (job, status) in [("unit", "succeeded"), ("lint", "failed")] {
            server.report(&json!({"project": "web", "job": job, "status": status}));
        }
        server.change_project("default/web", &json!({"visibility": "public"}));
        let team = "/api/v1/teams/default/pipelines/web";
        let shows = |text: &str| server.get(&format!("{team}/badge")).expect(200).text().contains(&format!("build: {text}"));
        assert!(shows("failing"));
        let out = patch(server, "/jobs/lint", &json!({"active": false}));
        assert_eq!((&out["name"], &out["active"]), (&json!("lint"), &json!(false)));
        assert!(shows("passing"));
        server.get(&format!("{team}/jobs/lint/badge")).expect(404);
        assert!(!server.get("/api/v1/teams/default/cc.xml").text().contains("lint"));
        server.report(&json!({"project": "web", "job": "lint", "status": "failed"}));
        server.get(&format!("{team}/jobs/lint/badge")).expect(404);
        patch(server, "/jobs/lint", &json!({"active": true}));
        assert!(shows("failing"));
    }

    fn names_with_slashes_are_encoded(server: &TestServer) {
        server.report(&json!({"project": "web", "release": "feature/x 1", "build": "a/1", "job": "unit/go", "status": "failed"}));
        patch(server, "/releases/feature%2Fx%201", &json!({"status": "deployed"}));
        patch(server, "/releases/feature%2Fx%201/builds/a%2F1", &json!({"status": "rejected"}));
        patch(server, "/jobs/unit%2Fgo", &json!({"active": false}));
    }

    fn they_can_be_read(server: &TestServer) {
        builds(server, &[(Some("1"), 1, "succeeded"), (Some("1"), 2, "failed"), (Some("2"), 1, "failed"), (None, 9, "failed")]);
        server.report(&json!({"project": "web", "job": "unit", "status": "failed"}));
        let names = |path: &str, member: &str| {
            let page = server.api("GET", &format!("{WEB}{path}")).send().expect(200).json();
            page["items"].as_array().unwrap().iter().map(|item| item[member].clone()).collect::<Vec<_>>()
        };
        assert_eq!(names("/releases", "version"), ["2", "1"]);
        assert_eq!(names("/releases/1/builds", "number"), ["2", "1"]);
        assert_eq!(names("/builds", "number"), ["9"]);
        assert_eq!(names("/jobs", "name"), ["unit"]);
        assert_eq!(names("/releases/1/builds?limit=1", "number"), ["2"]);
        for (path, member, value) in [
            ("/releases/1", "status", json!("active")),
            ("/releases/1/builds/2", "release", json!("1")),
            ("/builds/9", "number", json!("9")),
            ("/jobs/unit", "active", json!(true)),
        ] {
            assert_eq!(server.api("GET", &format!("{WEB}{path}")).send().expect(200).json()[member], value, "{path}");
        }
    }

    fn what_is_not_there_or_out_of_reach_is_not_found(server: &TestServer) {
        builds(server, &[(Some("1"), 1, "succeeded")]);
        server.report(&json!({"project": "web", "job": "unit", "status": "failed"}));
        let elsewhere = server.create_token(&["--scope", "projects:write", "--space", "elsewhere"]);
        let reads = server.create_token(&["--scope", "runs:read"]);
        for (path, body) in [
            ("/releases/1", json!({"status": "canceled"})),
            ("/releases/1/builds/1", json!({"status": "rejected"})),
            ("/jobs/unit", json!({"active": false})),
        ] {
            let full = format!("/api/burgee/v1{WEB}{path}");
            server.call("PATCH", &full).bearer(&elsewhere).json(&body).send().problem(404);
            server.call("PATCH", &full).bearer(&reads).json(&body).send().problem(403);
            server.call("PATCH", &full).json(&body).send().problem(401);
            for missing in [full.replace("web", "none"), format!("{full}0")] {
                server.call("PATCH", &missing).bearer(server.token()).json(&body).send().problem(404);
            }
            server.call("DELETE", &full).bearer(server.token()).send().problem(405);
        }
        server.api("PATCH", &format!("{WEB}/builds/1")).json(&json!({"status": "rejected"})).send().problem(404);
    }

    fn bad_bodies_are_told_and_change_nothing(server: &TestServer) {
        builds(server, &[(Some("1"), 1, "succeeded")]);
        server.report(&json!({"project": "web", "job": "unit", "status": "failed"}));
        for (path, body, field) in [
            ("/releases/1", json!({"status": "rejected"}), "/status"),
            ("/releases/1", json!({}), "/status"),
            ("/releases/1/builds/1", json!({"status": "canceled"}), "/status"),
            ("/releases/1/builds/1", json!({"status": "rejected", "why": "x"}), "/why"),
            ("/jobs/unit", json!({"active": "no"}), "/active"),
        ] {
            assert_eq!(server.api("PATCH", &format!("{WEB}{path}")).json(&body).send().bad_fields(422), [field]);
        }
        assert_eq!(says(server, ""), "build: success");
    }
}
