//! `BURGEE_PUBLIC_URL` with a path: every link, snippet, asset, cookie and redirect follows it, and a proxy may
//! pass the path on or take it off.

use serde_json::{Value, json};

use crate::support::{ADMIN, Badge, Engine, PASSWORD, Setup, TestServer, badge_path, published};

const BASE: &str = "/badges";

fn start() -> TestServer {
    let server = Setup::on(Engine::Sqlite).with_admin().below(BASE).start();
    published(&server);
    server
}

/// A cookie of somebody who has signed in.
fn signed_in(server: &TestServer) -> String {
    let call = server.call("POST", "/badges/sign-in").header("Sec-Fetch-Site", "same-origin");
    let answer = call.form(&[("username", ADMIN), ("password", PASSWORD)]).send();
    assert_eq!(answer.redirects_to(), "/badges/");
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// Every address in a page's attributes.
fn addresses(html: &str) -> Vec<&str> {
    let attributes = [" href=\"", " src=\"", " action=\""];
    let found = attributes
        .iter()
        .flat_map(|attribute| html.match_indices(attribute).map(|(at, text)| &html[at + text.len()..]));
    found.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn requests_with_and_without_the_path_are_the_same() {
    let server = start();
    for path in [
        badge_path("latest_release"),
        badge_path("latest_release.json?style=social"),
        "/healthz".to_owned(),
        "/sign-in".to_owned(),
    ] {
        assert_eq!(
            server.get(&format!("{BASE}{path}")).expect(200).status,
            server.get(&path).expect(200).status,
            "{path}"
        );
    }
    let badge = Badge::at(&server, &format!("{BASE}{}", badge_path("latest_release")));
    assert_eq!(badge, Badge::at(&server, &badge_path("latest_release")));
    for path in ["/api/burgee/v1/runs", "/badges/api/burgee/v1/runs"] {
        server.call("GET", path).bearer(server.token()).send().expect(200);
    }
    for path in ["/badges", "/badges/", "/"] {
        assert_eq!(server.get(path).redirects_to().split('?').next(), Some("/badges/sign-in"), "{path}");
    }
    assert_eq!(
        server.get("/badgesque").redirects_to(),
        "/badges/sign-in?return_to=%2Fbadgesque",
        "only whole segments count"
    );
}

#[test]
fn everything_in_a_reports_answer_is_below_the_path() {
    let server = start();
    let run = json!({"project": "Web Shop", "environment": "Production", "release": "2", "status": "succeeded"});
    let answer = server.api("POST", "/runs").json(&run).send().expect(201);
    let base = server.url(BASE);
    let reported = answer.json();
    assert!(reported["url"].as_str().unwrap().starts_with(&format!("{base}/api/burgee/v1/runs/")), "{reported}");
    assert_eq!(answer.header("location"), reported["url"].as_str().unwrap());
    let text = |id: &str| {
        let found = reported["badges"].as_array().unwrap().iter().find(|snippet| snippet["id"] == id).unwrap();
        found["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(text("url"), format!("{base}{}", badge_path("latest_release")));
    assert_eq!(text("markdown"), format!("[![Web Shop in Production]({})]({base}/default/web-shop)", text("url")));
    for id in ["html", "rst", "asciidoc"] {
        assert_eq!(text(id).matches(&base).count(), 2, "{id}: image and link");
    }
    let project = server.api("GET", "/projects/default%2Fweb-shop").send().json();
    assert_eq!(project["url"], Value::from(format!("{base}/default/web-shop")));
}

#[test]
fn every_address_on_a_page_is_below_the_path() {
    let server = start();
    let cookie = signed_in(&server);
    for path in [
        "/",
        "/default/web-shop",
        "/default/web-shop/-/settings",
        "/default/web-shop/-/badge-builder",
        "/tokens",
        "/nothing",
        "/?q=x",
    ] {
        let page = server.call("GET", &format!("{BASE}{path}")).header("Cookie", &cookie).send();
        let addresses = addresses(page.text());
        assert!(addresses.len() > 3, "{page}");
        for address in addresses {
            let here = url::Url::parse(&server.url(&format!("{BASE}{path}"))).unwrap();
            let there = here.join(address).unwrap();
            assert!(
                there.as_str().starts_with(&server.url("/badges/")) || there.scheme() == "data",
                "{path}: {address}"
            );
        }
    }
}

#[test]
fn redirects_and_the_cookie_are_below_the_path() {
    let server = start();
    let cookie = signed_in(&server);
    assert_eq!(server.get("/badges/tokens").redirects_to(), "/badges/sign-in?return_to=%2Ftokens");
    let call = server.call("POST", "/badges/sign-in").header("Sec-Fetch-Site", "same-origin");
    let answer = call.form(&[("username", ADMIN), ("password", PASSWORD), ("return_to", "/tokens")]).send();
    assert_eq!(answer.redirects_to(), "/badges/tokens");
    assert!(answer.header("set-cookie").contains("Path=/badges"), "{answer}");
    let call = server.call("POST", "/badges/default/web-shop/-/settings").header("Cookie", &cookie);
    let saved = call.form(&[("title", "Web Shop"), ("visibility", "private"), ("badges", "true")]).send();
    assert_eq!(saved.redirects_to(), "/badges/default/web-shop/-/settings?saved=1");
}

#[test]
fn the_terminal_names_addresses_below_the_path() {
    let server = Setup::on(Engine::Sqlite).below(BASE).start();
    let greeting = server.greeting().join("\n");
    for path in ["/badges/\n", "/badges/setup/", "/badges/api/burgee/v1/runs"] {
        assert!(greeting.contains(&server.url(path)), "{path}: {greeting}");
    }
}

#[test]
fn without_a_public_url_links_follow_the_host_that_was_asked() {
    let server = Setup::on(Engine::Sqlite).start();
    let run = json!({"project": "Web Shop", "environment": "Production", "status": "succeeded"});
    let reported = |host: &str| {
        server.api("POST", "/runs").header("Host", host).json(&run).send().expect(201).json()["url"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(reported("badges.example.org:8080").starts_with("http://badges.example.org:8080/api/"));
    for hostile in ["a\"><script>", "a b", "a/b", "a@b"] {
        assert!(!reported(hostile).contains(hostile), "{hostile}");
    }
}

#[test]
fn with_a_public_url_the_host_does_not_matter() {
    let server = start();
    let run = json!({"project": "Web Shop", "environment": "Production", "status": "succeeded"});
    let answer = server.api("POST", "/runs").header("Host", "evil.example").json(&run).send().expect(201);
    assert!(!answer.text().contains("evil.example") && !answer.header("location").contains("evil.example"), "{answer}");
}
