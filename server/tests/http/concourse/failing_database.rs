//! A database that fails is a 500 without body, and never an empty 200 (A5, A8: 19, 21, 32, 39, 50). On PostgreSQL, where a
//! table can be taken away from a running server; the code is the same on both.

use super::shown::{JOB, PASSING, PIPELINE, at, build, expose};
use crate::support::{Engine, Setup, TestServer};

const FEED: &str = "/api/v1/teams/main/cc.xml";

/// Takes one table away: what is asked then fails, and works again when the table is back.
#[track_caller]
fn without(server: &TestServer, table: &str, paths: &[&str]) {
    server.execute(&format!("alter table {table} rename to gone"));
    // Another server says that anything may have changed, so that no name is remembered.
    server.execute("notify burgee_changes, 'other i'");
    std::thread::sleep(std::time::Duration::from_millis(100));
    for path in paths {
        let answer = server.get(path).expect(500);
        assert!(answer.body.is_empty(), "{table}, {path}: {answer}");
        assert_eq!(answer.header("cache-control"), "no-store", "{table}, {path}");
        assert!(!answer.has("etag") && !answer.has("expires"), "{table}, {path}: {answer}");
    }
    server.execute(&format!("alter table gone rename to {table}"));
    at(server, JOB).is(PASSING);
}

#[test]
fn an_error_anywhere_on_the_way_is_a_500() {
    // What is in memory needs no database.
    let server = Setup::on(Engine::Postgres).with("BURGEE_CACHE_SIZE", "0").start();
    build(&server, "unit", "succeeded");
    expose(&server);
    without(&server, "runs", &[JOB, PIPELINE, FEED, "/cc.xml"]); // 19, 50
    without(&server, "jobs", &[JOB, PIPELINE, FEED, "/cc.xml"]); // 21, 50
    without(&server, "groups", &[JOB, PIPELINE, FEED]); // 32, 50
    without(&server, "projects", &[JOB, PIPELINE, FEED, "/cc.xml"]); // 39, 50
}
