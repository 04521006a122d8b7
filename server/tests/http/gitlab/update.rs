//! Editing badges: who may (B12, 20–24), and what changes (B12, 25 and 42; B1).

use super::{
    caller::Caller,
    refusals::{FORBIDDEN, NO_BADGE},
    source::{Kind, Source, for_project_and_group},
    world::{IMAGE, LINK, World},
};
use crate::support::{TestServer, on_both_engines};

const CHANGE: [(&str, &str); 3] = [
    ("name", "Changed"),
    ("link_url", "https://ci.example.org/changed"),
    ("image_url", "https://img.example.org/changed.svg"),
];

/// Somebody may not change the first badge, and it stays as it is.
#[track_caller]
fn may_not(source: &Source<'_>, caller: &Caller<'_>) {
    caller.put(&source.badge(source.first), &CHANGE).refused(FORBIDDEN);
    assert_eq!(source.names()[0], "first");
}

for_project_and_group! {
    fn private_and_a_stranger_is_404(source: &Source) {
        let hidden = source.private();
        hidden.stranger().put(&hidden.badge(hidden.first), &CHANGE).refused(hidden.kind.not_found());
        assert_eq!(hidden.names(), ["hidden"]);
    }

    fn an_access_requester_may_not(source: &Source) {
        may_not(source, &source.access_requester());
    }

    fn a_stranger_may_not(source: &Source) {
        may_not(source, &source.stranger());
    }

    fn a_developer_may_not(source: &Source) {
        may_not(source, &source.developer());
    }

    fn a_maintainer_changes_one(source: &Source) {
        let answer = source.maintainer().put(&source.badge(source.first), &CHANGE).expect(200);
        let badge = answer.json();
        for (member, value) in CHANGE {
            assert_eq!(badge[member], value, "{member}");
        }
        assert_eq!(badge["id"], source.first);
        assert_eq!(badge["kind"], source.kind.as_str());
        let kept = source.stranger().get(&source.badge(source.first)).expect(200);
        assert_eq!(kept.text(), answer.text(), "the answer is the badge as it is kept");
    }

    fn invalid_urls_are_400_and_nothing_changes(source: &Source) {
        let change = [("name", "Changed"), ("link_url", "whatever"), ("image_url", "whatever")];
        let answer = source.maintainer().put(&source.badge(source.first), &change).expect(400);
        let message = answer.json()["message"].clone();
        assert!(message["link_url"].is_array() && message["image_url"].is_array(), "{answer}");
        assert_eq!(source.names()[0], "first", "all or nothing");
    }

    fn without_parameters_nothing_changes(source: &Source) {
        let before = source.stranger().get(&source.badge(source.first)).expect(200);
        source.maintainer().put(&source.badge(source.first), &[]).says(200, before.text());
    }

    fn what_is_not_named_stays(source: &Source) {
        for (n, change) in (1..).zip(CHANGE) {
            let badge = source.maintainer().put(&source.badge(source.first), &[change]).expect(200).json();
            let old = [("name", "first"), ("link_url", LINK), ("image_url", IMAGE)];
            for (member, value) in CHANGE.iter().take(n).chain(old.iter().skip(n)) {
                assert_eq!(badge[member], *value, "{member} after {change:?}");
            }
        }
    }

    fn a_badge_of_another_is_not_changed_from_here(source: &Source) {
        let hidden = source.private();
        source.world.administrator().put(&source.badge(hidden.first), &CHANGE).refused(NO_BADGE);
        assert_eq!(hidden.names(), ["hidden"]);
    }

    fn an_unknown_id_is_404(source: &Source) {
        source.maintainer().put(&source.badge(99_999), &CHANGE).refused(NO_BADGE);
    }
}

on_both_engines! {
    fn a_group_badge_is_not_changed_through_a_project(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let inherited = world.administrator().list(&project.badges())[1]["id"].as_i64().unwrap();
        for caller in [world.administrator(), project.member("owner")] {
            caller.put(&project.badge(inherited), &CHANGE).refused(NO_BADGE);
        }
        assert_eq!(project.names()[1], "inherited");
    }

    fn a_change_of_a_group_badge_is_seen_in_its_projects(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, super::world::PUBLIC_PROJECT);
        let group = world.public(Kind::Group);
        world.administrator().put(&group.badge(group.first), &CHANGE).expect(200);
        assert_eq!(project.names(), ["Changed", "second"]);
    }
}
