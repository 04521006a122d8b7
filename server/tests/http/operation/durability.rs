//! Acknowledged means durable: whatever the server said yes to is there after `kill -9`.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use serde_json::{Value, json};

use crate::support::{Setup, TestServer, on_both_engines};

const REPORTS: usize = 500;
const REPORTERS: usize = 25;

fn run(n: usize) -> Value {
    json!({
        "project": format!("project-{}", n % 10), "environment": "Production", "release": format!("1.{n}"),
        "status": "succeeded", "external_id": format!("run-{n}"),
    })
}

/// The external ids of all runs that are kept.
fn kept(server: &TestServer) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let page = server.api("GET", &format!("/runs?limit=200{after}")).send().expect(200).json();
        ids.extend(page["items"].as_array().unwrap().iter().map(|run| run["external_id"].as_str().unwrap().to_owned()));
        match &page["next_after"] {
            Value::Null => return ids,
            next => after = format!("&after={next}"),
        }
    }
}

/// Reports from many connections until all is reported or the server is gone; the external ids that it
/// acknowledged. Kills it after `enough` of them.
fn report_until_killed(server: &TestServer, enough: usize) -> BTreeSet<String> {
    let (next, acknowledged, killed) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..REPORTERS {
            scope.spawn(|| {
                while !killed.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= REPORTS {
                        return;
                    }
                    let Ok(answer) = server.api("POST", "/runs").json(&run(n)).try_send() else { return };
                    assert_eq!(answer.status, 201, "{answer}");
                    let mut acknowledged = acknowledged.lock().unwrap();
                    acknowledged.insert(format!("run-{n}"));
                    if acknowledged.len() == enough {
                        server.kill_now();
                        killed.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    acknowledged.into_inner().unwrap()
}

on_both_engines! {
    fn five_hundred_concurrent_reports_are_all_kept(setup: Setup) {
        let server = setup.start();
        server.token();
        let acknowledged = report_until_killed(&server, REPORTS);
        assert_eq!(acknowledged.len(), REPORTS);
        let server = server.kill_and_restart();
        let kept = kept(&server);
        assert_eq!(kept.len(), REPORTS, "each once");
        assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), acknowledged);
    }

    fn what_was_acknowledged_before_a_kill_in_the_middle_is_kept(setup: Setup) {
        let server = setup.start();
        server.token();
        let acknowledged = report_until_killed(&server, 200);
        assert!(acknowledged.len() >= 200);
        let server = server.kill_and_restart();
        server.get("/readyz").expect(200);
        let kept: BTreeSet<String> = kept(&server).into_iter().collect();
        assert_eq!(acknowledged.difference(&kept).collect::<Vec<_>>(), Vec::<&String>::new(), "lost");
        server.report(&run(REPORTS));
    }
}
