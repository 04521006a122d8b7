//! `HEAD` has the head of the `GET`, and nothing after it (RFC 9110, 9.3.2).

use super::{BADGES, NO_BADGES, OTHERS, everything};
use crate::support::{Engine, Setup, TestServer, Wire};

/// Asks for each path by `HEAD` and by `GET`, on one connection: a body after the first head would be read as the second.
#[track_caller]
fn compare(server: &TestServer, headers: &str) {
    let mut wire = Wire::open(server);
    for path in BADGES.into_iter().chain(NO_BADGES).chain(OTHERS) {
        // Computed, and from memory.
        for _ in 0..2 {
            wire.request("HEAD", path, headers);
            let head = wire.head();
            wire.request("GET", path, headers);
            let get = wire.head();
            let body = wire.body(&get);
            assert_eq!(head.lasting(), get.lasting(), "{path} {headers:?} {}", String::from_utf8_lossy(&body));
        }
    }
}

#[test]
fn head_equals_get() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    compare(&server, "");
    compare(&server, "Accept-Encoding: gzip\r\n");
    compare(&server, "Accept-Encoding: br\r\n");
    compare(&server, "Accept-Encoding: deflate, *;q=0\r\n");
    compare(&server, "If-None-Match: *\r\n");
    compare(&server, &format!("Authorization: Bearer {}\r\n", server.token()));
}

#[test]
fn head_without_a_cache_equals_get() {
    let server = Setup::on(Engine::Sqlite).with("BURGEE_CACHE_SIZE", "0").start();
    everything(&server);
    compare(&server, "Accept-Encoding: br\r\n");
}

#[test]
fn head_of_an_asset_equals_get() {
    let server = Setup::on(Engine::Sqlite).start();
    let page = server.get("/sign-in").expect(200);
    let asset = page.text().split('"').find(|text| text.starts_with("/pkg/") && text.ends_with(".css")).unwrap();
    let mut wire = Wire::open(&server);
    for headers in ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: br\r\n"] {
        wire.request("HEAD", asset, headers);
        let head = wire.head();
        assert_eq!(head.status, 200);
        wire.request("GET", asset, headers);
        let get = wire.head();
        assert!(!wire.body(&get).is_empty());
        assert_eq!(head.lasting(), get.lasting());
    }
}

#[test]
fn badge_says_how_long_it_is() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES.into_iter() {
        for coding in ["identity", "gzip", "br"] {
            let answer = server.call("HEAD", path).header("Accept-Encoding", coding).send().expect(200);
            let body = server.call("GET", path).header("Accept-Encoding", coding).send().expect(200).body;
            assert_eq!(answer.header("content-length"), body.len().to_string(), "{path} {coding}");
        }
    }
}

#[test]
fn nothing_follows_a_head() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES.into_iter().chain(NO_BADGES).chain(OTHERS) {
        let mut wire = Wire::open(&server);
        wire.request("HEAD", path, "Connection: close\r\n");
        wire.head();
        assert_eq!(wire.rest(), b"", "{path}");
    }
}

#[test]
fn not_modified_has_no_body_and_keeps_the_connection() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    let mut wire = Wire::open(&server);
    for _ in 0..3 {
        wire.request("GET", BADGES[0], "If-None-Match: *\r\n");
        let head = wire.head();
        assert_eq!((head.status, head.header("transfer-encoding")), (304, None));
    }
    wire.request("GET", BADGES[0], "");
    let head = wire.head();
    assert_eq!(head.status, 200);
    wire.body(&head);
}

#[test]
fn requests_may_be_sent_ahead() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    let mut wire = Wire::open(&server);
    for path in BADGES {
        wire.request("GET", path, "");
        wire.request("HEAD", path, "");
    }
    for path in BADGES {
        let get = wire.head();
        assert_eq!(get.status, 200, "{path}");
        wire.body(&get);
        assert_eq!(wire.head().status, 200, "{path}");
    }
}
