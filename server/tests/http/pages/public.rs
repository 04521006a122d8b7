//! What somebody sees who has not signed in.

use serde_json::json;

use crate::support::{Answer, TestServer, on_both_engines};

fn projects(server: &TestServer) {
    for (project, visibility) in
        [("Open Shop", "public"), ("Hidden Shop", "private"), ("secret/Hidden Ferry", "private")]
    {
        let reported = server.report(&json!({
            "project": project, "environment": "Production", "release": "1.2.3", "status": "succeeded",
            "url": "https://ci.example.org/1",
        }));
        server.change_project(reported["run"]["project"].as_str().unwrap(), &json!({"visibility": visibility}));
    }
}

/// Status, headers and body, where the path of the page does not matter.
fn without_path(answer: &Answer, path: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let mut text = answer.to_string().replace(&encoded, "PATH");
    text = text.lines().filter(|line| !line.starts_with("date:")).collect::<Vec<_>>().join("\n");
    text
}

on_both_engines! {
    fn a_public_projects_page_is_for_everybody_and_needs_no_script(server: &TestServer) {
        projects(server);
        let page = server.get("/default/open-shop").expect(200);
        for shown in ["Open Shop", "Production", "1.2.3", "https://ci.example.org/1"] {
            assert!(page.text().contains(shown), "{shown}: {page}");
        }
        assert!(!page.text().contains("<script") && !page.text().contains("modulepreload"), "{page}");
        assert!(!page.text().contains("/-/settings"), "what it cannot do is not offered");
    }

    fn a_private_page_and_no_page_are_answered_alike(server: &TestServer) {
        projects(server);
        let missing = without_path(&server.get("/no/such-page"), "/no/such-page");
        for path in [
            "/default/hidden-shop",
            "/default/hidden-shop/-/settings",
            "/default/hidden-shop/-/badge-builder",
            "/default/hidden-shop/-/nothing",
            "/default/secret/hidden-ferry",
            "/default/secret",
            "/default/nothing",
            "/tokens",
            "/default/open-shop/-/settings",
            "/default/open-shop/-/nothing",
        ] {
            assert_eq!(without_path(&server.get(path), path), missing, "{path}");
        }
    }

    fn the_dashboard_shows_only_what_is_public(server: &TestServer) {
        projects(server);
        for path in ["/", "/?q=shop", "/?q=hidden"] {
            let page = server.get(path).expect(200);
            assert!(!page.text().contains("Hidden") && !page.text().contains("secret"), "{page}");
            assert_eq!(page.text().contains("Open Shop"), !path.contains("hidden"), "{path}: {page}");
        }
    }

    fn nothing_public_means_nothing_to_see(server: &TestServer) {
        assert!(server.get("/").redirects_to().starts_with("/sign-in"));
    }

    fn a_hostile_name_is_only_text_on_a_page(server: &TestServer) {
        let name = "<script>alert(1)</script>\"'><img src=x onerror=y>&amp;\u{202e}";
        server.report(&json!({
            "project": "shop", "title": name, "environment": name, "tenant": name, "release": name,
            "job": name, "build": name,
            "variables": {"Branch": name}, "status": "succeeded",
            "url": "https://ci.example.org/\"><script>alert(1)</script>",
        }));
        server.change_project("default/shop", &json!({"visibility": "public"}));
        for path in ["/default/shop", "/", "/default/shop?before=999"] {
            let page = server.get(path).expect(200);
            assert!(page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{path}: {page}");
            for markup in ["<script>", "<img", "onerror=y>\""] {
                assert!(!page.text().contains(markup), "{path}: {markup}: {page}");
            }
        }
        let search = server.get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").expect(200);
        assert!(!search.text().contains("<script>"), "{search}");
    }
}
