//! `POST /api/burgee/v1/runs`: one report.

use serde_json::{Value, json};

use crate::support::{TestServer, on_both_engines};

fn deployment(status: &str) -> Value {
    json!({
        "project": "Web Shop", "environment": "Production", "release": "1.2.3", "external_id": "deploy-7",
        "status": status,
    })
}

on_both_engines! {
    fn a_run_is_created_once_and_then_updated_under_its_external_id(server: &TestServer) {
        let first = server.api("POST", "/runs").json(&deployment("running")).send().expect(201);
        let second = server.api("POST", "/runs").json(&deployment("succeeded")).send().expect(200);
        assert_eq!((first.json()["created"].clone(), second.json()["created"].clone()), (json!(true), json!(false)));
        assert_eq!(first.json()["run"]["id"], second.json()["run"]["id"]);
        assert_eq!(second.json()["run"]["status"], "succeeded");
        assert_eq!(server.api("GET", "/runs").send().json()["items"].as_array().unwrap().len(), 1);
    }

    fn project_and_status_are_enough(server: &TestServer) {
        let reported = server.report(&json!({"project": "solo", "status": "succeeded"}));
        assert_eq!(reported["run"]["project"], "default/solo");
        assert_eq!(reported["run"]["environment"], Value::Null);
        assert_eq!(reported["badges"], json!([]), "there is no environment to show");
    }

    fn reports_without_an_external_id_are_runs_of_their_own(server: &TestServer) {
        let run = json!({"project": "solo", "status": "succeeded"});
        let (first, second) = (server.report(&run), server.report(&run));
        assert!(first["run"]["id"].as_i64() < second["run"]["id"].as_i64(), "the later run has the greater id");
    }

    fn what_does_not_exist_yet_is_created_with_a_slug_from_its_name(server: &TestServer) {
        server.report(&json!({
            "space": "North Harbour", "project": "lines/Timetable API", "environment": "Prod (EU)", "tenant": "Line 7",
            "release": "2.0", "build": 77, "job": "deploy", "status": "succeeded",
        }));
        let project = server.api("GET", "/projects/north-harbour%2Flines%2Ftimetable-api").send().expect(200).json();
        assert_eq!((&project["name"], &project["slug"]), (&json!("Timetable API"), &json!("timetable-api")));
        assert_eq!((&project["visibility"], &project["badges_enabled"]), (&json!("private"), &json!(false)));
        for (list, name, slug) in [("environments", "Prod (EU)", "prod-eu"), ("tenants", "Line 7", "line-7")] {
            let places = server.api("GET", &format!("/{list}?space=north-harbour")).send().expect(200).json();
            assert_eq!((&places["items"][0]["name"], &places["items"][0]["slug"]), (&json!(name), &json!(slug)));
        }
        let releases = server.api("GET", "/projects/north-harbour%2Flines%2Ftimetable-api/releases").send().expect(200);
        assert_eq!(releases.json()["items"][0]["version"], "2.0");
    }

    fn a_name_and_its_slug_mean_the_same(server: &TestServer) {
        let by_name = server.report(&json!({"project": "Web Shop", "environment": "Pre Prod", "status": "succeeded"}));
        let by_slug = server.report(&json!({"project": "web-shop", "environment": "pre-prod", "status": "succeeded"}));
        assert_eq!(by_name["run"]["project"], by_slug["run"]["project"]);
        assert_eq!(by_name["run"]["environment"], by_slug["run"]["environment"]);
    }

    fn the_answer_repeats_what_was_reported(server: &TestServer) {
        let reported = server.report(&json!({
            "project": "web-shop", "environment": "Production", "tenant": "Line 7", "release": "1.2.3", "build": "77",
            "job": "deploy", "status": "warned", "url": "https://ci.example.org/1",
            "variables": {"Branch": "main", "Try": 2},
            "coverage": 87.5, "external_id": 42, "queued_at": "2026-11-21T03:00:00Z",
            "started_at": "2026-11-21T04:01:00+01:00", "finished_at": "2026-11-21T03:02:00.25Z",
        }));
        let run = &reported["run"];
        for (member, value) in [
            ("environment", json!("Production")),
            ("tenant", json!("Line 7")),
            ("release", json!("1.2.3")),
            ("build", json!("77")),
            ("job", json!("deploy")),
            ("status", json!("warned")),
            ("url", json!("https://ci.example.org/1")),
            ("branch", json!("main")),
            ("coverage", json!(87.5)),
            ("external_id", json!("42")),
            ("reported_by", json!("ci")),
            ("queued_at", json!("2026-11-21T03:00:00Z")),
            ("started_at", json!("2026-11-21T03:01:00Z")),
            ("finished_at", json!("2026-11-21T03:02:00.250Z")),
        ] {
            assert_eq!(run[member], value, "{member}");
        }
    }

    fn the_answer_leads_to_the_run(server: &TestServer) {
        let answer = server.api("POST", "/runs").json(&deployment("succeeded")).send().expect(201);
        let reported = answer.json();
        let url = reported["url"].as_str().unwrap();
        assert_eq!(answer.header("location"), url);
        let path = url.strip_prefix(&server.url("")).unwrap();
        assert_eq!(server.call("GET", path).bearer(server.token()).send().expect(200).json(), reported["run"]);
    }

    fn every_badge_snippet_is_one_that_can_be_fetched(server: &TestServer) {
        server.report(&deployment("succeeded"));
        server.change_project("default/web-shop", &json!({"badges_enabled": true}));
        let reported = server.report(&deployment("succeeded"));
        assert_eq!(reported["hint"], Value::Null, "badges are on");
        let snippets = reported["badges"].as_array().unwrap();
        let text = |id: &str| snippets.iter().find(|s| s["id"] == id).unwrap()["text"].as_str().unwrap().to_owned();
        let url = text("url");
        let svg = server.get(url.strip_prefix(&server.url("")).unwrap()).expect(200);
        assert!(svg.text().contains("1.2.3"), "{svg}");
        for id in ["markdown", "html", "rst", "asciidoc"] {
            assert!(text(id).contains(&url), "{id}");
        }
        let shields: url::Url = text("shields").parse().unwrap();
        let (_, endpoint) = shields.query_pairs().find(|(name, _)| name == "url").unwrap();
        let endpoint = server.get(endpoint.strip_prefix(&server.url("")).unwrap()).expect(200);
        assert_eq!(endpoint.json()["message"], "1.2.3");
    }

    fn the_answer_says_where_badges_are_switched_on_while_they_are_off(server: &TestServer) {
        let reported = server.report(&deployment("succeeded"));
        let hint = reported["hint"].as_str().unwrap();
        assert!(hint.contains(&server.url("/default/web-shop/-/settings")), "{hint}");
    }

    fn a_late_report_never_turns_a_finished_run_back(server: &TestServer) {
        server.report(&deployment("failed"));
        for late in ["pending", "running", "canceling"] {
            assert_eq!(server.report(&deployment(late))["run"]["status"], "failed", "{late}");
        }
    }

    fn a_correction_of_how_a_run_ended_counts(server: &TestServer) {
        server.report(&deployment("succeeded"));
        assert_eq!(server.report(&deployment("failed"))["run"]["status"], "failed");
    }

    fn a_later_report_adds_and_what_it_leaves_out_stays(server: &TestServer) {
        server.report(&deployment("running"));
        let later = json!({
            "project": "Web Shop", "external_id": "deploy-7", "status": "succeeded", "url": "https://ci.example.org/7",
        });
        let run = &server.report(&later)["run"];
        assert_eq!((&run["environment"], &run["release"]), (&json!("Production"), &json!("1.2.3")));
        assert_eq!(run["url"], "https://ci.example.org/7");
    }

    fn an_external_id_cannot_move_to_another_environment(server: &TestServer) {
        server.report(&deployment("running"));
        let mut elsewhere = deployment("succeeded");
        elsewhere["environment"] = json!("Staging");
        let answer = server.api("POST", "/runs").json(&elsewhere).send();
        assert_eq!(answer.bad_fields(409), ["/environment"]);
        assert_eq!(server.api("GET", "/runs").send().json()["items"][0]["status"], "running", "nothing has changed");
        let environments = server.api("GET", "/environments").send().json();
        assert_eq!(environments["items"].as_array().unwrap().len(), 1, "nothing was created: {environments}");
    }

    fn the_same_external_id_in_two_projects_is_two_runs(server: &TestServer) {
        let run = |project: &str| json!({"project": project, "external_id": "1", "status": "succeeded"});
        assert_ne!(server.report(&run("a"))["run"]["id"], server.report(&run("b"))["run"]["id"]);
    }

    fn facts_about_the_project_are_kept(server: &TestServer) {
        server.report(&json!({
            "project": "web-shop", "status": "succeeded", "title": "The Web Shop", "default_branch": "main",
            "commit_sha": "c0ffee", "latest_tag": "v1.2.3",
        }));
        let project = server.api("GET", "/projects/default%2Fweb-shop").send().expect(200).json();
        assert_eq!((&project["title"], &project["name"]), (&json!("The Web Shop"), &json!("web-shop")));
        assert_eq!(project["default_branch"], "main");
        assert_eq!((&project["commit_sha"], &project["latest_tag"]), (&json!("c0ffee"), &json!("v1.2.3")));
    }

    fn concurrent_first_reports_of_one_run_make_one_run(server: &TestServer) {
        server.token();
        let created: Vec<bool> = std::thread::scope(|scope| {
            let reports: Vec<_> =
                (0..8).map(|_| scope.spawn(|| server.report(&deployment("running"))["created"] == true)).collect();
            reports.into_iter().map(|report| report.join().unwrap()).collect()
        });
        assert_eq!(created.iter().filter(|created| **created).count(), 1, "{created:?}");
    }
}

#[test]
fn curl_needs_no_content_type() {
    let server = crate::support::Setup::on(crate::support::Engine::Sqlite).start();
    let run = json!({"project": "a", "status": "succeeded"}).to_string();
    let form = "application/x-www-form-urlencoded";
    server.api("POST", "/runs").header("Content-Type", form).body(run).send().expect(201);
}
