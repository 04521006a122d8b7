//! What every page carries: headers, assets, the theme.

use serde_json::json;

use crate::support::{Engine, Setup, TestServer};

fn start() -> TestServer {
    let server = Setup::on(Engine::Sqlite).with_admin().start();
    server.report(&json!({"project": "Web Shop", "environment": "Production", "release": "1", "status": "succeeded"}));
    server.change_project("default/web-shop", &json!({"badges_enabled": true}));
    server
}

#[test]
fn every_page_has_a_policy_that_lets_nothing_foreign_in() {
    let server = start();
    let mut browser = server.signed_in();
    for path in [
        "/",
        "/tokens",
        "/default/web-shop",
        "/default/web-shop/-/settings",
        "/default/web-shop/-/badge-builder",
        "/nothing",
        "/setup/x",
    ] {
        let page = browser.get(path);
        let policy = page.header("content-security-policy");
        for directive in [
            "default-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "style-src 'self'",
        ] {
            assert!(policy.split(';').any(|part| part.trim() == directive), "{path}: {directive}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(page.header("cache-control").contains("private"), "{path}");
        assert!(!page.text().contains(" style=") && !page.text().contains(" onclick="), "{path}");
    }
}

#[test]
fn each_answer_has_a_nonce_of_its_own_and_every_script_has_it() {
    let server = start();
    let mut browser = server.signed_in();
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = browser.get("/default/web-shop/-/badge-builder").expect(200);
        let policy = page.header("content-security-policy").to_owned();
        let nonce = policy.split_once("'nonce-").unwrap().1.split('\'').next().unwrap().to_owned();
        let scripts: Vec<&str> =
            page.text().match_indices("<script").map(|(at, _)| page.text()[at..].split('>').next().unwrap()).collect();
        assert!(!scripts.is_empty(), "the builder has an island");
        assert!(scripts.iter().all(|script| script.contains(&format!("nonce=\"{nonce}\""))), "{scripts:?}");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[test]
fn a_page_that_is_not_there_says_so_to_who_is_signed_in() {
    let server = start();
    let mut browser = server.signed_in();
    for path in ["/nothing", "/default/nothing", "/default/web-shop/-/nothing", "/default/web-shop/-/"] {
        let page = browser.get(path);
        assert!(matches!(page.status, 200 | 404), "{page}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    }
    browser.get("/nothing").expect(404);
}

#[test]
fn the_theme_is_a_cookie_and_the_page_comes_in_it() {
    let server = start();
    let answer = server.browser().post("/theme", &[("theme", "dark"), ("return_to", "/sign-in")]);
    assert_eq!(answer.redirects_to(), "/sign-in");
    let cookie = answer.header("set-cookie").split(';').next().unwrap();
    let page = server.call("GET", "/sign-in").header("Cookie", cookie).send().expect(200);
    assert!(page.text().contains("data-theme=\"dark\""), "{page}");
    assert!(!server.get("/sign-in").expect(200).text().contains("data-theme"), "without a choice the system's");
}

#[test]
fn the_icon_is_there_and_a_file_that_is_not_is_404() {
    let server = start();
    for path in ["/assets/favicon.svg", "/favicon.ico"] {
        let icon = server.get(path).expect(200);
        assert_eq!(icon.header("content-type"), "image/svg+xml", "{path}");
    }
    server.get("/pkg/x/nothing.js").expect(404);
    server.get("/pkg/x/..%2F..%2FCargo.toml").expect(404);
}

#[test]
fn the_empty_dashboard_shows_how_to_report_and_the_line_works() {
    let server = Setup::on(Engine::Sqlite).with_admin().start();
    let page = server.signed_in().get("/").expect(200);
    let start = page.text().find("burgee_").unwrap();
    let token: String = page.text()[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    assert!(page.text().contains(&server.url("/api/burgee/v1/runs")), "{page}");
    let call = server.call("POST", "/api/burgee/v1/runs").bearer(&token);
    call.json(&json!({"project": "Web Shop", "environment": "Production", "release": "1.0.0", "status": "succeeded"}))
        .send()
        .expect(201);
    let page = server.signed_in().get("/").expect(200);
    assert!(page.text().contains("Web Shop") && !page.text().contains(&token), "{page}");
}
