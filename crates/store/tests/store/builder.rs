//! What the Badge Builder knows of builds and branches: the same that the badges' own look-ups find.

use burgee_domain::{
    buildmaster_badge::Filters,
    status::RunStatus::{self, Failed, Running, Succeeded},
};
use burgee_store::{
    Store,
    access::{Person, Subject},
    builder::{
        branches,
        builds::{self, Build, Builds},
    },
    buildmaster::{Found, find},
    projects::{self, Project},
};
use serde_json::json;

use crate::support::{apply, ask, execute, on_both_engines};

async fn project(store: &Store) -> Project {
    ask!(store, |conn| projects::find_by_path(conn, "default/p")).unwrap()
}

async fn newest(store: &Store, limit: usize) -> Builds {
    let project = project(store).await;
    ask!(store, |conn| builds::newest(conn, &project, limit))
}

/// Release and number.
fn names(builds: &Builds) -> Vec<(Option<&str>, &str)> {
    builds.builds.iter().map(|build| (build.release.as_deref(), build.number.as_str())).collect()
}

fn value<'a>(build: &'a Build, name: &str) -> Option<Option<&'a str>> {
    build.variables.get(name).map(Option::as_deref)
}

async fn found(store: &Store, filters: Filters) -> Option<RunStatus> {
    match ask!(store, |conn| find(conn, &filters, &Subject::new(Person::Administrator))).0 {
        Found::Execution(status) => Some(status),
        Found::Nothing | Found::OutOfReach => None,
    }
}

on_both_engines! {
    async fn the_first_build_known_is_the_one_that_the_badge_finds(store) {
        apply(&store, json!({"project": "p", "release": "1", "build": 1, "status": "succeeded"})).await;
        apply(&store, json!({"project": "p", "release": "2", "build": 1, "status": "running"})).await;
        apply(&store, json!({"project": "p", "release": "1", "build": 2, "status": "failed"})).await;
        apply(&store, json!({"project": "p", "build": 9, "status": "warned"})).await;
        apply(&store, json!({"project": "other", "release": "7", "build": 7, "status": "warned"})).await;
        let known = newest(&store, 10).await;
        assert_eq!(names(&known), [(Some("2"), "1"), (Some("1"), "2"), (Some("1"), "1"), (None, "9")]);
        assert!(known.all && known.variables_known);
        for build in &known.builds {
            let filters = Filters {
                application_name: Some("p".to_owned()),
                release_number: build.release.clone(),
                build_number: Some(build.number.clone()),
                ..Filters::default()
            };
            assert_eq!(found(&store, filters).await, build.status, "{build:?}");
        }
        let few = newest(&store, 3).await;
        assert_eq!((few.builds.len(), few.all), (3, false));
        assert_eq!(newest(&store, 4).await.builds.len(), 4);
        assert!(newest(&store, 4).await.all);
    }

    async fn a_build_is_as_its_latest_run(store) {
        apply(&store, json!({"project": "p", "build": 1, "status": "failed"})).await;
        apply(&store, json!({"project": "p", "build": 1, "status": "running", "job": "again"})).await;
        assert_eq!(newest(&store, 10).await.builds[0].status, Some(Running));
        execute(&store, "update builds set status = 'rejected'".to_owned()).await;
        assert!(newest(&store, 10).await.builds[0].rejected);
        execute(&store, "delete from runs".to_owned()).await;
        assert_eq!(newest(&store, 10).await.builds[0].status, None);
    }

    async fn values_go_down_the_cascade_and_sensitive_ones_are_never_told(store) {
        apply(&store, json!({"project": "p", "release": "1", "build": 1, "status": "failed", "variables": {"Branch": "main", "Token": "s3cret"}})).await;
        apply(&store, json!({"project": "p", "release": "1", "build": 2, "status": "failed"})).await;
        apply(&store, json!({"project": "p", "release": "1", "status": "running", "variables": {"Channel": "beta", "branch": "release"}})).await;
        execute(&store, "update variables set sensitive = true where name = 'Token'".to_owned()).await;
        for (name, value) in [("Token", "open"), ("Site", "north")] {
            let statement = format!("insert into variables (project_id, name, value, sensitive) values (1, '{name}', '{value}', false)");
            execute(&store, statement).await;
        }
        let known = newest(&store, 10).await;
        let [second, first] = &known.builds[..] else { panic!("{known:?}") };
        assert_eq!(value(first, "Branch"), Some(Some("main")), "its own, in whatever case the release's is named");
        assert_eq!(value(first, "branch"), None);
        assert_eq!(value(second, "branch"), Some(Some("release")));
        assert_eq!(value(first, "Token"), Some(None), "hidden, and so is the project's below it");
        assert_eq!(value(second, "Token"), Some(Some("open")));
        assert_eq!((value(first, "Channel"), value(first, "Site")), (Some(Some("beta")), Some(Some("north"))));
        assert!(!format!("{known:?}").contains("s3cret"));
    }

    async fn a_path_that_is_anothers_title_is_not_its_own(store) {
        apply(&store, json!({"project": "p", "build": 1, "status": "failed"})).await;
        let own = project(&store).await;
        assert!(ask!(store, |conn| builds::is_only_one_called_by_its_path(conn, &own)));
        apply(&store, json!({"project": "other", "title": "default/p", "status": "failed"})).await;
        assert!(!ask!(store, |conn| builds::is_only_one_called_by_its_path(conn, &own)));
    }

    async fn branches_are_those_of_the_newest_runs_and_the_one_that_is_asked_for(store) {
        let run = |branch: &str, job: &str, status: &str, coverage: f64| {
            json!({"project": "p", "variables": {"Branch": branch}, "job": job, "status": status, "coverage": coverage})
        };
        apply(&store, run("old", "unit", "succeeded", 1.0)).await;
        apply(&store, run("main", "unit", "succeeded", 90.0)).await;
        apply(&store, run("main", "lint", "succeeded", 80.0)).await;
        for n in 0..12 {
            apply(&store, run(&format!("topic-{n}"), "unit", "failed", 50.0)).await;
        }
        let own = project(&store).await;
        let known = ask!(store, |conn| branches::newest(conn, &own, Some("old")));
        let names: Vec<&str> = known.branches.iter().map(|branch| branch.name.as_str()).collect();
        assert_eq!((names.len(), names[0], names[1]), (12, "old", "topic-11"));
        assert_eq!((known.branches[0].coverage, known.branches[1].coverage), (Some(1.0), None), "a failure tells none");
        assert_eq!((&known.branches[0].pipeline[..], &known.branches[1].pipeline[..]), (&[Succeeded][..], &[Failed][..]));
        let told: Vec<_> = known.coverage.iter().map(|told| (told.branch.as_str(), told.job.as_str(), told.percent)).collect();
        assert_eq!(told, [("main", "lint", 80.0), ("main", "unit", 90.0), ("old", "unit", 1.0)]);
        assert!(known.all_coverage);
        let known = ask!(store, |conn| branches::newest(conn, &own, Some("moon")));
        assert!(known.branches.iter().all(|branch| branch.name != "moon"), "nothing has run there");
    }
}
