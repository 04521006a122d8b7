//! Several reports in one transaction: each sees what those before it have stored.

use burgee_domain::{
    change::{GroupChange, PlaceChange},
    report::RunReport,
    status::RunStatus,
};
use burgee_store::{Store, StoreError, environments, groups, projects, releases, reports, runs, variables};
use serde_json::{Value, json};

use crate::support::{Database, apply, apply_at, ask, at, change, on_both_engines, open, report, runtime};

fn parsed(batch: &Value) -> Vec<RunReport> {
    batch.as_array().unwrap().iter().map(report).collect()
}

async fn apply_all(store: &Store, batch: Value, seconds: i64) -> Vec<reports::Applied> {
    let batch = parsed(&batch);
    change!(store, |conn| reports::apply_all(conn, &batch, Some("ci"), at(seconds))).unwrap()
}

async fn stored(store: &Store, id: i64) -> runs::Run {
    ask!(store, |conn| runs::get(conn, id)).unwrap()
}

async fn variables_of(store: &Store, run: &runs::Run) -> Vec<String> {
    let found = ask!(store, |conn| variables::of_run(conn, run));
    found.into_iter().map(|variable| format!("{}={}", variable.name, variable.value)).collect()
}

on_both_engines! {
    async fn the_answer_is_what_is_stored(store) {
        let full = json!({
            "space": "Harbour", "project": "lines/api", "environment": "Pre Prod", "tenant": "Contoso Ltd", "release": "1.2.3", "build": 77, "job": "deploy",
            "stage": "Testing", "status": "succeeded", "url": "https://ci.example/1", "coverage": 91.53, "external_id": "d-1", "rerun_of": "d-0",
            "variables": {"Branch": "main"}, "queued_at": "2026-01-01T00:00:00.123456789Z", "started_at": "2026-01-01T00:00:01Z", "commit_sha": "abc",
        });
        let bare = json!({"project": "solo", "status": "running"});
        let more = json!({"project": "solo", "environment": "Live", "external_id": "s", "status": "pending"});
        for applied in apply_all(&store, json!([full, bare, more]), 1).await {
            assert_eq!(stored(&store, applied.run.id).await, applied.run);
            assert_eq!(ask!(store, |conn| projects::get(conn, applied.project.id)).unwrap(), applied.project);
        }
        let update = json!({"project": "solo", "release": "2", "build": "1", "external_id": "s", "status": "failed", "variables": {"A": "1"}});
        let applied = apply_at(&store, update, 60).await.unwrap();
        assert_eq!(stored(&store, applied.run.id).await, applied.run);
        assert_eq!((applied.run.environment.as_deref(), applied.run.updated_at), (Some("Live"), at(60)));
    }

    async fn reports_about_one_run_are_kept_in_their_order(store) {
        let run = |status: &str, url: &str| json!({"project": "p", "external_id": "d", "status": status, "url": url});
        let batch = json!([run("running", "https://a.example"), run("succeeded", "https://b.example"), run("pending", "https://c.example"), run("failed", "https://d.example")]);
        let applied = apply_all(&store, batch, 0).await;
        let states: Vec<_> = applied.iter().map(|applied| (applied.created, applied.run.status, applied.run.url.as_deref().unwrap())).collect();
        assert_eq!(states, [
            (true, RunStatus::Running, "https://a.example"),
            (false, RunStatus::Succeeded, "https://b.example"),
            (false, RunStatus::Succeeded, "https://b.example"),
            (false, RunStatus::Failed, "https://d.example"),
        ]);
        assert_eq!(stored(&store, applied[0].run.id).await, applied[3].run);
    }

    async fn a_contradiction_within_a_batch_is_a_conflict(store) {
        let run = |external_id: &str, environment: &str| json!({"project": "p", "environment": environment, "external_id": external_id, "status": "running"});
        let batch = parsed(&json!([run("a", "Staging"), run("b", "Staging"), run("a", "Production")]));
        let error = change!(store, |conn| reports::apply_all(conn, &batch, None, at(0))).unwrap_err();
        assert!(matches!(&error, StoreError::InReport { index: 2, error } if matches!(**error, StoreError::Conflict { field: "environment", .. })), "{error}");
    }

    async fn reruns_within_a_batch_repeat_the_first_run(store) {
        let run = |id: &str, rerun_of: Value| json!({"project": "p", "external_id": id, "rerun_of": rerun_of, "status": "failed"});
        let batch = json!([run("c", json!("b")), run("b", json!("a")), run("a", Value::Null), run("d", json!("c"))]);
        let applied = apply_all(&store, batch, 0).await;
        let mut repeated = Vec::new();
        for applied in &applied {
            repeated.push(stored(&store, applied.run.id).await.rerun_of);
        }
        let a = Some("a".to_owned());
        assert_eq!(repeated, [a.clone(), a.clone(), None, a]);
    }

    async fn reports_share_releases_builds_and_jobs(store) {
        let run = |release: &str, build: &str| json!({"project": "p", "release": release, "build": build, "job": "test", "status": "succeeded"});
        let applied = apply_all(&store, json!([run("1", "1"), run("1", "2"), run("2", "1"), run("1", "1")]), 0).await;
        let ids: Vec<_> = applied.iter().map(|applied| (applied.run.release_id, applied.run.build_id)).collect();
        assert_eq!(ids[0], ids[3]);
        assert_eq!(ids[0].0, ids[1].0);
        assert!(ids[0].1 != ids[1].1 && ids[0].0 != ids[2].0 && ids[0].1 != ids[2].1);
        assert!(applied.iter().all(|one| one.run.job_id == applied[0].run.job_id));
        let versions: Vec<_> = ask!(store, |conn| releases::list(conn, applied[0].project.id, None, 10)).into_iter().map(|release| release.version).collect();
        assert_eq!(versions, ["2", "1"], "in the order of the reports");
    }

    async fn later_variables_of_a_build_override_earlier_ones(store) {
        let run = |variables: Value| json!({"project": "p", "build": 7, "status": "running", "variables": variables});
        apply(&store, run(json!({"A": "0", "B": "0"}))).await;
        let applied = apply_all(&store, json!([run(json!({"A": "1", "C": "1"})), run(json!({"C": "2"})), run(json!({"B": "0"}))]), 0).await;
        assert_eq!(variables_of(&store, &applied[0].run).await, ["A=1", "B=0", "C=2"]);
        let alone = json!({"project": "p", "status": "running", "variables": {"X": "1"}});
        for applied in apply_all(&store, json!([alone, alone]), 0).await {
            assert_eq!(variables_of(&store, &applied.run).await, ["X=1"]);
        }
    }

    async fn a_sensitive_variable_stays_sensitive(store) {
        let report = |value: &str| json!({"project": "p", "build": 7, "status": "running", "variables": {"Key": value}});
        let build = variables::Owner::Build(apply(&store, report("a")).await.run.build_id.unwrap());
        let mark = burgee_domain::standing::VariableChange { value: "b".to_owned(), sensitive: Some(true) };
        change!(store, |conn| variables::put(conn, build, "Key", &mark)).unwrap();
        apply(&store, report("c")).await;
        let found = ask!(store, |conn| variables::of(conn, build));
        assert_eq!((found[0].value.as_str(), found[0].sensitive), ("c", true));
    }

    async fn each_report_learns_about_the_project(store) {
        let run = |sha: &str| json!({"project": "p", "status": "running", "commit_sha": sha});
        let applied = apply_all(&store, json!([run("a"), run("b"), {"project": "p", "status": "running"}]), 5).await;
        let learnt: Vec<_> = applied.iter().map(|applied| applied.project.commit_sha.as_deref().unwrap()).collect();
        assert_eq!(learnt, ["a", "b", "b"]);
        let project = ask!(store, |conn| projects::get(conn, applied[0].project.id)).unwrap();
        assert_eq!((&project, project.commit_sha.as_deref()), (&applied[2].project, Some("b")));
        assert_eq!(apply(&store, json!({"project": "p", "status": "running"})).await.project, project, "as remembered");
    }

    async fn a_changed_name_is_not_taken_for_what_it_meant(store) {
        let report = json!({"space": "Harbour", "project": "api", "environment": "Production", "status": "running"});
        let first = apply(&store, report.clone()).await;
        let id = first.run.environment_id.unwrap();
        let moved = PlaceChange { name: Some("Live".to_owned()), slug: Some("live".to_owned()), ..PlaceChange::default() };
        change!(store, |conn| environments::change(conn, id, &moved, at(1))).unwrap();
        assert_ne!(apply(&store, report.clone()).await.run.environment_id, Some(id));
        let renamed = GroupChange { slug: Some("port".to_owned()), ..GroupChange::default() };
        change!(store, |conn| groups::change(conn, first.project.space_id, &renamed, at(1))).unwrap();
        let moved = apply(&store, report.clone()).await;
        assert_eq!((moved.project.id, moved.run.project.as_str()), (first.project.id, "port/api"));
        change!(store, |conn| projects::delete(conn, first.project.id)).unwrap();
        assert_ne!(apply(&store, report).await.project.id, first.project.id);
    }

    async fn what_a_failed_report_created_is_not_remembered(store) {
        apply(&store, json!({"project": "p", "environment": "Staging", "external_id": "d", "status": "running"})).await;
        let contradiction = json!({"project": "p", "environment": "Production", "external_id": "d", "status": "running"});
        for company in [0, 30] {
            let others: Vec<_> = (0..company)
                .map(|n| {
                    let store = store.clone();
                    tokio::spawn(async move { apply(&store, json!({"project": "p", "external_id": n, "environment": "Test", "status": "running"})).await })
                })
                .collect();
            assert!(apply_at(&store, contradiction.clone(), 0).await.is_err());
            for other in others {
                other.await.unwrap();
            }
            assert_eq!(ask!(store, |conn| environments::list(conn, None, None, 10)).len(), 1 + usize::from(company > 0));
        }
        let run = apply(&store, json!({"project": "p", "environment": "Production", "status": "running"})).await.run;
        assert_eq!(stored(&store, run.id).await, run);
    }
}

/// Two processes on one database: what one renames or deletes, the other does not take for what it was.
async fn names_are_shared(first: Store, second: Store) {
    first.migrate().await.unwrap();
    let report = json!({"project": "p", "environment": "Production", "status": "running"});
    let run = apply(&first, report.clone()).await.run;
    for round in 0..3 {
        assert_eq!(apply(&second, report.clone()).await.run.environment_id, run.environment_id);
        let moved =
            apply(&first, json!({"project": format!("p{round}"), "environment": "Old", "status": "running"})).await;
        let (project, environment) = (moved.project.id, moved.run.environment_id.unwrap());
        change!(second, |conn| environments::delete(conn, environment)).unwrap();
        change!(second, |conn| projects::delete(conn, project)).unwrap();
        let again =
            apply(&first, json!({"project": format!("p{round}"), "environment": "Old", "status": "running"})).await;
        assert!(again.project.id != project && again.run.environment_id != Some(environment));
        assert_eq!(stored(&second, again.run.id).await, again.run);
        change!(second, |conn| environments::delete(conn, again.run.environment_id.unwrap())).unwrap();
    }
}

#[test]
fn another_process_may_change_names_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = burgee_store::DatabaseUrl::Sqlite(folder.path().join("burgee.db"));
    runtime().block_on(async { names_are_shared(open(url.clone()).await, open(url).await).await });
}

#[test]
fn another_process_may_change_names_on_postgres() {
    let database = Database::create();
    runtime().block_on(async { names_are_shared(open(database.url()).await, open(database.url()).await).await });
}
