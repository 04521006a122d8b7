//! Addresses: names as they were reported, and the address from before there were teams (A1).

use serde_json::json;

use super::shown::{FAILING, JOB, PASSING, at, build, exposed};
use crate::support::{Setup, TestServer, on_both_engines};

/// Reports a build, and exposes its project.
#[track_caller]
fn reported(server: &TestServer, space: &str, project: &str, job: &str, status: &str) {
    let run = server.report(&json!({"space": space, "project": project, "job": job, "status": status}));
    server.change_project(run["run"]["project"].as_str().unwrap(), &json!({"visibility": "public"}));
}

on_both_engines! {
    fn names_are_matched_as_they_are(server: &TestServer) {
        for (pipeline, job, encoded_pipeline, encoded_job) in [
            ("sslip.io", "k-v.io", "sslip.io", "k-v.io"),
            ("wip:lite:cpi", "Unit:Go 1.24", "wip:lite:cpi", "Unit%3AGo%201.24"),
            ("Größe ✓", "Prüfung", "Gr%C3%B6%C3%9Fe%20%E2%9C%93", "Pr%C3%BCfung"),
            ("UPPER", "a/b", "UPPER", "a%2Fb"),
        ] {
            reported(server, "main", pipeline, job, "succeeded");
            let path = format!("/api/v1/teams/main/pipelines/{encoded_pipeline}");
            at(server, &format!("{path}/jobs/{encoded_job}/badge")).is(PASSING);
            at(server, &format!("{path}/badge")).is(PASSING);
        }
    }

    fn pipelines_and_jobs_are_never_found_by_a_slug(server: &TestServer) {
        reported(server, "main", "Web Shop", "Unit Tests", "succeeded");
        at(server, "/api/v1/teams/main/pipelines/Web%20Shop/jobs/Unit%20Tests/badge").is(PASSING);
        for path in ["web-shop/jobs/Unit%20Tests", "Web%20Shop/jobs/unit-tests", "web%20shop/jobs/Unit%20Tests"] {
            server.get(&format!("/api/v1/teams/main/pipelines/{path}/badge")).expect(404);
        }
    }

    fn a_team_is_a_space_by_name_or_slug(server: &TestServer) {
        reported(server, "Delivery Team", "web", "unit", "succeeded");
        for team in ["Delivery%20Team", "delivery-team"] {
            at(server, &format!("/api/v1/teams/{team}/pipelines/web/badge")).is(PASSING);
        }
        server.get("/api/v1/teams/delivery%20team/pipelines/web/badge").expect(404);
    }

    fn a_group_is_no_team(server: &TestServer) {
        reported(server, "main", "apps/web", "unit", "succeeded");
        for team in ["apps", "main%2Fapps"] {
            server.get(&format!("/api/v1/teams/{team}/pipelines/web/badge")).expect(404);
        }
    }

    fn a_pipeline_may_be_in_a_group_unless_one_is_in_the_space_itself(server: &TestServer) {
        let path = "/api/v1/teams/main/pipelines/web/badge";
        reported(server, "main", "apps/web", "unit", "succeeded");
        at(server, path).is(PASSING);
        reported(server, "main", "attic/web", "unit", "failed");
        at(server, path).is(PASSING);
        reported(server, "main", "web", "unit", "failed");
        at(server, path).is(FAILING);
    }

    fn the_address_without_a_team_has_moved_to_main(server: &TestServer) { // 40
        exposed(server);
        build(server, "unit", "succeeded");
        let old = "/api/v1/pipelines/web/jobs/unit/badge";
        let answer = server.get(old).expect(301);
        assert_eq!(answer.header("location"), JOB);
        at(server, answer.header("location")).is(PASSING);
    }

    fn the_redirect_keeps_query_and_encoding(server: &TestServer) {
        let answer = server.get("/api/v1/pipelines/a%20b/jobs/c%2Fd/badge?title=x%26y").expect(301);
        assert_eq!(answer.header("location"), "/api/v1/teams/main/pipelines/a%20b/jobs/c%2Fd/badge?title=x%26y");
    }

    fn the_redirect_stays_below_a_sub_path(setup: Setup) {
        let server = setup.below("/badges").start();
        let answer = server.get("/badges/api/v1/pipelines/web/jobs/unit/badge").expect(301);
        assert_eq!(answer.header("location"), format!("/badges{JOB}"));
    }

    fn there_is_no_pipeline_badge_without_a_team(server: &TestServer) { // A1
        exposed(server);
        server.get("/api/v1/pipelines/web/badge").expect(404);
    }

    fn hostile_names_are_missing_like_others(server: &TestServer) {
        exposed(server);
        for name in ["%00", "%FF", "..%2F..", "%27%20or%201=1", "%25", "_"] {
            for path in [
                format!("/api/v1/teams/{name}/pipelines/web/badge"),
                format!("/api/v1/teams/main/pipelines/{name}/badge"),
                format!("/api/v1/teams/main/pipelines/web/jobs/{name}/badge"),
            ] {
                server.get(&path).expect(404);
            }
        }
    }
}
