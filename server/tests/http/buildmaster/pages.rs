//! What a key with the scope `runs:read` opens besides badges: the pages that its links lead to, to read.

use serde_json::json;

use super::shown::{LINK, build};
use crate::support::{Setup, TestServer, on_both_engines};

const READS: &str = "ci-badges,runs:read";

#[track_caller]
fn sends_to_sign_in(server: &TestServer, path: &str) {
    let answer = server.get(path);
    assert!(answer.redirects_to().starts_with("/sign-in?return_to="), "{path}: {answer}");
}

on_both_engines! {
    fn a_key_that_may_read_goes_along(server: &TestServer) {
        build(server, &json!({"release": "1", "url": "https://ci.example/1"}));
        let key = server.create_token(&["--scope", READS]);
        let link = |query: &str| server.get(&format!("{LINK}?{query}")).redirects_to().to_owned();
        assert_eq!(link(&format!("key={key}")), format!("/default/web/-/builds/1?key={key}"));
        assert_eq!(link(&format!("API_Key={key}&page=release")), format!("/default/web/-/releases/1?key={key}"));
        assert_eq!(link(&format!("key={key}&page=application")), format!("/default/web?key={key}"));
        assert_eq!(link(&format!("key={key}&redirect=external")), "https://ci.example/1", "never to others");
        let header = server.call("GET", LINK).header("X-ApiKey", &key).send();
        assert_eq!(header.redirects_to(), "/default/web/-/builds/1", "only where it stood in the address already");
        let form = server.call("POST", LINK).form(&[("key", &key)]).send();
        assert_eq!(form.redirects_to(), "/default/web/-/builds/1");
        let plain = server.create_token(&["--scope", "ci-badges"]);
        assert_eq!(link(&format!("key={plain}")), "/default/web/-/builds/1");
    }

    fn a_key_that_may_read_opens_a_private_projects_pages(server: &TestServer) {
        build(server, &json!({"release": "1"}));
        let key = server.create_token(&["--scope", READS, "--project", "default/web"]);
        sends_to_sign_in(server, "/default/web");
        let page = server.get(&format!("/default/web?key={key}")).expect(200);
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "same-origin", "the key is not told to other sites");
        assert!(page.text().contains("<h1"), "{page}");
        assert!(!page.text().contains("/-/settings") && !page.text().contains("/-/members"), "{page}");
        for (name, value) in [("Key", key.as_str()), ("API_Key", &key), ("key", "wrong"), ("key", "")] {
            sends_to_sign_in(server, &format!("/default/web?{name}={value}"));
        }
    }

    fn every_page_that_a_link_leads_to_is_opened(server: &TestServer) {
        let key = server.create_token(&["--scope", READS]);
        for version in ["1.0", "v1/rc 2", ".."] {
            build(server, &json!({"release": version, "stage": "Test", "variables": {"Branch": "main"}}));
            for page in ["build", "release", "application", "execution"] {
                let answer = server.get(&format!("{LINK}?key={key}&page={page}"));
                let target = answer.redirects_to();
                assert!(target.ends_with(&format!("key={key}")), "{target}");
                let opened = server.get(target).expect(200);
                assert_eq!(opened.header("cache-control"), "no-store", "{target}");
                assert!(!opened.text().contains("/-/settings"), "{target}");
                sends_to_sign_in(server, &target.replace(&key, "wrong"));
            }
        }
    }

    fn a_key_opens_nothing_but_pages_to_read(server: &TestServer) {
        build(server, &json!({}));
        let key = server.create_token(&["--scope", READS, "--space", "default"]);
        for page in ["-/settings", "-/members", "-/badges", "-/badge-builder", "-/releasesque", "-/nothing"] {
            sends_to_sign_in(server, &format!("/default/web/{page}?key={key}"));
        }
        for path in ["/", "/default", "/default/-/settings", "/tokens"] {
            let answer = server.get(&format!("{path}?key={key}"));
            assert!(answer.status == 303 || !answer.text().contains("web"), "{path}: {answer}");
        }
        for page in ["settings", "members", "badges", "request-access"] {
            let call = server.call("POST", &format!("/default/web/-/{page}?key={key}")).form(&[("title", "x")]);
            let answer = call.header("Sec-Fetch-Site", "same-origin").send();
            assert!(answer.redirects_to().starts_with("/sign-in"), "{page}: {answer}");
        }
    }

    fn a_key_opens_no_page_out_of_its_reach(server: &TestServer) {
        build(server, &json!({}));
        server.report(&json!({"project": "other", "status": "succeeded"}));
        let key = server.create_token(&["--scope", READS, "--project", "default/web"]);
        sends_to_sign_in(server, &format!("/default/other?key={key}"));
        sends_to_sign_in(server, &format!("/default/nothing?key={key}"));
    }

    fn only_a_living_key_of_both_scopes_opens_pages(server: &TestServer) {
        build(server, &json!({}));
        for scopes in ["ci-badges", "runs:read", "badges:read", "runs:write,runs:read,projects:write"] {
            let key = server.create_token(&["--scope", scopes]);
            sends_to_sign_in(server, &format!("/default/web?key={key}"));
        }
        let expired = server.create_token(&["--scope", READS, "--expires-in", "0"]);
        sends_to_sign_in(server, &format!("/default/web?key={expired}"));
        let revoked = server.create_token(&["--scope", READS]);
        server.get(&format!("/default/web?key={revoked}")).expect(200);
        let id = server.run(&["token", "list"]).good().split('\t').next().unwrap().to_owned();
        server.run(&["token", "revoke", &id]).good();
        sends_to_sign_in(server, &format!("/default/web?key={revoked}"));
    }

    fn without_a_key_that_may_read_the_page_decides(server: &TestServer) {
        build(server, &json!({}));
        super::shown::key(server, &[]);
        let target = server.get(&format!("{LINK}?key=badges&page=application")).redirects_to().to_owned();
        assert_eq!(server.get(&target).redirects_to(), "/sign-in?return_to=%2Fdefault%2Fweb");
        server.change_project("default/web", &json!({"visibility": "public"}));
        server.get(&target).expect(200);
    }

    fn somebody_who_is_signed_in_without_a_role_may_use_the_key_too(setup: Setup) {
        let server = setup.with_admin().start();
        build(&server, &json!({}));
        server.run(&["user", "create", "ada"]).good();
        server.run_with_input(&["user", "set-password", "ada"], crate::support::PASSWORD).good();
        let key = server.create_token(&["--scope", READS]);
        let mut ada = server.browser();
        ada.post("/sign-in", &[("username", "ada"), ("password", crate::support::PASSWORD)]).expect(303);
        ada.get("/default/web").expect(404);
        ada.get(&format!("/default/web?key={key}")).expect(200);
        ada.get(&format!("/default/web/-/settings?key={key}")).expect(404);
    }
}
