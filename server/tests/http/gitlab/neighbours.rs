//! What clients ask on the way to badges: version, user, projects, groups.

use serde_json::{Value, json};

use super::{
    refusals::{NO_GROUP, NO_PROJECT, UNAUTHORIZED},
    source::Kind,
    world::{PRIVATE_GROUP, PRIVATE_PROJECT, PUBLIC_GROUP, PUBLIC_PROJECT, World},
};
use crate::support::{TestServer, on_both_engines};

/// An object has these members.
#[track_caller]
fn has(object: &Value, members: &[(&str, Value)]) {
    for (member, value) in members {
        assert_eq!(&object[member], value, "{member}: {object}");
    }
}

on_both_engines! {
    fn version_is_told_to_who_has_a_token(server: &TestServer) {
        let world = World::of(server);
        world.anonymous().get("/version").refused(UNAUTHORIZED);
        let version = world.stranger().get("/version").expect(200).json();
        assert_eq!(version["version"], "18.2.0", "the GitLab whose badge API this is");
        assert!(version["revision"].is_string(), "{version}");
    }

    fn user_is_who_the_token_acts_as(server: &TestServer) {
        let world = World::of(server);
        world.anonymous().get("/user").refused(UNAUTHORIZED);
        let user = world.user("ada").get("/user").expect(200).json();
        has(&user, &[("username", json!("ada")), ("state", json!("active"))]);
        assert!(user["id"].is_i64() && user["name"].is_string(), "{user}");
        assert_ne!(world.user("bob").get("/user").expect(200).json()["id"], user["id"]);
    }

    fn users_are_found_by_name(server: &TestServer) {
        let world = World::of(server);
        let id = world.user_id("ada");
        assert_eq!(world.stranger().each("/users?username=ada", "id"), [id]);
        assert_eq!(world.stranger().list("/users?username=ad"), [""; 0]);
        assert_eq!(world.stranger().list("/users?username=nobody"), [""; 0]);
    }

    fn a_project_says_what_clients_look_at(server: &TestServer) {
        let world = World::of(server);
        let id = world.source(Kind::Project, PUBLIC_PROJECT).id;
        let group = world.source(Kind::Group, PUBLIC_GROUP).id;
        let project = world.anonymous().get(&format!("/projects/{id}")).expect(200).json();
        has(
            &project,
            &[
                ("id", json!(id)),
                ("name", json!("Timetable API")),
                ("path", json!("timetable-api")),
                ("path_with_namespace", json!(PUBLIC_PROJECT)),
                ("default_branch", json!("main")),
                ("visibility", json!("public")),
                ("web_url", json!(server.url(&format!("/{PUBLIC_PROJECT}")))),
            ],
        );
        has(
            &project["namespace"],
            &[
                ("id", json!(group)),
                ("path", json!("lines")),
                ("kind", json!("group")),
                ("full_path", json!(PUBLIC_GROUP)),
            ],
        );
        let by_path = world.anonymous().get("/projects/default%2Flines%2Ftimetable-api").expect(200);
        assert_eq!(by_path.json(), project);
    }

    fn a_group_says_what_clients_look_at(server: &TestServer) {
        let world = World::of(server);
        let (id, parent) = (world.source(Kind::Group, PUBLIC_GROUP).id, world.source(Kind::Group, "default").id);
        let group = world.anonymous().get(&format!("/groups/{id}")).expect(200).json();
        has(
            &group,
            &[
                ("id", json!(id)),
                ("path", json!("lines")),
                ("full_path", json!(PUBLIC_GROUP)),
                ("visibility", json!("public")),
                ("parent_id", json!(parent)),
            ],
        );
        assert!(group["name"].is_string() && group["full_name"].is_string() && group["web_url"].is_string(), "{group}");
        let space = world.administrator().get("/groups/default").expect(200).json();
        assert_eq!(space["parent_id"], Value::Null);
    }

    fn what_is_private_is_not_there(server: &TestServer) {
        let world = World::of(server);
        let (project, group) = (world.source(Kind::Project, PRIVATE_PROJECT), world.source(Kind::Group, PRIVATE_GROUP));
        for caller in [world.anonymous(), world.stranger()] {
            caller.get(&project.url()).refused(NO_PROJECT);
            caller.get(&group.url()).refused(NO_GROUP);
            caller.get(&format!("{}/projects", group.url())).refused(NO_GROUP);
        }
        project.member("guest").get(&project.url()).expect(200);
        group.member("guest").get(&group.url()).expect(200);
    }

    fn projects_are_those_that_the_caller_sees(server: &TestServer) {
        let world = World::of(server);
        world.project("depot/other");
        world.source(Kind::Project, PRIVATE_PROJECT).grant("ada", "guest");
        let seen = |caller: super::caller::Caller<'_>| {
            let mut paths: Vec<_> = caller.each("/projects", "path_with_namespace");
            paths.sort_by_key(ToString::to_string);
            paths
        };
        assert_eq!(seen(world.anonymous()), [PUBLIC_PROJECT]);
        assert_eq!(seen(world.stranger()), [PUBLIC_PROJECT]);
        assert_eq!(seen(world.user("ada")), [PRIVATE_PROJECT, PUBLIC_PROJECT]);
        assert_eq!(seen(world.administrator()), ["default/depot/other", PRIVATE_PROJECT, PUBLIC_PROJECT]);
    }

    fn groups_are_those_that_the_caller_sees(server: &TestServer) {
        let world = World::of(server);
        let sees = |caller: super::caller::Caller<'_>, path: &str| {
            caller.each("/groups", "full_path").contains(&json!(path))
        };
        world.source(Kind::Group, PRIVATE_GROUP).grant("ada", "guest");
        for caller in [world.anonymous(), world.stranger()] {
            assert!(sees(caller.clone(), PUBLIC_GROUP));
            assert!(!sees(caller, PRIVATE_GROUP));
        }
        assert!(sees(world.user("ada"), PRIVATE_GROUP));
        assert!(sees(world.administrator(), PRIVATE_GROUP));
    }

    fn the_projects_of_a_group_are_those_that_the_caller_sees(server: &TestServer) {
        let world = World::of(server);
        world.project("lines/secret");
        let path = format!("{}/projects", world.source(Kind::Group, PUBLIC_GROUP).url());
        assert_eq!(world.stranger().each(&path, "path_with_namespace"), [PUBLIC_PROJECT]);
        assert_eq!(world.administrator().list(&path).len(), 2);
    }

    fn lists_come_in_pages(server: &TestServer) {
        let world = World::of(server);
        for path in ["/projects", "/groups"] {
            let answer = world.administrator().get(&format!("{path}?per_page=1&page=2")).expect(200);
            assert_eq!(answer.json().as_array().unwrap().len(), 1, "{answer}");
            assert_eq!((answer.header("x-page"), answer.header("x-prev-page")), ("2", "1"));
            let total = world.administrator().list(path).len().to_string();
            assert_eq!(answer.header("x-total"), total);
        }
    }
}
