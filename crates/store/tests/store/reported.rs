//! What the pages of runs, builds and releases ask.

use burgee_store::{
    Store,
    builds::{self, Of},
    effective_variables::{self, Context, Origin},
    releases,
    runs::{self, Filter, Neighbours},
};
use serde_json::{Value, json};

use crate::support::{apply, ask, execute, on_both_engines};

async fn deploy(store: &Store, release: &str, environment: &str, tenant: Option<&str>) -> i64 {
    let report = json!({"project": "p", "environment": environment, "tenant": tenant, "release": release, "status": "succeeded"});
    apply(store, report).await.run.id
}

async fn still(store: &Store, releases: &[i64]) -> Vec<i64> {
    ask!(store, |conn| runs::still_in_environments(conn, releases)).iter().map(|run| run.id).collect()
}

async fn neighbours(store: &Store, id: i64) -> (Option<i64>, Option<i64>) {
    let run = ask!(store, |conn| runs::get(conn, id)).unwrap();
    let Neighbours { previous, next } = ask!(store, |conn| runs::neighbours(conn, &run));
    (previous, next)
}

on_both_engines! {
    async fn a_release_is_in_an_environment_until_another_run_comes_for_the_same_tenant(store) {
        deploy(&store, "1", "a", None).await;
        let last = deploy(&store, "1", "a", None).await;
        let in_b = deploy(&store, "1", "b", None).await;
        let tenanted = deploy(&store, "2", "a", Some("T")).await;
        assert_eq!(still(&store, &[1]).await, [in_b, last], "the tenant's deployment is elsewhere");
        assert_eq!(still(&store, &[1, 2]).await, [tenanted, in_b, last]);
        let other = deploy(&store, "2", "a", None).await;
        deploy(&store, "3", "a", Some("T")).await;
        assert_eq!(still(&store, &[1]).await, [in_b]);
        assert_eq!(still(&store, &[2]).await, [other]);
        apply(&store, json!({"project": "other", "environment": "b", "release": "9", "status": "running"})).await;
        assert_eq!(still(&store, &[1]).await, [in_b], "another project's runs are elsewhere, too");
        assert!(still(&store, &[]).await.is_empty());
    }

    async fn neighbours_are_of_the_same_environment_and_tenant_or_of_the_same_job(store) {
        let first = deploy(&store, "1", "a", None).await;
        let tenanted = deploy(&store, "1", "a", Some("T")).await;
        let elsewhere = deploy(&store, "1", "b", None).await;
        let second = deploy(&store, "2", "a", None).await;
        assert_eq!(neighbours(&store, first).await, (None, Some(second)));
        assert_eq!(neighbours(&store, second).await, (Some(first), None));
        assert_eq!(neighbours(&store, tenanted).await, (None, None));
        assert_eq!(neighbours(&store, elsewhere).await, (None, None));
        let mut jobs = Vec::new();
        for status in ["succeeded", "running", "failed", "pending"] {
            jobs.push(apply(&store, json!({"project": "p", "job": "unit", "status": status})).await.run.id);
        }
        assert_eq!(neighbours(&store, jobs[1]).await, (Some(jobs[0]), Some(jobs[2])));
        assert_eq!(neighbours(&store, jobs[2]).await, (Some(jobs[1]), Some(jobs[3])));
        let alone = apply(&store, json!({"project": "p", "status": "succeeded"})).await.run.id;
        assert_eq!(neighbours(&store, alone).await, (None, None));
    }

    async fn reruns_and_what_they_repeat_are_found_within_the_project(store) {
        let run = |project: &str, id: &str, of: Option<&str>| json!({"project": project, "external_id": id, "rerun_of": of, "job": "unit", "status": "failed"});
        let first = apply(&store, run("p", "1", None)).await.run.id;
        let second = apply(&store, run("p", "2", Some("1"))).await.run.id;
        let third = apply(&store, run("p", "3", Some("2"))).await.run.id;
        apply(&store, run("q", "4", Some("1"))).await;
        assert_eq!(ask!(store, |conn| runs::reruns(conn, 1, "1")).iter().map(|run| run.id).collect::<Vec<_>>(), [third, second]);
        assert_eq!(ask!(store, |conn| runs::find_external(conn, 1, "1")), Some(first));
        assert_eq!(ask!(store, |conn| runs::find_external(conn, 2, "1")), None);
        assert_eq!(ask!(store, |conn| runs::find_external(conn, 1, "a\0b")), None);
    }

    async fn builds_are_listed_newest_first_with_the_latest_run_of_each(store) {
        for (release, build, status) in [(Some("1"), "1", "failed"), (None, "7", "running"), (Some("1"), "2", "failed"), (Some("1"), "1", "succeeded")] {
            apply(&store, json!({"project": "p", "release": release, "build": build, "status": status})).await;
        }
        apply(&store, json!({"project": "q", "build": "9", "status": "succeeded"})).await;
        let numbers = |of, before| { let store = store.clone(); async move {
            ask!(store, |conn| builds::list(conn, of, before, 2)).into_iter().map(|build| (build.number, build.release)).collect::<Vec<_>>()
        }};
        let of_release = |number: &str| (number.to_owned(), Some("1".to_owned()));
        assert_eq!(numbers(Of::Project(1), None).await, [of_release("2"), ("7".to_owned(), None)]);
        assert_eq!(numbers(Of::Project(1), Some(2)).await, [of_release("1")]);
        assert_eq!(numbers(Of::Release(1), None).await, [of_release("2"), of_release("1")]);
        let latest = ask!(store, |conn| runs::latest_of_builds(conn, &[1, 3, 99]));
        assert_eq!(latest.into_iter().map(|(build, run)| (build, run.id)).collect::<Vec<_>>(), [(1, 4), (3, 3)]);
        let latest = ask!(store, |conn| runs::latest_of_releases(conn, &[1]));
        assert_eq!(latest[&1].id, 4);
        let of_build = Filter { build_id: Some(1), ..Filter::default() };
        assert_eq!(ask!(store, |conn| runs::list(conn, &of_build, None, 10)).iter().map(|run| run.id).collect::<Vec<_>>(), [4, 1]);
        let of_release = Filter { release_id: Some(1), ..Filter::default() };
        assert_eq!(ask!(store, |conn| runs::list(conn, &of_release, Some(4), 10)).iter().map(|run| run.id).collect::<Vec<_>>(), [3, 1]);
        let build = ask!(store, |conn| builds::get(conn, 1)).unwrap();
        assert_eq!((build.number.as_str(), build.release.as_deref(), build.status.as_str()), ("1", Some("1"), "active"));
        assert!(ask!(store, |conn| builds::get(conn, 99)).is_none());
    }

    async fn a_release_is_found_by_exactly_its_version(store) {
        apply(&store, json!({"project": "p", "release": "feature/Ä 1", "status": "succeeded"})).await;
        apply(&store, json!({"project": "q", "release": "2", "status": "succeeded"})).await;
        let find = |version: &'static str| { let store = store.clone(); async move { ask!(store, |conn| releases::find(conn, 1, version)).map(|release| release.id) } };
        assert_eq!(find("feature/Ä 1").await, Some(1));
        for other in ["feature/ä 1", "feature/Ä", "2", "", "a\0b"] {
            assert_eq!(find(other).await, None, "{other:?}");
        }
    }

    async fn the_nearest_value_of_a_name_holds_in_any_case(store) {
        let run: Value = json!({"project": "p", "release": "1", "build": "1", "variables": {"Branch": "main", "OnBuild": "b"}, "status": "succeeded"});
        let run = apply(&store, run).await.run;
        for (owner, name, value, sensitive) in [
            ("project_id", "branch", "of project", false), ("project_id", "Key", "secret", true), ("release_id", "BRANCH", "of release", false),
            ("release_id", "Notes", "n", false), ("run_id", "notes", "r", false),
        ] {
            let id = if owner == "run_id" { run.id } else { 1 };
            execute(&store, format!("insert into variables ({owner}, name, value, sensitive) values ({id}, '{name}', '{value}', ({sensitive} = true))").replace("(true = true)", "(1 = 1)").replace("(false = true)", "(1 = 0)")).await;
        }
        let held = |context| { let store = store.clone(); async move {
            ask!(store, |conn| effective_variables::effective(conn, context)).into_iter().map(|e| (e.variable.name, e.variable.value, e.origin)).collect::<Vec<_>>()
        }};
        let owned = |name: &str, value: &str, origin| (name.to_owned(), value.to_owned(), origin);
        let context = Context { run_id: Some(run.id), build_id: run.build_id, release_id: run.release_id, project_id: 1 };
        assert_eq!(held(context).await, [
            owned("Branch", "main", Origin::Build), owned("Key", "secret", Origin::Project), owned("notes", "r", Origin::Run), owned("OnBuild", "b", Origin::Build),
        ]);
        let of_release = Context { run_id: None, build_id: None, ..context };
        assert_eq!(held(of_release).await, [
            owned("BRANCH", "of release", Origin::Release), owned("Key", "secret", Origin::Project), owned("Notes", "n", Origin::Release),
        ]);
        let of_project = Context { release_id: None, ..of_release };
        assert_eq!(held(of_project).await, [owned("branch", "of project", Origin::Project), owned("Key", "secret", Origin::Project)]);
        assert!(held(Context { project_id: 2, ..of_project }).await.is_empty());
    }
}
