//! Which project a group's badge speaks of (B9, 2).

use super::{
    source::Kind,
    world::{IMAGE, PUBLIC_GROUP, World},
};
use crate::support::{TestServer, on_both_engines};

const LINK: &str = "http://example.com/%{project_name}";

on_both_engines! {
    fn through_a_project_a_group_badge_speaks_of_that_project(server: &TestServer) {
        let world = World::of(server);
        let projects = [world.project("lines/ferries"), world.project("lines/trams")];
        world.source(Kind::Group, PUBLIC_GROUP).add_with(&[("link_url", LINK), ("image_url", IMAGE)]);
        let seen = projects.map(|project| world.administrator().each(&project.badges(), "rendered_link_url"));
        assert_eq!(seen, [["http://example.com/ferries"], ["http://example.com/trams"]]);
    }

    fn in_its_group_it_speaks_of_the_project_that_was_there_first(server: &TestServer) {
        let world = World::of(server);
        world.project("lines/a-later-one");
        let group = world.source(Kind::Group, PUBLIC_GROUP);
        let badge = group.add_with(&[("link_url", LINK), ("image_url", IMAGE)]);
        assert_eq!(badge["rendered_link_url"], "http://example.com/timetable-api");
        assert_eq!(group.rendered(LINK), "http://example.com/timetable-api");
        assert_eq!(
            world.anonymous().each(&group.badges(), "rendered_link_url"),
            ["http://example.com/timetable-api"]
        );
    }

    fn in_its_group_it_never_speaks_of_a_project_that_the_caller_does_not_see(server: &TestServer) {
        let world = World::of(server);
        let private = world.project("mixed/secret");
        let public = world.project("mixed/open");
        server.change_project(&public.path, &serde_json::json!({"visibility": "public"}));
        world.change_group("default/mixed", &serde_json::json!({"visibility": "public"}));
        let group = world.source(Kind::Group, "default/mixed");
        group.add_with(&[("link_url", LINK), ("image_url", IMAGE)]);
        private.grant("ada", "guest");
        for (caller, seen) in [(world.user("ada"), "secret"), (world.stranger(), "open"), (world.anonymous(), "open")] {
            let links = caller.each(&group.badges(), "rendered_link_url");
            assert_eq!(links, [format!("http://example.com/{seen}")]);
        }
    }

    fn in_a_group_without_projects_nothing_is_replaced(server: &TestServer) {
        let world = World::of(server);
        let project = world.project("shut/down");
        let group = world.source(Kind::Group, "default/shut");
        server.api("DELETE", &format!("/projects/{}", project.id)).send().expect(204);
        let link = "http://example.com/a b/%{project_name}/%20";
        let badge = group.add_with(&[("link_url", link), ("image_url", IMAGE)]);
        assert_eq!(badge["rendered_link_url"], link);
        assert_eq!(group.rendered(link), link);
    }
}
