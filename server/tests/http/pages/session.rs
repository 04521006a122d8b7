//! Signing in and out.

use crate::support::{ADMIN, Engine, PASSWORD, Setup, TestServer, on_both_engines};

const RIGHT: [(&str, &str); 2] = [("username", ADMIN), ("password", PASSWORD)];

fn start() -> TestServer {
    Setup::on(Engine::Sqlite).with_admin().start()
}

/// The attributes of a `Set-Cookie` header, in lower case and order.
fn attributes(cookie: &str) -> Vec<String> {
    let mut attributes: Vec<String> = cookie.split(';').skip(1).map(|part| part.trim().to_lowercase()).collect();
    attributes.sort();
    attributes
}

on_both_engines! {
    fn the_right_password_opens_a_session_and_signing_out_ends_it(setup: Setup) {
        let server = setup.with_admin().start();
        let mut browser = server.browser();
        assert_eq!(browser.get("/tokens").redirects_to(), "/sign-in?return_to=%2Ftokens");
        browser.post("/sign-in", &RIGHT).expect(303);
        browser.get("/tokens").expect(200);
        let cookie = browser.cookie().unwrap().to_owned();
        browser.post("/sign-out", &[]).expect(303);
        assert_eq!(browser.cookie(), None, "the browser forgets it");
        let stolen = server.call("GET", "/tokens").header("Cookie", &cookie).send();
        assert_eq!(stolen.redirects_to(), "/sign-in?return_to=%2Ftokens", "and the server does too");
    }

    fn a_session_survives_a_restart(setup: Setup) {
        let server = setup.with_admin().start();
        let cookie = server.signed_in().cookie().unwrap().to_owned();
        let server = server.kill_and_restart();
        server.call("GET", "/tokens").header("Cookie", &cookie).send().expect(200);
    }

    fn a_new_password_ends_every_session(setup: Setup) {
        use std::io::Write;
        let setup = setup.with_admin();
        let mut command = setup.command();
        let server = setup.start();
        let mut browser = server.signed_in();
        let mut child = command
            .args(["user", "set-password", ADMIN])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"another good password\n").unwrap();
        assert!(child.wait().unwrap().success());
        browser.get("/tokens").expect(303);
        server.browser().post("/sign-in", &RIGHT).expect(422);
        server.browser().post("/sign-in", &[("username", ADMIN), ("password", "another good password")]).expect(303);
    }
}

#[test]
fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    let server = start();
    let sign_in = |name: &str, password: &str| {
        let answer = server.browser().post("/sign-in", &[("username", name), ("password", password)]).expect(422);
        assert!(!answer.has("set-cookie"));
        assert!(answer.text().contains("Name or password is wrong"), "{answer}");
        assert!(!answer.text().contains(password), "the password is not repeated");
    };
    sign_in(ADMIN, "wrong horse battery");
    sign_in("nobody", PASSWORD);
    sign_in(ADMIN, "wrong\0horse battery");
    sign_in("no\0body", PASSWORD);
}

#[test]
fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let server = start();
    let answer = server.browser().post("/sign-in", &RIGHT).expect(303);
    assert_eq!(attributes(answer.header("set-cookie")), ["httponly", "max-age=2592000", "path=/", "samesite=lax"]);
}

#[test]
fn behind_tls_the_cookie_is_for_tls_only() {
    let setup = Setup::on(Engine::Sqlite).with_admin().below("");
    let server = setup.with("BURGEE_PUBLIC_URL", "https://badges.example.org/tools").start();
    let call = server.call("POST", "/tools/sign-in").header("Origin", "https://badges.example.org");
    let answer = call.header("Sec-Fetch-Site", "same-origin").form(&RIGHT).send().expect(303);
    let expected = ["httponly", "max-age=2592000", "path=/tools", "samesite=lax", "secure"];
    assert_eq!(attributes(answer.header("set-cookie")), expected);
}

#[test]
fn the_eleventh_attempt_has_to_wait() {
    let server = start();
    let attempt = |password: &str| server.browser().post("/sign-in", &[("username", ADMIN), ("password", password)]);
    for _ in 0..10 {
        attempt("wrong horse battery").expect(422);
    }
    let answer = attempt(PASSWORD).expect(429);
    assert!(answer.text().contains("Too many attempts") && !answer.has("set-cookie"), "{answer}");
}

#[test]
fn a_made_up_cookie_is_nobody() {
    let server = start();
    for cookie in ["burgee_session=x", "burgee_session=", "burgee_session=%00", "burgee_session=\"", "=", ";;"] {
        server.call("GET", "/tokens").header("Cookie", cookie).send().expect(303);
    }
}

#[test]
fn after_signing_in_one_is_where_one_wanted_to_go() {
    let server = start();
    let sign_in = |return_to: &str| {
        let fields = [RIGHT[0], RIGHT[1], ("return_to", return_to)];
        server.browser().post("/sign-in", &fields).redirects_to().to_owned()
    };
    assert_eq!(
        sign_in("/default/web-shop/-/badge-builder?style=social"),
        "/default/web-shop/-/badge-builder?style=social"
    );
    let page = server.get("/sign-in?return_to=%2Ftokens").expect(200);
    assert!(page.text().contains("value=\"/tokens\""), "{page}");
}

#[test]
fn nobody_is_sent_to_another_site() {
    let server = start();
    let mut browser = server.signed_in();
    for elsewhere in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=y",
    ] {
        let query: String = url::form_urlencoded::byte_serialize(elsewhere.as_bytes()).collect();
        assert_eq!(browser.get(&format!("/sign-in?return_to={query}")).redirects_to(), "/", "{elsewhere:?}");
        let fields = [RIGHT[0], RIGHT[1], ("return_to", elsewhere)];
        assert_eq!(server.browser().post("/sign-in", &fields).redirects_to(), "/", "{elsewhere:?}");
        let theme = server.browser().post("/theme", &[("theme", "dark"), ("return_to", elsewhere)]);
        assert_eq!(theme.redirects_to(), "/", "{elsewhere:?}");
    }
}
