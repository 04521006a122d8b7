//! `Accept-Encoding` chooses a content coding, and never a status.

use std::io::Read;

use serde_json::json;

use super::{BADGES, NO_BADGES, OTHERS, everything, value};
use crate::support::{Answer, Call, Engine, Setup, TestServer};

/// What clients send, and what they should not.
const ACCEPTED: [&[&str]; 16] = [
    &[""],
    &["gzip"],
    &["br"],
    &["gzip, deflate, br, zstd"],
    &["x-gzip;q=0.5"],
    &["*"],
    &["identity;q=0"],
    &["*;q=0"],
    &["identity;q=0, *;q=0"],
    &["deflate, *;q=0"],
    &["zstd"],
    &["gzip;q=0", "br;q=0", "identity;q=0"],
    &["deflate", "gzip;q=0.5"],
    &["gzip;q=2, br;q=x, ;;, =,"],
    &["\u{fffd}\t\"gzip"],
    &[",,,"],
];

fn with<'a>(call: Call<'a>, lines: &[&str]) -> Call<'a> {
    lines.iter().fold(call, |call, line| call.header("Accept-Encoding", line))
}

/// The body without its content coding.
#[track_caller]
fn decoded(answer: &Answer) -> Vec<u8> {
    let mut body = Vec::new();
    match value(answer, "content-encoding") {
        "" => return answer.body.clone(),
        "gzip" => flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut body).unwrap(),
        "br" => brotli::Decompressor::new(&*answer.body, 4096).read_to_end(&mut body).unwrap(),
        other => panic!("{other}: {answer}"),
    };
    body
}

/// The decoded body without the nonce of its policy, which is new each time.
#[track_caller]
fn lasting(answer: &Answer) -> String {
    let policy = value(answer, "content-security-policy");
    let text = String::from_utf8_lossy(&decoded(answer)).into_owned();
    match policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')) {
        Some((nonce, _)) => text.replace(nonce, "nonce"),
        None => text,
    }
}

fn get<'a>(server: &'a TestServer, path: &str) -> Call<'a> {
    let call = server.call("GET", path);
    if path.starts_with("/api/burgee/v1/runs") { call.bearer(server.token()) } else { call }
}

#[test]
fn status_and_content_are_the_same_in_every_coding() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES.into_iter().chain(NO_BADGES).chain(OTHERS) {
        let plain = get(&server, path).send();
        assert!(!plain.has("content-encoding"), "{path}");
        for lines in ACCEPTED {
            let answer = with(get(&server, path), lines).send();
            assert_eq!(answer.status, plain.status, "{path} {lines:?}");
            // How long ago the run was moves on.
            if path != "/default/web" && path != "/" {
                assert_eq!(lasting(&answer), lasting(&plain), "{path} {lines:?}");
            }
            for name in ["content-type", "vary", "cache-control", "access-control-allow-origin"] {
                assert_eq!(
                    answer.headers.get_all(name).iter().collect::<Vec<_>>(),
                    plain.headers.get_all(name).iter().collect::<Vec<_>>(),
                    "{path} {lines:?}: {name}"
                );
            }
        }
    }
}

#[test]
fn texts_are_compressed_and_say_that_they_vary() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in BADGES.into_iter().filter(|path| !path.contains(".png")).chain(["/", "/sign-in", "/api/v4/projects"]) {
        for coding in ["gzip", "br"] {
            let answer = with(server.call("GET", path), &[coding]).send().expect(200);
            // The shortest are shorter as they are.
            if answer.body.len() > 150 {
                assert_eq!(answer.header("content-encoding"), coding, "{path}");
            }
            let vary: Vec<_> = answer.headers.get_all("vary").iter().map(|line| line.to_str().unwrap()).collect();
            assert!(vary.join(", ").to_lowercase().contains("accept-encoding"), "{path}: {vary:?}");
        }
    }
}

#[test]
fn picture_is_sent_as_it_is() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    let answer = with(server.call("GET", BADGES[3]), &["gzip, br"]).send().expect(200);
    assert!(!answer.has("content-encoding") && !answer.has("vary"), "{answer}");
    assert!(answer.body.starts_with(b"\x89PNG"));
}

#[test]
fn report_is_stored_and_acknowledged_whatever_is_accepted() {
    let server = Setup::on(Engine::Sqlite).start();
    for (turn, lines) in ACCEPTED.into_iter().enumerate() {
        let run = json!({"project": "web", "status": "succeeded", "external_id": turn.to_string()});
        let answer = with(server.api("POST", "/runs").json(&run), lines).send().expect(201);
        let reported: serde_json::Value = serde_json::from_slice(&decoded(&answer)).unwrap();
        assert!(
            answer.header("location").ends_with(&format!("/runs/{}", reported["run"]["id"])),
            "{lines:?}: {answer}"
        );
    }
    let runs = server.api("GET", "/runs?limit=200").send().expect(200).json();
    assert_eq!(runs["items"].as_array().unwrap().len(), ACCEPTED.len());
}

#[test]
fn gitlab_badge_is_made_and_deleted_whatever_is_accepted() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    let token = server.create_token(&["--scope", "api"]);
    for lines in ACCEPTED {
        let fields = [("link_url", "https://example.org"), ("image_url", "https://example.org/x.svg")];
        let call = with(server.call("POST", "/api/v4/projects/1/badges").form(&fields), lines);
        let answer = call.header("PRIVATE-TOKEN", &token).send().expect(201);
        let badge: serde_json::Value = serde_json::from_slice(&decoded(&answer)).unwrap();
        let path = format!("/api/v4/projects/1/badges/{}", badge["id"]);
        with(server.call("DELETE", &path), lines).header("PRIVATE-TOKEN", &token).send().expect(204);
    }
}
