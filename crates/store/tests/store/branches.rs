//! What GitLab's SVG badges show: the latest pipeline and coverage of a branch, the latest release.

use burgee_domain::status::RunStatus::{Failed, Succeeded};
use burgee_store::{Store, branch};
use serde_json::{Value, json};

use crate::support::{apply, ask, on_both_engines};

async fn run(store: &Store, branch: &str, more: Value) {
    let mut report = json!({"project": "p", "status": "succeeded", "variables": {"Branch": branch}});
    report.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    apply(store, report).await;
}

on_both_engines! {
    async fn a_pipeline_is_the_latest_build_of_the_branch_with_the_latest_run_of_each_job(store) {
        run(&store, "feature/x", json!({"build": 1, "job": "unit", "status": "failed"})).await;
        run(&store, "feature/x", json!({"build": 2, "job": "unit", "status": "failed"})).await;
        run(&store, "feature/x", json!({"build": 2, "job": "lint"})).await;
        run(&store, "feature/x", json!({"build": 2, "job": "unit"})).await;
        run(&store, "main", json!({"build": 3, "job": "unit", "status": "failed"})).await;
        let jobs = |branch: &'static str| { let store = store.clone(); async move { ask!(store, |conn| branch::latest_pipeline(conn, 1, branch)) } };
        assert_eq!(jobs("feature/x").await, Some(vec![Succeeded, Succeeded]));
        assert_eq!(jobs("main").await, Some(vec![Failed]));
        assert_eq!(jobs("feature").await, None);
        run(&store, "main", json!({})).await;
        assert_eq!(jobs("main").await, Some(vec![Succeeded]), "a run without build stands for itself");
    }

    async fn coverage_is_that_of_the_latest_good_run_that_has_one(store) {
        run(&store, "main", json!({"job": "unit", "coverage": 80})).await;
        run(&store, "main", json!({"job": "test:gcc4:linux", "coverage": 70.5})).await;
        run(&store, "main", json!({"job": "unit", "coverage": 10, "status": "failed"})).await;
        run(&store, "main", json!({"job": "lint"})).await;
        let coverage = |job: Option<&'static str>| { let store = store.clone(); async move { ask!(store, |conn| branch::latest_coverage(conn, 1, "main", job)) } };
        assert_eq!(coverage(None).await, Some(70.5));
        assert_eq!(coverage(Some("unit")).await, Some(80.0));
        assert_eq!(coverage(Some("lint")).await, None);
        assert_eq!(ask!(store, |conn| branch::latest_coverage(conn, 1, "other", None)), None);
    }

    async fn the_latest_release_is_the_last_that_was_reported(store) {
        assert_eq!(ask!(store, |conn| branch::latest_release(conn, 1)), None);
        run(&store, "main", json!({"release": "2.0"})).await;
        run(&store, "main", json!({"release": "1.9.1"})).await;
        assert_eq!(ask!(store, |conn| branch::latest_release(conn, 1)).unwrap(), "1.9.1");
    }
}
