//! `X-Forwarded-*`: believed from configured proxies, and from nobody else.

use serde_json::json;

use crate::support::{ADMIN, Engine, PASSWORD, Setup, TestServer};

const FORWARDED: [(&str, &str); 2] = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "badges.example.org")];

/// The address of the run in a report's answer.
fn reported_url(server: &TestServer) -> String {
    let call = FORWARDED.iter().fold(server.api("POST", "/runs"), |call, (name, value)| call.header(name, value));
    let answer = call.json(&json!({"project": "a", "status": "succeeded"})).send().expect(201);
    answer.json()["url"].as_str().unwrap().to_owned()
}

/// Tries to sign in with a wrong password, as if for this client; the status.
fn attempt(server: &TestServer, client: &str, name: &str) -> u16 {
    let call = server.call("POST", "/sign-in").header("X-Forwarded-For", client);
    call.form(&[("username", name), ("password", "wrong horse battery")]).send().status
}

#[test]
fn nobody_is_believed_by_default() {
    let server = Setup::on(Engine::Sqlite).start();
    assert!(reported_url(&server).starts_with(&server.url("/")));
}

#[test]
fn who_is_not_a_configured_proxy_is_not_believed() {
    let server = Setup::on(Engine::Sqlite).with("BURGEE_TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.1").start();
    assert!(reported_url(&server).starts_with(&server.url("/")));
}

#[test]
fn a_configured_proxy_says_under_which_address_it_was_asked() {
    for trusted in ["127.0.0.1", "10.0.0.0/8,127.0.0.0/8"] {
        let server = Setup::on(Engine::Sqlite).with("BURGEE_TRUSTED_PROXIES", trusted).start();
        assert!(reported_url(&server).starts_with("https://badges.example.org/api/"), "{trusted}");
    }
}

#[test]
fn behind_a_proxy_with_tls_the_cookie_is_for_tls_only() {
    let server = Setup::on(Engine::Sqlite).with_admin().with("BURGEE_TRUSTED_PROXIES", "127.0.0.1").start();
    let call = FORWARDED.iter().fold(server.call("POST", "/sign-in"), |call, (name, value)| call.header(name, value));
    let call = call
        .header("Host", "badges.example.org")
        .header("Origin", "https://badges.example.org")
        .header("Sec-Fetch-Site", "same-origin");
    let answer = call.form(&[("username", ADMIN), ("password", PASSWORD)]).send().expect(303);
    assert!(answer.header("set-cookie").contains("; Secure"), "{answer}");
}

#[test]
fn attempts_to_sign_in_are_counted_by_the_client_that_a_proxy_names() {
    let server = Setup::on(Engine::Sqlite).with_admin().with("BURGEE_TRUSTED_PROXIES", "127.0.0.1").start();
    for n in 0..10 {
        assert_eq!(attempt(&server, "198.51.100.7", &format!("user-{n}")), 422);
    }
    assert_eq!(attempt(&server, "198.51.100.7", "another"), 429);
    assert_eq!(
        attempt(&server, "192.0.2.9, 198.51.100.7", "another"),
        429,
        "what stands further left could be invented"
    );
    assert_eq!(attempt(&server, "198.51.100.8", "another"), 422, "others need not wait");
}

#[test]
fn a_client_cannot_escape_the_count_by_inventing_addresses() {
    let server = Setup::on(Engine::Sqlite).with_admin().start();
    for n in 0..10 {
        assert_eq!(attempt(&server, &format!("198.51.100.{n}"), &format!("user-{n}")), 422);
    }
    assert_eq!(attempt(&server, "198.51.100.99", "another"), 429);
}
