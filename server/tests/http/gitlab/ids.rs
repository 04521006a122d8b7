//! The `:id` of a project or group (B10): its number, an alias, or its URL-encoded path.

use serde_json::json;

use super::{
    refusals::{NO_GROUP, NO_PROJECT, NO_ROUTE},
    source::{Kind, for_project_and_group},
    world::{PRIVATE_PROJECT, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

for_project_and_group! {
    fn a_number_and_an_encoded_path_mean_the_same(source: &Source) {
        let by_id = source.stranger().get(&source.badges()).expect(200);
        let encoded = source.path.replace('/', "%2F");
        for id in [encoded.clone(), encoded.replace("%2F", "%2f"), encoded.replace('t', "%74")] {
            let by_path = source.stranger().get(&format!("/{}s/{id}/badges", source.kind.as_str())).expect(200);
            assert_eq!(by_path.text(), by_id.text(), "{id}");
        }
        let badge = format!("{}/badges/{}", source.by_path(), source.first);
        source.maintainer().put(&badge, &[("name", "Changed")]).expect(200);
        source.maintainer().get(&source.render(&URLS).replace(&source.url(), &source.by_path())).expect(200);
        source.maintainer().delete(&badge).expect(204);
    }

    fn a_parameter_called_id_does_not_matter(source: &Source) {
        let hidden = source.private();
        let plain = source.stranger().get(&source.badges()).expect(200);
        let answer = source.stranger().get_with(&source.badges(), &[("id", &hidden.id.to_string())]).expect(200);
        assert_eq!(answer.text(), plain.text(), "clients that follow Link send one");
    }

    fn a_path_that_is_encoded_twice_is_404(source: &Source) {
        let path = source.by_path().replace("%2F", "%252F");
        source.maintainer().get(&format!("{path}/badges")).refused(source.kind.not_found());
    }

    fn a_path_that_is_not_encoded_is_no_route(source: &Source) {
        let path = source.by_path().replace("%2F", "/");
        source.maintainer().get(&format!("{path}/badges")).refused(NO_ROUTE);
    }

    fn a_path_of_the_other_kind_is_404(source: &Source) {
        let other = if source.kind == Kind::Project { "/groups" } else { "/projects" };
        let refusal = if source.kind == Kind::Project { NO_GROUP } else { NO_PROJECT };
        let path = source.path.replace('/', "%2F");
        source.maintainer().get(&format!("{other}/{path}/badges")).refused(refusal);
    }

    fn only_the_whole_path_counts(source: &Source) {
        for path in ["lines", "lines%2Ftimetable-api", "%2Fdefault%2Flines", "default%2F%2Flines", "%20"] {
            let url = format!("/{}s/{path}/badges", source.kind.as_str());
            source.maintainer().get(&url).refused(source.kind.not_found());
        }
    }
}

on_both_engines! {
    fn an_alias_is_a_projects_old_number(server: &TestServer) {
        let world = World::of(server);
        let project = world.private(Kind::Project);
        server.change_project(PRIVATE_PROJECT, &json!({"aliases": {"gitlab": "27440"}}));
        assert_eq!(world.administrator().each("/projects/27440/badges", "name"), ["hidden"]);
        let added = world.administrator().post("/projects/27440/badges", &URLS).expect(201).json();
        assert_eq!(project.names().len(), 2);
        assert_eq!(world.administrator().get("/projects/27440").expect(200).json()["id"], project.id);
        world.administrator().delete(&project.badge(added["id"].as_i64().unwrap())).expect(204);
    }

    fn an_alias_is_a_groups_old_number(server: &TestServer) {
        let world = World::of(server);
        let group = world.private(Kind::Group);
        world.change_group(&group.path, &json!({"aliases": {"gitlab": "27440"}}));
        assert_eq!(world.administrator().each("/groups/27440/badges", "name"), ["hidden"]);
        assert_eq!(world.administrator().get("/groups/27440").expect(200).json()["id"], group.id);
    }

    fn an_alias_opens_nothing(server: &TestServer) {
        let world = World::of(server);
        server.change_project(PRIVATE_PROJECT, &json!({"aliases": {"gitlab": "27440"}}));
        world.stranger().get("/projects/27440/badges").refused(NO_PROJECT);
    }

    fn groups_may_be_five_deep(server: &TestServer) {
        let world = World::of(server);
        let project = world.project("one/two/three/four/five/deep");
        project.add("own");
        world.source(Kind::Group, "default/one/two/three/four/five").add("inherited");
        let listed = world.administrator().each(
            "/projects/default%2Fone%2Ftwo%2Fthree%2Ffour%2Ffive%2Fdeep/badges",
            "name",
        );
        assert_eq!(listed, ["own", "inherited"]);
    }

    fn dots_upper_case_and_digits_are_parts_of_a_path(server: &TestServer) {
        let world = World::of(server);
        for path in ["v2.0/sslip.io", "Teams/Web_Shop", "2024/007", "a-b_c.d/E.F", "12/34/56/78"] {
            let project = world.project(path);
            project.add(path);
            let url = format!("/projects/default%2F{}/badges", path.replace('/', "%2F"));
            assert_eq!(world.administrator().each(&url, "name"), [path]);
            let group = path.rsplit_once('/').unwrap().0.replace('/', "%2F");
            world.administrator().get(&format!("/groups/default%2F{group}/badges")).expect(200);
        }
    }

    fn a_projects_path_has_a_slash(server: &TestServer) {
        let world = World::of(server);
        for id in ["timetable-api", "default", "x", "1x", "-1", "0"] {
            world.administrator().get(&format!("/projects/{id}/badges")).refused(NO_PROJECT);
        }
    }

    fn a_groups_path_may_be_one_segment(server: &TestServer) {
        let world = World::of(server);
        world.source(Kind::Group, "default").add("of the space");
        assert_eq!(world.administrator().each("/groups/default/badges", "name"), ["of the space"]);
    }

    fn digits_alone_are_a_number_never_a_path(server: &TestServer) {
        let world = World::of(server);
        server.report(&json!({"space": "4711", "project": "a", "status": "succeeded"}));
        world.administrator().get("/groups/4711/badges").refused(NO_GROUP);
        let project = world.administrator().get("/projects/4711%2Fa").expect(200).json();
        assert_eq!(project["path_with_namespace"], "4711/a");
    }

    fn a_number_that_nothing_can_have_is_404(server: &TestServer) {
        let world = World::of(server);
        for id in ["99999", "2147483648", "9223372036854775808", "99999999999999999999999999"] {
            world.administrator().get(&format!("/projects/{id}/badges")).refused(NO_PROJECT);
            world.administrator().get(&format!("/groups/{id}/badges")).refused(NO_GROUP);
        }
    }
}
