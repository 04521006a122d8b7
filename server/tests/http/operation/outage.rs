//! PostgreSQL is gone, silent, locked or overtaken: what is known to everybody is still shown, everything else says so at
//! once, and all is well when it is back.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{Answer, Call, Engine, Network, Setup, TestServer, accessible_name};

/// In which an answer comes, whatever the database does: less than two seconds, and what a machine that is busy with
/// something else needs.
const AT_ONCE: Duration = Duration::from_secs(5);

const RELEASE: &str = "/api/default/projects/web/badge/production/latest_release";
/// Badges that everybody may see.
const PUBLIC: [&str; 6] = [
    RELEASE,
    "/api/default/projects/web/badge/production/latest_release.json",
    "/api/default/projects/web/badge/production/latest_release.png",
    "/api/v1/teams/default/pipelines/web/jobs/unit/badge",
    "/default/web/badges/main/pipeline.svg",
    "/api/default/projects/none/badge/production/latest_release",
];

/// Answers of every dialect that need the database, with the type that they fail with.
const UNKNOWN: [(&str, &str); 14] = [
    ("/api/default/projects/web/badge/production/latest_release?style=social", "image/svg+xml; charset=utf-8"),
    ("/api/default/projects/web/badge/production/latest_release.json?style=social", "application/problem+json"),
    ("/api/default/projects/web/badge/production/latest_release.png?scale=3", "image/png"),
    ("/api/v1/teams/default/pipelines/web/badge?title=other", ""),
    ("/api/v1/teams/default/cc.xml", ""),
    ("/api/ci-badges/image?key=badges&style=social", "image/svg+xml; charset=utf-8"),
    ("/api/ci-badges/link?key=badges", "text/plain; charset=utf-8"),
    ("/default/web/badges/main/pipeline.svg?key_text=other", "image/svg+xml; charset=utf-8"),
    ("/api/v4/projects/1/badges", "application/json"),
    ("/api/burgee/v1/runs", "application/problem+json"),
    ("/", "text/html; charset=utf-8"),
    ("/default/web", "text/html; charset=utf-8"),
    ("/sign-in", "text/html; charset=utf-8"),
    ("/readyz", "text/plain; charset=utf-8"),
];

fn everything(server: &TestServer) {
    server.report(&json!({"project": "web", "environment": "Production", "release": "1.2.3", "status": "succeeded"}));
    server.report(&run("web"));
    server.report(&run("hidden"));
    server.change_project("default/web", &json!({"badges_enabled": true, "visibility": "public"}));
    server.run(&["token", "create", "--name", "badges", "--scope", "ci-badges", "--value", "badges"]).good();
}

fn run(project: &str) -> Value {
    json!({
        "project": project, "job": "unit", "release": "1.2.3", "build": 1, "status": "succeeded",
        "variables": {"Branch": "main"},
    })
}

fn call<'a>(server: &'a TestServer, path: &str) -> Call<'a> {
    let call = server.call("GET", path);
    if path.starts_with("/api/burgee") { call.bearer(server.token()) } else { call }
}

#[track_caller]
fn at_once(call: Call<'_>) -> Answer {
    let begun = Instant::now();
    let answer = call.send();
    assert!(begun.elapsed() < AT_ONCE, "{:?}: {answer}", begun.elapsed());
    answer
}

/// An answer that says to come back later, in the dialect's own shape.
#[track_caller]
fn assert_unavailable(answer: &Answer, kind: &str) {
    assert_eq!(answer.status, 503, "{answer}");
    assert_eq!(answer.header("retry-after"), "1");
    assert!(!answer.has("etag") && !answer.has("cache-status"), "{answer}");
    match kind {
        "" => assert!(answer.body.is_empty(), "{answer}"),
        _ => assert_eq!(answer.header("content-type"), kind),
    }
    match kind {
        "application/problem+json" => assert_eq!(answer.problem(503)["status"], 503),
        "application/json" => assert_eq!(answer.json(), json!({"message": "503 Service Unavailable"})),
        "text/html; charset=utf-8" => assert!(answer.text().contains("One moment"), "{answer}"),
        "image/svg+xml; charset=utf-8" => assert_eq!(accessible_name(answer), "badge: unavailable"),
        _ => {}
    }
    if kind.starts_with("image") {
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

#[track_caller]
fn assert_all_unavailable(server: &TestServer) {
    for (path, kind) in UNKNOWN {
        assert_unavailable(&at_once(call(server, path)), kind);
    }
}

#[track_caller]
fn assert_all_available(server: &TestServer) {
    for (path, _) in UNKNOWN {
        let status = call(server, path).send().status;
        assert!([200, 303].contains(&status), "{path}: {status}");
    }
}

/// Waits until it is so.
#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A server whose badges are all in memory.
fn warm(setup: Setup) -> (TestServer, Network, Vec<Answer>) {
    let (setup, network) = setup.with_network();
    let server = setup.start();
    everything(&server);
    wait_until("the server listens for others' writes", || {
        let known = server.get(RELEASE).expect(200);
        server.execute("alter table runs rename to gone");
        let again = server.get(RELEASE);
        server.execute("alter table gone rename to runs");
        again.status == 200 && again.body == known.body
    });
    let known = PUBLIC.map(|path| (0..2).map(|_| server.get(path)).last().unwrap()).into();
    (server, network, known)
}

fn is_stale(answer: &Answer) -> bool {
    answer.headers.get("cache-status").is_some_and(|status| status == "burgee; hit; detail=stale")
}

#[test]
fn public_badges_are_shown_as_last_known_while_the_database_is_gone() {
    let (server, network, known) = warm(Setup::on(Engine::Postgres));
    let private = [
        ("/default/hidden/badges/main/pipeline.svg", "image/svg+xml; charset=utf-8"),
        ("/api/v1/teams/default/pipelines/hidden/badge", ""),
        ("/api/v1/cc.xml", ""),
        ("/api/ci-badges/image?key=badges&$ApplicationName=web", "image/svg+xml; charset=utf-8"),
    ];
    let token = server.create_token(&["--scope", "api"]);
    let as_api = |path: &str| server.call("GET", path).header("PRIVATE-TOKEN", &token);
    for (path, _) in private {
        assert_eq!(as_api(path).send().expect(200).body, as_api(path).send().expect(200).body);
    }
    network.cut();
    wait_until("the loss is noticed", || is_stale(&server.get(RELEASE)));
    for (path, known) in PUBLIC.iter().zip(&known) {
        for _ in 0..2 {
            let answer = at_once(server.call("GET", path));
            assert!(is_stale(&answer), "{answer}");
            assert_eq!((answer.status, &answer.body), (known.status, &known.body), "{path}");
            for name in ["etag", "cache-control", "vary", "content-type"] {
                assert_eq!(answer.headers.get(name), known.headers.get(name), "{path}: {name}");
            }
        }
    }
    let etag = known[0].header("etag");
    server.call("GET", RELEASE).header("If-None-Match", etag).send().expect(304);
    for (path, kind) in private {
        assert_unavailable(&at_once(as_api(path)), kind);
    }
    assert_all_unavailable(&server);
    server.get("/healthz").expect(200);
    network.restore();
    for (path, known) in PUBLIC.iter().zip(&known) {
        let answer = server.get(path);
        assert!(!answer.has("cache-status"), "{answer}");
        assert_eq!((answer.status, &answer.body), (known.status, &known.body), "{path}");
    }
    for (path, _) in private {
        as_api(path).send().expect(200);
    }
    assert_all_available(&server);
}

#[test]
fn report_during_an_outage_is_not_acknowledged_and_not_stored() {
    let (server, network, _) = warm(Setup::on(Engine::Postgres));
    let report = |release: &str| {
        let run = json!({"project": "web", "environment": "Production", "release": release, "status": "succeeded"});
        at_once(server.api("POST", "/runs").json(&run))
    };
    network.cut();
    for _ in 0..3 {
        let answer = report("lost");
        answer.problem(503);
        assert_eq!(answer.header("retry-after"), "1");
    }
    network.restore();
    assert_eq!(accessible_name(&server.get(RELEASE).expect(200)), "Production: 1.2.3");
    report("2.0").expect(201);
    for _ in 0..20 {
        let answer = server.get(RELEASE).expect(200);
        assert_eq!(accessible_name(&answer), "Production: 2.0");
        assert!(!answer.has("cache-status"), "{answer}");
    }
    assert!(!server.api("GET", "/runs?limit=200").send().expect(200).text().contains("lost"));
}

#[test]
fn nothing_hangs_while_the_database_comes_and_goes_under_load() {
    let (server, network, _) = warm(Setup::on(Engine::Postgres).with("BURGEE_DATABASE_CONNECTIONS", "4"));
    server.token();
    let stop = AtomicBool::new(false);
    let acknowledged = thread::scope(|scope| {
        let (server, stop) = (&server, &stop);
        for reader in 0..6 {
            scope.spawn(move || {
                for turn in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let answer =
                        at_once(server.call("GET", &format!("{RELEASE}?style=flat&tenant={}", turn % 5 * reader)));
                    assert!([200, 404, 503].contains(&answer.status), "{answer}");
                    let answer = at_once(server.call("GET", PUBLIC[3]));
                    assert!([200, 503].contains(&answer.status), "{answer}");
                    let answer = at_once(call(server, "/api/burgee/v1/runs?limit=1"));
                    assert!([200, 503].contains(&answer.status), "{answer}");
                }
            });
        }
        let writers: Vec<_> = (0..3)
            .map(|writer| {
                scope.spawn(move || {
                    let mut acknowledged = Vec::new();
                    for turn in 0.. {
                        if stop.load(Ordering::Relaxed) {
                            break;
                        }
                        let id = format!("{writer}-{turn}");
                        let run = json!({"project": "web", "job": "unit", "status": "succeeded", "external_id": id});
                        let answer = at_once(server.api("POST", "/runs").json(&run));
                        match answer.status {
                            201 => acknowledged.push(id),
                            _ => assert_eq!(answer.status, 503, "{answer}"),
                        }
                    }
                    acknowledged
                })
            })
            .collect();
        for _ in 0..4 {
            thread::sleep(Duration::from_millis(150));
            network.cut();
            thread::sleep(Duration::from_millis(150));
            network.restore();
        }
        thread::sleep(Duration::from_millis(300));
        stop.store(true, Ordering::Relaxed);
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<Vec<String>>()
    });
    assert!(!acknowledged.is_empty());
    let mut kept = String::new();
    let mut page = server.api("GET", "/runs?limit=200").send().expect(200).json();
    loop {
        kept += &page["items"].to_string();
        let Value::Null = page["next_after"] else {
            let next = format!("/runs?limit=200&after={}", page["next_after"]);
            page = server.api("GET", &next).send().expect(200).json();
            continue;
        };
        break;
    }
    for id in acknowledged {
        assert!(kept.contains(&format!("\"external_id\":\"{id}\"")), "{id} was acknowledged, and lost");
    }
    server.report(&json!({"project": "web", "environment": "Production", "release": "3.0", "status": "succeeded"}));
    assert_eq!(accessible_name(&server.get(RELEASE).expect(200)), "Production: 3.0");
    assert_all_available(&server);
}

#[test]
fn database_that_refuses_connections_and_closes_the_open_ones_is_an_outage() {
    let (server, _network, known) = warm(Setup::on(Engine::Postgres));
    let name = server.database_name();
    server.administer(&format!("alter database {name} allow_connections false"));
    server.administer(&format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"));
    wait_until("the loss is noticed", || is_stale(&server.get(RELEASE)));
    assert_eq!(server.get(RELEASE).expect(200).body, known[0].body);
    assert_all_unavailable(&server);
    server.administer(&format!("alter database {name} allow_connections true"));
    assert!(!server.get(RELEASE).expect(200).has("cache-status"));
    assert_all_available(&server);
}

#[test]
fn database_that_falls_silent_keeps_nobody_waiting() {
    let (server, network, known) = warm(Setup::on(Engine::Postgres));
    server.token();
    network.freeze();
    thread::scope(|scope| {
        // Pages and lists may take longer.
        for (path, kind) in UNKNOWN.into_iter().filter(|(path, _)| path.contains("badge")) {
            let server = &server;
            scope.spawn(move || assert_unavailable(&at_once(call(server, path)), kind));
        }
        scope.spawn(|| at_once(server.api("POST", "/runs").json(&run("web"))).problem(503));
    });
    assert_eq!(at_once(server.call("GET", RELEASE)).expect(200).body, known[0].body);
    network.restore();
    wait_until("all is well again", || server.get("/readyz").status == 200);
    assert_all_available(&server);
    assert_eq!(server.get(RELEASE).expect(200).body, known[0].body);
}

/// Stops what runs beside a test, also when the test fails.
struct Stopping<'a>(&'a AtomicBool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Ends the session that listens for other servers' writes.
const CUT_LISTENER: &str = "select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen %'";

#[test]
fn badges_are_right_and_not_cached_while_the_listener_is_cut() {
    let server = Setup::on(Engine::Postgres).start();
    everything(&server);
    let other = server.sibling();
    let shown = || accessible_name(&server.get(RELEASE).expect(200));
    wait_until("it is in memory", || shown() == "Production: 1.2.3");
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _stopping = Stopping(&stop);
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                server.execute(CUT_LISTENER);
                thread::sleep(Duration::from_millis(5));
            }
        });
        thread::sleep(Duration::from_millis(100));
        for version in 2..12 {
            let release = format!("{version}.0");
            other.report(
                &json!({"project": "web", "environment": "Production", "release": release, "status": "succeeded"}),
            );
            // It may have begun to listen, and not yet noticed that it was cut again.
            wait_until(&format!("{} instead of {release}", shown()), || shown() == format!("Production: {release}"));
        }
    });
    wait_until("badges are kept in memory again", || {
        server.get(RELEASE).expect(200);
        server.execute("alter table runs rename to gone");
        let status = server.get(RELEASE).status;
        server.execute("alter table gone rename to runs");
        status == 200
    });
    other.report(&json!({"project": "web", "environment": "Production", "release": "99", "status": "succeeded"}));
    wait_until("the other server is heard", || shown() == "Production: 99");
}

#[test]
fn locked_database_keeps_nobody_waiting() {
    let server = Setup::on(Engine::Postgres).with("BURGEE_DATABASE_CONNECTIONS", "1").start();
    everything(&server);
    server.token();
    let lock = server.begin("lock table projects, runs, users, sessions in access exclusive mode");
    let locked = UNKNOWN.into_iter().filter(|(path, _)| *path != "/readyz" && *path != "/sign-in");
    thread::scope(|scope| {
        for (path, kind) in locked {
            let server = &server;
            scope.spawn(move || {
                for _ in 0..2 {
                    assert_unavailable(&at_once(call(server, path)), kind);
                }
            });
        }
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..2 {
                    let run = json!({"project": "web", "environment": "Production", "release": "lost", "status": "succeeded"});
                    at_once(server.api("POST", "/runs").json(&run)).problem(503);
                }
            });
        }
    });
    drop(lock);
    assert_all_available(&server);
    assert!(!server.api("GET", "/runs").send().expect(200).text().contains("lost"), "nothing was stored");
    server.report(&json!({"project": "web", "environment": "Production", "release": "2.0", "status": "succeeded"}));
    assert_eq!(accessible_name(&server.get(RELEASE).expect(200)), "Production: 2.0");
}
