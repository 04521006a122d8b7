//! `cc.xml`, the feed for build monitors (A7; the numbers are those of A8).

use roxmltree::Document;
use serde_json::{Value, json};

use super::shown::{build, expose, report};
use crate::support::{Answer, Setup, TestServer, on_both_engines};

const FEED: &str = "/api/v1/teams/main/cc.xml";

/// The attributes of each project, in their order.
#[track_caller]
fn lines(answer: &Answer) -> Vec<Vec<(String, String)>> {
    let document = Document::parse(answer.text()).unwrap_or_else(|error| panic!("{error}: {answer}"));
    assert_eq!(document.root_element().tag_name().name(), "Projects");
    let attributes = |node: roxmltree::Node<'_, '_>| {
        assert_eq!(node.tag_name().name(), "Project");
        node.attributes().map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned())).collect()
    };
    document.root_element().children().map(attributes).collect()
}

/// One attribute of each project.
#[track_caller]
fn column(answer: &Answer, wanted: &str) -> Vec<String> {
    let value = |line: Vec<(String, String)>| line.into_iter().find(|(name, _)| name == wanted).unwrap().1;
    lines(answer).into_iter().map(value).collect()
}

#[track_caller]
fn feed(server: &TestServer) -> Answer {
    server.get(FEED).expect(200)
}

on_both_engines! {
    fn a_job_that_has_finished_is_a_project_of_the_feed(server: &TestServer) { // 41, 42, 43
        let run = json!({"job": "unit", "status": "succeeded", "build": 42, "finished_at": "2026-11-21T03:43:00.5+01:00"});
        report(server, &run);
        expose(server);
        let answer = feed(server);
        assert_eq!(answer.header("content-type"), "application/xml");
        assert!(answer.text().starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{answer}");
        let url = server.url("/teams/main/pipelines/web/jobs/unit");
        let expected = [
            ("activity", "Sleeping"),
            ("lastBuildLabel", "42"),
            ("lastBuildStatus", "Success"),
            ("lastBuildTime", "2026-11-21T02:43:00Z"),
            ("name", "web/unit"),
            ("webUrl", &url),
        ];
        assert_eq!(lines(&answer), [expected.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()]);
        server.get("/teams/main/pipelines/web/jobs/unit").redirects_to();
    }

    fn outcomes_are_success_failure_and_exception(server: &TestServer) { // 43 to 46
        let outcomes = [
            ("succeeded", "Success"), ("warned", "Success"), ("failed", "Failure"),
            ("canceled", "Exception"), ("errored", "Exception"), ("timed_out", "Exception"),
        ];
        for (status, _) in outcomes {
            build(server, status, status);
        }
        expose(server);
        assert_eq!(column(&feed(server), "lastBuildStatus"), outcomes.map(|(_, word)| word));
    }

    fn a_job_with_a_build_to_come_is_building(server: &TestServer) { // 47
        for next in ["pending", "running", "canceling"] {
            build(server, next, "failed");
            build(server, next, next);
        }
        expose(server);
        assert_eq!(column(&feed(server), "activity"), ["Building"; 3]);
        assert_eq!(column(&feed(server), "lastBuildStatus"), ["Failure"; 3]);
    }

    fn a_job_without_a_finished_build_is_left_out(server: &TestServer) { // 48
        build(server, "unit", "running");
        build(server, "lint", "succeeded");
        report(server, &json!({"status": "succeeded"}));
        expose(server);
        assert_eq!(column(&feed(server), "name"), ["web/lint"]);
    }

    fn a_team_without_jobs_or_pipelines_has_an_empty_feed(server: &TestServer) { // 49
        server.create_token(&["--scope", "runs:read", "--space", "empty"]);
        assert!(lines(&server.get("/api/v1/teams/empty/cc.xml").expect(200)).is_empty());
        report(server, &json!({"status": "succeeded"}));
        expose(server);
        assert!(lines(&feed(server)).is_empty());
    }

    fn an_instances_address_carries_its_vars(server: &TestServer) { // 51
        let run = json!({"space": "main", "project": "web", "instance_vars": {"branch": "a&b"}, "job": "unit", "status": "failed"});
        let project = server.report(&run)["run"]["project"].as_str().unwrap().to_owned();
        server.change_project(&project, &json!({"visibility": "public"}));
        let url = server.url("/teams/main/pipelines/web/jobs/unit?vars.branch=%22a%26b%22");
        assert_eq!(column(&feed(server), "webUrl"), [url]);
    }

    fn a_team_that_is_missing_is_a_404(server: &TestServer) { // 52
        assert!(server.get("/api/v1/teams/nobody/cc.xml").expect(404).body.is_empty());
        server.get("/api/v1/teams/%FF/cc.xml").expect(404);
    }

    fn anonymous_sees_public_pipelines_only(server: &TestServer) { // 53
        build(server, "unit", "succeeded");
        server.report(&json!({"space": "main", "project": "secret", "job": "unit", "status": "succeeded"}));
        assert!(lines(&feed(server)).is_empty());
        expose(server);
        assert_eq!(column(&feed(server), "name"), ["web/unit"]);
    }

    fn who_has_a_role_sees_private_pipelines(server: &TestServer) {
        build(server, "unit", "succeeded");
        server.report(&json!({"space": "main", "project": "other", "job": "unit", "status": "succeeded"}));
        let everything = server.create_token(&["--scope", "runs:read"]);
        let one = server.create_token(&["--scope", "runs:read", "--project", "main/web"]);
        server.run(&["user", "create", "guest"]).good();
        server.run(&["member", "set", "--user", "guest", "--role", "guest", "--project", "main/other"]).good();
        let guest = server.create_token(&["--scope", "read_api", "--user", "guest"]);
        for (token, names) in [(everything, vec!["web/unit", "other/unit"]), (one, vec!["web/unit"]), (guest, vec!["other/unit"])] {
            assert_eq!(column(&server.call("GET", FEED).bearer(&token).send().expect(200), "name"), names);
            // Build monitors know user names and passwords.
            let basic = format!("Basic {}", base64(&format!("anybody:{token}")));
            assert_eq!(column(&server.call("GET", FEED).header("Authorization", &basic).send().expect(200), "name"), names);
        }
    }

    fn a_token_that_is_no_good_is_refused(server: &TestServer) {
        build(server, "unit", "succeeded");
        for credentials in ["Bearer wrong", "Basic eDp5", "Basic", "Digest x"] {
            let answer = server.call("GET", FEED).header("Authorization", credentials).send().expect(401);
            assert_eq!(answer.text(), "not authorized", "{credentials}");
            assert!(answer.header("www-authenticate").starts_with("Basic "), "{answer}");
        }
    }

    fn the_feed_of_the_instance_names_the_team_too(server: &TestServer) {
        build(server, "unit", "succeeded");
        expose(server);
        server.report(&json!({"space": "Delivery Team", "project": "web", "job": "unit", "status": "failed"}));
        server.change_project("delivery-team/web", &json!({"visibility": "public"}));
        for path in ["/cc.xml", "/api/v1/cc.xml"] {
            let answer = server.get(path).expect(200);
            assert_eq!(column(&answer, "name"), ["main/web/unit", "Delivery Team/web/unit"]);
            assert!(column(&answer, "webUrl")[1].ends_with("/teams/Delivery%20Team/pipelines/web/jobs/unit"));
        }
    }

    fn the_label_is_the_build_else_the_external_id_else_the_runs_own(server: &TestServer) {
        report(server, &json!({"job": "a", "status": "failed", "build": "7", "external_id": "x-1"}));
        report(server, &json!({"job": "b", "status": "failed", "external_id": "x-2"}));
        report(server, &json!({"job": "c", "status": "failed"}));
        expose(server);
        assert_eq!(column(&feed(server), "lastBuildLabel"), ["7", "x-2", "3"]);
    }

    fn a_rerun_is_the_last_build_of_the_feed_too(server: &TestServer) {
        for (id, rerun_of, status) in [("1", None, "failed"), ("2", None, "failed"), ("2.1", Some("2"), "succeeded"), ("1.1", Some("1"), "failed")] {
            report(server, &json!({"job": "unit", "external_id": id, "rerun_of": rerun_of, "status": status}));
        }
        expose(server);
        assert_eq!(column(&feed(server), "lastBuildLabel"), ["2.1"]);
        assert_eq!(column(&feed(server), "lastBuildStatus"), ["Success"]);
    }

    fn hostile_names_stay_text(server: &TestServer) {
        let names: Vec<Value> = ["<a href=\"x\">", "a&b'c", "Größe ✓ \u{202e}", "\u{ffff}x"].map(Value::from).to_vec();
        for name in &names {
            report(server, &json!({"job": name, "status": "failed"}));
        }
        expose(server);
        let found = column(&feed(server), "name");
        assert_eq!(found, ["web/<a href=\"x\">", "web/a&b'c", "web/Größe ✓ \u{202e}", "web/x"]);
    }

    fn the_feed_is_below_a_sub_path_too(setup: Setup) {
        let server = setup.below("/badges").start();
        let token = server.create_token(&["--scope", "runs:write,runs:read"]);
        let run = json!({"space": "main", "project": "web", "job": "unit", "status": "failed"});
        server.call("POST", "/badges/api/burgee/v1/runs").bearer(&token).json(&run).send().expect(201);
        let answer = server.call("GET", "/badges/cc.xml").bearer(&token).send().expect(200);
        assert_eq!(column(&answer, "webUrl"), [server.url("/badges/teams/main/pipelines/web/jobs/unit")]);
    }
}

fn base64(text: &str) -> String {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    BASE64_STANDARD.encode(text)
}
