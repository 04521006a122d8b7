//! What pages and lists ask.

use burgee_domain::{
    change::{ProjectChange, Visibility},
    status::RunStatus,
};
use burgee_store::{
    Store,
    access::Reach,
    builder, dashboard,
    projects::{self, Filter},
    releases, runs,
};
use serde_json::json;

use crate::support::{apply, apply_at, ask, at, change, on_both_engines};

async fn paths(store: &Store, filter: Filter<'_>) -> Vec<String> {
    let found = ask!(store, |conn| projects::page(conn, &filter, 0, 100));
    assert_eq!(ask!(store, |conn| projects::count(conn, &filter)), i64::try_from(found.len()).unwrap());
    found.into_iter().map(|project| project.full_path).collect()
}

on_both_engines! {
    async fn projects_are_listed_by_name_place_and_visibility(store) {
        for project in ["lines/api", "lines/web", "lines_x/api", "100% Cover"] {
            apply(&store, json!({"project": project, "status": "running"})).await;
        }
        let public = ProjectChange { visibility: Some(Visibility::Public), ..ProjectChange::default() };
        change!(store, |conn| projects::change(conn, 2, &public, at(0))).unwrap();
        assert_eq!(paths(&store, Filter::default()).await.len(), 4);
        assert_eq!(paths(&store, Filter { search: Some("API"), ..Filter::default() }).await, ["default/lines/api", "default/lines_x/api"]);
        assert_eq!(paths(&store, Filter { search: Some("100%"), ..Filter::default() }).await, ["default/100-cover"]);
        assert_eq!(paths(&store, Filter { search: Some("_"), ..Filter::default() }).await, ["default/lines_x/api"]);
        assert_eq!(paths(&store, Filter { under: Some("default/lines"), ..Filter::default() }).await, ["default/lines/api", "default/lines/web"]);
        assert_eq!(paths(&store, Filter { reach: Some(&Reach::default()), ..Filter::default() }).await, ["default/lines/web"]);
        let second = ask!(store, |conn| projects::list(conn, &Filter::default(), Some(1), 2));
        assert_eq!(second.iter().map(|project| project.id).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(ask!(store, |conn| projects::page(conn, &Filter::default(), 3, 2)).len(), 1);
    }

    async fn runs_are_listed_newest_first_page_by_page(store) {
        for n in 0..5 {
            apply(&store, json!({"project": "p", "environment": if n % 2 == 0 { "a" } else { "b" }, "release": format!("{n}"), "status": "succeeded"})).await;
        }
        let ids = |filter, before| {
            let store = store.clone();
            async move { ask!(store, |conn| runs::list(conn, &filter, before, 2)).iter().map(|run| run.id).collect::<Vec<_>>() }
        };
        assert_eq!(ids(runs::Filter::default(), None).await, [5, 4]);
        assert_eq!(ids(runs::Filter::default(), Some(4)).await, [3, 2]);
        assert_eq!(ids(runs::Filter { project_id: Some(1), environment_id: Some(2), ..runs::Filter::default() }, None).await, [4, 2]);
        let releases = ask!(store, |conn| releases::list(conn, 1, Some(5), 2));
        assert_eq!(releases.iter().map(|release| release.version.as_str()).collect::<Vec<_>>(), ["3", "2"]);
    }

    async fn the_dashboard_has_the_latest_run_of_every_cell(store) {
        assert!(ask!(store, |conn| dashboard::last_report(conn)).is_none());
        let run = |project: &str, environment: Option<&str>, release: &str| json!({"project": project, "environment": environment, "release": release, "status": "failed"});
        for (project, environment, release) in [
            ("a", Some("Staging"), "1"), ("a", Some("Staging"), "2"), ("a", Some("Production"), "1"), ("a", None, "3"), ("a", None, "4"),
            ("b", Some("Production"), "7"), ("c", Some("Elsewhere"), "9"),
        ] {
            apply(&store, run(project, environment, release)).await;
        }
        let mut tenanted = run("b", Some("Production"), "8");
        tenanted["tenant"] = json!("T");
        apply_at(&store, tenanted, 60).await.unwrap();
        let cells = ask!(store, |conn| dashboard::cells(conn, &[1, 2]));
        let mut found: Vec<String> = cells.runs.iter().map(|run| format!("{} {} {}", run.project, run.environment.as_deref().unwrap_or("CI"), run.release.as_deref().unwrap())).collect();
        found.sort();
        assert_eq!(found, ["default/a CI 4", "default/a Production 1", "default/a Staging 2", "default/b Production 8"]);
        assert_eq!(cells.environments.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["Staging", "Production"]);
        assert_eq!(ask!(store, |conn| dashboard::last_report(conn)), Some(at(60)));
        assert!(ask!(store, |conn| dashboard::cells(conn, &[])).runs.is_empty());
    }

    async fn the_builder_offers_used_environments_first_and_says_what_they_show(store) {
        apply(&store, json!({"project": "other", "environment": "Unused", "tenant": "Stranger", "status": "running"})).await;
        for (environment, tenant, release, status) in [
            ("Production", None, "1", "succeeded"), ("Production", None, "2", "failed"), ("Production", Some("T"), "3", "running"), ("Test", Some("T"), "4", "failed"),
        ] {
            apply(&store, json!({"project": "p", "environment": environment, "tenant": tenant, "release": release, "status": status})).await;
        }
        let project = ask!(store, |conn| projects::get(conn, 2)).unwrap();
        let choices = ask!(store, |conn| builder::choices(conn, &project));
        let names: Vec<&str> = choices.environments.iter().map(|environment| environment.name.as_str()).collect();
        assert_eq!((names, choices.used_environments), (vec!["Production", "Test", "Unused"], 2));
        assert_eq!(choices.tenants.iter().map(|tenant| tenant.name.as_str()).collect::<Vec<_>>(), ["T"]);
        let shown = |environment: i64, tenant: Option<i64>| {
            let cell = choices.cells.iter().find(|cell| cell.environment_id == environment && cell.tenant_id == tenant)?;
            let release = |shown: &Option<burgee_domain::release_badge::Shown>| shown.as_ref().and_then(|shown| shown.release.clone());
            Some((release(&cell.shown), release(&cell.shown_with_failures)))
        };
        let (production, test, tenant) = (choices.environments[0].id, choices.environments[1].id, Some(choices.tenants[0].id));
        assert_eq!(shown(production, None), Some((Some("1".into()), Some("2".into()))));
        assert_eq!(shown(production, tenant), Some((Some("3".into()), Some("3".into()))));
        assert_eq!(shown(test, tenant), Some((None, Some("4".into()))));
        assert_eq!(shown(test, None), None);
        assert_eq!(choices.cells[0].shown.as_ref().unwrap().status, RunStatus::Succeeded);
    }
}
