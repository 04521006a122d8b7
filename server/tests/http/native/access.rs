//! Who may do what: no token, the wrong token, too small a scope, another project.

use serde_json::{Value, json};

use crate::support::{Answer, TestServer, on_both_engines};

fn run(project: &str) -> Value {
    json!({"project": project, "environment": "Production", "status": "succeeded"})
}

/// Reports a run with a token.
fn report(server: &TestServer, token: &str, run: &Value) -> Answer {
    server.call("POST", "/api/burgee/v1/runs").bearer(token).json(run).send()
}

/// Asks the native API with a token.
fn get(server: &TestServer, token: &str, path: &str) -> Answer {
    server.call("GET", &format!("/api/burgee/v1{path}")).bearer(token).send()
}

on_both_engines! {
    fn without_a_token_there_is_401_and_the_way_to_get_in(server: &TestServer) {
        for (method, path) in [
            ("POST", "/runs"),
            ("GET", "/runs"),
            ("GET", "/projects"),
            ("PATCH", "/projects/1"),
            ("DELETE", "/tenants/1"),
        ] {
            let answer = server.call(method, &format!("/api/burgee/v1{path}")).send();
            answer.problem(401);
            assert!(answer.header("www-authenticate").starts_with("Bearer"), "{method} {path}");
        }
    }

    fn a_token_that_nobody_made_is_401(server: &TestServer) {
        for credentials in ["Bearer burgee_nothing", "Bearer ", "Basic YTpi", "burgee_nothing"] {
            let call = server.call("POST", "/api/burgee/v1/runs").header("Authorization", credentials);
            let answer = call.json(&run("a")).send();
            answer.problem(401);
            assert!(answer.has("www-authenticate"), "{credentials}");
        }
    }

    fn a_revoked_token_is_401(server: &TestServer) {
        let token = server.create_token(&["--scope", "runs:write"]);
        report(server, &token, &run("a")).expect(201);
        let listed = server.run(&["token", "list"]).good();
        let line = listed.lines().find(|line| line.contains(&token[token.len() - 4..])).unwrap();
        server.run(&["token", "revoke", line.split('\t').next().unwrap()]).good();
        report(server, &token, &run("a")).problem(401);
    }

    fn a_token_that_only_reads_cannot_report(server: &TestServer) {
        let token = server.create_token(&["--scope", "runs:read"]);
        let answer = report(server, &token, &run("a"));
        let detail = answer.problem(403)["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("runs:write") && detail.contains("runs:read"), "{detail}");
        assert!(!answer.has("www-authenticate"), "another attempt with the same token is no use");
        get(server, &token, "/runs").expect(200);
    }

    fn a_token_that_reports_cannot_change_settings(server: &TestServer) {
        let token = server.create_token(&["--scope", "runs:write"]);
        report(server, &token, &run("web-shop")).expect(201);
        for (method, path) in [
            ("PATCH", "/projects/default%2Fweb-shop"),
            ("DELETE", "/projects/1"),
            ("POST", "/environments"),
            ("PATCH", "/spaces/1"),
        ] {
            let call = server.call(method, &format!("/api/burgee/v1{path}")).bearer(&token);
            let answer = call.json(&json!({"badges_enabled": true})).send();
            let detail = answer.problem(403)["detail"].as_str().unwrap().to_owned();
            assert!(detail.contains("projects:write"), "{method} {path}: {detail}");
        }
    }

    fn a_token_for_one_space_reports_there_and_nowhere_else(server: &TestServer) {
        let token = server.create_token(&["--scope", "runs:write,projects:write", "--space", "harbour"]);
        let mut inside = run("ferry");
        inside["space"] = json!("harbour");
        report(server, &token, &inside).expect(201);
        report(server, &token, &run("ferry")).problem(403);
        report(server, &token, &json!([inside, run("ferry")])).problem(403);
        assert_eq!(
            server.api("GET", "/projects?group=default").send().json()["items"],
            json!([]),
            "nothing was created"
        );
        get(server, &token, "/projects/harbour%2Fferry").expect(200);
    }

    fn a_token_for_one_project_reports_there_and_nowhere_else(server: &TestServer) {
        server.report(&run("web-shop"));
        let token = server.create_token(&["--scope", "runs:write", "--project", "web-shop"]);
        report(server, &token, &run("web-shop")).expect(201);
        let other = report(server, &token, &run("other")).problem(403);
        server.report(&run("other"));
        assert_eq!(report(server, &token, &run("other")).problem(403), other, "the answer does not say that it exists");
    }

    fn what_a_token_does_not_reach_is_not_there(server: &TestServer) {
        let hidden = server.report(&run("hidden"));
        let mut inside = run("ferry");
        inside["space"] = json!("harbour");
        server.report(&inside);
        let token = server.create_token(&["--scope", "runs:read,projects:write", "--space", "harbour"]);
        let call = |method: &str, path: &str| {
            server.call(method, &format!("/api/burgee/v1{path}")).bearer(&token).json(&json!({})).send()
        };
        let run_path = format!("/runs/{}", hidden["run"]["id"]);
        for (method, path) in [
            ("GET", "/projects/default%2Fhidden"),
            ("PATCH", "/projects/default%2Fhidden"),
            ("GET", run_path.as_str()),
            ("GET", "/spaces/default"),
            ("GET", "/environments/1"),
            ("DELETE", "/environments/1"),
            ("GET", "/runs?project=default%2Fhidden"),
            ("GET", "/projects/default%2Fhidden/releases"),
        ] {
            assert_eq!(call(method, path).problem(404)["type"], "urn:burgee:problem:not-found", "{method} {path}");
        }
        let seen = get(server, &token, "/projects").expect(200).json();
        assert_eq!(seen["items"].as_array().unwrap().len(), 1);
        assert_eq!(seen["items"][0]["path"], "harbour/ferry");
        let spaces = get(server, &token, "/spaces").expect(200).json();
        assert_eq!(spaces["items"].as_array().unwrap().len(), 1);
        assert_eq!(spaces["items"][0]["slug"], "harbour");
    }

    fn the_scheme_of_a_token_is_written_in_any_case(server: &TestServer) {
        let credentials = format!("bearer {}", server.token());
        server.call("GET", "/api/burgee/v1/runs").header("Authorization", &credentials).send().expect(200);
    }
}
