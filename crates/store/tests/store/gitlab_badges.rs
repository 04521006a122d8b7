//! Lists of badges: what is in them, and that they cost the same whatever their length.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use burgee_store::{
    Change, Conn, Engine, Link, Store,
    badges::{self, Changes, Content, Deleted, Listing, Owner},
    explain, gitlab, groups,
    projects::Project,
};
use diesel::connection::InstrumentationEvent;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use serde_json::json;

use crate::support::{apply, ask, at, change, on_both_engines};

async fn project(store: &Store, path: &str) -> Project {
    apply(store, json!({"project": path, "status": "running"})).await.project
}

async fn add(store: &Store, owner: Owner, name: &str, seconds: i64) -> i64 {
    let url = "http://e.example/x".to_owned();
    let content = Content { name: Some(name.to_owned()), link_url: url.clone(), image_url: url };
    change!(store, |conn| badges::create(conn, owner, &content, at(seconds))).unwrap().id
}

async fn of_project(store: &Store, project: &Project) -> Listing {
    ask!(store, |conn| Listing::of_project(conn, project))
}

async fn names(store: &Store, listing: &Listing) -> Vec<String> {
    let found = ask!(store, |conn| badges::list(conn, listing, None, 0, 100));
    let count = ask!(store, |conn| badges::count(conn, listing, None));
    assert_eq!(usize::try_from(count).unwrap(), found.len());
    found.into_iter().filter_map(|badge| badge.name).collect()
}

/// How many statements listing takes.
async fn statements(store: &Store, project: &Project) -> usize {
    let counted = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&counted);
    let count = move |event: InstrumentationEvent<'_>| {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    };
    let listing = of_project(store, project).await;
    let list = async |conn: &mut Conn| {
        match conn.link() {
            Link::Sqlite(c) => c.set_instrumentation(count),
            Link::Postgres(c) => c.set_instrumentation(count),
        }
        badges::list(conn, &listing, None, 0, 100).await
    };
    store.read(list).await.unwrap();
    AtomicUsize::load(&counted, Ordering::Relaxed)
}

on_both_engines! {
    async fn a_project_lists_its_own_badges_and_those_of_every_group_above(store) {
        let p = project(&store, "a/b/p").await;
        let other = project(&store, "a/c/q").await;
        let group = |path: &'static str| { let store = store.clone(); async move { ask!(store, |conn| groups::find_by_path(conn, path)).unwrap() } };
        let (space, b, c) = (group("default").await, group("default/a/b").await, group("default/a/c").await);
        add(&store, Owner::Project(p.id), "own", 4).await;
        add(&store, Owner::Group(b.id), "near", 3).await;
        add(&store, Owner::Group(space.id), "far", 2).await;
        add(&store, Owner::Group(c.id), "beside", 1).await;
        add(&store, Owner::Project(other.id), "other", 0).await;
        assert_eq!(names(&store, &of_project(&store, &p).await).await, ["far", "near", "own"], "as they were added");
        assert_eq!(names(&store, &of_project(&store, &other).await).await, ["other", "beside", "far"]);
        assert_eq!(names(&store, &Listing::Group(b.id)).await, ["near"], "a group inherits nothing");
        let listing = of_project(&store, &p).await;
        let named = ask!(store, |conn| badges::list(conn, &listing, Some("Far"), 0, 9));
        assert_eq!(named, [], "names are compared exactly");
        assert_eq!(ask!(store, |conn| badges::count(conn, &listing, Some("far"))), 1);
    }

    async fn through_a_project_only_its_own_badges_are_found(store) {
        let p = project(&store, "p").await;
        let id = add(&store, Owner::Group(p.space_id), "of the group", 0).await;
        assert_eq!(ask!(store, |conn| badges::get(conn, Owner::Project(p.id), id)), None);
        let deleted = change!(store, |conn| badges::delete(conn, Owner::Project(p.id), id, None)).unwrap();
        assert_eq!(deleted, Deleted::NotFound);
        assert!(ask!(store, |conn| badges::get(conn, Owner::Group(p.space_id), id)).is_some());
    }

    async fn a_change_touches_only_what_it_names(store) {
        let p = project(&store, "p").await;
        let owner = Owner::Project(p.id);
        let id = add(&store, owner, "x", 0).await;
        let link = Changes { link_url: Some("http://e.example/new".into()), ..Changes::default() };
        let unnamed = Changes { name: Some(None), ..Changes::default() };
        change!(store, |conn| badges::change(conn, owner, id, &link, at(1))).unwrap();
        let badge = change!(store, |conn| badges::change(conn, owner, id, &unnamed, at(2))).unwrap().unwrap();
        assert_eq!((badge.name, badge.link_url.as_str()), (None, "http://e.example/new"), "neither undoes the other");
        assert_eq!((badge.image_url.as_str(), badge.updated_at), ("http://e.example/x", at(2)));
        let same = change!(store, |conn| badges::change(conn, owner, id, &Changes::default(), at(3))).unwrap().unwrap();
        assert_eq!(same.updated_at, at(2));
    }

    async fn a_badge_that_was_changed_meanwhile_stays(store) {
        let p = project(&store, "p").await;
        let owner = Owner::Project(p.id);
        let id = add(&store, owner, "x", 60).await;
        let delete = |since| { let store = store.clone(); async move { change!(store, |conn| badges::delete(conn, owner, id, Some(since))).unwrap() } };
        assert_eq!(delete(at(59)).await, Deleted::Changed);
        assert_eq!(delete(at(60)).await, Deleted::Yes);
    }

    async fn a_list_takes_one_statement_whatever_its_length(store) {
        let p = project(&store, "a/b/c/d/e/p").await;
        add(&store, Owner::Project(p.id), "first", 0).await;
        let few = statements(&store, &p).await;
        for n in 0..90 {
            add(&store, if n % 2 == 0 { Owner::Project(p.id) } else { Owner::Group(p.group_id) }, "more", n).await;
        }
        assert_eq!((few, statements(&store, &p).await), (1, 1));
    }

    async fn ten_thousand_badges_of_others_are_not_looked_at(store) {
        let p = project(&store, "a/b/c/d/e/p").await;
        let time = "timestamp '2026-01-01 00:00:00'";
        let time = if store.engine() == Engine::Sqlite { &time[10..] } else { time };
        let numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)";
        let groups = format!("insert into groups (parent_id, space_id, name, slug, full_path, created_at, updated_at) {numbers} select 1, 1, 'g' || i, 'g' || i, 'default/g' || i, {time}, {time} from n");
        let badges = format!("insert into badges (group_id, link_url, image_url, created_at, updated_at) select id, 'http://x', 'http://x', {time}, {time} from groups where slug like 'g%'");
        for statement in [groups.as_str(), badges.as_str(), "analyze"] {
            let query = diesel::sql_query(statement);
            change!(store, |conn| execute(conn, query)).unwrap();
        }
        let listing = of_project(&store, &p).await;
        let plan = ask!(store, |conn| explain::badges(conn, &listing)).join("\n");
        for slow in ["SCAN badges", "Seq Scan on badges", "SCAN groups", "Seq Scan on groups"] {
            assert!(!plan.contains(slow), "{slow} in {plan}");
        }
    }

    async fn an_old_id_from_gitlab_wins_over_an_own_one(store) {
        let (one, two) = (project(&store, "a/one").await, project(&store, "a/two").await);
        let alias = burgee_domain::change::ProjectChange {
            aliases: [("gitlab".to_owned(), Some(one.id.to_string()))].into(),
            ..burgee_domain::change::ProjectChange::default()
        };
        let id = two.id;
        change!(store, |conn| burgee_store::projects::change(conn, id, &alias, at(0))).unwrap();
        let found = |id: String| { let store = store.clone(); async move { ask!(store, |conn| gitlab::find_project(conn, &id)).map(|project| project.id) } };
        assert_eq!(found(one.id.to_string()).await, Some(two.id));
        assert_eq!(found("default/a/one".to_owned()).await, Some(one.id));
        assert_eq!(found("one".to_owned()).await, None, "a project's path has a slash");
        assert_eq!(found("99999999999999999999".to_owned()).await, None);
    }
}

/// Runs a statement, and says that it changed everything.
async fn execute(conn: &mut Conn, query: diesel::query_builder::SqlQuery) -> burgee_store::Result<()> {
    conn.changed(Change::Instance);
    match conn.link() {
        Link::Sqlite(c) => query.execute(&mut **c).await?,
        Link::Postgres(c) => query.execute(&mut **c).await?,
    };
    Ok(())
}
