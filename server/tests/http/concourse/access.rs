//! Who sees a badge, and what all others are told, in the order of A6.

use serde_json::json;

use super::shown::{JOB, PASSING, PIPELINE, Shown, at, build, expose};
use crate::support::{Answer, Call, Setup, TestServer, on_both_engines};

const BOTH: [&str; 2] = [JOB, PIPELINE];

/// A private pipeline that passes.
#[track_caller]
fn private(server: &TestServer) {
    build(server, "unit", "succeeded");
}

/// A token of the GitLab API that acts as this new user.
#[track_caller]
fn user(server: &TestServer, name: &str) -> String {
    server.run(&["user", "create", name]).good();
    server.create_token(&["--scope", "read_api", "--user", name])
}

#[track_caller]
fn refused(call: Call<'_>, status: u16, words: &str) -> Answer {
    let answer = call.send().expect(status);
    assert_eq!(answer.text(), words, "{answer}");
    assert_eq!(answer.header("cache-control"), "no-store", "a badge comes back at once when the cause is gone");
    answer
}

on_both_engines! {
    fn a_public_pipelines_badges_are_for_everybody(server: &TestServer) { // 2, 24, 34
        private(server);
        expose(server);
        let stranger = user(server, "stranger");
        for path in BOTH {
            at(server, path).is(PASSING);
            server.call("GET", path).bearer(&stranger).send().expect(200);
        }
    }

    fn a_private_pipelines_badges_are_for_everybody_once_they_are_on(server: &TestServer) {
        private(server);
        server.change_project("main/web", &json!({"badges_enabled": true}));
        for path in BOTH {
            at(server, path).is(PASSING);
        }
    }

    fn anonymous_is_not_authorized(server: &TestServer) { // 23, 37
        private(server);
        for path in BOTH {
            refused(server.call("GET", path), 401, "not authorized");
        }
    }

    fn a_token_that_is_no_good_is_nobodys(server: &TestServer) {
        private(server);
        let other = server.create_token(&["--scope", "runs:read"]);
        for token in ["wrong", "", &other] {
            refused(server.call("GET", JOB).bearer(token), 401, "not authorized");
        }
        expose(server);
        server.call("GET", JOB).bearer("wrong").send().expect(200);
    }

    fn who_is_known_and_has_no_role_is_forbidden(server: &TestServer) { // 1, 22, 36
        private(server);
        let stranger = user(server, "stranger");
        for path in BOTH {
            refused(server.call("GET", path).bearer(&stranger), 403, "forbidden");
            refused(server.call("GET", path).header("PRIVATE-TOKEN", &stranger), 403, "forbidden");
        }
    }

    fn a_token_that_is_limited_to_another_place_is_forbidden(server: &TestServer) {
        private(server);
        let limited = server.create_token(&["--scope", "read_api", "--space", "elsewhere"]);
        refused(server.call("GET", JOB).bearer(&limited), 403, "forbidden");
    }

    fn who_has_a_role_is_served(server: &TestServer) { // 3, 25, 35
        private(server);
        let guest = user(server, "guest");
        server.run(&["member", "set", "--user", "guest", "--role", "guest", "--project", "main/web"]).good();
        let administrator = server.create_token(&["--scope", "api"]);
        for path in BOTH {
            for token in [&guest, &administrator] {
                Shown::of(&server.call("GET", path).bearer(token).send().expect(200)).is(PASSING);
                Shown::of(&server.call("GET", path).header("PRIVATE-TOKEN", token).send().expect(200)).is(PASSING);
            }
        }
    }

    fn who_is_signed_in_and_has_a_role_is_served(setup: Setup) {
        let server = setup.with_admin().start();
        private(&server);
        let mut browser = server.signed_in();
        for path in BOTH {
            browser.get(path).expect(200);
        }
    }

    fn a_team_or_pipeline_that_is_missing_is_a_404_for_everybody(server: &TestServer) { // 33, 38
        private(server);
        let stranger = user(server, "stranger");
        for path in BOTH {
            for missing in [path.replace("/main/", "/nobody/"), path.replace("/web/", "/nothing/")] {
                refused(server.call("GET", &missing), 404, "");
                refused(server.call("GET", &missing).bearer(&stranger), 404, "");
            }
        }
    }

    fn a_missing_job_is_told_only_to_those_who_may_see_the_pipeline(server: &TestServer) { // A6: the job comes last
        private(server);
        let path = JOB.replace("unit", "nothing");
        refused(server.call("GET", &path), 401, "not authorized");
        refused(server.call("GET", &path).bearer(&user(server, "stranger")), 403, "forbidden");
        refused(server.call("GET", &path).bearer(&server.create_token(&["--scope", "api"])), 404, "");
    }

    fn malformed_vars_come_before_everything(server: &TestServer) { // A6: 400, without body
        for path in [JOB, PIPELINE, "/api/v1/teams/nobody/pipelines/nothing/badge"] {
            for query in ["vars=x", "vars.branch=main", "vars="] {
                refused(server.call("GET", &format!("{path}?{query}")), 400, "");
            }
        }
    }

    fn an_instance_that_was_never_reported_is_missing(server: &TestServer) {
        private(server);
        expose(server);
        for path in BOTH {
            refused(server.call("GET", &format!("{path}?vars.branch=%22main%22")), 404, "");
            refused(server.call("GET", &format!("{path}?vars=%7B%22branch%22:%22main%22%7D")), 404, "");
            server.get(&format!("{path}?vars=%7B%7D")).expect(200);
        }
    }
}
