//! How an address names space, project and environment: by slug, by id, by alias.

use serde_json::json;

use crate::support::{Badge, TestServer, on_both_engines, published};

fn path(space: &str, project: &str, environment: &str) -> String {
    format!("/api/{space}/projects/{project}/badge/{environment}/latest_release")
}

on_both_engines! {
    fn a_place_answers_to_its_slug_and_to_its_id_in_any_case(server: &TestServer) {
        published(server);
        for space in ["default", "Default", "Spaces-1", "spaces-1", "SPACES-1"] {
            for project in ["web-shop", "Web-Shop", "Projects-1", "pROJECTS-1"] {
                for environment in ["production", "PRODUCTION", "Environments-1", "environments-1"] {
                    assert_eq!(
                        Badge::at(server, &path(space, project, environment)).message,
                        "1.2.3",
                        "{space} {project} {environment}"
                    );
                }
            }
        }
    }

    fn a_place_answers_to_its_alias_from_octopus(server: &TestServer) {
        published(server);
        server.change_project("default/web-shop", &json!({"aliases": {"octopus": "Projects-41"}}));
        server.api("PATCH", "/spaces/1").json(&json!({"aliases": {"octopus": "Spaces-302"}})).send().expect(200);
        server
            .api("PATCH", "/environments/1")
            .json(&json!({"aliases": {"octopus": "Environments-62"}}))
            .send()
            .expect(200);
        for (space, project, environment) in [
            ("Spaces-302", "Projects-41", "Environments-62"),
            ("default", "Projects-41", "production"),
            ("Spaces-302", "web-shop", "Environments-1"),
            ("spaces-1", "projects-1", "Environments-62"),
        ] {
            assert_eq!(
                Badge::at(server, &path(space, project, environment)).message,
                "1.2.3",
                "{space} {project} {environment}"
            );
        }
    }

    fn an_alias_comes_before_an_id(server: &TestServer) {
        published(server);
        server.report(&json!({"project": "other", "environment": "Production", "release": "9", "status": "succeeded"}));
        server.change_project("default/other", &json!({"badges_enabled": true, "aliases": {"octopus": "Projects-1"}}));
        assert_eq!(
            Badge::at(server, &path("default", "Projects-1", "production")).message,
            "9",
            "it was imported with this id"
        );
        assert_eq!(Badge::at(server, &path("default", "web-shop", "production")).message, "1.2.3");
    }

    fn an_alias_for_another_dialect_is_none_here(server: &TestServer) {
        published(server);
        server.change_project("default/web-shop", &json!({"aliases": {"buildmaster": "64", "gitlab": "Projects-64"}}));
        for project in ["64", "Projects-64"] {
            server.get(&path("default", project, "production")).expect(404);
        }
    }

    fn a_nested_project_answers_to_its_path(server: &TestServer) {
        server.report(&json!({
            "project": "lines/north/Timetable API", "environment": "Production", "release": "2", "status": "succeeded",
        }));
        server.change_project("default/lines/north/timetable-api", &json!({"badges_enabled": true}));
        for project in ["lines%2Fnorth%2Ftimetable-api", "timetable-api", "Projects-1"] {
            assert_eq!(Badge::at(server, &path("default", project, "production")).message, "2", "{project}");
        }
        server.get(&path("default", "north%2Ftimetable-api", "production")).expect(404);
    }

    fn a_slug_with_letters_of_any_script_is_percent_encoded(server: &TestServer) {
        let reported =
            server.report(&json!({"project": "Größe", "environment": "本番", "release": "3", "status": "succeeded"}));
        server.change_project("1", &json!({"badges_enabled": true}));
        let snippets = reported["badges"].as_array().unwrap();
        let url = snippets.iter().find(|snippet| snippet["id"] == "url").unwrap()["text"].as_str().unwrap();
        assert!(url.is_ascii(), "{url}");
        assert_eq!(Badge::at(server, url.strip_prefix(&server.url("")).unwrap()).message, "3");
    }

    fn an_environment_of_another_space_is_not_there(server: &TestServer) {
        published(server);
        server.report(&json!({"space": "harbour", "project": "ferry", "environment": "Quay", "status": "succeeded"}));
        for environment in ["quay", "Environments-2"] {
            server.get(&path("default", "web-shop", environment)).expect(404);
        }
        server.get(&path("harbour", "web-shop", "quay")).expect(404);
        server.get(&path("harbour", "Projects-1", "quay")).expect(404);
    }
}
