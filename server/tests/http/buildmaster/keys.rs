//! Keys (C3): where they stand, and what is said about those that are no good.

use std::time::{Duration, Instant};

use serde_json::json;

use super::shown::{IMAGE, LINK, build, forbidden, key, state};
use crate::support::{TestServer, on_both_engines};

on_both_engines! {
    fn a_key_may_stand_in_each_of_its_places(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        for name in ["key", "Key", "API_Key", "api_key", "API_KEY"] {
            assert_eq!(state(&server.get(&format!("{IMAGE}?{name}=badges"))), "success", "{name}");
            let form = server.call("POST", IMAGE).form(&[(name, "badges")]);
            assert_eq!(state(&form.send()), "success", "{name} in a form");
            let json = server.call("POST", IMAGE).json(&json!({name: "badges"}));
            assert_eq!(state(&json.send()), "success", "{name} in JSON");
        }
        for (header, value) in [
            ("X-ApiKey", "badges"),
            ("x-apikey", "badges"),
            ("Authorization", "Basic YXBpOmJhZGdlcw=="), // api:badges
            ("Authorization", "basic QVBJOmJhZGdlcw=="), // API:badges
        ] {
            for method in ["GET", "POST"] {
                let call = server.call(method, IMAGE).header(header, value);
                assert_eq!(state(&call.send()), "success", "{method} {header}: {value}");
            }
        }
    }

    fn a_key_made_at_random_works_too(server: &TestServer) {
        let key = server.create_token(&["--scope", "ci-badges"]);
        assert!(key.starts_with("burgee_"));
        server.get(&format!("{IMAGE}?key={key}")).expect(200);
    }

    fn whatever_is_wrong_with_a_key_the_answer_is_the_same(server: &TestServer) {
        key(server, &[]);
        let revoked = server.create_token(&["--scope", "ci-badges"]);
        let list = server.run(&["token", "list"]).good();
        let id = list.lines().next().unwrap().split('\t').next().unwrap().to_owned();
        server.get(&format!("{IMAGE}?key={revoked}")).expect(200);
        server.run(&["token", "revoke", &id]).good();
        let expired = server.create_token(&["--scope", "ci-badges", "--expires-in", "0"]);
        let other = server.token();
        for query in
            ["", "key=", "key=Badges", "key=wrong", &format!("key={revoked}"), &format!("key={expired}"), &format!("key={other}")]
        {
            forbidden(&server.get(&format!("{IMAGE}?{query}")));
            forbidden(&server.get(&format!("{IMAGE}?{query}&$ApplicationName=web")));
        }
        for (header, value) in [
            ("X-ApiKey", "wrong"),
            ("Authorization", "Bearer badges"),
            ("Authorization", "Basic eDpiYWRnZXM="), // x:badges
            ("Authorization", "Basic !"),
            ("Authorization", "Basic"),
        ] {
            forbidden(&server.call("GET", IMAGE).header(header, value).send());
        }
    }

    fn a_refusal_comes_no_sooner_whatever_there_was_to_look_up(server: &TestServer) {
        build(server, &json!({}));
        key(server, &["--project", "default/web"]);
        for query in ["", "key=wrong", "key=badges&$ApplicationName=other"] {
            for path in [IMAGE, LINK] {
                let begun = Instant::now();
                forbidden(&server.get(&format!("{path}?{query}")));
                assert!(begun.elapsed() >= Duration::from_millis(5), "{path}?{query}");
            }
        }
    }

    fn a_key_opens_nothing_else(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"job": "unit"}));
        server.call("GET", "/api/burgee/v1/runs").bearer("badges").send().expect(403);
        server.call("POST", "/api/burgee/v1/runs").bearer("badges").json(&json!({"project": "x", "status": "failed"})).send().expect(403);
        server.call("GET", "/api/v4/projects").bearer("badges").send().expect(403);
        server.call("GET", "/api/v1/teams/default/pipelines/web/badge").bearer("badges").send().expect(401);
    }

    fn a_chosen_key_is_good_for_badges_alone(server: &TestServer) {
        for scopes in ["runs:write", "ci-badges,runs:read", "api"] {
            let run = server.run(&["token", "create", "--name", "x", "--scope", scopes, "--value", "badges"]);
            assert_ne!(run.code, 0);
            assert!(run.stderr.contains("ci-badges"), "{run:?}");
        }
        for value in ["", "a b", "a&b", "ä"] {
            assert_ne!(server.run(&["token", "create", "--name", "x", "--scope", "ci-badges", "--value", value]).code, 0);
        }
        let run = server.run(&["user", "create", "somebody"]);
        assert_eq!(run.code, 0);
        assert_ne!(server.run(&["token", "create", "--name", "x", "--scope", "ci-badges", "--user", "somebody"]).code, 0);
    }

    fn a_key_can_be_chosen_once(server: &TestServer) {
        key(server, &[]);
        let run = server.run(&["token", "create", "--name", "x", "--scope", "ci-badges", "--value", "badges"]);
        assert_ne!(run.code, 0);
        assert!(run.stderr.contains("choose another"), "{run:?}");
    }
}
