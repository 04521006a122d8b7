//! Each representation has a validator of its own, and conditional requests compare exactly that (RFC 9110, 8.8.3 and 13.1).

use std::collections::BTreeSet;

use super::{BADGES, NO_BADGES, everything, value};
use crate::support::{Answer, Engine, Setup, TestServer};

fn ask(server: &TestServer, path: &str, headers: &[(&str, &str)]) -> Answer {
    headers.iter().fold(server.call("GET", path), |call, (name, value)| call.header(name, value)).send()
}

/// The badges that have validators: all but Concourse's.
fn validated() -> impl Iterator<Item = &'static str> {
    BADGES.into_iter().filter(|path| !path.contains("/api/v1/") && !path.contains("cc.xml"))
}

#[test]
fn each_coding_has_an_etag_of_its_own() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in validated() {
        let mut representations = BTreeSet::new();
        for coding in ["identity", "gzip", "br"] {
            // Computed, and from memory.
            for _ in 0..2 {
                let answer = ask(&server, path, &[("Accept-Encoding", coding)]).expect(200);
                let etag = answer.header("etag");
                assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "a strong one: {path} {etag}");
                assert!(!answer.has("last-modified"), "{path}: {answer}");
                representations.insert((etag.to_owned(), value(&answer, "content-encoding").to_owned()));
            }
        }
        let count =
            |what: fn(&(String, String)) -> &String| representations.iter().map(what).collect::<BTreeSet<_>>().len();
        let (etags, codings) = (count(|one| &one.0), count(|one| &one.1));
        assert_eq!((etags, codings), (representations.len(), representations.len()), "{path}: {representations:?}");
        if path.contains("pipeline.svg") {
            assert_eq!(codings, 3);
        }
    }
}

#[test]
fn not_modified_has_the_headers_of_the_answer_that_it_stands_for() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in validated() {
        for coding in ["identity", "gzip", "br"] {
            let whole = ask(&server, path, &[("Accept-Encoding", coding)]).expect(200);
            let etag = whole.header("etag");
            for held in [etag, &format!("W/{etag}"), &format!("\"a\", {etag}"), &format!("{etag},\"b\""), "*", " * "] {
                let answer = ask(&server, path, &[("Accept-Encoding", coding), ("If-None-Match", held)]).expect(304);
                assert!(answer.body.is_empty(), "{path}");
                for name in ["etag", "vary", "cache-control", "access-control-allow-origin"] {
                    assert_eq!(value(&answer, name), value(&whole, name), "{path} {coding}: {name}");
                }
            }
            for other in ["", "\"other\"", "W/\"other\"", etag.trim_matches('"'), "\"*\"", "nonsense"] {
                let answer = ask(&server, path, &[("Accept-Encoding", coding), ("If-None-Match", other)]).expect(200);
                assert_eq!(answer.body, whole.body, "{path} {coding}: {other}");
            }
        }
    }
}

#[test]
fn list_may_be_in_several_lines() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    let etag = ask(&server, BADGES[0], &[]).expect(200).header("etag").to_owned();
    ask(&server, BADGES[0], &[("If-None-Match", "\"a\", \"b\""), ("If-None-Match", &etag)]).expect(304);
}

#[test]
fn etag_of_one_coding_does_not_match_another() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    // What is very short is not compressed.
    for path in validated().filter(|path| !path.contains(".png") && !path.contains(".json")) {
        let etag = |coding| ask(&server, path, &[("Accept-Encoding", coding)]).expect(200).header("etag").to_owned();
        let etags = [("identity", etag("identity")), ("gzip", etag("gzip")), ("br", etag("br"))];
        for (coding, _) in &etags {
            for (other, held) in etags.iter().filter(|(other, _)| other != coding) {
                let answer = ask(&server, path, &[("Accept-Encoding", coding), ("If-None-Match", held)]);
                assert_eq!(answer.status, 200, "{path}: {other} is not {coding}");
            }
        }
    }
}

#[test]
fn times_are_neither_sent_nor_compared() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES {
        let plain = ask(&server, path, &[]).expect(200);
        let tomorrow = ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT");
        let long_ago = ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT");
        for condition in [tomorrow, long_ago, ("Range", "bytes=0-1"), ("If-Match", "\"other\"")] {
            let answer = ask(&server, path, &[condition]).expect(200);
            assert_eq!(answer.body, plain.body, "{path}: {condition:?}");
            assert!(!answer.has("last-modified"), "{path}: {answer}");
        }
    }
}

#[test]
fn concourse_badges_and_feeds_have_no_validators() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES.into_iter().filter(|path| path.contains("/api/v1/") || path.contains("cc.xml")) {
        for coding in ["identity", "gzip", "br"] {
            for _ in 0..2 {
                let answer = ask(&server, path, &[("Accept-Encoding", coding), ("If-None-Match", "*")]).expect(200);
                assert!(!answer.has("etag") && !answer.has("last-modified"), "{path}: {answer}");
                assert!(!answer.body.is_empty(), "{path}");
            }
        }
    }
}

#[test]
fn errors_are_never_not_modified() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in NO_BADGES {
        let plain = ask(&server, path, &[]);
        assert!(plain.status >= 300, "{path}: {plain}");
        for _ in 0..2 {
            let answer = ask(&server, path, &[("If-None-Match", "*")]);
            assert_eq!((answer.status, &answer.body), (plain.status, &plain.body), "{path}");
            assert!(!answer.has("etag"), "{path}: {answer}");
        }
    }
}

#[test]
fn post_is_never_not_modified() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    let fields = [("key", "badges"), ("$ApplicationName", "web")];
    let post = |path: &str| server.call("POST", path).form(&fields);
    let first = post("/api/ci-badges/image").send().expect(200);
    for held in ["*", first.header("etag")] {
        let answer = post("/api/ci-badges/image").header("If-None-Match", held).send().expect(200);
        assert_eq!(answer.body, first.body);
    }
    let key_in_url = server.call("POST", "/api/ci-badges/image?key=badges").header("If-None-Match", "*").send();
    assert!(!key_in_url.expect(200).body.is_empty());
}
