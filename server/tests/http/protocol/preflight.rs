//! Pages of other sites may read badges: CORS, and its preflight requests (Fetch standard, 4.8).

use super::{BADGES, NO_BADGES, OTHERS, everything, value};
use crate::support::{Answer, Engine, Setup, TestServer};

fn preflight(server: &TestServer, path: &str, method: &str, headers: &str) -> Answer {
    let call = server.call("OPTIONS", path).header("Origin", "https://wiki.example");
    let call = call.header("Access-Control-Request-Method", method);
    if headers.is_empty() { call.send() } else { call.header("Access-Control-Request-Headers", headers).send() }
}

fn list<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    value(answer, name).split(',').map(str::trim).collect()
}

#[test]
fn every_badge_allows_any_page_and_header() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES.into_iter().chain(NO_BADGES) {
        for (method, headers) in [("GET", ""), ("HEAD", "authorization"), ("GET", "Authorization, PRIVATE-TOKEN,x-y")] {
            let answer = preflight(&server, path, method, headers).expect(204);
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert!(list(&answer, "access-control-allow-methods").contains(&method), "{path}: {answer}");
            assert_eq!(value(&answer, "access-control-allow-headers"), headers, "{path}");
            assert!(!answer.has("access-control-allow-credentials"), "{path}: {answer}");
            assert!(answer.body.is_empty() && !answer.has("etag"), "{path}: {answer}");
        }
    }
}

#[test]
fn form_may_ask_for_a_ci_badge() {
    let server = Setup::on(Engine::Sqlite).start();
    for (path, allowed) in [("/api/ci-badges/image", true), ("/api/ci-badges/image?key=x", true), (BADGES[0], false)] {
        let answer = preflight(&server, path, "POST", "content-type").expect(204);
        assert_eq!(list(&answer, "access-control-allow-methods").contains(&"POST"), allowed, "{path}: {answer}");
    }
}

#[test]
fn other_urls_allow_no_page() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in OTHERS {
        let answer = preflight(&server, path, "GET", "authorization");
        assert!([404, 405, 410].contains(&answer.status), "{path}: {answer}");
        assert!(!answer.has("access-control-allow-origin"), "{path}: {answer}");
    }
}

#[test]
fn badges_may_be_read_by_any_page() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES.into_iter().filter(|path| !path.contains("cc.xml")) {
        for _ in 0..2 {
            let answer = server.call("GET", path).header("Origin", "https://wiki.example").send().expect(200);
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert!(!answer.has("access-control-allow-credentials"), "{path}: {answer}");
        }
    }
}
