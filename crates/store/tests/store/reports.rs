//! Reports about a run: progress, repetition, late arrival, contradiction.

use burgee_domain::status::RunStatus;
use burgee_store::{StoreError, projects, reports, runs};
use serde_json::json;

use crate::support::{apply, apply_at, ask, at, change, on_both_engines, report};

on_both_engines! {
    async fn the_same_external_id_updates_the_same_run(store) {
        let run = |status: &str| json!({"project": "p", "environment": "Production", "external_id": "d-1", "status": status});
        let first = apply_at(&store, run("running"), 0).await.unwrap();
        let second = apply_at(&store, run("succeeded"), 60).await.unwrap();
        assert_eq!((first.created, second.created), (true, false));
        assert_eq!(first.run.id, second.run.id);
        assert_eq!(second.run.status, RunStatus::Succeeded);
        assert_eq!((second.run.created_at, second.run.updated_at), (at(0), at(60)));
        let elsewhere = json!({"project": "q", "external_id": "d-1", "status": "running"});
        assert!(apply(&store, elsewhere).await.created, "another project's ids are its own");
    }

    async fn without_external_id_every_report_is_a_run(store) {
        let run = json!({"project": "p", "status": "running"});
        assert_ne!(apply(&store, run.clone()).await.run.id, apply(&store, run).await.run.id);
    }

    async fn a_late_report_never_turns_a_finished_run_back(store) {
        let run = |status: &str| json!({"project": "p", "external_id": "d-1", "status": status});
        for (status, expected) in [
            ("running", RunStatus::Running),
            ("pending", RunStatus::Running),
            ("succeeded", RunStatus::Succeeded),
            ("running", RunStatus::Succeeded),
            ("canceling", RunStatus::Succeeded),
            ("failed", RunStatus::Failed),
            ("pending", RunStatus::Failed),
        ] {
            assert_eq!(apply(&store, run(status)).await.run.status, expected, "after {status}");
        }
    }

    async fn a_late_report_only_adds_what_was_not_known(store) {
        let done = json!({"project": "p", "external_id": "d-1", "status": "succeeded", "url": "https://ci.example/new", "commit_sha": "new", "variables": {"A": "new"}});
        apply(&store, done).await;
        let late = json!({"project": "p", "external_id": "d-1", "status": "running", "url": "https://ci.example/old", "release": "1.0",
            "started_at": "2026-01-01T00:00:00Z", "commit_sha": "old", "latest_tag": "v1", "title": "Old", "variables": {"A": "old", "Branch": "main"}});
        let applied = apply_at(&store, late, 60).await.unwrap();
        let (run, project) = (applied.run, applied.project);
        assert_eq!((run.url.as_deref(), run.release.as_deref(), run.branch.as_deref()), (Some("https://ci.example/new"), Some("1.0"), Some("main")));
        assert_eq!(run.started_at, Some(at(0)));
        assert_eq!((project.commit_sha.as_deref(), project.latest_tag.as_deref(), project.title.as_str()), (Some("new"), Some("v1"), "p"));
    }

    async fn a_repeated_report_changes_nothing(store) {
        let run = json!({
            "space": "Harbour", "project": "lines/api", "environment": "Production", "tenant": "Contoso", "release": "1.2.3", "build": 77, "job": "deploy",
            "status": "succeeded", "url": "https://ci.example/1", "coverage": 91.5, "external_id": "d-1", "title": "Timetable", "default_branch": "main",
            "variables": {"Branch": "main", "GitCommit": "abc"}, "queued_at": "2026-01-01T00:00:00.123456789Z", "started_at": "2026-01-01T00:00:01Z",
        });
        let first = apply_at(&store, run.clone(), 0).await.unwrap();
        let again = apply_at(&store, run, 3600).await.unwrap();
        assert!(first.changed && !again.changed && !again.created);
        assert_eq!(first.run, again.run);
        assert_eq!(first.project, again.project);
        assert_eq!(again.run.updated_at, at(0));
    }

    async fn what_is_given_replaces_and_what_is_absent_stays(store) {
        apply(&store, json!({"project": "p", "external_id": "d-1", "status": "running", "url": "https://ci.example/1", "coverage": 50, "variables": {"Branch": "main"}})).await;
        let run = apply(&store, json!({"project": "p", "external_id": "d-1", "status": "running", "url": "https://ci.example/2"})).await.run;
        assert_eq!((run.url.as_deref(), run.coverage, run.branch.as_deref()), (Some("https://ci.example/2"), Some(50.0), Some("main")));
    }

    async fn a_finished_run_has_a_time_of_finishing(store) {
        let first = apply_at(&store, json!({"project": "p", "external_id": "d-1", "status": "running"}), 0).await.unwrap();
        assert_eq!(first.run.finished_at, None);
        let done = apply_at(&store, json!({"project": "p", "external_id": "d-1", "status": "succeeded"}), 60).await.unwrap();
        assert_eq!(done.run.finished_at, Some(at(60)));
        let corrected = apply_at(&store, json!({"project": "p", "external_id": "d-1", "status": "failed"}), 120).await.unwrap();
        assert_eq!(corrected.run.finished_at, Some(at(60)));
    }

    async fn one_external_id_for_two_deployments_is_a_conflict(store) {
        let first = json!({"project": "p", "environment": "Staging", "tenant": "A", "release": "1.0", "build": 1, "job": "deploy", "external_id": "d-1", "status": "running"});
        apply(&store, first.clone()).await;
        for (field, value) in [("environment", "Production"), ("tenant", "B"), ("release", "2.0"), ("build", "2"), ("job", "test")] {
            let mut other = first.clone();
            other[field] = json!(value);
            match apply_at(&store, other, 0).await {
                Err(StoreError::Conflict { field: named, detail }) => {
                    assert_eq!(named, field);
                    assert!(detail.contains("one external_id for each"), "{detail}");
                }
                result => panic!("{field}: {result:?}"),
            }
        }
        let environments = ask!(store, |conn| burgee_store::environments::list(conn, None, None, 10));
        assert_eq!(environments.len(), 1, "what a refused report would have created is gone");
    }

    async fn what_was_absent_may_be_filled_in(store) {
        apply(&store, json!({"project": "p", "build": 7, "external_id": "d-1", "status": "pending", "variables": {"A": "1"}})).await;
        let full = json!({"project": "p", "environment": "Production", "tenant": "A", "release": "1.0", "build": 7, "job": "deploy", "external_id": "d-1", "status": "running"});
        let run = apply(&store, full).await.run;
        assert_eq!((run.environment.as_deref(), run.tenant.as_deref()), (Some("Production"), Some("A")));
        assert_eq!((run.release.as_deref(), run.build.as_deref(), run.job.as_deref()), (Some("1.0"), Some("7"), Some("deploy")));
        let short = apply(&store, json!({"project": "p", "build": 7, "external_id": "d-1", "status": "succeeded"})).await.run;
        assert_eq!(short.build_id, run.build_id, "the build stays its release's");
    }

    async fn variables_belong_to_the_build_else_the_release_else_the_run(store) {
        let names = |run: runs::Run| {
            let store = store.clone();
            async move {
                let found = ask!(store, |conn| burgee_store::variables::of_run(conn, &run));
                found.into_iter().map(|variable| format!("{}={}", variable.name, variable.value)).collect::<Vec<_>>()
            }
        };
        apply(&store, json!({"project": "p", "build": 7, "status": "running", "variables": {"A": "1", "B": "1"}})).await;
        let same_build = apply(&store, json!({"project": "p", "build": 7, "status": "running", "variables": {"B": "2"}})).await.run;
        assert_eq!(names(same_build).await, ["A=1", "B=2"]);
        let release = apply(&store, json!({"project": "p", "release": "1.0", "status": "running", "variables": {"C": "3"}})).await.run;
        assert_eq!(names(release).await, ["C=3"]);
        let alone = apply(&store, json!({"project": "p", "status": "running", "variables": {"branch": "main"}})).await.run;
        assert_eq!(alone.branch.as_deref(), Some("main"));
        assert_eq!(names(alone).await, ["branch=main"]);
        let next = apply(&store, json!({"project": "p", "status": "running"})).await.run;
        assert_eq!(names(next).await, Vec::<String>::new(), "another run does not inherit them");
    }

    async fn facts_change_the_project_only_where_they_differ(store) {
        apply(&store, json!({"project": "p", "status": "running", "title": "Project", "commit_sha": "a"})).await;
        let same = apply_at(&store, json!({"project": "p", "status": "running", "title": "Project"}), 60).await.unwrap().project;
        assert_eq!((same.updated_at, same.commit_sha.as_deref()), (at(0), Some("a")));
        let other = apply_at(&store, json!({"project": "p", "status": "running", "commit_sha": "b"}), 60).await.unwrap().project;
        assert_eq!((other.updated_at, other.commit_sha.as_deref(), other.title.as_str()), (at(60), Some("b"), "Project"));
    }

    async fn a_thousand_reports_share_one_transaction(store) {
        let batch: Vec<_> = (0..1000)
            .map(|n| report(&json!({"project": format!("p{}", n % 10), "environment": "Production", "release": format!("1.{n}"), "external_id": n, "status": "succeeded"})))
            .collect();
        let before = store.stats().commits;
        let applied = change!(store, |conn| reports::apply_all(conn, &batch, None, at(0))).unwrap();
        assert_eq!((applied.len(), store.stats().commits - before), (1000, 1));
        assert!(applied.windows(2).all(|pair| pair[0].run.id < pair[1].run.id), "ids follow the order of the reports");
        assert_eq!(ask!(store, |conn| projects::count(conn, &projects::Filter::default())), 10);
    }

    async fn one_bad_report_of_a_batch_keeps_all_out(store) {
        let batch: Vec<_> = ["1.0", "2.0"].map(|release| report(&json!({"project": "p", "release": release, "external_id": "d", "status": "running"}))).into();
        let error = change!(store, |conn| reports::apply_all(conn, &batch, None, at(0))).unwrap_err();
        assert!(matches!(&error, StoreError::InReport { index: 1, error } if matches!(**error, StoreError::Conflict { field: "release", .. })), "{error}");
        assert_eq!(ask!(store, |conn| projects::count(conn, &projects::Filter::default())), 0);
    }

    async fn concurrent_reports_about_one_run_end_finished(store) {
        let tasks: Vec<_> = (0..60)
            .map(|n| {
                let store = store.clone();
                let status = ["pending", "running", "succeeded"][n % 3];
                tokio::spawn(async move { apply(&store, json!({"project": "p", "external_id": "d-1", "build": 1, "status": status})).await.run })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let all = ask!(store, |conn| runs::list(conn, &runs::Filter::default(), None, 10));
        assert_eq!((all.len(), all[0].status), (1, RunStatus::Succeeded));
    }

    async fn batches_and_single_reports_at_once_do_not_stop_each_other(store) {
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move {
                    // Every second batch goes the other way round, over the same runs.
                    let mut batch: Vec<_> = (0..20).map(|i| report(&json!({"project": format!("p{i}"), "external_id": "d", "status": "running", "commit_sha": format!("{n}")}))).collect();
                    if n % 2 == 0 {
                        batch.reverse();
                    }
                    change!(store, |conn| reports::apply_all(conn, &batch, None, at(0))).unwrap();
                    apply(&store, json!({"project": format!("p{n}"), "external_id": "d", "status": "running", "title": format!("{n}")})).await;
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(ask!(store, |conn| runs::list(conn, &runs::Filter::default(), None, 100)).len(), 20);
    }
}
