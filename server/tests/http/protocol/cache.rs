//! The size of the cache bounds the memory, and nothing else depends on it.

use std::thread;

use serde_json::json;

use super::{BADGES, NO_BADGES, OTHERS, everything};
use crate::support::{Engine, Setup, TestServer, Wire, accessible_name, on_both_engines};

const HOT: &str = "/api/default/projects/web/badge/production/latest_release";

on_both_engines! {
    fn everything_works_without_a_cache(setup: Setup) {
        let server = &setup.with("BURGEE_CACHE_SIZE", "0").start();
        everything(server);
        for path in BADGES {
            let first = server.get(path).expect(200);
            let again = server.get(path).expect(200);
            assert_eq!(first.body, again.body, "{path}");
            assert!(!again.has("cache-status"), "{path}: {again}");
            if let Some(etag) = first.headers.get("etag") {
                let held = etag.to_str().unwrap();
                server.call("GET", path).header("If-None-Match", held).send().expect(304);
            }
        }
        server.report(&json!({"project": "web", "environment": "Production", "release": "2.0", "status": "succeeded"}));
        assert_eq!(accessible_name(&server.get(HOT).expect(200)), "Production: 2.0");
    }

    fn every_size_works(setup: Setup) {
        let mut setup = setup;
        for size in ["1", "1000", "20k", "1 MiB", "1g"] {
            let server = setup.with("BURGEE_CACHE_SIZE", size).start();
            if size == "1" {
                everything(&server);
            }
            for path in BADGES {
                assert_eq!(server.get(path).expect(200).body, server.get(path).expect(200).body, "{size} {path}");
            }
            setup = server.kill();
        }
    }
}

#[test]
fn answers_are_the_same_with_and_without_a_cache() {
    let with = Setup::on(Engine::Sqlite).start();
    everything(&with);
    let setup = with.kill();
    let ask = |server: &TestServer| {
        let mut wire = Wire::open(server);
        let mut answers = Vec::new();
        for path in BADGES.into_iter().chain(NO_BADGES).chain(OTHERS) {
            for _ in 0..2 {
                wire.request("GET", path, "Accept-Encoding: gzip\r\n");
                let head = wire.head();
                let body = wire.body(&head);
                // Pages have a nonce, and say how long ago things were.
                let is_page = head.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
                answers.push((path, head.lasting(), if is_page { Vec::new() } else { body }));
            }
        }
        answers
    };
    let server = setup.start();
    let cached = ask(&server);
    let server = server.kill().with("BURGEE_CACHE_SIZE", "0").start();
    for (cached, uncached) in cached.into_iter().zip(ask(&server)) {
        assert_eq!(cached, uncached);
    }
}

/// Different URLs of each kind.
const URLS: usize = 600;
const CONNECTIONS: usize = 8;

/// Asks for many badges that nobody asks for twice, and for one that everybody does.
fn flood(server: &TestServer, round: usize) {
    thread::scope(|scope| {
        for connection in 0..CONNECTIONS {
            scope.spawn(move || {
                let mut wire = Wire::open(server);
                for n in (connection..URLS).step_by(CONNECTIONS) {
                    let x = format!("{round}-{n}-{}", "x".repeat(1_500));
                    let paths = [
                        format!("/api/v1/teams/default/pipelines/web/badge?title={x}"),
                        format!("/api/default/projects/{x}/badge/production/latest_release"),
                        format!("/default/{x}/badges/main/pipeline.svg"),
                        format!("{HOT}?_={x}"),
                        HOT.to_owned(),
                    ];
                    for path in &paths {
                        wire.request("GET", path, "Accept-Encoding: gzip\r\n");
                    }
                    for path in &paths {
                        let head = wire.head();
                        // A machine that is busy with something else may be too slow.
                        assert!([200, 404, 503].contains(&head.status), "{path}: {head:?}");
                        wire.body(&head);
                    }
                }
            });
        }
    });
}

#[test]
fn unknown_urls_neither_fill_the_memory_nor_push_out_a_hot_badge() {
    let server = Setup::on(Engine::Postgres).with("BURGEE_CACHE_SIZE", "1MiB").start();
    everything(&server);
    flood(&server, 1);
    let before = server.resident_memory();
    flood(&server, 2);
    let grown = server.resident_memory().saturating_sub(before);
    // The allocator keeps some of what it gave back; without a bound it would be twice as much.
    assert!(grown < 6 * 1024, "{before} KiB and {grown} KiB more");
    server.execute("alter table runs rename to gone");
    server.get(HOT).expect(200);
}
