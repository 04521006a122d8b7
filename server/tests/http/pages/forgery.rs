//! Forms are taken only from Burgee's own pages.

use serde_json::json;

use crate::support::{ADMIN, Browser, Engine, PASSWORD, Setup, TestServer};

fn start() -> TestServer {
    let server = Setup::on(Engine::Sqlite).with_admin().start();
    server.report(&json!({"project": "web-shop", "status": "succeeded"}));
    server
}

/// Sends the settings form with these headers; the status.
fn save(browser: &Browser<'_>, headers: &[(&str, &str)]) -> u16 {
    let call = browser.call("POST", "/default/web-shop/-/settings");
    let call = headers.iter().fold(call, |call, (name, value)| call.header(name, value));
    call.form(&[("title", "Forged"), ("visibility", "public"), ("badges", "true")]).send().status
}

fn title(server: &TestServer) -> String {
    server.api("GET", "/projects/default%2Fweb-shop").send().json()["title"].as_str().unwrap().to_owned()
}

#[test]
fn a_form_from_another_site_is_refused() {
    let server = start();
    let browser = server.signed_in();
    for headers in [
        &[("Sec-Fetch-Site", "cross-site")][..],
        &[("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")],
        &[("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example")],
        &[("Origin", "https://evil.example")],
        &[("Origin", "null")],
    ] {
        assert_eq!(save(&browser, headers), 403, "{headers:?}");
    }
    assert_eq!(title(&server), "web-shop");
}

#[test]
fn a_form_from_burgees_own_page_is_taken() {
    let server = start();
    let browser = server.signed_in();
    let origin = server.url("");
    // Old browsers send only Origin; those without either are no browsers that could be abused.
    for headers in
        [&[("Sec-Fetch-Site", "same-origin")][..], &[("Origin", origin.as_str())], &[("Sec-Fetch-Site", "none")], &[]]
    {
        assert_eq!(save(&browser, headers), 303, "{headers:?}");
    }
    assert_eq!(title(&server), "Forged");
}

#[test]
fn nobody_is_signed_in_or_out_from_another_site() {
    let server = start();
    let mut browser = server.signed_in();
    browser.call("POST", "/sign-out").header("Sec-Fetch-Site", "cross-site").send().expect(403);
    browser.get("/tokens").expect(200);
    let call = server.call("POST", "/sign-in").header("Sec-Fetch-Site", "cross-site");
    call.form(&[("username", ADMIN), ("password", PASSWORD)]).send().expect(403);
}

#[test]
fn the_public_urls_origin_is_burgees_own() {
    let setup = Setup::on(Engine::Sqlite).with_admin().below("");
    let server = setup.with("BURGEE_PUBLIC_URL", "https://badges.example.org").start();
    let sign_in = |origin: &str| {
        let call = server.call("POST", "/sign-in").header("Origin", origin);
        call.form(&[("username", ADMIN), ("password", PASSWORD)]).send().status
    };
    assert_eq!(sign_in("https://badges.example.org"), 303);
    assert_eq!(sign_in("https://evil.example"), 403);
}

#[test]
fn the_api_takes_no_change_from_another_site_with_a_session() {
    let server = start();
    let browser = server.signed_in();
    let call = browser.call("PATCH", "/api/burgee/v1/projects/default%2Fweb-shop");
    let call = call.header("Sec-Fetch-Site", "cross-site").header("Origin", "https://evil.example");
    let answer = call.header("Content-Type", "text/plain").body(json!({"title": "Forged"}).to_string()).send();
    assert!(matches!(answer.status, 401 | 403), "{answer}");
    let report = browser.call("POST", "/api/burgee/v1/runs").header("Sec-Fetch-Site", "cross-site");
    let run = json!({"project": "forged", "status": "succeeded"}).to_string();
    let answer = report.header("Content-Type", "text/plain").body(run).send();
    assert!(matches!(answer.status, 401 | 403), "a form with enctype=text/plain can send JSON: {answer}");
    assert_eq!(title(&server), "web-shop");
}

#[test]
fn a_signed_in_page_may_use_the_api() {
    let server = start();
    let browser = server.signed_in();
    let call =
        browser.call("PATCH", "/api/burgee/v1/projects/default%2Fweb-shop").header("Sec-Fetch-Site", "same-origin");
    call.json(&json!({"title": "Mine"})).send().expect(200);
    assert_eq!(title(&server), "Mine");
}
