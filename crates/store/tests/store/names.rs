//! How reports name things: by exact name, else by slug; what does not exist is created.

use burgee_domain::{
    change::{PlaceChange, Visibility},
    report::RunReport,
};
use burgee_store::{environments, groups, projects, reports};
use serde_json::json;

use crate::support::{apply, ask, at, on_both_engines, report};

on_both_engines! {
    async fn a_new_project_is_private_and_has_badges_off(store) {
        let project = apply(&store, json!({"project": "Web Shop", "status": "running"})).await.project;
        assert_eq!((project.name.as_str(), project.title.as_str(), project.slug.as_str()), ("Web Shop", "Web Shop", "web-shop"));
        assert_eq!(project.full_path, "default/web-shop");
        assert_eq!((project.visibility, project.badges_enabled), (Visibility::Private, false));
    }

    async fn a_name_and_its_slug_are_the_same_project(store) {
        let first = apply(&store, json!({"project": "Web Shop", "status": "running"})).await;
        let second = apply(&store, json!({"project": "web-shop", "space": "Default", "status": "running"})).await;
        assert_eq!(first.project.id, second.project.id);
        assert!(first.run.id < second.run.id);
    }

    async fn a_renamed_environment_still_answers_to_the_name_it_was_reported_by(store) {
        let report = json!({"project": "Web Shop", "environment": "Production (EU)", "status": "running"});
        let id = apply(&store, report.clone()).await.run.environment_id.unwrap();
        let change = PlaceChange { name: Some("Live".to_owned()), ..PlaceChange::default() };
        store.write(async move |conn| { environments::change(conn, id, &change, at(1)).await }).await.unwrap();
        let run = apply(&store, report).await.run;
        assert_eq!((run.environment_id, run.environment.as_deref()), (Some(id), Some("Live")));
    }

    async fn environments_whose_names_make_the_same_slug_stay_apart(store) {
        let report = |name: &str| json!({"project": "Web Shop", "environment": name, "status": "running"});
        let first = apply(&store, report("Prod (EU)")).await.run.environment_id;
        let second = apply(&store, report("Prod EU")).await.run.environment_id;
        assert_ne!(first, second);
    }

    async fn a_taken_slug_gets_a_number(store) {
        apply(&store, json!({"project": "Web Shop", "status": "running"})).await;
        let other = apply(&store, json!({"project": "Web+Shop", "status": "running"})).await.project;
        assert_eq!((other.slug.as_str(), other.full_path.as_str()), ("web-shop-1", "default/web-shop-1"));
    }

    async fn a_path_keeps_the_name_where_a_path_may_hold_it(store) {
        let project = apply(&store, json!({"project": "sslip.io", "status": "running"})).await.project;
        assert_eq!((project.slug.as_str(), project.path.as_str(), project.full_path.as_str()), ("sslip-io", "sslip.io", "default/sslip.io"));
    }

    async fn groups_are_created_along_the_path(store) {
        let report = json!({"space": "Harbour", "project": "Lines/North/Timetable API", "status": "running"});
        let project = apply(&store, report.clone()).await.project;
        assert_eq!(project.full_path, "harbour/Lines/North/timetable-api");
        assert_eq!(apply(&store, report).await.project.id, project.id);
        let space = ask!(store, |conn| groups::find_space(conn, "harbour")).unwrap();
        assert_eq!(project.space_id, space.id);
        assert_eq!(ask!(store, |conn| groups::below(conn, space.id)).len(), 2);
    }

    async fn equal_names_in_different_groups_are_different_projects(store) {
        let first = apply(&store, json!({"project": "a/api", "status": "running"})).await.project;
        let second = apply(&store, json!({"project": "b/api", "status": "running"})).await.project;
        assert_ne!(first.id, second.id);
        assert_eq!((first.slug.as_str(), second.slug.as_str()), ("api", "api-1"));
        assert_eq!(second.full_path, "default/b/api");
    }

    async fn a_group_never_takes_a_projects_path_nor_a_project_a_groups(store) {
        apply(&store, json!({"project": "lines", "status": "running"})).await;
        let below = apply(&store, json!({"project": "lines/api", "status": "running"})).await.project;
        assert_eq!(below.full_path, "default/lines-1/api");
        let project = apply(&store, json!({"project": "lines-1", "status": "running"})).await.project;
        assert_eq!(project.full_path, "default/lines-1-1");
    }

    async fn a_space_never_takes_the_address_of_a_page(store) {
        for name in ["api", "Sign in", "projects"] {
            apply(&store, json!({"space": name, "project": "p", "status": "running"})).await;
        }
        let slugs: Vec<String> = ask!(store, |conn| groups::spaces(conn)).into_iter().map(|space| space.slug).collect();
        assert_eq!(slugs, ["default", "sign-in-1", "api-1", "projects-1"]);
    }

    async fn environments_and_tenants_belong_to_their_space(store) {
        let run = json!({"project": "p", "environment": "Production", "tenant": "Contoso", "status": "running"});
        let mut elsewhere = run.clone();
        elsewhere["space"] = json!("Other");
        let (here, there) = (apply(&store, run).await.run, apply(&store, elsewhere).await.run);
        assert_ne!(here.environment_id, there.environment_id);
        assert_ne!(here.tenant_id, there.tenant_id);
        let again = apply(&store, json!({"project": "p", "environment": "production", "tenant": "contoso", "status": "running"})).await;
        assert_eq!((again.run.environment_id, again.run.tenant_id), (here.environment_id, here.tenant_id));
        assert_eq!(ask!(store, |conn| environments::list(conn, Some(1), None, 10)).len(), 1);
    }

    async fn the_same_build_number_in_two_releases_is_two_builds(store) {
        let run = |release: Option<&str>| json!({"project": "p", "release": release, "build": 7, "status": "running"});
        let mut ids = Vec::new();
        for release in [Some("1.0"), Some("2.0"), None] {
            ids.push(apply(&store, run(release)).await.run.build_id.unwrap());
            assert_eq!(apply(&store, run(release)).await.run.build_id, ids.last().copied());
        }
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }

    async fn a_hundred_first_reports_at_once_create_one_project(store) {
        let tasks: Vec<_> = (0..100)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move {
                    apply(&store, json!({
                        "space": "New", "project": "group/Same Project", "environment": "Production", "tenant": "T",
                        "release": "1.0", "build": 1, "job": "deploy", "status": "succeeded", "external_id": format!("{n}"),
                        "variables": {"Branch": "main"}, "title": "Title",
                    })).await
                })
            })
            .collect();
        let mut runs = Vec::new();
        for task in tasks {
            runs.push(task.await.unwrap().run);
        }
        for run in &runs {
            let ids = |run: &burgee_store::runs::Run| (run.project_id, run.environment_id, run.tenant_id, run.release_id, run.build_id, run.job_id);
            assert_eq!(ids(run), ids(&runs[0]));
        }
        assert_eq!(ask!(store, |conn| projects::count(conn, &projects::Filter::default())), 1);
        assert_eq!(ask!(store, |conn| groups::spaces(conn)).len(), 2);
        let all = ask!(store, |conn| burgee_store::runs::list(conn, &burgee_store::runs::Filter::default(), None, 1000));
        assert_eq!(all.len(), 100);
    }

    async fn looking_at_a_reports_target_creates_nothing(store) {
        let new = report(&json!({"space": "Harbour", "project": "lines/api", "status": "running"}));
        let target = |report: RunReport| {
            let store = store.clone();
            async move { ask!(store, |conn| reports::peek_target(conn, &report)) }
        };
        assert_eq!(target(new.clone()).await, reports::Target::default());
        assert_eq!(ask!(store, |conn| groups::spaces(conn)).len(), 1);
        let project = apply(&store, json!({"space": "Harbour", "project": "lines/api", "status": "running"})).await.project;
        let found = target(new).await;
        assert_eq!((found.space, found.project), (Some(project.space_id), Some(project.id)));
        assert_eq!(found.groups.len(), 2);
        assert_eq!(found, ask!(store, |conn| reports::target_of(conn, &project)));
        let sibling = target(report(&json!({"space": "Harbour", "project": "lines/web", "status": "running"}))).await;
        assert_eq!((sibling.groups, sibling.project), (found.groups, None));
    }

    async fn names_of_every_script_have_a_place(store) {
        let project = apply(&store, json!({"project": "港 🚢", "environment": "🚢", "status": "running"})).await;
        assert_eq!(project.project.slug, "港");
        assert_eq!(project.run.environment_slug.as_deref(), Some("item"));
        assert_eq!(project.run.created_at, at(0));
    }
}
