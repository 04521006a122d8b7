//! The first start: the set-up link in the terminal, or a configured password.

use std::fs;

use crate::support::{ADMIN, Engine, PASSWORD, Setup, TestServer, on_both_engines};

/// The path of the set-up link that the server printed.
fn setup_link(server: &TestServer) -> String {
    let line = server.greeting().iter().find_map(|line| line.trim().strip_prefix("Set up ")).unwrap();
    let url = line.split_whitespace().next().unwrap();
    url.strip_prefix(&server.url("")).unwrap().to_owned()
}

fn form<'a>(name: &'a str, password: &'a str, again: &'a str) -> [(&'static str, &'a str); 3] {
    [("username", name), ("password", password), ("password_again", again)]
}

on_both_engines! {
    fn the_set_up_link_makes_one_account_and_signs_it_in(server: &TestServer) {
        let link = setup_link(server);
        let mut browser = server.browser();
        assert!(browser.get(&link).expect(200).text().contains("name=\"password_again\""));
        assert_eq!(browser.post(&link, &form("skipper", PASSWORD, PASSWORD)).redirects_to(), "/");
        assert!(browser.get("/").expect(200).text().contains("skipper"));
        let mut late = server.browser();
        late.get(&link).expect(404);
        late.post(&link, &form("pirate", PASSWORD, PASSWORD)).expect(404);
        assert_eq!(late.cookie(), None);
        late.post("/sign-in", &[("username", "pirate"), ("password", PASSWORD)]).expect(422);
        late.post("/sign-in", &[("username", "skipper"), ("password", PASSWORD)]).expect(303);
    }

    fn a_used_link_stays_used_after_a_restart(setup: Setup) {
        let server = setup.start();
        let link = setup_link(&server);
        server.browser().post(&link, &form("skipper", PASSWORD, PASSWORD)).expect(303);
        let server = server.kill_and_restart();
        assert!(server.greeting().iter().all(|line| !line.contains("/setup/")), "{:?}", server.greeting());
        server.get(&link).expect(404);
    }

    fn a_restart_makes_a_new_link_and_the_old_one_stops_working(setup: Setup) {
        let server = setup.start();
        let old = setup_link(&server);
        let server = server.kill_and_restart();
        server.get(&old).expect(404);
        server.get(&setup_link(&server)).expect(200);
    }

    fn a_configured_password_makes_the_account(setup: Setup) {
        let server = setup.with_admin().with("BURGEE_ADMIN_USERNAME", "harbour master").start();
        assert!(server.greeting().iter().all(|line| !line.contains("/setup/") && !line.contains(PASSWORD)));
        let mut browser = server.browser();
        browser.post("/sign-in", &[("username", "harbour master"), ("password", PASSWORD)]).expect(303);
        browser.get("/tokens").expect(200);
    }
}

#[test]
fn a_password_that_cannot_be_taken_is_told_beside_its_field() {
    let server = Setup::on(Engine::Sqlite).start();
    let link = setup_link(&server);
    let long = "x".repeat(1001);
    for (fields, sentence) in [
        (form(ADMIN, "elevenchars", "elevenchars"), "at least 12 characters"),
        (form(ADMIN, PASSWORD, "correct horse batterx"), "differ"),
        (form(" ", PASSWORD, PASSWORD), "must not be empty"),
        (form(ADMIN, &long, &long), "at most 1000 characters"),
    ] {
        let answer = server.browser().post(&link, &fields).expect(422);
        assert!(answer.text().contains(sentence), "{sentence}: {answer}");
        assert!(!answer.text().contains(fields[1].1) && !answer.has("set-cookie"), "the password is not repeated");
    }
    let mut browser = server.browser();
    browser.post(&link, &form(ADMIN, "twelve chars", "twelve chars")).expect(303);
}

#[test]
fn a_link_that_was_never_printed_makes_nothing() {
    let server = Setup::on(Engine::Sqlite).start();
    for path in ["/setup/x", "/setup/%00", "/setup/1234567890123456789012345678901234567890"] {
        server.get(path).expect(404);
        server.browser().post(path, &form(ADMIN, PASSWORD, PASSWORD)).expect(404);
    }
}

#[test]
fn a_configured_password_may_stand_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    let server = Setup::on(Engine::Sqlite).with("BURGEE_ADMIN_PASSWORD_FILE", file.display().to_string()).start();
    server.signed_in().get("/").expect(200);
}

#[test]
fn a_configured_password_counts_only_while_there_is_no_account() {
    let server = Setup::on(Engine::Sqlite).with_admin().start();
    let server = server.kill().with("BURGEE_ADMIN_PASSWORD", "another password").start();
    let mut browser = server.browser();
    browser.post("/sign-in", &[("username", ADMIN), ("password", "another password")]).expect(422);
    server.signed_in();
}

#[test]
fn a_weak_configured_password_is_refused_at_the_start() {
    let run = Setup::on(Engine::Sqlite).with("BURGEE_ADMIN_PASSWORD", "short").run(&["serve"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("at least 12 characters"), "{run:?}");
    assert!(!run.stderr.contains("short"), "a secret is not repeated: {run:?}");
}
