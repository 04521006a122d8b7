//! What each role may do (B4), and how far a role reaches.

use super::{
    caller::Caller,
    refusals::{FORBIDDEN, NO_GROUP, NO_PROJECT},
    source::{Kind, Source},
    world::{PRIVATE_GROUP, PRIVATE_PROJECT, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

const ROLES: [&str; 5] = ["guest", "reporter", "developer", "maintainer", "owner"];

/// Somebody may read here, but change nothing and preview nothing.
#[track_caller]
fn only_reads(source: &Source<'_>, caller: &Caller<'_>) {
    let (badges, badge) = (source.badges(), source.badge(source.first));
    caller.get(&badges).expect(200);
    caller.get(&badge).expect(200);
    caller.get(&source.render(&URLS)).refused(FORBIDDEN);
    caller.post(&badges, &URLS).refused(FORBIDDEN);
    caller.put(&badge, &[("name", "Changed")]).refused(FORBIDDEN);
    caller.delete(&badge).refused(FORBIDDEN);
}

/// Somebody may do everything here; nothing is left of it.
#[track_caller]
fn manages(source: &Source<'_>, caller: &Caller<'_>) {
    caller.get(&source.badges()).expect(200);
    caller.get(&source.render(&URLS)).expect(200);
    let added = caller.post(&source.badges(), &URLS).expect(201).json()["id"].as_i64().unwrap();
    caller.put(&source.badge(added), &[("name", "Changed")]).expect(200);
    caller.delete(&source.badge(added)).expect(204);
}

on_both_engines! {
    fn a_project_is_read_by_every_role_and_managed_from_maintainer_up(server: &TestServer) {
        let world = World::of(server);
        let project = world.private(Kind::Project);
        for role in &ROLES[..3] {
            only_reads(&project, &project.member(role));
        }
        for role in &ROLES[3..] {
            manages(&project, &project.member(role));
        }
    }

    fn a_group_is_read_by_every_role_and_managed_by_owners_only(server: &TestServer) {
        let world = World::of(server);
        let group = world.private(Kind::Group);
        for role in &ROLES[..4] {
            only_reads(&group, &group.member(role));
        }
        manages(&group, &group.member(ROLES[4]));
    }

    fn a_role_in_a_group_holds_for_its_projects(server: &TestServer) {
        let world = World::of(server);
        let (group, project) = (world.source(Kind::Group, PRIVATE_GROUP), world.private(Kind::Project));
        only_reads(&project, &group.member("guest"));
        manages(&project, &group.member("maintainer"));
    }

    fn a_role_in_a_group_holds_for_everything_below_however_deep(server: &TestServer) {
        let world = World::of(server);
        let mut project = world.project("a/b/c/d/deep");
        project.first = project.add("a badge");
        let mut below = world.source(Kind::Group, "default/a/b/c/d");
        below.first = below.add("a badge");
        let above = world.source(Kind::Group, "default/a");
        only_reads(&project, &above.member("developer"));
        only_reads(&below, &above.member("maintainer"));
        manages(&project, &above.member("maintainer"));
        manages(&below, &above.member("owner"));
    }

    fn a_role_in_the_space_holds_for_everything_in_it(server: &TestServer) {
        let world = World::of(server);
        let space = world.source(Kind::Group, "default");
        only_reads(&world.private(Kind::Project), &space.member("reporter"));
        manages(&world.private(Kind::Group), &space.member("owner"));
    }

    fn a_role_in_a_group_does_not_reach_above_or_beside(server: &TestServer) {
        let world = World::of(server);
        world.project("a/b/deep");
        let owner = world.source(Kind::Group, "default/a/b").member("owner");
        owner.post(&world.source(Kind::Group, PRIVATE_GROUP).badges(), &URLS).refused(NO_GROUP);
        let above = world.source(Kind::Group, "default/a");
        let status = owner.post(&above.badges(), &URLS).status;
        assert!(matches!(status, 403 | 404), "whether the group above is seen is not said: {status}");
        assert_eq!(above.names(), [""; 0]);
        owner.get(&world.source(Kind::Project, PRIVATE_PROJECT).badges()).refused(NO_PROJECT);
    }

    fn a_role_in_a_project_does_not_reach_its_group(server: &TestServer) {
        let world = World::of(server);
        let (project, group) = (world.public(Kind::Project), world.source(Kind::Group, "default/lines"));
        let owner = project.member("owner");
        manages(&project, &owner);
        owner.post(&group.badges(), &URLS).refused(FORBIDDEN);
        owner.get(&group.render(&URLS)).refused(FORBIDDEN);
    }

    fn a_role_in_a_project_does_not_reach_another_project(server: &TestServer) {
        let world = World::of(server);
        let other = world.project("depot/other");
        let owner = world.private(Kind::Project).member("owner");
        owner.get(&other.badges()).refused(NO_PROJECT);
    }

    fn the_greater_of_two_roles_counts(server: &TestServer) {
        let world = World::of(server);
        let (group, project) = (world.source(Kind::Group, PRIVATE_GROUP), world.private(Kind::Project));
        group.grant("ada", "maintainer");
        project.grant("ada", "guest");
        manages(&project, &world.user("ada"));
        group.grant("bob", "guest");
        project.grant("bob", "maintainer");
        manages(&project, &world.user("bob"));
    }

    fn a_new_role_replaces_the_old_one(server: &TestServer) {
        let world = World::of(server);
        let project = world.private(Kind::Project);
        project.grant("ada", "maintainer");
        manages(&project, &world.user("ada"));
        project.grant("ada", "reporter");
        only_reads(&project, &world.user("ada"));
    }

    fn who_is_no_member_any_more_sees_nothing(server: &TestServer) {
        let world = World::of(server);
        let project = world.private(Kind::Project);
        project.grant("ada", "owner");
        manages(&project, &world.user("ada"));
        project.dismiss("ada");
        world.user("ada").get(&project.badges()).refused(NO_PROJECT);
    }

    fn an_administrator_manages_everything(server: &TestServer) {
        let world = World::of(server);
        server.run(&["user", "create", "root", "--admin"]).good();
        let root = world.with_token(&world.token(&["--user", "root"]));
        for caller in [world.administrator(), root] {
            for kind in [Kind::Project, Kind::Group] {
                manages(&world.private(kind), &caller);
            }
        }
    }
}
