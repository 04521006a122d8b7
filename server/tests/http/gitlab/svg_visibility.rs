//! Who sees GitLab's SVG badges (B13: "project visibility"), and which paths lead to them.

use serde_json::json;

use super::{
    source::Kind,
    world::{PRIVATE_PROJECT, World},
};
use crate::support::{Setup, TestServer, accessible_name, on_both_engines};

const FILES: [&str; 3] = ["badges/main/pipeline.svg", "badges/main/coverage.svg", "-/badges/release.svg"];

/// Exactly what the server sends to anonymous, without the one header that changes by itself.
fn exactly(server: &TestServer, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: badges.example.org\r\nConnection: close\r\n\r\n");
    let answer = server.raw(&request);
    answer.split_inclusive("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("date:")).collect()
}

on_both_engines! {
    fn a_badge_that_is_not_for_the_caller_looks_like_none_at_all(server: &TestServer) {
        let _world = World::of(server);
        for file in FILES {
            let nothing = exactly(server, &format!("/default/depot/nothing/{file}"));
            assert!(nothing.starts_with("HTTP/1.1 404 "), "{nothing}");
            for path in [
                format!("/{PRIVATE_PROJECT}/{file}"),
                format!("/nowhere/nothing/{file}"),
                format!("/a/b/c/d/e/f/{file}"),
                format!("/default/dep%00ot/rosters/{file}"),
                format!("/default/depot/rosters%FF/{file}"),
                format!("/{PRIVATE_PROJECT}/{file}?key_text=x&style=flat-square"),
            ] {
                assert_eq!(exactly(server, &path), nothing, "{path}");
            }
        }
    }

    fn a_public_project_shows_its_badges(server: &TestServer) {
        let _world = World::of(server);
        for file in FILES {
            server.get(&format!("/{}/{file}", super::world::PUBLIC_PROJECT)).expect(200);
        }
    }

    fn a_private_project_shows_them_once_its_badges_are_on(server: &TestServer) {
        let _world = World::of(server);
        for (badges_enabled, status) in [(true, 200), (false, 404)] {
            server.change_project(PRIVATE_PROJECT, &json!({"badges_enabled": badges_enabled}));
            for file in FILES {
                server.get(&format!("/{PRIVATE_PROJECT}/{file}")).expect(status);
            }
        }
    }

    fn who_may_read_the_project_sees_them(server: &TestServer) {
        let world = World::of(server);
        let guest = world.private(Kind::Project).member("guest");
        let stranger = world.stranger();
        for file in FILES {
            let with = |token: &str| {
                server.call("GET", &format!("/{PRIVATE_PROJECT}/{file}")).header("PRIVATE-TOKEN", token).send()
            };
            with(guest.token()).expect(200);
            assert_eq!(with(stranger.token()).status, 404);
        }
    }

    fn who_is_signed_in_and_may_read_the_project_sees_them(setup: Setup) {
        let server = setup.with_admin().start();
        let _world = World::of(&server);
        let mut browser = server.signed_in();
        for file in FILES {
            browser.get(&format!("/{PRIVATE_PROJECT}/{file}")).expect(200);
        }
    }

    fn what_only_some_may_see_is_kept_in_no_shared_cache(server: &TestServer) {
        let world = World::of(server);
        let guest = world.private(Kind::Project).member("guest");
        for file in FILES {
            let call = server.call("GET", &format!("/{PRIVATE_PROJECT}/{file}")).header("PRIVATE-TOKEN", guest.token());
            let answer = call.send().expect(200);
            let cache = answer.header("cache-control");
            assert!(cache.contains("private") || cache.contains("no-store"), "{answer}");
        }
    }

    fn any_path_that_a_project_may_have_leads_to_its_badges(server: &TestServer) {
        let world = World::of(server);
        for path in ["a/b/c/d/e/deep", "v2.0/sslip.io", "Teams/Web_Shop", "2024/007", "shallow"] {
            let project = world.project(path);
            server.change_project(&project.path, &json!({"badges_enabled": true}));
            server.report(&json!({
                "project": path, "status": "succeeded", "variables": {"Branch": "feature/badges/x"}, "release": "v7",
            }));
            let pipeline = server.get(&format!("/default/{path}/badges/feature/badges/x/pipeline.svg")).expect(200);
            assert_eq!(accessible_name(&pipeline), "pipeline: passed", "{path}");
            let release = server.get(&format!("/default/{path}/-/badges/release.svg")).expect(200);
            assert!(accessible_name(&release).ends_with(": v7"), "{path}");
        }
    }

    fn badges_are_read_only(server: &TestServer) {
        let _world = World::of(server);
        for file in FILES {
            let path = format!("/{}/{file}", super::world::PUBLIC_PROJECT);
            for method in ["POST", "PUT", "DELETE"] {
                let status = server.call(method, &path).send().status;
                assert!(matches!(status, 404 | 405), "{method} {path}: {status}");
            }
        }
    }

    fn a_wrong_token_is_as_good_as_none(server: &TestServer) {
        let _world = World::of(server);
        for (path, status) in [(PRIVATE_PROJECT, 404), (super::world::PUBLIC_PROJECT, 200)] {
            let call = server.call("GET", &format!("/{path}/{}", FILES[0])).header("PRIVATE-TOKEN", "wrong");
            assert_eq!(call.send().status, status, "{path}");
        }
    }
}
