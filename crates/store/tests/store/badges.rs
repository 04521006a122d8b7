//! The look-up behind a release badge: which run shows, and how URLs may name things.

use burgee_domain::{
    change::{GroupChange, PlaceChange, ProjectChange},
    status::RunStatus,
};
use burgee_store::{
    Store, environments, projects,
    release_badge::{self, Found, Query},
    tenants,
};
use serde_json::{Value, json};

use crate::support::{apply, apply_at, ask, at, change, on_both_engines};

/// A badge of `default`, `p` in `production`.
const BADGE: Query<'static> =
    Query { space: "default", project: "p", environment: "production", tenant: None, include_failed: false };

async fn badge(store: &Store, query: Query<'_>) -> Option<Found> {
    ask!(store, |conn| release_badge::find(conn, &query))
}

/// The message's two parts.
async fn shown(store: &Store, query: Query<'_>) -> Option<(Option<String>, RunStatus)> {
    badge(store, query).await.unwrap().shown.map(|shown| (shown.release, shown.status))
}

async fn run(store: &Store, status: &str, release: &str, more: Value) {
    let mut run = json!({"project": "p", "environment": "Production", "release": release, "status": status});
    run.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    apply(store, run).await;
}

async fn turn_on(store: &Store) {
    let on = ProjectChange { badges_enabled: Some(true), ..ProjectChange::default() };
    change!(store, |conn| async {
        for project in projects::list(conn, &projects::Filter::default(), None, 100).await? {
            projects::change(conn, project.id, &on, at(0)).await?;
        }
        Ok(())
    })
    .unwrap();
}

on_both_engines! {
    async fn failed_runs_are_passed_over_unless_asked_for(store) {
        run(&store, "succeeded", "1.0", json!({})).await;
        for (status, release) in [("failed", "1.1"), ("errored", "1.2"), ("canceled", "1.3"), ("timed_out", "1.4")] {
            run(&store, status, release, json!({})).await;
        }
        turn_on(&store).await;
        assert_eq!(shown(&store, BADGE).await, Some((Some("1.0".into()), RunStatus::Succeeded)));
        let with_failures = Query { include_failed: true, ..BADGE };
        assert_eq!(shown(&store, with_failures).await, Some((Some("1.4".into()), RunStatus::TimedOut)));
        run(&store, "running", "1.5", json!({})).await;
        assert_eq!(shown(&store, BADGE).await, Some((Some("1.5".into()), RunStatus::Running)));
    }

    async fn without_tenant_only_untenanted_runs_show(store) {
        run(&store, "succeeded", "1.0", json!({})).await;
        run(&store, "succeeded", "2.0", json!({"tenant": "Contoso"})).await;
        run(&store, "succeeded", "3.0", json!({"tenant": "Fabrikam"})).await;
        turn_on(&store).await;
        assert_eq!(shown(&store, BADGE).await.unwrap().0.as_deref(), Some("1.0"));
        let found = badge(&store, Query { tenant: Some("contoso"), ..BADGE }).await.unwrap();
        assert_eq!((found.shown.unwrap().release.as_deref(), found.names.tenant.as_deref()), (Some("2.0"), Some("Contoso")));
    }

    async fn latest_means_the_order_of_first_report_and_never_the_clock(store) {
        let run = |id: &str, release: &str| json!({"project": "p", "environment": "Production", "release": release, "external_id": id, "status": "running"});
        apply_at(&store, run("1", "1.0"), 100).await.unwrap();
        apply_at(&store, run("2", "2.0"), 50).await.unwrap();
        let mut done = run("1", "1.0");
        done["status"] = json!("succeeded");
        apply_at(&store, done, 200).await.unwrap();
        turn_on(&store).await;
        assert_eq!(shown(&store, BADGE).await.unwrap().0.as_deref(), Some("2.0"));
    }

    async fn a_badge_without_runs_still_has_its_names(store) {
        run(&store, "failed", "1.0", json!({"title": "The Project"})).await;
        turn_on(&store).await;
        let found = badge(&store, BADGE).await.unwrap();
        assert_eq!((found.shown, found.names.environment.as_str(), found.names.project.as_str()), (None, "Production", "The Project"));
    }

    async fn a_release_that_is_missing_leaves_the_build(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "build": 77, "status": "succeeded"})).await;
        turn_on(&store).await;
        let shown = badge(&store, BADGE).await.unwrap().shown.unwrap();
        assert_eq!((shown.release, shown.build.as_deref()), (None, Some("77")));
    }

    async fn badges_that_are_off_and_names_that_do_not_exist_are_not_found(store) {
        run(&store, "succeeded", "1.0", json!({"tenant": "Contoso"})).await;
        assert_eq!(badge(&store, BADGE).await, None, "badges are off");
        turn_on(&store).await;
        assert!(badge(&store, BADGE).await.is_some());
        for query in [
            Query { space: "nowhere", ..BADGE },
            Query { project: "nothing", ..BADGE },
            Query { environment: "nowhere", ..BADGE },
            Query { tenant: Some("nobody"), ..BADGE },
            Query { project: "Projects-99", ..BADGE },
            Query { project: "", ..BADGE },
            Query { tenant: Some(""), ..BADGE },
            Query { project: "p\0", ..BADGE },
            Query { space: "'; drop table runs; --", ..BADGE },
        ] {
            assert_eq!(badge(&store, query).await, None, "{query:?}");
        }
    }

    async fn ids_slugs_paths_and_aliases_all_lead_to_the_badge(store) {
        apply(&store, json!({"project": "lines/Timetable API", "environment": "Production", "tenant": "Contoso", "release": "1.0", "status": "succeeded"})).await;
        turn_on(&store).await;
        change!(store, |conn| async {
            let alias = |id: &str| [("octopus".to_owned(), Some(id.to_owned()))].into();
            burgee_store::groups::change(conn, 1, &GroupChange { aliases: alias("Spaces-22"), ..GroupChange::default() }, at(0)).await?;
            projects::change(conn, 1, &ProjectChange { aliases: alias("Projects-41"), ..ProjectChange::default() }, at(0)).await?;
            environments::change(conn, 1, &PlaceChange { aliases: alias("Environments-7"), ..PlaceChange::default() }, at(0)).await?;
            tenants::change(conn, 1, &PlaceChange { aliases: alias("Tenants-9"), ..PlaceChange::default() }, at(0)).await?;
            Ok(())
        })
        .unwrap();
        for space in ["default", "Spaces-1", "spaces-1", "Spaces-22"] {
            for project in ["timetable-api", "Projects-1", "PROJECTS-1", "Projects-41", "lines/timetable-api"] {
                for environment in ["production", "Environments-1", "Environments-7"] {
                    for tenant in ["contoso", "Tenants-1", "Tenants-9"] {
                        let query = Query { space, project, environment, tenant: Some(tenant), include_failed: false };
                        assert!(badge(&store, query).await.is_some_and(|found| found.shown.is_some()), "{query:?}");
                    }
                }
            }
        }
    }

    async fn an_alias_comes_before_an_own_id_and_an_own_id_before_a_slug(store) {
        let run = |project: &str, release: &str| json!({"project": project, "environment": "Production", "release": release, "status": "succeeded"});
        for (project, release) in [("p", "1.0"), ("q", "2.0"), ("Projects 2", "3.0")] {
            apply(&store, run(project, release)).await;
        }
        turn_on(&store).await;
        let query = Query { project: "projects-2", ..BADGE };
        assert_eq!(shown(&store, query).await.unwrap().0.as_deref(), Some("2.0"), "the id of q, the slug of the third");
        let alias = [("octopus".to_owned(), Some("projects-2".to_owned()))].into();
        change!(store, |conn| projects::change(conn, 1, &ProjectChange { aliases: alias, ..ProjectChange::default() }, at(0))).unwrap();
        assert_eq!(shown(&store, query).await.unwrap().0.as_deref(), Some("1.0"), "the alias of p");
    }

    async fn an_environment_of_another_space_is_not_found(store) {
        run(&store, "succeeded", "1.0", json!({})).await;
        apply(&store, json!({"space": "Other", "project": "p", "environment": "Elsewhere", "status": "succeeded"})).await;
        turn_on(&store).await;
        for environment in ["elsewhere", "Environments-2"] {
            assert_eq!(badge(&store, Query { environment, ..BADGE }).await, None);
        }
        assert_eq!(badge(&store, Query { space: "other", project: "Projects-1", ..BADGE }).await, None);
    }
}
