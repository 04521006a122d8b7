//! How a caller says who it is (B4).

use serde_json::json;

use super::{
    refusals::{EXPIRED, NO_PROJECT, REVOKED, UNAUTHORIZED},
    source::Kind,
    world::{URLS, World},
};
use crate::support::{Call, Setup, TestServer, on_both_engines};

on_both_engines! {
    fn a_token_comes_in_a_header_or_a_parameter(server: &TestServer) {
        let world = World::of(server);
        let path = format!("/api/v4{}", world.private(Kind::Project).badges());
        let token = world.administrator().token().to_owned();
        server.get(&path).refused(NO_PROJECT);
        server.call("GET", &path).header("PRIVATE-TOKEN", &token).send().expect(200);
        server.call("GET", &path).bearer(&token).send().expect(200);
        server.call("GET", &path).header("Authorization", &format!("bearer {token}")).send().expect(200);
        server.get(&format!("{path}?private_token={token}")).expect(200);
        server.get(&format!("{path}?access_token={token}")).expect(200);
    }

    fn a_token_comes_in_a_form_or_a_json_body(server: &TestServer) {
        let world = World::of(server);
        let path = format!("/api/v4{}", world.private(Kind::Project).badges());
        let token = world.administrator().token().to_owned();
        for name in ["private_token", "access_token"] {
            server.call("POST", &path).form(&[URLS[0], URLS[1], (name, &token)]).send().expect(201);
            let body = json!({"link_url": URLS[0].1, "image_url": URLS[1].1, name: token});
            server.call("POST", &path).json(&body).send().expect(201);
        }
    }

    fn the_parameter_counts_before_the_header_before_the_bearer(server: &TestServer) {
        let world = World::of(server);
        let path = format!("/api/v4{}", world.private(Kind::Project).badges());
        let (member, stranger) = (world.administrator(), world.stranger());
        let ask = |param: &str, header: &str, bearer: &str| -> u16 {
            let path = if param.is_empty() { path.clone() } else { format!("{path}?private_token={param}") };
            let call = server.call("GET", &path).bearer(bearer);
            let call = if header.is_empty() { call } else { call.header("PRIVATE-TOKEN", header) };
            call.send().status
        };
        let (good, poor) = (member.token(), stranger.token());
        assert_eq!(ask(good, poor, poor), 200);
        assert_eq!(ask(poor, good, good), 404);
        assert_eq!(ask("", good, poor), 200);
        assert_eq!(ask("", poor, good), 404);
        assert_eq!(ask("wrong", good, good), 401, "nobody looks further than the first");
        assert_eq!(ask("", "wrong", good), 401);
    }

    fn a_job_token_is_nobody(server: &TestServer) {
        let world = World::of(server);
        let (public, private) = (world.public(Kind::Project), world.private(Kind::Project));
        for token in [world.administrator().token(), "wrong"] {
            let call = |method: &str, path: &str| {
                server.call(method, &format!("/api/v4{path}")).header("JOB-TOKEN", token)
            };
            call("GET", &public.badges()).send().expect(200);
            call("GET", &private.badges()).send().refused(NO_PROJECT);
            call("POST", &public.badges()).form(&URLS).send().refused(UNAUTHORIZED);
        }
    }

    fn a_token_that_is_no_text_is_a_wrong_token(server: &TestServer) {
        let world = World::of(server);
        let path = format!("/api/v4{}", world.public(Kind::Project).badges());
        for header in ["PRIVATE-TOKEN: \u{e9}\u{e9}", "Authorization: Bearer \u{e9}\u{e9}"] {
            let request = format!("GET {path} HTTP/1.1\r\nHost: b.example\r\nConnection: close\r\n{header}\r\n\r\n");
            let answer = server.raw(&request);
            assert!(answer.starts_with("HTTP/1.1 401 "), "{header}: {answer}");
        }
    }

    fn a_wrong_token_is_401_even_where_anonymous_may_read(server: &TestServer) {
        let world = World::of(server);
        let path = format!("/api/v4{}", world.public(Kind::Project).badges());
        server.get(&path).expect(200);
        let (expired, revoked) = (world.token(&["--expires-in", "0"]), revoked(&world));
        for (token, refusal) in [
            ("wrong", UNAUTHORIZED),
            ("burgee_wrong", UNAUTHORIZED),
            ("glpat-wrong", UNAUTHORIZED),
            (expired.as_str(), EXPIRED),
            (revoked.as_str(), REVOKED),
        ] {
            let check = |call: Call<'_>| call.send().refused(refusal);
            check(server.call("GET", &path).header("PRIVATE-TOKEN", token));
            check(server.call("GET", &path).bearer(token));
            check(server.call("GET", &format!("{path}?private_token={token}")));
            check(server.call("GET", &format!("{path}?access_token={token}")));
            check(server.call("POST", &path).header("PRIVATE-TOKEN", token).form(&URLS));
        }
    }

    fn an_empty_token_is_none(server: &TestServer) {
        let world = World::of(server);
        let public = world.public(Kind::Project);
        world.with_token("").get(&public.badges()).expect(200);
        world.with_token("").post(&public.badges(), &URLS).refused(UNAUTHORIZED);
        world.anonymous().get(&format!("{}?private_token=", public.badges())).expect(200);
    }

    fn a_token_that_was_known_is_revoked_at_once(server: &TestServer) {
        let world = World::of(server);
        let project = world.private(Kind::Project);
        let token = world.token(&[]);
        world.with_token(&token).get(&project.badges()).expect(200);
        revoke(&world, &token);
        world.with_token(&token).get(&project.badges()).refused(REVOKED);
    }

    fn a_session_is_as_good_as_a_token(setup: Setup) {
        let server = setup.with_admin().start();
        let world = World::of(&server);
        let project = world.private(Kind::Project);
        let browser = server.signed_in();
        let call = |method: &str, path: &str| browser.call(method, &format!("/api/v4{path}"));
        call("GET", &project.badges()).send().expect(200);
        call("GET", "/user").send().expect(200);
        call("POST", &project.badges()).header("Sec-Fetch-Site", "same-origin").form(&URLS).send().expect(201);
    }

    fn a_session_changes_nothing_for_another_site(setup: Setup) {
        let server = setup.with_admin().start();
        let world = World::of(&server);
        let project = world.private(Kind::Project);
        let (badges, badge) = (project.badges(), project.badge(project.first));
        let browser = server.signed_in();
        for (method, path) in [("POST", &badges), ("PUT", &badge), ("DELETE", &badge)] {
            let call = browser.call(method, &format!("/api/v4{path}")).header("Sec-Fetch-Site", "cross-site");
            call.form(&[URLS[0], URLS[1], ("name", "Forged")]).send().expect(403);
        }
        assert_eq!(project.names(), ["hidden"]);
    }
}

/// Revokes a token with the command.
#[track_caller]
fn revoke(world: &World<'_>, token: &str) {
    let listed = world.server.run(&["token", "list"]).good();
    let line = listed.lines().find(|line| line.contains(&token[token.len() - 4..])).unwrap();
    world.server.run(&["token", "revoke", line.split('\t').next().unwrap()]).good();
}

/// A token that was revoked.
fn revoked(world: &World<'_>) -> String {
    let token = world.token(&[]);
    revoke(world, &token);
    token
}
