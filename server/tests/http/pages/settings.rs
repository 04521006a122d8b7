//! A project's settings: the form, as it works without script.

use serde_json::json;

use crate::support::{Setup, TestServer, badge_path, on_both_engines};

const PAGE: &str = "/default/web-shop/-/settings";

fn start(setup: Setup) -> TestServer {
    let server = setup.with_admin().start();
    server.report(&json!({"project": "Web Shop", "environment": "Production", "release": "1", "status": "succeeded"}));
    server
}

on_both_engines! {
    fn saving_turns_badges_on_and_off_and_says_so(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        let page = browser.get(PAGE).expect(200);
        assert!(page.text().contains("Anyone with a badge"), "what becomes public is said before: {page}");
        assert!(!page.text().contains("/-/badge-builder"), "there is nothing to build yet");
        server.get(&badge_path("latest_release")).expect(404);

        let saved = browser.post(PAGE, &[("title", "Web Shop"), ("visibility", "private"), ("badges", "true")]);
        assert_eq!(saved.redirects_to(), "/default/web-shop/-/settings?saved=1");
        let page = browser.get("/default/web-shop/-/settings?saved=1").expect(200);
        assert!(page.text().contains("Saved.") && page.text().contains("/default/web-shop/-/badge-builder"), "{page}");
        browser.get("/default/web-shop/-/badge-builder").expect(200);
        server.get(&badge_path("latest_release")).expect(200);

        browser.post(PAGE, &[("title", "Web Shop"), ("visibility", "private")]).expect(303);
        server.get(&badge_path("latest_release")).expect(404);
    }

    fn title_and_visibility_are_saved(setup: Setup) {
        let server = start(setup);
        server.signed_in().post(PAGE, &[("title", "  The Shop "), ("visibility", "public")]).expect(303);
        let project = server.api("GET", "/projects/default%2Fweb-shop").send().json();
        assert_eq!((&project["title"], &project["visibility"]), (&json!("The Shop"), &json!("public")));
        assert!(server.get("/default/web-shop").expect(200).text().contains("The Shop"));
    }

    fn what_is_wrong_is_told_in_place_and_what_was_typed_stays(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        for (title, visibility, sentence) in [
            (" ", "public", "The title must not be empty"),
            ("Typed <b>", "internal", "Visibility must be private or public"),
        ] {
            let answer =
                browser.post(PAGE, &[("title", title), ("visibility", visibility), ("badges", "true")]).expect(422);
            let text = answer.text();
            assert!(text.contains(sentence) && text.contains("Nothing was saved"), "{answer}");
            assert!(text.contains("aria-describedby") && text.contains("checked"), "{answer}");
        }
        let typed = browser.post(PAGE, &[("title", "Typed <b>"), ("visibility", "internal")]).expect(422);
        assert!(typed.text().contains("Typed &lt;b") && !typed.text().contains("Typed <b>"), "{typed}");
        let project = server.api("GET", "/projects/default%2Fweb-shop").send().json();
        assert_eq!((&project["title"], &project["badges_enabled"]), (&json!("Web Shop"), &json!(false)));
    }

    fn settings_are_not_for_everybody(setup: Setup) {
        let server = start(setup);
        server.change_project("default/web-shop", &json!({"visibility": "public"}));
        let mut browser = server.browser();
        for page in [PAGE, "/default/web-shop/-/badge-builder"] {
            assert!(browser.get(page).redirects_to().starts_with("/sign-in?return_to="), "{page}");
        }
        let answer = browser.post(PAGE, &[("title", "Forged"), ("visibility", "public"), ("badges", "true")]);
        assert!(answer.redirects_to().starts_with("/sign-in?return_to="));
        assert_eq!(server.api("GET", "/projects/default%2Fweb-shop").send().json()["title"], "Web Shop");
    }

    fn a_token_is_made_used_and_revoked_on_its_page(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        let answer = browser.post(
            "/tokens",
            &[("name", "from the page"), ("scope", "runs:write"), ("limited_to", ""), ("expires_days", "")],
        );
        let page = answer.expect(200);
        let start = page.text().find("burgee_").unwrap();
        let token: String =
            page.text()[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let report = || {
            server
                .call("POST", "/api/burgee/v1/runs")
                .bearer(&token)
                .json(&json!({"project": "a", "status": "succeeded"}))
                .send()
        };
        report().expect(201);
        let list = browser.get("/tokens").expect(200);
        assert!(!list.text().contains(&token), "it is shown only once");
        let listed = server.run(&["token", "list"]).good();
        let id =
            listed.lines().find(|line| line.contains("from the page")).unwrap().split('\t').next().unwrap().to_owned();
        browser.post(&format!("/tokens/{id}/revoke"), &[]).expect(303);
        report().problem(401);
    }
}
