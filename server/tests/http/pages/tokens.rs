//! Tokens that people make for themselves.

use serde_json::json;

use crate::support::{PASSWORD, Setup, TestServer, on_both_engines};

fn start(setup: Setup) -> TestServer {
    let server = setup.with_admin().start();
    server.report(&json!({"project": "api", "status": "succeeded"}));
    server.run(&["user", "create", "ada"]).good();
    server
}

/// The secret that a page shows once.
fn secret(page: &str) -> String {
    let (_, rest) = page.split_once("burgee_").unwrap();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
    format!("burgee_{}", &rest[..end])
}

on_both_engines! {
    fn an_administrators_token_may_act_as_somebody(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        let form = |scope, user| [("name", "t"), ("scope", scope), ("user", user)];
        let page = admin.post("/tokens", &form("read_api", "ada")).expect(200);
        let token = secret(page.text());
        assert_eq!(server.call("GET", "/api/v4/user").bearer(&token).send().expect(200).json()["username"], "ada");
        assert!(admin.get("/tokens").expect(200).text().contains("ada"));
        let wrong = admin.post("/tokens", &form("runs:write", "ada")).expect(422);
        assert!(wrong.text().contains("can only have the scopes api and read_api"), "{wrong}");
        assert!(admin.post("/tokens", &form("api", "nobody")).expect(422).text().contains("There is no account"));
    }

    fn everybody_makes_tokens_that_act_as_themselves_and_sees_no_others(setup: Setup) {
        let server = start(setup);
        server.run(&["token", "create", "--name", "somebody else's", "--scope", "runs:write"]).good();
        assert!(server.get("/tokens").redirects_to().starts_with("/sign-in"));
        let mut ada = signed_in_as_ada(&server);
        assert!(!ada.get("/tokens").expect(200).text().contains("somebody else"));
        let page = ada.post("/tokens", &[("name", "mine"), ("scope", "api"), ("user", "admin")]).expect(200);
        let token = secret(page.text());
        assert_eq!(server.call("GET", "/api/v4/user").bearer(&token).send().expect(200).json()["username"], "ada");
        ada.post("/tokens", &[("name", "mine"), ("scope", "runs:write")]).expect(422);
        let hidden = ada.post("/tokens", &[("name", "mine"), ("scope", "api"), ("limited_to", "default/api")]).expect(422);
        assert!(hidden.text().contains("There is no space, group or project"), "a private project is not told: {hidden}");
        ada.post("/tokens/1/revoke", &[]).expect(404);
    }
}

fn signed_in_as_ada(server: &TestServer) -> crate::support::Browser<'_> {
    server.run_with_input(&["user", "set-password", "ada"], PASSWORD).good();
    let mut browser = server.browser();
    browser.post("/sign-in", &[("username", "ada"), ("password", PASSWORD)]).redirects_to();
    browser
}
