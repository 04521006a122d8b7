//! What is not there, and what is not for everybody, is answered alike: byte for byte.

use serde_json::json;

use crate::support::{TestServer, accessible_name, badge_path, on_both_engines, published};

/// Exactly what the server sends, without the one header that changes by itself.
fn exactly(server: &TestServer, method: &str, path: &str) -> String {
    let answer =
        server.raw(&format!("{method} {path} HTTP/1.1\r\nHost: badges.example.org\r\nConnection: close\r\n\r\n"));
    answer.split_inclusive("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("date:")).collect()
}

on_both_engines! {
    fn every_reason_for_there_being_no_badge_looks_the_same(server: &TestServer) {
        published(server);
        server.report(&json!({
            "project": "Hidden", "environment": "Production", "release": "6.6.6", "status": "succeeded",
            "tenant": "Line 7",
        }));
        for extension in ["", ".svg", ".png", ".json"] {
            let badge = |space: &str, project: &str, environment: &str, query: &str| {
                format!("/api/{space}/projects/{project}/badge/{environment}/latest_release{extension}{query}")
            };
            for method in ["GET", "HEAD"] {
                let nothing = exactly(server, method, &badge("no", "such", "place", ""));
                assert!(nothing.starts_with("HTTP/1.1 404 "), "{nothing}");
                for (reason, path) in [
                    ("unknown space", badge("nowhere", "web-shop", "production", "")),
                    ("unknown space id", badge("Spaces-99", "web-shop", "production", "")),
                    ("unknown project", badge("default", "nothing", "production", "")),
                    ("unknown project id", badge("default", "Projects-99", "production", "")),
                    ("unknown environment", badge("default", "web-shop", "nowhere", "")),
                    ("unknown tenant", badge("default", "web-shop", "production", "?tenantId=Tenants-99")),
                    (
                        "unknown tenant and its name",
                        badge("default", "web-shop", "production", "?tenantId=x&label=tenant"),
                    ),
                    ("badges off", badge("default", "hidden", "production", "")),
                    ("badges off, by id", badge("Spaces-1", "Projects-2", "Environments-1", "")),
                    ("badges off, with failures", badge("default", "hidden", "production", "?includeFailed=true")),
                    (
                        "badges off, in another style",
                        badge("default", "hidden", "production", "?style=social&label=project"),
                    ),
                    (
                        "badges off, for a tenant",
                        badge("default", "hidden", "production", "?tenantId=line-7&label=tenant"),
                    ),
                    ("badges off, unknown tenant", badge("default", "hidden", "production", "?tenantId=nobody")),
                    ("a NUL character", badge("default", "hid%00den", "production", "")),
                    ("no UTF-8", badge("default", "hidden%FF", "production", "")),
                    ("an empty name", badge("default", "%20", "production", "")),
                ] {
                    assert_eq!(exactly(server, method, &path), nothing, "{reason}: {method} {path}");
                }
            }
        }
    }

    fn switching_badges_off_hides_them_at_once(server: &TestServer) {
        published(server);
        let etag = server.get(&badge_path("latest_release")).expect(200).header("etag").to_owned();
        server.change_project("default/web-shop", &json!({"badges_enabled": false}));
        let call = server.call("GET", &badge_path("latest_release")).header("If-None-Match", &etag);
        call.send().expect(404);
        assert_eq!(
            exactly(server, "GET", &badge_path("latest_release")),
            exactly(server, "GET", "/api/a/projects/b/badge/c/latest_release")
        );
    }

    fn a_token_does_not_open_what_is_off(server: &TestServer) {
        server.report(&json!({"project": "Web Shop", "environment": "Production", "status": "succeeded"}));
        server.call("GET", &badge_path("latest_release")).bearer(server.token()).send().expect(404);
    }

    fn visibility_does_not_matter_to_badges(server: &TestServer) {
        published(server);
        for (visibility, badges_enabled, status) in
            [("private", true, 200), ("public", true, 200), ("public", false, 404)]
        {
            server.change_project(
                "default/web-shop",
                &json!({"visibility": visibility, "badges_enabled": badges_enabled}),
            );
            server.get(&badge_path("latest_release")).expect(status);
        }
    }

    fn not_found_is_a_picture_that_a_readme_can_show(server: &TestServer) {
        let answer = server.get("/api/no/projects/such/badge/place/latest_release").expect(404);
        assert_eq!(accessible_name(&answer), "badge: not found");
        let answer = server.get("/api/no/projects/such/badge/place/latest_release.png").expect(404);
        assert!(answer.body.starts_with(b"\x89PNG"));
        server.get("/api/no/projects/such/badge/place/latest_release.json").problem(404);
    }
}
