//! `?token=`: a badge token opens a private pipeline's badges, and nothing else.

use super::shown::{JOB, PASSING, PIPELINE, at, build, expose};
use crate::support::{TestServer, on_both_engines};

/// A private pipeline that passes, and a badge token.
#[track_caller]
fn badge_token(server: &TestServer, limits: &[&str]) -> String {
    build(server, "unit", "succeeded");
    server.create_token(&[&["--scope", "badges:read"], limits].concat())
}

on_both_engines! {
    fn a_badge_token_opens_the_badges_of_a_private_pipeline(server: &TestServer) {
        let token = badge_token(server, &[]);
        for path in [JOB, PIPELINE] {
            at(server, &format!("{path}?token={token}")).is(PASSING);
            at(server, &format!("{path}?title=web&token={token}")).is(PASSING);
            server.call("GET", path).bearer(&token).send().expect(200);
        }
    }

    fn a_badge_token_for_one_project_opens_no_other(server: &TestServer) {
        let token = badge_token(server, &["--project", "main/web"]);
        server.report(&serde_json::json!({"space": "main", "project": "other", "job": "unit", "status": "succeeded"}));
        at(server, &format!("{JOB}?token={token}")).is(PASSING);
        let answer = server.get(&format!("{}?token={token}", JOB.replace("web", "other"))).expect(403);
        assert_eq!(answer.text(), "forbidden");
    }

    fn a_token_that_is_no_badge_token_is_as_good_as_none(server: &TestServer) {
        badge_token(server, &[]);
        let reads_runs = server.create_token(&["--scope", "runs:read"]);
        let key = server.create_token(&["--scope", "ci-badges"]);
        for bad in [reads_runs.as_str(), key.as_str(), "", "wrong", "%00", "%FF"] {
            assert_eq!(server.get(&format!("{JOB}?token={bad}")).expect(401).text(), "not authorized", "{bad}");
        }
    }

    fn a_revoked_badge_token_opens_nothing(server: &TestServer) {
        let token = badge_token(server, &[]);
        at(server, &format!("{JOB}?token={token}")).is(PASSING);
        let list = server.run(&["token", "list"]).good();
        let line = list.lines().find(|line| line.contains("badges:read")).unwrap_or_else(|| panic!("{list}"));
        server.run(&["token", "revoke", line.split_whitespace().next().unwrap()]).good();
        assert_eq!(server.get(&format!("{JOB}?token={token}")).expect(401).text(), "not authorized");
        expose(server);
        at(server, &format!("{JOB}?token={token}")).is(PASSING);
    }

    fn a_badge_token_opens_nothing_else(server: &TestServer) {
        let token = badge_token(server, &[]);
        server.call("GET", "/api/burgee/v1/projects").bearer(&token).send().problem(403);
        server.call("GET", "/api/v4/projects").bearer(&token).send().expect(403);
        server.get(&format!("/main/web?token={token}")).redirects_to();
        let feed = server.call("GET", "/api/v1/teams/main/cc.xml").bearer(&token).send().expect(401);
        assert_eq!(feed.text(), "not authorized");
        assert!(!server.get(&format!("/api/v1/teams/main/cc.xml?token={token}")).expect(200).text().contains("unit"));
        server.get(&format!("/api/ci-badges/image?key={token}")).expect(403);
    }
}
