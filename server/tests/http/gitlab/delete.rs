//! Removing badges: who may (B12, 26–30), `If-Unmodified-Since` (31), and what is not there (32 and 41).

use super::{
    caller::Caller,
    refusals::{CHANGED_SINCE, FORBIDDEN, NO_BADGE},
    source::{Kind, Source, for_project_and_group},
    world::{URLS, World},
};
use crate::support::{Answer, TestServer, on_both_engines};

/// Somebody may not remove the first badge, and it stays.
#[track_caller]
fn may_not(source: &Source<'_>, caller: &Caller<'_>) {
    caller.delete(&source.badge(source.first)).refused(FORBIDDEN);
    assert_eq!(source.names()[0], "first");
}

/// The maintainer removes a badge unless it has changed since this time.
fn delete_unless_changed_since(source: &Source<'_>, badge: i64, time: &str) -> Answer {
    source.maintainer().call("DELETE", &source.badge(badge)).header("If-Unmodified-Since", time).send()
}

for_project_and_group! {
    fn private_and_a_stranger_is_404(source: &Source) {
        let hidden = source.private();
        hidden.stranger().delete(&hidden.badge(hidden.first)).refused(hidden.kind.not_found());
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

    fn a_maintainer_removes_one(source: &Source) {
        let before = source.names().len();
        let answer = source.maintainer().delete(&source.badge(source.first)).expect(204);
        assert!(answer.body.is_empty(), "{answer}");
        assert_eq!(source.names().len(), before - 1);
        assert_ne!(source.names()[0], "first");
        source.maintainer().get(&source.badge(source.first)).refused(NO_BADGE);
    }

    fn unmodified_since_a_time_before_its_last_change_is_412(source: &Source) {
        let answer = delete_unless_changed_since(source, source.first, "Sat, 01 Jan 2000 00:00:00 GMT");
        answer.refused(CHANGED_SINCE);
        assert_eq!(source.names()[0], "first");
    }

    fn unmodified_since_a_later_time_is_no_obstacle(source: &Source) {
        delete_unless_changed_since(source, source.first, "Fri, 01 Jan 2100 00:00:00 GMT").expect(204);
    }

    fn unmodified_since_counts_whole_seconds(source: &Source) {
        let added = source.world.administrator().post(&source.badges(), &URLS).expect(201);
        let id = added.json()["id"].as_i64().unwrap();
        delete_unless_changed_since(source, id, added.header("date")).expect(204);
    }

    fn unmodified_since_an_unreadable_time_is_ignored(source: &Source) {
        delete_unless_changed_since(source, source.first, "yesterday").expect(204);
    }

    fn an_unknown_id_is_404(source: &Source) {
        source.maintainer().delete(&source.badge(99_999)).refused(NO_BADGE);
    }

    fn what_is_removed_already_is_404(source: &Source) {
        source.maintainer().delete(&source.badge(source.first)).expect(204);
        source.maintainer().delete(&source.badge(source.first)).refused(NO_BADGE);
    }

    fn the_id_of_a_removed_badge_is_not_given_again(source: &Source) {
        let last = source.add("last");
        source.maintainer().delete(&source.badge(last)).expect(204);
        assert_ne!(source.add("next"), last);
    }
}

on_both_engines! {
    fn a_group_badge_is_not_removed_through_a_project(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let inherited = world.administrator().list(&project.badges())[1]["id"].as_i64().unwrap();
        for caller in [world.administrator(), project.member("owner")] {
            caller.delete(&project.badge(inherited)).refused(NO_BADGE);
        }
        assert_eq!(project.names(), ["first", "inherited", "second"]);
    }

    fn a_removed_group_badge_is_gone_from_its_projects(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, super::world::PUBLIC_PROJECT);
        let group = world.public(Kind::Group);
        group.maintainer().delete(&group.badge(group.first)).expect(204);
        assert_eq!(project.names(), ["second"]);
    }

    fn badges_go_with_their_project(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        server.api("DELETE", &format!("/projects/{}", project.id)).send().expect(204);
        world.administrator().get(&project.badges()).refused(Kind::Project.not_found());
        assert_eq!(world.source(Kind::Group, super::world::PUBLIC_GROUP).names(), ["inherited"]);
    }
}
