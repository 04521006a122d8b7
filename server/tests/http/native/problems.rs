//! Addresses that are not there, and methods that they do not take: problems, never pages.

use crate::support::{Engine, Setup};

#[test]
fn an_address_that_is_no_route_is_a_problem() {
    let server = Setup::on(Engine::Sqlite).start();
    for path in [
        "/api",
        "/api/",
        "/api/burgee",
        "/api/burgee/v1",
        "/api/burgee/v1/",
        "/api/burgee/v1/nothing",
        "/api/burgee/v2/runs",
        "/api/nothing",
    ] {
        for method in ["GET", "POST"] {
            assert_eq!(server.call(method, path).send().problem(404)["title"], "Not found", "{method} {path}");
        }
    }
}

#[test]
fn a_method_that_a_route_does_not_take_is_a_problem_that_says_which_it_takes() {
    let server = Setup::on(Engine::Sqlite).start();
    for (method, path, allowed) in [
        ("DELETE", "/api/burgee/v1/runs", vec!["GET", "HEAD", "POST"]),
        ("PUT", "/api/burgee/v1/projects/1", vec!["DELETE", "GET", "HEAD", "PATCH"]),
        ("POST", "/api/default/projects/a/badge/b/latest_release", vec!["GET", "HEAD"]),
        ("POST", "/healthz", vec!["GET", "HEAD"]),
    ] {
        let answer = server.call(method, path).send();
        answer.problem(405);
        let mut methods: Vec<&str> = answer.header("allow").split(',').map(str::trim).collect();
        methods.sort_unstable();
        assert_eq!(methods, allowed, "{method} {path}");
    }
}

#[test]
fn a_path_that_cannot_be_decoded_is_a_problem() {
    let server = Setup::on(Engine::Sqlite).start();
    let answer = server.api("GET", "/projects/%FF").send();
    assert!(matches!(answer.status, 400 | 404), "{answer}");
    answer.problem(answer.status);
}
