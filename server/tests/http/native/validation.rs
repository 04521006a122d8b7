//! What the native API refuses to read, and how it says so.

use serde_json::json;

use crate::support::{Engine, Setup, TestServer, on_both_engines};

const MEBIBYTE: usize = 1024 * 1024;

fn start() -> TestServer {
    Setup::on(Engine::Sqlite).start()
}

/// A report of exactly this many bytes.
fn report_of(bytes: usize) -> String {
    let empty = json!({"project": "a", "status": "succeeded", "variables": {}}).to_string();
    // White space between members is part of the body, and of nothing else.
    empty.replacen('{', &format!("{{{}", " ".repeat(bytes - empty.len())), 1)
}

#[test]
fn every_bad_field_is_named_with_a_pointer() {
    let run = json!({
        "environment": "", "release": {}, "status": "sucess", "url": "javascript:alert(1)", "coverage": -1,
        "queued_at": "soon",
        "started_at": "2026-01-02T00:00:00Z", "finished_at": "2026-01-01T00:00:00Z", "variables": {"a/b~c": []},
        "job": "a\nb", "tenant": "x".repeat(501),
    });
    let answer = start().api("POST", "/runs").json(&run).send();
    let mut fields = answer.bad_fields(422);
    fields.sort();
    let expected = [
        "/coverage",
        "/environment",
        "/finished_at",
        "/job",
        "/project",
        "/queued_at",
        "/release",
        "/status",
        "/tenant",
        "/url",
        "/variables/a~1b~0c",
    ];
    assert_eq!(fields, expected);
    let problem = answer.problem(422);
    assert!(problem["errors"].as_array().unwrap().iter().all(|error| !error["detail"].as_str().unwrap().is_empty()));
}

#[test]
fn an_unknown_field_is_an_error_with_the_name_that_was_meant() {
    let run = json!({"project": "a", "status": "succeeded", "enviroment": "Production"});
    let answer = start().api("POST", "/runs").json(&run).send();
    assert_eq!(answer.bad_fields(422), ["/enviroment"]);
    let detail = answer.problem(422)["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("did you mean \"environment\""), "{detail}");
}

#[test]
fn an_unknown_status_is_an_error_with_the_known_ones() {
    let run = json!({"project": "a", "status": "Success"});
    let answer = start().api("POST", "/runs").json(&run).send();
    let detail = answer.problem(422)["errors"][0]["detail"].as_str().unwrap().to_owned();
    for status in
        ["pending", "running", "canceling", "succeeded", "warned", "failed", "errored", "canceled", "timed_out"]
    {
        assert!(detail.contains(status), "{status}: {detail}");
    }
}

#[test]
fn what_is_not_json_is_refused_as_such() {
    let server = start();
    for body in ["", "{", "project=a&status=succeeded", "{\"project\": \"a\",}"] {
        server.api("POST", "/runs").body(body).send().problem(400);
    }
}

#[test]
fn json_that_is_no_report_is_refused_as_such() {
    let server = start();
    for body in ["null", "7", "\"x\"", "true"] {
        assert_eq!(server.api("POST", "/runs").body(body).send().bad_fields(422), [""], "{body}");
    }
    assert_eq!(server.api("POST", "/runs").body("[7]").send().bad_fields(422), ["/0"]);
}

#[test]
fn a_path_that_leads_nowhere_is_no_project() {
    let server = start();
    for project in ["", " ", "a//b", "/"] {
        let run = json!({"project": project, "status": "succeeded"});
        assert_eq!(server.api("POST", "/runs").json(&run).send().bad_fields(422), ["/project"], "{project:?}");
    }
}

#[test]
fn a_body_of_one_mebibyte_is_taken_and_one_byte_more_is_not() {
    let server = start();
    server.api("POST", "/runs").body(report_of(MEBIBYTE)).send().expect(201);
    // As curl does it with such a body: the server answers before it is sent.
    let too_large = server.api("POST", "/runs").header("Expect", "100-continue").body(report_of(MEBIBYTE + 1)).send();
    too_large.problem(413);
}

#[test]
fn a_body_that_does_not_say_its_length_is_bounded_too() {
    let server = start();
    let address = server.address();
    let chunk = format!("{:x}\r\n{}\r\n", MEBIBYTE + 1, report_of(MEBIBYTE + 1));
    let answer = server.raw(&format!(
        "POST /api/burgee/v1/runs HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunk}0\r\n\r\n",
        server.token()
    ));
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

on_both_engines! {
    fn names_of_every_script_are_kept_as_they_are(server: &TestServer) {
        for name in ["Ünïcode – Größe", "発売", "متجر", "🚢 ship", "it's \"quoted\"", "100% <b>"] {
            let run = json!({"project": "names", "environment": name, "release": name, "status": "succeeded"});
            let reported = server.report(&run);
            assert_eq!((&reported["run"]["environment"], &reported["run"]["release"]), (&json!(name), &json!(name)));
        }
    }

    fn a_nul_character_is_refused_before_the_database_sees_it(server: &TestServer) {
        let run = json!({"project": "a\u{0}b", "status": "succeeded", "variables": {"x": "\u{0}"}});
        assert_eq!(server.api("POST", "/runs").json(&run).send().bad_fields(422), ["/project", "/variables/x"]);
        for path in ["/projects/a%00b", "/environments?space=a%00b", "/runs?project=a%00b"] {
            server.api("GET", path).send().problem(404);
        }
    }
}
