//! The latest run of the latest build of the latest release that matches, asked of the store itself: the cascade of variables
//! (C4), and what has lost its runs.

use burgee_domain::{
    buildmaster_badge::Filters,
    status::RunStatus::{self, Failed, Succeeded},
};
use burgee_store::{
    Store,
    access::{Person, Subject},
    buildmaster::{Found, find},
};
use serde_json::json;

use crate::support::{apply, ask, execute, on_both_engines};

/// What the build shows for which a variable has this value.
async fn with(store: &Store, name: &str, value: &str) -> Option<RunStatus> {
    let filters = Filters { variables: vec![(name.to_owned(), value.to_owned())], ..Filters::default() };
    let everything = Subject::new(Person::Administrator);
    match ask!(store, |conn| find(conn, &filters, &everything)).0 {
        Found::Execution(status) => Some(status),
        Found::Nothing | Found::OutOfReach => None,
    }
}

/// Gives the first project a variable.
async fn set_for_project(store: &Store, name: &str, value: &str, sensitive: bool) {
    let statement = format!(
        "insert into variables (project_id, name, value, sensitive) values (1, '{name}', '{value}', {sensitive})"
    );
    execute(store, statement).await;
}

on_both_engines! {
    async fn a_projects_variable_holds_for_builds_that_have_none_of_their_own(store) {
        apply(&store, json!({"project": "p", "release": "1", "build": 1, "status": "failed", "variables": {"Branch": "main"}})).await;
        apply(&store, json!({"project": "p", "release": "1", "build": 2, "status": "succeeded"})).await;
        set_for_project(&store, "Branch", "trunk", false).await;
        assert_eq!(with(&store, "Branch", "trunk").await, Some(Succeeded));
        assert_eq!(with(&store, "branch", "main").await, Some(Failed));
        apply(&store, json!({"project": "p", "release": "1", "status": "running", "variables": {"Branch": "release"}})).await;
        assert_eq!(with(&store, "Branch", "trunk").await, None, "the release's comes before the project's");
        assert_eq!(with(&store, "Branch", "release").await, Some(Succeeded));
    }

    async fn a_sensitive_variable_never_matches_and_hides_those_below(store) {
        apply(&store, json!({"project": "p", "release": "1", "build": 1, "status": "succeeded", "variables": {"Token": "s3cret"}})).await;
        assert_eq!(with(&store, "Token", "s3cret").await, Some(Succeeded));
        execute(&store, "update variables set sensitive = true where build_id is not null".to_owned()).await;
        assert_eq!(with(&store, "Token", "s3cret").await, None);
        set_for_project(&store, "Token", "open", false).await;
        assert_eq!(with(&store, "Token", "open").await, None, "the build's own value is another");
        set_for_project(&store, "Password", "s3cret", true).await;
        assert_eq!(with(&store, "Password", "s3cret").await, None);
    }

    async fn a_build_whose_runs_are_gone_shows_nothing(store) {
        apply(&store, json!({"project": "p", "build": 1, "status": "succeeded"})).await;
        execute(&store, "delete from runs".to_owned()).await;
        let everything = Subject::new(Person::Administrator);
        assert_eq!(ask!(store, |conn| find(conn, &Filters::default(), &everything)).0, Found::Nothing);
    }
}
