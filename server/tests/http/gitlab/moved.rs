//! A project that has moved (B10): its old path leads to it.

use serde_json::json;

use super::{
    refusals::NO_PROJECT,
    source::{Kind, Source},
    world::{PRIVATE_PROJECT, PUBLIC_PROJECT, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

/// Moves the space `default`, and everything in it, to `elsewhere`.
fn moved(world: &World<'_>) {
    world.server.api("PATCH", "/spaces/default").json(&json!({"slug": "elsewhere"})).send().expect(200);
}

/// The badges under the old path, with a query.
fn old(path: &str, query: &str) -> String {
    format!("/projects/{}/badges{query}", path.replace('/', "%2F"))
}

fn badges(project: &Source<'_>) -> String {
    project.world.anonymous().get(&project.badges()).expect(200).text().to_owned()
}

on_both_engines! {
    fn its_old_path_is_301_to_where_it_is(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let before = badges(&project);
        moved(&world);
        let answer = world.anonymous().get(&old(PUBLIC_PROJECT, "")).expect(301);
        let location = answer.header("location").strip_prefix(&server.url("")).unwrap();
        assert_eq!(server.get(location).expect(200).text(), before);
    }

    fn the_redirect_keeps_the_query(server: &TestServer) {
        let world = World::of(server);
        world.public(Kind::Project);
        moved(&world);
        let answer = world.anonymous().get(&old(PUBLIC_PROJECT, "?per_page=1&page=2")).expect(301);
        let location = answer.header("location").strip_prefix(&server.url("")).unwrap();
        let followed = server.get(location).expect(200);
        assert_eq!((followed.header("x-per-page"), followed.header("x-page")), ("1", "2"));
    }

    fn number_and_new_path_work_as_ever(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let before = badges(&project);
        moved(&world);
        assert_eq!(badges(&project), before);
        let path = old("elsewhere/lines/timetable-api", "");
        assert_eq!(world.anonymous().get(&path).expect(200).text(), before);
    }

    fn a_private_project_that_has_moved_is_still_not_there(server: &TestServer) {
        let world = World::of(server);
        world.private(Kind::Project);
        moved(&world);
        world.stranger().get(&old(PRIVATE_PROJECT, "")).refused(NO_PROJECT);
        world.anonymous().get(&old(PRIVATE_PROJECT, "")).refused(NO_PROJECT);
        world.administrator().get(&old(PRIVATE_PROJECT, "")).expect(301);
    }

    fn unconfirmed_nothing_is_changed_under_an_old_path(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let before = badges(&project);
        moved(&world);
        let answer = world.administrator().post(&old(PUBLIC_PROJECT, ""), &URLS);
        assert!((300..500).contains(&answer.status), "{answer}");
        let answer = world.administrator().delete(&old(PUBLIC_PROJECT, &format!("/{}", project.first)));
        assert!((300..500).contains(&answer.status), "{answer}");
        assert_eq!(badges(&project), before);
    }
}
