//! A badge is never older than the last change that was acknowledged: under load, and after every kind of change, also by
//! the command line and by another server on the same database.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{Answer, Engine, Setup, TestServer, accessible_name, badge_path, on_both_engines, published};

/// What the badge of Web Shop in Production says, or the status of the answer.
fn says(server: &TestServer, path: &str) -> String {
    let answer = server.get(path);
    if answer.status != 200 {
        return answer.status.to_string();
    }
    let text = answer.text();
    let (_, label) = text.split_once("aria-label=\"").unwrap();
    label.split('"').next().unwrap().to_owned()
}

/// Asks before and after a change, so that the first answer is in memory.
#[track_caller]
fn turns(server: &TestServer, path: &str, before: &str, change: impl FnOnce(), after: &str) {
    assert_eq!(says(server, path), before, "before");
    assert_eq!(says(server, path), before, "from memory");
    change();
    assert_eq!(says(server, path), after, "after");
}

fn run(release: &str, status: &str) -> Value {
    json!({"project": "Web Shop", "environment": "Production", "release": release, "status": status})
}

/// Projects and environments that are written to at the same time.
const PROJECTS: usize = 8;
const ENVIRONMENTS: usize = 8;
const READERS: usize = 64;

/// One cell of the stress test: what has been acknowledged, and what has been sent.
#[derive(Default)]
struct Cell {
    acknowledged: AtomicU64,
    sent: AtomicU64,
}

fn version(answer: &Answer) -> u64 {
    accessible_name(answer).rsplit(' ').next().unwrap().parse().unwrap()
}

on_both_engines! {
    fn no_reader_sees_less_than_was_acknowledged_before_it_asked(server: &TestServer) {
        let cells: Vec<Cell> = (0..PROJECTS * ENVIRONMENTS).map(|_| Cell::default()).collect();
        let report = |cell: usize, version: u64| {
            cells[cell].sent.store(version, Ordering::SeqCst);
            let (project, environment) = (format!("p{}", cell / ENVIRONMENTS), format!("e{}", cell % ENVIRONMENTS));
            server.report(&json!({
                "project": project, "environment": environment, "release": version.to_string(), "status": "succeeded",
            }));
            cells[cell].acknowledged.store(version, Ordering::SeqCst);
        };
        for cell in 0..cells.len() {
            report(cell, 1);
        }
        for project in 0..PROJECTS {
            server.change_project(&format!("default/p{project}"), &json!({"badges_enabled": true}));
        }
        let (stop, reads) = (AtomicBool::new(false), AtomicU64::new(0));
        thread::scope(|scope| {
            for cell in 0..cells.len() {
                let (report, stop) = (&report, &stop);
                scope.spawn(move || {
                    let mut version = 1;
                    while !stop.load(Ordering::Relaxed) {
                        version += 1;
                        report(cell, version);
                    }
                });
            }
            for reader in 0..READERS {
                let (cells, stop, reads) = (&cells, &stop, &reads);
                scope.spawn(move || {
                    let mut turn = reader * 7919;
                    while !stop.load(Ordering::Relaxed) {
                        turn = turn.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                        // Few cells are asked often, so that readers meet in one computation.
                        let cell = if turn & 0x300 == 0 { (turn >> 16) % cells.len() } else { (turn >> 16) % 4 };
                        let before = cells[cell].acknowledged.load(Ordering::SeqCst);
                        let path = format!(
                            "/api/default/projects/p{}/badge/e{}/latest_release",
                            cell / ENVIRONMENTS, cell % ENVIRONMENTS,
                        );
                        let shown = version(&server.get(&path).expect(200));
                        let after = cells[cell].sent.load(Ordering::SeqCst);
                        assert!(before <= shown && shown <= after, "acknowledged {before}, shown {shown}, sent {after}");
                        reads.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            thread::sleep(Duration::from_secs(4));
            stop.store(true, Ordering::Relaxed);
        });
        assert!(reads.load(Ordering::Relaxed) > 200, "{reads:?} reads");
    }

    fn every_change_of_a_release_badge_shows_at_once(server: &TestServer) {
        published(server);
        let path = &badge_path("latest_release");
        let change = |change: Value| { server.change_project("default/web-shop", &change); };
        let report = |release: &str, status: &str| { server.report(&run(release, status)); };
        turns(server, path, "Production: 1.2.3", || report("2", "succeeded"), "Production: 2");
        turns(server, path, "Production: 2", || report("3", "failed"), "Production: 2");
        turns(server, &format!("{path}?includeFailed=true"), "Production: 3", || report("4", "warned"), "Production: 4");
        turns(server, path, "Production: 4", || change(json!({"badges_enabled": false})), "404");
        turns(server, path, "404", || change(json!({"badges_enabled": true})), "Production: 4");
        let moved = &path.replace("web-shop", "shop");
        turns(server, moved, "404", || change(json!({"slug": "shop"})), "Production: 4");
        turns(server, moved, "Production: 4", || change(json!({"slug": "web-shop"})), "404");
        let labelled = &format!("{path}?label=project");
        turns(server, labelled, "Web Shop: 4", || change(json!({"title": "Shop"})), "Shop: 4");
        let old = &path.replace("web-shop", "Projects-77");
        turns(server, old, "404", || change(json!({"aliases": {"octopus": "Projects-77"}})), "Production: 4");
        turns(server, old, "Production: 4", || change(json!({"aliases": {"octopus": null}})), "404");
        let patch = |path: &str, change: Value| { server.api("PATCH", path).json(&change).send().expect(200); };
        turns(server, path, "Production: 4", || patch("/environments/1", json!({"name": "Live"})), "Live: 4");
        turns(server, path, "Live: 4", || patch("/environments/1", json!({"slug": "live"})), "404");
        turns(server, path, "404", || patch("/environments/1", json!({"slug": "production"})), "Live: 4");
        turns(server, path, "Live: 4", || patch("/spaces/default", json!({"slug": "main"})), "404");
        turns(server, path, "404", || patch("/spaces/main", json!({"slug": "default"})), "Live: 4");
        let for_tenant = &format!("{path}?tenantId=contoso");
        let tenant = || {
            let mut run = run("5", "succeeded");
            run["tenant"] = json!("Contoso");
            server.report(&run);
        };
        turns(server, for_tenant, "404", tenant, "Live: 5");
        let remove = |path: &str| { server.api("DELETE", path).send().expect(204); };
        turns(server, for_tenant, "Live: 5", || remove("/tenants/1"), "404");
        turns(server, path, "Live: 4", || remove("/environments/1"), "404");
        turns(server, path, "404", || report("6", "succeeded"), "Production: 6");
        turns(server, path, "Production: 6", || remove("/projects/1"), "404");
    }

    fn every_change_of_a_pipelines_badge_shows_at_once(server: &TestServer) {
        let report = |status: &str, more: Value| {
            let mut run = json!({"project": "p", "job": "unit", "status": status});
            run.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            server.report(&run);
        };
        report("succeeded", json!({"external_id": "1"}));
        let (job, pipeline) =
            (&"/api/v1/teams/default/pipelines/p/jobs/unit/badge", &"/api/v1/teams/default/pipelines/p/badge");
        let expose = |on: bool| { server.change_project("default/p", &json!({"badges_enabled": on})); };
        let active = |on: bool| {
            server.api("PATCH", "/projects/1/jobs/unit").json(&json!({"active": on})).send().expect(200);
        };
        turns(server, job, "401", || expose(true), "build: passing");
        turns(server, job, "build: passing", || report("failed", json!({"external_id": "2"})), "build: failing");
        turns(server, pipeline, "build: failing", || report("succeeded", json!({"rerun_of": "2"})), "build: passing");
        turns(server, pipeline, "build: passing", || report("errored", json!({"job": "lint"})), "build: errored");
        turns(server, job, "build: passing", || active(false), "404");
        turns(server, job, "404", || active(true), "build: passing");
        turns(server, job, "build: passing", || expose(false), "401");
        server.change_project("default/p", &json!({"visibility": "public"}));
        turns(server, job, "build: passing", || { server.change_project("default/p", &json!({"visibility": "private"})); }, "401");
        let count = || {
            let answer = server.call("GET", "/api/v1/cc.xml").bearer(server.token()).send().expect(200);
            answer.text().matches("<Project ").count()
        };
        assert_eq!((count(), count()), (2, 2));
        report("succeeded", json!({"job": "deploy"}));
        assert_eq!(count(), 3);
    }

    fn every_change_of_a_ci_badge_shows_at_once(server: &TestServer) {
        let build = |number: u64, status: &str| {
            server.report(&json!({"project": "web", "release": "1", "build": number, "status": status}));
        };
        build(1, "succeeded");
        let patch = |path: &str, change: Value| { server.api("PATCH", path).json(&change).send().expect(200); };
        let id = server.run(&["token", "create", "--name", "badges", "--scope", "ci-badges", "--value", "badges"]);
        id.good();
        let (any, web) = (&"/api/ci-badges/image?key=badges", &"/api/ci-badges/image?key=badges&$ApplicationName=web");
        for path in [any, web] {
            assert_eq!(says(server, path), "build: success");
        }
        turns(server, web, "build: success", || build(2, "failed"), "build: error");
        turns(server, any, "build: error", || patch("/projects/1/releases/1/builds/2", json!({"status": "rejected"})), "build: success");
        turns(server, any, "build: success", || patch("/projects/1/releases/1/builds/2", json!({"status": "active"})), "build: error");
        turns(server, web, "build: error", || patch("/projects/1/releases/1", json!({"status": "canceled"})), "build: unknown");
        patch("/projects/1/releases/1", json!({"status": "active"}));
        let on_main = &format!("{web}&$Branch=main");
        let variable = |value: &str| {
            server.api("PUT", "/projects/1/variables/Branch").json(&json!({"value": value})).send().expect(200);
        };
        turns(server, on_main, "build: unknown", || variable("main"), "build: error");
        turns(server, on_main, "build: error", || variable("other"), "build: unknown");
        let revoke = || { server.run(&["token", "revoke", "badges"]).good(); };
        turns(server, any, "build: error", revoke, "403");
    }

    fn every_change_of_a_branchs_badge_shows_at_once(server: &TestServer) {
        let report = |status: &str, coverage: f64| {
            server.report(&json!({
                "project": "p", "release": "1", "status": status, "coverage": coverage, "variables": {"Branch": "main"},
            }));
        };
        report("succeeded", 80.0);
        let [pipeline, coverage, release] =
            ["badges/main/pipeline.svg", "badges/main/coverage.svg", "-/badges/release.svg"].map(|f| format!("/default/p/{f}"));
        let show = |on: bool| { server.change_project("default/p", &json!({"badges_enabled": on})); };
        turns(server, &pipeline, "404", || show(true), "pipeline: passed");
        turns(server, &coverage, "coverage: 80.00%", || report("failed", 70.0), "coverage: 80.00%");
        turns(server, &pipeline, "pipeline: failed", || report("succeeded", 90.0), "pipeline: passed");
        assert_eq!(says(server, &coverage), "coverage: 90.00%");
        let cancel = || {
            server.api("PATCH", "/projects/1/releases/1").json(&json!({"status": "canceled"})).send().expect(200);
        };
        let none = "Latest Release: none";
        turns(server, &release, "Latest Release: 1", cancel, none);
        turns(server, &pipeline, "pipeline: passed", || show(false), "404");
    }

    fn who_lost_a_right_sees_nothing_more(setup: Setup) {
        let server = &setup.with_admin().start();
        server.report(&json!({"project": "p", "job": "unit", "status": "succeeded", "variables": {"Branch": "main"}}));
        let path = "/default/p/badges/main/pipeline.svg";
        let password = "correct horse battery";
        server.run_with_input(&["user", "create", "ada", "--password-stdin"], password).good();
        let mut ada = server.browser();
        ada.post("/sign-in", &[("username", "ada"), ("password", password)]).expect(303);
        let mut sees = || ada.get(path).status;
        assert_eq!((sees(), sees()), (404, 404));
        server.run(&["member", "set", "--user", "ada", "--role", "guest", "--project", "default/p"]).good();
        assert_eq!((sees(), sees()), (200, 200));
        assert_eq!(server.get(path).status, 404, "nobody else");
        server.run(&["member", "remove", "--user", "ada", "--project", "default/p"]).good();
        assert_eq!(sees(), 404);
        server.run(&["member", "set", "--user", "ada", "--role", "guest", "--project", "default/p"]).good();
        assert_eq!((sees(), sees()), (200, 200));
        server.run_with_input(&["user", "set-password", "ada"], password).good();
        assert_eq!(sees(), 404, "her sign-ins have ended");
    }
}

#[test]
fn two_servers_on_one_database_know_of_each_others_writes() {
    let one = Setup::on(Engine::Postgres).start();
    let other = one.sibling();
    published(&one);
    let path = &badge_path("latest_release");
    assert_eq!(says(&other, path), "Production: 1.2.3");
    for (turn, writer, reader) in [(1, &one, &other), (2, &other, &one), (3, &one, &other)] {
        assert_eq!(says(reader, path), says(writer, path));
        writer.report(&run(&format!("{turn}.0"), "succeeded"));
        assert_eq!(says(writer, path), format!("Production: {turn}.0"), "the same server at once");
        let begun = Instant::now();
        while says(reader, path) != format!("Production: {turn}.0") {
            assert!(begun.elapsed() < Duration::from_secs(2), "the other server still shows {}", says(reader, path));
        }
    }
}

#[test]
fn a_private_badge_asked_by_many_keeps_nobody_waiting() {
    let server = &Setup::on(Engine::Sqlite).start();
    server.report(&json!({"project": "p", "status": "succeeded", "variables": {"Branch": "main"}}));
    thread::scope(|scope| {
        for n in 0..48 {
            scope.spawn(move || {
                for turn in 0..5 {
                    let cookie = format!("burgee_session=nobody-{n}-{turn}");
                    let call = server.call("GET", "/default/p/badges/main/pipeline.svg").header("Cookie", &cookie);
                    call.send().expect(404);
                }
            });
        }
        let begun = Instant::now();
        server.get("/readyz").expect(200);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    });
}
