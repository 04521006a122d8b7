//! `/api/burgee/v1/projects/{id or path}`: what a settings page or a script changes.

use serde_json::{Value, json};

use crate::support::{Badge, TestServer, on_both_engines};

/// Reports a run of `lines/Timetable API` and one of `Web Shop`.
fn two_projects(server: &TestServer) {
    for project in ["lines/Timetable API", "Web Shop"] {
        server.report(&json!({"project": project, "environment": "Production", "release": "1", "status": "succeeded"}));
    }
}

on_both_engines! {
    fn a_project_is_found_by_id_and_by_path(server: &TestServer) {
        two_projects(server);
        let by_path = server.api("GET", "/projects/default%2Flines%2Ftimetable-api").send().expect(200).json();
        let by_id = server.api("GET", &format!("/projects/{}", by_path["id"])).send().expect(200).json();
        assert_eq!(by_path, by_id);
        assert_eq!(by_path["url"], server.url("/default/lines/timetable-api"));
        for missing in ["/projects/99", "/projects/default%2Fnothing", "/projects/default", "/projects/x"] {
            server.api("GET", missing).send().problem(404);
        }
    }

    fn a_patch_changes_what_it_names_and_nothing_else(server: &TestServer) {
        two_projects(server);
        let before = server.api("GET", "/projects/default%2Fweb-shop").send().json();
        let change =
            json!({"title": "The Shop", "badges_enabled": true, "visibility": "public", "default_branch": "main"});
        let after = server.change_project("default/web-shop", &change);
        for member in ["id", "path", "name", "slug", "commit_sha", "aliases", "created_at"] {
            assert_eq!(after[member], before[member], "{member}");
        }
        for (member, value) in change.as_object().unwrap() {
            assert_eq!(&after[member], value, "{member}");
        }
        let kept = server.change_project(&before["id"].to_string(), &json!({}));
        assert_eq!(kept, after, "an empty change changes nothing");
        assert_eq!(server.api("GET", "/projects/default%2Fweb-shop").send().json(), after);
    }

    fn a_slug_is_a_projects_place_in_badge_addresses(server: &TestServer) {
        two_projects(server);
        let project = server.change_project("default/web-shop", &json!({"slug": "shop", "badges_enabled": true}));
        assert_eq!((&project["slug"], &project["path"]), (&json!("shop"), &json!("default/web-shop")));
        assert_eq!(Badge::at(server, "/api/default/projects/shop/badge/production/latest_release").message, "1");
    }

    fn a_slug_that_is_taken_is_a_conflict(server: &TestServer) {
        two_projects(server);
        let answer = server.api("PATCH", "/projects/default%2Fweb-shop").json(&json!({"slug": "timetable-api"})).send();
        assert_eq!(answer.bad_fields(409), ["/slug"]);
    }

    fn an_alias_is_given_replaced_and_taken_away(server: &TestServer) {
        two_projects(server);
        let aliases =
            |change: Value| server.change_project("default/web-shop", &json!({"aliases": change}))["aliases"].clone();
        assert_eq!(
            aliases(json!({"octopus": "Projects-41", "buildmaster": 64})),
            json!({"octopus": "Projects-41", "buildmaster": "64"})
        );
        assert_eq!(aliases(json!({"octopus": "Projects-42"})), json!({"octopus": "Projects-42", "buildmaster": "64"}));
        assert_eq!(aliases(json!({"octopus": null})), json!({"buildmaster": "64"}));
        assert_eq!(aliases(json!({"octopus": null})), json!({"buildmaster": "64"}), "again is the same");
    }

    fn an_alias_that_another_project_has_is_a_conflict(server: &TestServer) {
        two_projects(server);
        server.change_project("default/web-shop", &json!({"aliases": {"octopus": "Projects-41"}}));
        let change = json!({"title": "Changed", "aliases": {"octopus": "Projects-41"}});
        let answer = server.api("PATCH", "/projects/default%2Flines%2Ftimetable-api").json(&change).send();
        answer.problem(409);
        let kept = server.api("GET", "/projects/default%2Flines%2Ftimetable-api").send().json();
        assert_eq!(kept["title"], "Timetable API", "all or nothing");
    }

    fn every_bad_field_of_a_patch_is_named(server: &TestServer) {
        two_projects(server);
        let change = json!({
            "badges_enabled": "yes", "visibility": "internal", "slug": "Web Shop", "title": " ", "badge_enabled": true,
            "aliases": {"jenkins": "1"},
        });
        let answer = server.api("PATCH", "/projects/default%2Fweb-shop").json(&change).send();
        let mut fields = answer.bad_fields(422);
        fields.sort();
        assert_eq!(fields, ["/aliases", "/badge_enabled", "/badges_enabled", "/slug", "/title", "/visibility"]);
        assert!(answer.text().contains("did you mean \\\"badges_enabled\\\""), "{answer}");
    }

    fn a_change_to_nothing_is_404(server: &TestServer) {
        server.api("PATCH", "/projects/default%2Fnothing").json(&json!({"badges_enabled": true})).send().problem(404);
        server.api("DELETE", "/projects/default%2Fnothing").send().problem(404);
    }

    fn a_deleted_project_is_gone_with_its_runs(server: &TestServer) {
        two_projects(server);
        let answer = server.api("DELETE", "/projects/default%2Fweb-shop").send().expect(204);
        assert!(answer.body.is_empty());
        server.api("GET", "/projects/default%2Fweb-shop").send().problem(404);
        let runs = server.api("GET", "/runs").send().json();
        assert_eq!(runs["items"].as_array().unwrap().len(), 1);
        assert_eq!(runs["items"][0]["project"], "default/lines/timetable-api");
        let again = server.report(&json!({"project": "Web Shop", "status": "succeeded"}));
        assert_eq!(again["run"]["project"], "default/web-shop", "its name is free again");
    }

    fn a_title_that_was_set_by_hand_stays_when_runs_are_reported(server: &TestServer) {
        two_projects(server);
        server.change_project("default/web-shop", &json!({"title": "The Shop"}));
        server.report(&json!({"project": "Web Shop", "status": "succeeded"}));
        assert_eq!(server.api("GET", "/projects/default%2Fweb-shop").send().json()["title"], "The Shop");
    }
}
