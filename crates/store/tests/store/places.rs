//! Spaces, projects, environments, tenants: changes, conflicts, deletion.

use burgee_domain::change::{GroupChange, PlaceChange, ProjectChange, Visibility};
use burgee_store::{StoreError, aliases, environments, gitlab, groups, projects, releases, runs, tenants};
use serde_json::json;

use crate::support::{apply, ask, at, change, on_both_engines};

fn conflict<T: std::fmt::Debug>(result: burgee_store::Result<T>) -> &'static str {
    match result {
        Err(StoreError::Conflict { field, .. }) => field,
        other => panic!("no conflict: {other:?}"),
    }
}

on_both_engines! {
    async fn a_change_touches_only_what_it_names(store) {
        let before = apply(&store, json!({"project": "Web Shop", "status": "running"})).await.project;
        let id = before.id;
        let nothing = change!(store, |conn| projects::change(conn, id, &ProjectChange::default(), at(60))).unwrap().unwrap();
        assert_eq!(nothing, before);
        let on = ProjectChange { badges_enabled: Some(true), visibility: Some(Visibility::Public), title: Some("Shop".into()), ..ProjectChange::default() };
        let after = change!(store, |conn| projects::change(conn, id, &on, at(60))).unwrap().unwrap();
        assert_eq!((after.title.as_str(), after.slug.as_str(), after.name.as_str()), ("Shop", "web-shop", "Web Shop"));
        assert_eq!((after.badges_enabled, after.visibility, after.updated_at), (true, Visibility::Public, at(60)));
        assert_eq!(change!(store, |conn| projects::change(conn, 99, &ProjectChange::default(), at(0))).unwrap(), None);
    }

    async fn a_taken_slug_is_a_conflict(store) {
        for project in ["a", "b"] {
            apply(&store, json!({"project": project, "environment": project, "tenant": project, "space": project, "status": "running"})).await;
            apply(&store, json!({"project": project, "environment": project, "tenant": project, "status": "running"})).await;
        }
        let project = ask!(store, |conn| projects::find_by_path(conn, "default/a")).unwrap().id;
        let taken = || PlaceChange { slug: Some("b".into()), ..PlaceChange::default() };
        let slug = ProjectChange { slug: Some("b".into()), ..ProjectChange::default() };
        assert_eq!(conflict(change!(store, |conn| projects::change(conn, project, &slug, at(0)))), "slug");
        let environment = ask!(store, |conn| environments::find(conn, 1, "a")).unwrap().id;
        assert_eq!(conflict(change!(store, |conn| environments::change(conn, environment, &taken(), at(0)))), "slug");
        let tenant = ask!(store, |conn| tenants::find(conn, 1, "a")).unwrap().id;
        assert_eq!(conflict(change!(store, |conn| tenants::change(conn, tenant, &taken(), at(0)))), "slug");
        let space = ask!(store, |conn| groups::find_space(conn, "a")).unwrap().id;
        let of_space = |slug: &str| GroupChange { slug: Some(slug.into()), ..GroupChange::default() };
        let (taken, reserved) = (of_space("b"), of_space("api"));
        assert_eq!(conflict(change!(store, |conn| groups::change(conn, space, &taken, at(0)))), "slug");
        assert_eq!(conflict(change!(store, |conn| groups::change(conn, space, &reserved, at(0)))), "slug");
        let name = PlaceChange { name: Some("b".into()), ..PlaceChange::default() };
        assert_eq!(conflict(change!(store, |conn| environments::change(conn, environment, &name, at(0)))), "name");
        assert_eq!(conflict(change!(store, |conn| tenants::create(conn, 1, "b", at(0)))), "name");
    }

    async fn a_spaces_new_slug_moves_everything_below_it(store) {
        let project = apply(&store, json!({"space": "Häfen", "project": "lines/api", "status": "running"})).await.project;
        let slug = GroupChange { slug: Some("harbour-2".into()), name: Some("Harbour".into()), ..GroupChange::default() };
        let space = change!(store, |conn| groups::change(conn, project.space_id, &slug, at(60))).unwrap().unwrap();
        assert_eq!((space.name.as_str(), space.full_path.as_str()), ("Harbour", "harbour-2"));
        assert_eq!(ask!(store, |conn| projects::get(conn, project.id)).unwrap().full_path, "harbour-2/lines/api");
        assert_eq!(ask!(store, |conn| groups::get(conn, project.group_id)).unwrap().full_path, "harbour-2/lines");
        let moved = ask!(store, |conn| gitlab::moved_to(conn, "häfen/lines/api"));
        assert_eq!(moved.as_deref(), Some("harbour-2/lines/api"), "the old path is remembered");
        let back = GroupChange { slug: Some("häfen".into()), ..GroupChange::default() };
        change!(store, |conn| groups::change(conn, project.space_id, &back, at(61))).unwrap();
        assert_eq!(ask!(store, |conn| gitlab::moved_to(conn, "harbour-2")).as_deref(), Some("häfen"));
        assert_eq!(ask!(store, |conn| gitlab::moved_to(conn, "häfen/lines")), None, "it is there again");
        let inner = GroupChange { slug: Some("x".into()), ..GroupChange::default() };
        assert_eq!(conflict(change!(store, |conn| groups::change(conn, project.group_id, &inner, at(62)))), "slug");
    }

    async fn an_alias_belongs_to_one_record_of_its_kind(store) {
        apply(&store, json!({"project": "a", "environment": "a", "status": "running"})).await;
        apply(&store, json!({"project": "b", "status": "running"})).await;
        let set = |alias: Option<&str>| ProjectChange { aliases: [("octopus".to_owned(), alias.map(Into::into))].into(), ..ProjectChange::default() };
        change!(store, |conn| projects::change(conn, 1, &set(Some("41")), at(0))).unwrap();
        assert_eq!(conflict(change!(store, |conn| projects::change(conn, 2, &set(Some("41")), at(0)))), "aliases");
        let environment = PlaceChange { aliases: [("octopus".to_owned(), Some("41".to_owned()))].into(), ..PlaceChange::default() };
        change!(store, |conn| environments::change(conn, 1, &environment, at(0))).unwrap();
        change!(store, |conn| projects::change(conn, 1, &set(Some("42")), at(0))).unwrap();
        change!(store, |conn| projects::change(conn, 2, &set(Some("41")), at(0))).unwrap();
        assert_eq!(ask!(store, |conn| aliases::of(conn, aliases::Owner::Project(1)))["octopus"], "42");
        let all = ask!(store, |conn| aliases::of_many(conn, aliases::Kind::Project, &[1, 2, 3]));
        assert_eq!(all.len(), 2);
        change!(store, |conn| projects::change(conn, 1, &set(None), at(0))).unwrap();
        assert!(ask!(store, |conn| aliases::of(conn, aliases::Owner::Project(1))).is_empty());
    }

    async fn a_deleted_project_takes_everything_with_it(store) {
        let full = |project: &str| json!({"project": project, "environment": "e", "tenant": "t", "release": "1", "build": 1, "job": "j", "status": "running", "variables": {"A": "1"}});
        let gone = apply(&store, full("gone")).await.project.id;
        let kept = apply(&store, full("kept")).await;
        apply(&store, json!({"project": "gone", "status": "running", "variables": {"A": "1"}})).await;
        assert!(change!(store, |conn| projects::delete(conn, gone)).unwrap());
        assert!(!change!(store, |conn| projects::delete(conn, gone)).unwrap());
        assert!(ask!(store, |conn| releases::list(conn, gone, None, 10)).is_empty());
        let left = ask!(store, |conn| runs::list(conn, &runs::Filter::default(), None, 10));
        assert_eq!(left.iter().map(|run| run.id).collect::<Vec<_>>(), [kept.run.id]);
        let anew = apply(&store, full("gone")).await;
        assert!(anew.project.id > kept.project.id, "an id is never given twice");
    }

    async fn runs_of_a_deleted_tenant_do_not_become_untenanted(store) {
        apply(&store, json!({"project": "p", "environment": "e", "tenant": "t", "status": "running"})).await;
        assert!(change!(store, |conn| tenants::delete(conn, 1)).unwrap());
        assert!(ask!(store, |conn| runs::list(conn, &runs::Filter::default(), None, 10)).is_empty());
    }

    async fn a_deleted_space_takes_everything_with_it(store) {
        let space = apply(&store, json!({"space": "s", "project": "a/b/p", "environment": "e", "status": "running"})).await.project.space_id;
        assert!(change!(store, |conn| groups::delete(conn, space)).unwrap());
        assert_eq!(ask!(store, |conn| projects::count(conn, &projects::Filter::default())), 0);
        assert!(ask!(store, |conn| environments::list(conn, None, None, 10)).is_empty());
    }
}
