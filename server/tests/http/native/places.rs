//! `/api/burgee/v1/environments`, `/tenants` and `/spaces`.

use serde_json::json;

use crate::support::{TestServer, on_both_engines};

/// Environments and tenants take the same requests; what Octopus calls their ids.
const PLACES: [(&str, &str); 2] = [("/environments", "Environments"), ("/tenants", "Tenants")];

on_both_engines! {
    fn a_place_is_created_found_changed_and_deleted(server: &TestServer) {
        for (list, octopus) in PLACES {
            let created = server.api("POST", list).json(&json!({"name": "Pre Prod"})).send().expect(201).json();
            assert_eq!((&created["slug"], &created["space"]), (&json!("pre-prod"), &json!("default")));
            let id = created["id"].to_string();
            assert_eq!(created["octopus_id"], format!("{octopus}-{id}"));
            for name in [id.clone(), format!("{octopus}-{id}")] {
                assert_eq!(server.api("GET", &format!("{list}/{name}")).send().expect(200).json(), created, "{name}");
            }
            let change = json!({"name": "Staging", "slug": "stage", "aliases": {"octopus": format!("{octopus}-700")}});
            let changed = server.api("PATCH", &format!("{list}/{id}")).json(&change).send().expect(200).json();
            for (member, value) in change.as_object().unwrap() {
                assert_eq!(&changed[member], value, "{list}: {member}");
            }
            server.api("DELETE", &format!("{list}/{id}")).send().expect(204);
            server.api("GET", &format!("{list}/{id}")).send().problem(404);
        }
    }

    fn a_name_or_slug_that_is_taken_is_a_conflict(server: &TestServer) {
        for (list, _) in PLACES {
            server.api("POST", list).json(&json!({"name": "One"})).send().expect(201);
            let two = server.api("POST", list).json(&json!({"name": "Two"})).send().expect(201).json();
            assert_eq!(server.api("POST", list).json(&json!({"name": "One"})).send().bad_fields(409), ["/name"]);
            for (member, value) in [("name", "One"), ("slug", "one")] {
                let answer = server.api("PATCH", &format!("{list}/{}", two["id"])).json(&json!({member: value})).send();
                assert_eq!(answer.bad_fields(409), [format!("/{member}")], "{list}");
            }
        }
    }

    fn the_same_name_in_another_space_is_another_place(server: &TestServer) {
        server.create_token(&["--scope", "runs:write", "--space", "harbour"]);
        for (list, _) in PLACES {
            let create = |space: &str| {
                server.api("POST", list).json(&json!({"space": space, "name": "One"})).send().expect(201).json()
            };
            assert_ne!(create("default")["id"], create("harbour")["id"]);
        }
    }

    fn bad_requests_about_places_are_told(server: &TestServer) {
        for (list, _) in PLACES {
            assert_eq!(server.api("POST", list).json(&json!({"space": "default"})).send().bad_fields(422), ["/name"]);
            server.api("POST", list).json(&json!({"space": "nowhere", "name": "One"})).send().problem(404);
            let one = server.api("POST", list).json(&json!({"name": "One"})).send().expect(201).json();
            let bad = json!({"name": "", "slug": "No Slug", "nmae": "x"});
            let fields = server.api("PATCH", &format!("{list}/{}", one["id"])).json(&bad).send().bad_fields(422);
            assert_eq!(fields, ["/name", "/slug", "/nmae"]);
            for missing in ["99", "x", "Projects-1"] {
                server.api("GET", &format!("{list}/{missing}")).send().problem(404);
                server.api("DELETE", &format!("{list}/{missing}")).send().problem(404);
                server.api("PATCH", &format!("{list}/{missing}")).json(&json!({"name": "Two"})).send().problem(404);
            }
        }
    }

    fn a_deleted_environment_takes_its_runs_along(server: &TestServer) {
        for environment in ["Staging", "Production"] {
            server.report(&json!({"project": "a", "environment": environment, "status": "succeeded"}));
        }
        server.api("DELETE", "/environments/Environments-1").send().expect(204);
        let runs = server.api("GET", "/runs").send().json();
        assert_eq!(runs["items"].as_array().unwrap().len(), 1);
        assert_eq!(runs["items"][0]["environment"], "Production");
    }

    fn a_space_is_renamed_and_given_an_alias(server: &TestServer) {
        let change = json!({"name": "Head Office", "aliases": {"octopus": "Spaces-42"}});
        let space = server.api("PATCH", "/spaces/default").json(&change).send().expect(200).json();
        assert_eq!((&space["name"], &space["slug"]), (&json!("Head Office"), &json!("default")));
        assert_eq!(server.api("GET", "/spaces/Spaces-42").send().expect(200).json(), space);
        server.api("GET", "/spaces/nowhere").send().problem(404);
        server.api("PATCH", "/spaces/nowhere").json(&json!({"name": "x"})).send().problem(404);
    }
}
