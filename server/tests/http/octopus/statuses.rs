//! What a badge shows of the runs that were reported: the status table of DESIGN.

use burgee_domain::release_badge::colors::{BLUE, GRAY, GREEN, RED};
use serde_json::json;

use crate::support::{Badge, TestServer, badge_path, on_both_engines, published};

/// Reports a deployment of Web Shop to Production.
fn deploy(server: &TestServer, release: &str, status: &str) {
    server.report(&json!({"project": "Web Shop", "environment": "Production", "release": release, "status": status}));
}

/// Message and colour, as asked for with this query.
fn shown(server: &TestServer, query: &str) -> (String, String) {
    let badge = Badge::at(server, &badge_path(&format!("latest_release?{query}")));
    (badge.message, badge.color)
}

on_both_engines! {
    fn each_status_has_its_colour(server: &TestServer) {
        published(server);
        for (n, (status, color)) in [
            ("pending", BLUE),
            ("running", BLUE),
            ("canceling", BLUE),
            ("succeeded", GREEN),
            ("warned", GREEN),
            ("failed", RED),
            ("errored", RED),
            ("canceled", RED),
            ("timed_out", RED),
        ]
        .into_iter()
        .enumerate()
        {
            let release = format!("2.{n}");
            deploy(server, &release, status);
            assert_eq!(shown(server, "includeFailed=true"), (release, color.to_owned()), "{status}");
        }
    }

    fn failures_are_passed_over_unless_they_are_asked_for(server: &TestServer) {
        published(server);
        for status in ["failed", "errored", "canceled", "timed_out"] {
            deploy(server, "2.0.0", status);
            for query in ["", "includeFailed=false"] {
                assert_eq!(shown(server, query), ("1.2.3".to_owned(), GREEN.to_owned()), "{status} {query}");
            }
            assert_eq!(shown(server, "includeFailed=true"), ("2.0.0".to_owned(), RED.to_owned()), "{status}");
        }
    }

    fn a_deployment_in_progress_shows_without_being_asked_for(server: &TestServer) {
        published(server);
        for (release, status) in [("2.0.0", "pending"), ("2.0.1", "running"), ("2.0.2", "canceling")] {
            deploy(server, release, status);
            for query in ["", "includeFailed=true"] {
                assert_eq!(shown(server, query), (release.to_owned(), BLUE.to_owned()), "{status} {query}");
            }
        }
    }

    fn the_badge_turns_with_the_next_report(server: &TestServer) {
        published(server);
        let run = |status: &str| json!({
            "project": "Web Shop", "environment": "Production", "release": "2.0.0", "status": status,
            "external_id": "2",
        });
        server.report(&run("running"));
        assert_eq!(shown(server, ""), ("2.0.0".to_owned(), BLUE.to_owned()));
        server.report(&run("succeeded"));
        assert_eq!(shown(server, ""), ("2.0.0".to_owned(), GREEN.to_owned()));
        server.report(&run("failed"));
        assert_eq!(shown(server, ""), ("1.2.3".to_owned(), GREEN.to_owned()), "it did not arrive after all");
    }

    fn the_latest_is_what_was_first_reported_last_whatever_its_times_say(server: &TestServer) {
        published(server);
        server.report(&json!({
            "project": "Web Shop", "environment": "Production", "release": "0.9", "status": "succeeded",
            "started_at": "2001-01-01T00:00:00Z", "finished_at": "2001-01-01T00:01:00Z",
        }));
        assert_eq!(shown(server, "").0, "0.9");
    }

    fn an_older_run_that_ends_late_does_not_come_back(server: &TestServer) {
        published(server);
        let run = |id: &str, status: &str| json!({
            "project": "Web Shop", "environment": "Production", "release": id, "status": status, "external_id": id,
        });
        server.report(&run("2", "running"));
        server.report(&run("3", "succeeded"));
        server.report(&run("2", "succeeded"));
        assert_eq!(shown(server, "").0, "3");
    }

    fn nothing_deployed_is_gray_and_says_so(server: &TestServer) {
        published(server);
        server.report(&json!({"project": "Other", "environment": "Staging", "release": "9", "status": "succeeded"}));
        let badge = Badge::at(server, "/api/default/projects/web-shop/badge/staging/latest_release");
        assert_eq!((badge.label.as_str(), badge.shown()), ("Staging", ("no deployment", GRAY)));
    }

    fn nothing_but_failures_is_no_deployment(server: &TestServer) {
        server.report(&json!({"project": "Web Shop", "environment": "Production", "release": "1", "status": "failed"}));
        server.change_project("default/web-shop", &json!({"badges_enabled": true}));
        assert_eq!(shown(server, ""), ("no deployment".to_owned(), GRAY.to_owned()));
        assert_eq!(shown(server, "includeFailed=true"), ("1".to_owned(), RED.to_owned()));
    }

    fn a_run_elsewhere_does_not_count(server: &TestServer) {
        published(server);
        for (project, environment) in [("Web Shop", Some("Staging")), ("Other", Some("Production")), ("Web Shop", None)]
        {
            server.report(
                &json!({"project": project, "environment": environment, "release": "9", "status": "succeeded"}),
            );
        }
        assert_eq!(shown(server, ""), ("1.2.3".to_owned(), GREEN.to_owned()));
    }

    fn a_run_without_a_release_shows_its_build_else_its_status(server: &TestServer) {
        published(server);
        server.report(&json!({"project": "Web Shop", "environment": "Production", "build": 77, "status": "succeeded"}));
        assert_eq!(shown(server, "").0, "#77");
        server.report(&json!({"project": "Web Shop", "environment": "Production", "status": "succeeded"}));
        assert_eq!(shown(server, "").0, "succeeded");
    }
}
