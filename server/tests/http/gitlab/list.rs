//! Listing badges: who may (B12, 1–5), and what a list holds (B3).

use super::{
    caller::Caller,
    source::{Kind, Source, for_project_and_group},
    world::{PUBLIC_GROUP, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

/// Somebody sees the whole list, with the headers of a page.
#[track_caller]
fn lists(source: &Source<'_>, caller: &Caller<'_>) {
    let answer = caller.get(&source.badges()).expect(200);
    for header in ["x-per-page", "x-page", "x-next-page", "x-prev-page", "x-total", "x-total-pages", "link"] {
        assert!(answer.has(header), "{header}: {answer}");
    }
    let expected: &[_] = match source.kind {
        Kind::Project => &[("first", "project"), ("inherited", "group"), ("second", "project")],
        Kind::Group => &[("first", "group"), ("second", "group")],
    };
    let json = answer.json();
    let badges = json.as_array().unwrap();
    let listed: Vec<_> =
        badges.iter().map(|badge| (badge["name"].as_str().unwrap(), badge["kind"].as_str().unwrap())).collect();
    assert_eq!(listed, expected);
}

for_project_and_group! {
    fn private_and_a_stranger_is_404(source: &Source) {
        let hidden = source.private();
        hidden.stranger().get(&hidden.badges()).refused(hidden.kind.not_found());
        hidden.world.anonymous().get(&hidden.badges()).refused(hidden.kind.not_found());
    }

    fn a_maintainer_lists(source: &Source) {
        lists(source, &source.maintainer());
    }

    fn a_developer_lists(source: &Source) {
        lists(source, &source.developer());
    }

    fn an_access_requester_lists(source: &Source) {
        lists(source, &source.access_requester());
    }

    fn a_stranger_lists_what_is_public(source: &Source) {
        lists(source, &source.stranger());
    }

    fn anonymous_lists_what_is_public(source: &Source) {
        lists(source, &source.world.anonymous());
    }

    fn the_name_filter_is_exact_and_case_sensitive(source: &Source) {
        source.add("First");
        source.add("first and more");
        for (name, found) in [("first", 1), ("First", 1), ("FIRST", 0), ("firs", 0), ("first%", 0), (" first", 0)] {
            let answer = source.stranger().get_with(&source.badges(), &[("name", name)]).expect(200);
            let badges = answer.json().as_array().unwrap().clone();
            assert_eq!(badges.len(), found, "{name:?}: {answer}");
            assert!(badges.iter().all(|badge| badge["name"] == name), "{answer}");
        }
    }

    fn the_name_filter_finds_every_badge_of_that_name(source: &Source) {
        source.add("first");
        let answer = source.stranger().get_with(&source.badges(), &[("name", "first")]).expect(200);
        assert_eq!(answer.json().as_array().unwrap().len(), 2, "{answer}");
        assert_eq!(answer.header("x-total"), "2");
    }

    fn derived_an_empty_name_filter_finds_empty_names_only(source: &Source) {
        let named_nothing = source.add("");
        let unnamed = source.add_with(&URLS);
        assert_ne!(unnamed["name"], "");
        let answer = source.stranger().get(&format!("{}?name=", source.badges())).expect(200);
        let found = answer.json();
        assert_eq!(found.as_array().unwrap().len(), 1, "{answer}");
        assert_eq!(found[0]["id"], named_nothing);
    }

    fn the_order_is_that_of_creation(source: &Source) {
        source.add("a");
        source.world.administrator().put(&source.badge(source.first), &[("name", "z")]).expect(200);
        let names = source.names();
        assert_eq!(names.first().unwrap(), "z", "a change does not move a badge");
        assert_eq!(names.last().unwrap(), "a");
    }
}

on_both_engines! {
    fn a_project_inherits_from_its_group_and_every_group_above(server: &TestServer) {
        let world = World::of(server);
        let project = world.project("a/b/c/deep");
        project.add("own");
        for group in ["default/a/b/c", "default/a/b", "default/a", "default"] {
            world.source(Kind::Group, group).add(group);
        }
        let listed = world.administrator().list(&project.badges());
        let listed: Vec<_> =
            listed.iter().map(|badge| (badge["name"].as_str().unwrap(), badge["kind"].as_str().unwrap())).collect();
        assert_eq!(
            listed,
            [
                ("own", "project"),
                ("default/a/b/c", "group"),
                ("default/a/b", "group"),
                ("default/a", "group"),
                ("default", "group"),
            ]
        );
    }

    fn a_project_inherits_nothing_from_a_group_beside_or_below(server: &TestServer) {
        let world = World::of(server);
        let project = world.project("a/shallow");
        world.project("a/b/deep").add("another project's");
        world.source(Kind::Group, "default/a/b").add("of a group below");
        world.source(Kind::Group, PUBLIC_GROUP).add("of a group beside");
        assert_eq!(project.names(), [""; 0]);
    }

    fn a_group_inherits_nothing(server: &TestServer) {
        let world = World::of(server);
        world.source(Kind::Group, "default").add("from above");
        let group = world.source(Kind::Group, PUBLIC_GROUP);
        assert_eq!(group.names(), [""; 0]);
        group.add("own");
        assert_eq!(group.names(), ["own"]);
    }

    fn an_inherited_badge_has_the_same_id_in_both_lists(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let group = world.source(Kind::Group, PUBLIC_GROUP);
        let inherited = world.administrator().list(&project.badges())[1]["id"].clone();
        assert_eq!(world.administrator().each(&group.badges(), "id"), [inherited]);
    }
}
