//! `burgee report`: exit codes, retries, repeats.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener},
    process::{Command, Stdio},
    thread,
};

use serde_json::{Value, json};

use crate::support::{Engine, Run, Setup, TestServer, burgee, free_port, on_both_engines};

/// `burgee report` to an address, with what it always needs.
fn report(address: SocketAddr, token: &str, arguments: &[&str]) -> Command {
    let mut command = burgee(&std::env::temp_dir());
    command.envs([("BURGEE_SERVER", format!("http://{address}")), ("BURGEE_TOKEN", token.to_owned())]);
    command.args(["report", "--project", "web-shop"]).args(arguments);
    command
}

fn run(server: &TestServer, arguments: &[&str]) -> Run {
    Run::of(&mut report(server.address(), server.token(), arguments))
}

fn runs(server: &TestServer) -> Vec<Value> {
    server.api("GET", "/runs").send().expect(200).json()["items"].as_array().unwrap().clone()
}

on_both_engines! {
    fn what_the_flags_say_is_reported(server: &TestServer) {
        let ended = run(
            server,
            &[
                "--space",
                "harbour",
                "--environment",
                "Production",
                "--tenant",
                "Line 7",
                "--release",
                "1.2.3",
                "--build",
                "77",
                "--job",
                "deploy",
                "--status",
                "timed_out",
                "--url",
                "https://ci.example.org/1",
                "--variable",
                "Branch=main",
                "--variable",
                "A=b=c",
                "--coverage",
                "87.5",
                "--external-id",
                "deploy-7",
                "--rerun-of",
                "deploy-6",
                "--stage",
                "Testing",
                "--instance-var",
                "branch=main",
                "--instance-var",
                "go=1.24",
            ],
        );
        let output = ended.good();
        assert!(output.contains("latest_release"), "the badge is printed: {output}");
        let run = &runs(server)[0];
        for (member, value) in [
            ("project", json!("harbour/web-shop-branch-main-go-1-24")),
            ("environment", json!("Production")),
            ("tenant", json!("Line 7")),
            ("release", json!("1.2.3")),
            ("build", json!("77")),
            ("job", json!("deploy")),
            ("status", json!("timed_out")),
            ("url", json!("https://ci.example.org/1")),
            ("branch", json!("main")),
            ("coverage", json!(87.5)),
            ("external_id", json!("deploy-7")),
            ("rerun_of", json!("deploy-6")),
            ("stage", json!("Testing")),
        ] {
            assert_eq!(run[member], value, "{member}");
        }
    }

    fn repeating_an_external_id_updates_the_run(server: &TestServer) {
        run(server, &["--status", "running", "--external-id", "7"]).good();
        run(server, &["--status", "succeeded", "--external-id", "7"]).good();
        let runs = runs(server);
        assert_eq!((runs.len(), &runs[0]["status"]), (1, &json!("succeeded")));
    }
}

#[test]
fn the_whole_answer_is_printed_as_json_when_asked_for() {
    let server = Setup::on(Engine::Sqlite).start();
    let output = run(&server, &["--status", "succeeded", "--json"]).good();
    let answer: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(answer["run"]["project"], "default/web-shop");
}

#[test]
fn wrong_use_ends_with_2() {
    let server = Setup::on(Engine::Sqlite).start();
    for arguments in [
        &["--status", "sucess"][..],
        &[],
        &["--status", "succeeded", "--variable", "x"],
        &["--status", "succeeded", "--coverage", "x"],
        &["--statsu", "x"],
    ] {
        assert_eq!(run(&server, arguments).code, 2, "{arguments:?}");
    }
    let nonsense = run(&server, &["--status", "succeeded", "--server", "no address"]);
    assert_eq!(nonsense.code, 2, "{nonsense:?}");
}

#[test]
fn what_the_server_refuses_ends_with_3_and_says_every_field() {
    let server = Setup::on(Engine::Sqlite).start();
    let refused = run(&server, &["--status", "succeeded", "--url", "ftp://x", "--coverage", "101"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.stderr.contains("/url") && refused.stderr.contains("/coverage"), "{refused:?}");
    run(&server, &["--status", "running", "--external-id", "7", "--environment", "a"]).good();
    assert_eq!(
        run(&server, &["--status", "running", "--external-id", "7", "--environment", "b"]).code,
        3,
        "a conflict"
    );
}

#[test]
fn a_token_that_is_missing_unknown_or_too_small_ends_with_4() {
    let server = Setup::on(Engine::Sqlite).start();
    let small = server.create_token(&["--scope", "runs:read"]);
    for token in ["burgee_nothing", &small] {
        let refused = Run::of(&mut report(server.address(), token, &["--status", "succeeded"]));
        assert_eq!(refused.code, 4, "{refused:?}");
        assert!(!refused.stderr.contains(token), "a secret is not repeated: {refused:?}");
    }
    let missing = Run::of(report(server.address(), "", &["--status", "succeeded"]).env_remove("BURGEE_TOKEN"));
    assert_eq!(missing.code, 4, "{missing:?}");
}

#[test]
fn nobody_there_ends_with_5_when_the_time_is_over() {
    let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
    let ended = Run::of(&mut report(address, "t", &["--status", "succeeded", "--retry-for", "0"]));
    assert_eq!(ended.code, 5, "{ended:?}");
    assert!(ended.stderr.contains(&address.to_string()), "{ended:?}");
}

#[test]
fn it_goes_on_trying_while_the_server_comes_up() {
    let setup = Setup::on(Engine::Sqlite).below("");
    let token = setup.run(&["token", "create", "--name", "ci", "--scope", "runs:write"]).good();
    let address = setup.listens_on();
    let mut reporting = report(address, token.trim(), &["--status", "succeeded"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut complaint = String::new();
    BufReader::new(reporting.stderr.as_mut().unwrap()).read_line(&mut complaint).unwrap();
    assert!(complaint.contains("trying again"), "{complaint}");
    let server = setup.start();
    assert!(reporting.wait().unwrap().success());
    assert_eq!(runs(&server).len(), 1);
}

/// Answers each request with the next status; the bodies that came.
fn answering(listener: TcpListener, statuses: &'static [&'static str]) -> thread::JoinHandle<Vec<Value>> {
    thread::spawn(move || {
        let answer = |status: &&str| {
            let (mut connection, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(connection.try_clone().unwrap());
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            write!(connection, "HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}").unwrap();
            serde_json::from_slice(&body).unwrap()
        };
        statuses.iter().map(answer).collect()
    })
}

#[test]
fn a_busy_server_is_asked_again_about_the_same_run() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = answering(listener, &["503 Service Unavailable", "429 Too Many Requests", "200 OK"]);
    let ended = Run::of(&mut report(address, "t", &["--status", "succeeded"]));
    assert_eq!(ended.code, 0, "{ended:?}");
    let bodies = server.join().unwrap();
    assert!(bodies[0]["external_id"].as_str().is_some_and(|id| !id.is_empty()), "{bodies:?}");
    assert!(bodies.iter().all(|body| *body == bodies[0]), "each try carries the same external id: {bodies:?}");
}
