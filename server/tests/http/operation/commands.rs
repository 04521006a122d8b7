//! Commands beside `serve`, and whether the server is well.

use serde_json::json;

use crate::support::{Engine, Setup, TestServer, on_both_engines};

on_both_engines! {
    fn token_create_prints_the_token_and_nothing_else(setup: Setup) {
        let output = setup.run(&["token", "create", "--name", "ci", "--scope", "runs:write"]).good();
        let token = output.strip_suffix('\n').unwrap();
        assert!(token.starts_with("burgee_") && token.len() > 40 && !token.contains(char::is_whitespace), "{output:?}");
        let server = setup.start();
        let call = server.call("POST", "/api/burgee/v1/runs").bearer(token);
        call.json(&json!({"project": "a", "status": "succeeded"})).send().expect(201);
    }

    fn token_list_shows_no_secret(server: &TestServer) {
        let token = server.create_token(&["--scope", "runs:write", "--scope", "projects:write", "--space", "default"]);
        let listed = server.run(&["token", "list"]).good();
        assert!(!listed.contains(&token), "{listed}");
        let line = listed.lines().find(|line| line.contains(&token[token.len() - 4..])).unwrap();
        for shown in ["ci", "runs:write,projects:write", "active", "never used"] {
            assert!(line.contains(shown), "{shown}: {line}");
        }
    }

    fn token_list_says_where_a_token_may_be_used(server: &TestServer) {
        server.report(&json!({"project": "web", "status": "succeeded"}));
        for (name, limits, said) in [
            ("all", &[][..], "everywhere"),
            ("space", &["--space", "default"], "only default"),
            ("project", &["--project", "default/web"], "only default/web"),
        ] {
            let create = [&["token", "create", "--name", name, "--scope", "badges:read"], limits].concat();
            server.run(&create).good();
            let listed = server.run(&["token", "list"]).good();
            let line = listed.lines().find(|line| line.split('\t').nth(1) == Some(name)).unwrap();
            assert_eq!(line.split('\t').nth(4), Some(said), "{line}");
        }
    }

    fn a_badge_key_may_be_chosen_with_either_scope_and_is_listed_as_it_is(server: &TestServer) {
        for (scopes, value) in [("ci-badges", "badges"), ("badges:read", "public"), ("ci-badges,badges:read", "both.1~")] {
            assert_eq!(server.create_token(&["--scope", scopes, "--value", value]), value);
            let listed = server.run(&["token", "list"]).good();
            assert!(listed.lines().any(|line| line.split('\t').nth(2) == Some(value)), "{listed}");
        }
        let run = server.run(&["token", "create", "--name", "x", "--scope", "badges:read,runs:read", "--value", "no"]);
        assert_ne!(run.code, 0);
        assert!(run.stderr.contains("ci-badges and badges:read"), "{run:?}");
    }

    fn a_token_is_revoked_by_id_or_by_a_name_of_its_own(server: &TestServer) {
        let create = |name: &str| server.run(&["token", "create", "--name", name, "--scope", "runs:read"]).good();
        let token = create("Old Jenkins");
        let asks = |token: &str| server.call("GET", "/api/burgee/v1/runs").bearer(token.trim_end()).send().status;
        assert_eq!(asks(&token), 200);
        server.run(&["token", "revoke", "Old Jenkins"]).good();
        assert_eq!(asks(&token), 401);
        let none = server.run(&["token", "revoke", "Old Jenkins"]);
        assert!(none.code != 0 && none.stderr.contains("there is no token Old Jenkins"), "{none:?}");
        let (one, other) = (create("twin"), create("twin"));
        let both = server.run(&["token", "revoke", "twin"]);
        assert!(both.code != 0 && both.stderr.contains("several tokens are called twin"), "{both:?}");
        assert_eq!((asks(&one), asks(&other)), (200, 200));
        let listed = server.run(&["token", "list"]).good();
        let id = listed.split('\t').next().unwrap();
        server.run(&["token", "revoke", id]).good();
        assert_eq!((asks(&one), asks(&other)), (200, 401));
        let again = server.run(&["token", "revoke", id]);
        assert!(again.code != 0 && again.stderr.contains("already"), "{again:?}");
        assert_ne!(server.run(&["token", "revoke", "999"]).code, 0);
        server.run(&["token", "revoke", "twin"]).good();
        assert_eq!(asks(&one), 401);
    }

    fn the_sample_is_seeded_once_however_often(setup: Setup) {
        for _ in 0..2 {
            setup.run(&["demo", "--seed-only"]).good();
        }
        let server = setup.start();
        let runs = server.api("GET", "/runs?limit=200").send().expect(200).json();
        let ids: Vec<_> = runs["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|run| (run["project"].clone(), run["external_id"].clone()))
            .collect();
        assert!(ids.len() > 10, "{runs}");
        assert!(ids.iter().enumerate().all(|(n, id)| !ids[..n].contains(id)), "{ids:?}");
    }

    fn the_sample_has_badges_once_where_its_address_is_known(setup: Setup) {
        let setup = setup.below("").with("BURGEE_PUBLIC_URL", "https://badges.example.org");
        for _ in 0..2 {
            setup.run(&["demo", "--seed-only"]).good();
        }
        let server = setup.start();
        let page = server.get("/harbour/web-shop").expect(200);
        for image in ["web-shop/badges/main/pipeline.svg", "web-shop/-/badges/release.svg"] {
            let src = format!("src=\"https://badges.example.org/harbour/{image}\"");
            assert_eq!(page.text().matches(&src).count(), 1, "{src}");
        }
    }

    fn the_demo_prints_how_to_sign_in_to_it(setup: Setup) {
        let server = setup.start_as("demo");
        let line = server.greeting().iter().find(|line| line.contains("password")).unwrap();
        let password = line.split_whitespace().last().unwrap();
        let mut browser = server.browser();
        browser.post("/sign-in", &[("username", "admin"), ("password", password)]).expect(303);
        assert!(browser.get("/").expect(200).text().contains("<table"), "there is something to see");
    }

    fn a_server_that_listens_is_alive_and_ready(server: &TestServer) {
        for (path, word) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
            let answer = server.get(path).expect(200);
            assert_eq!((answer.text(), answer.header("cache-control")), (word, "no-store"));
        }
    }

    fn migrating_beforehand_and_twice_is_fine(setup: Setup) {
        for _ in 0..2 {
            assert_eq!(setup.run(&["migrate"]).good(), "the database is up to date\n");
        }
        setup.start().get("/readyz").expect(200);
    }
}

#[test]
fn wrong_use_of_token_create_is_told() {
    let setup = Setup::on(Engine::Sqlite);
    for (arguments, code, word) in [
        (&["--name", "ci"][..], 2, "--scope"),
        (&["--name", "ci", "--scope", "runs:writ"], 2, "did you mean \"runs:write\""),
        (&["--scope", "runs:write"], 2, "--name"),
        (&["--name", " ", "--scope", "runs:write"], 2, "must not be empty"),
        (&["--name", "ci", "--scope", "runs:write", "--project", "nothing"], 1, "there is no project nothing"),
    ] {
        let run = setup.run(&[&["token", "create"], arguments].concat());
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{run:?}");
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
}

#[test]
fn a_token_stops_when_its_time_is_over() {
    let server = Setup::on(Engine::Sqlite).start();
    let token = server.create_token(&["--scope", "runs:read", "--expires-in", "0"]);
    server.call("GET", "/api/burgee/v1/runs").bearer(&token).send().problem(401);
    let token = server.create_token(&["--scope", "runs:read", "--expires-in", "1"]);
    server.call("GET", "/api/burgee/v1/runs").bearer(&token).send().expect(200);
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let server = Setup::on(Engine::Sqlite).start();
    let run = Setup::on(Engine::Sqlite).with("BURGEE_LISTEN", server.address().to_string()).run(&["serve"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("cannot listen on") && run.stderr.contains("--listen"), "{run:?}");
}

#[test]
fn a_database_that_does_not_answer_is_told_without_its_password() {
    let setup = Setup::on(Engine::Sqlite);
    let url = format!("postgres://burgee:hunter2@127.0.0.1:{}/burgee", crate::support::free_port());
    let run = setup.with("BURGEE_DATABASE_URL", url).run(&["serve"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.starts_with("burgee: ") && !run.stderr.contains("hunter2"), "{run:?}");
}

#[test]
fn the_sample_needs_a_place_to_go() {
    let folder = tempfile::tempdir().unwrap();
    let run = crate::support::Run::of(crate::support::burgee(folder.path()).args(["demo", "--seed-only"]));
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("--data-dir"), "{run:?}");
}

#[test]
fn the_sample_has_something_to_see_for_everybody() {
    let setup = Setup::on(Engine::Sqlite);
    setup.run(&["demo", "--seed-only"]).good();
    let server = setup.start();
    let projects = server.api("GET", "/projects?limit=200").send().expect(200).json();
    let has = |member: &str, value: serde_json::Value| {
        projects["items"].as_array().unwrap().iter().any(|project| project[member] == value)
    };
    assert!(has("badges_enabled", json!(true)) && has("visibility", json!("public")), "{projects}");
    server.get("/").expect(200);
}

#[test]
fn a_request_to_stop_ends_the_server_well() {
    let server = Setup::on(Engine::Sqlite).start();
    server.get("/healthz").expect(200);
    let mut kill = std::process::Command::new("kill");
    assert!(kill.args(["-TERM", &server.process_id().to_string()]).status().unwrap().success());
    assert!(server.wait().success());
}
