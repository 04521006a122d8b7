//! Members by hand, and what the pages show to whom.

use serde_json::json;

use crate::support::{Browser, PASSWORD, Setup, TestServer, on_both_engines};

const PROJECT: &str = "/default/lines/api";
const PAGE: &str = "/default/lines/api/-/members";

fn start(setup: Setup) -> TestServer {
    let server = setup.with_admin().start();
    server.run_with_input(&["user", "create", "ada", "--password-stdin"], PASSWORD).good();
    server.report(&json!({"project": "lines/api", "status": "succeeded"}));
    server
}

fn ada(server: &TestServer) -> Browser<'_> {
    let mut browser = server.browser();
    browser.post("/sign-in", &[("username", "ada"), ("password", PASSWORD)]).redirects_to();
    browser
}

/// Ada's id, from the page that lists her.
fn id_of_ada(browser: &mut Browser<'_>) -> String {
    let page = browser.get(PAGE).expect(200);
    let (_, rest) = page.text().split_once("name=\"user_id\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

on_both_engines! {
    fn a_member_is_added_changed_and_removed(setup: Setup) {
        let server = start(setup);
        let (mut admin, mut ada) = (server.signed_in(), ada(&server));
        ada.get(PROJECT).expect(404);
        let add = [("action", "add"), ("username", "ada"), ("role", "developer")];
        assert_eq!(admin.post(PAGE, &add).redirects_to(), format!("{PAGE}?done=added"));
        ada.get(PROJECT).expect(200);
        ada.get(PAGE).expect(404);
        ada.get("/default/lines/api/-/settings").expect(404);
        admin.post(PAGE, &add).expect(422);

        let id = id_of_ada(&mut admin);
        admin.post(PAGE, &[("action", "change"), ("user_id", &id), ("role", "maintainer")]).redirects_to();
        ada.get(PAGE).expect(200);
        ada.get("/default/lines/api/-/settings").expect(200);
        ada.get("/default/lines/-/members").expect(404);

        admin.get(&format!("{PAGE}?remove={id}")).expect(200);
        ada.get(PROJECT).expect(200);
        admin.post(PAGE, &[("action", "remove"), ("user_id", &id)]).redirects_to();
        ada.get(PROJECT).expect(404);
    }

    fn nobody_gives_a_role_above_their_own(setup: Setup) {
        let server = start(setup);
        server.run(&["member", "set", "--user", "ada", "--role", "maintainer", "--project", "default/lines/api"]).good();
        let mut ada = ada(&server);
        let page = ada.post(PAGE, &[("action", "add"), ("username", "admin"), ("role", "owner")]).expect(422);
        assert!(page.text().contains("Nobody can give a role above their own"), "{page}");
        let id = id_of_ada(&mut ada);
        ada.post(PAGE, &[("action", "change"), ("user_id", &id), ("role", "owner")]).expect(422);
        ada.post(PAGE, &[("action", "change"), ("user_id", "99"), ("role", "guest")]).expect(404);
    }

    fn what_cannot_be_is_told_at_its_field(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        for (username, role, sentence) in [
            ("nobody", "guest", "There is no account called"),
            ("", "guest", "Enter a user name"),
            ("ada", "captain", "Choose a role"),
        ] {
            let page = admin.post(PAGE, &[("action", "add"), ("username", username), ("role", role)]).expect(422);
            assert!(page.text().contains(sentence), "{page}");
        }
    }

    fn a_request_for_access_is_approved_or_denied(setup: Setup) {
        let server = start(setup);
        server.change_project("default/lines/api", &json!({"visibility": "public"}));
        let (mut admin, mut ada) = (server.signed_in(), ada(&server));
        assert!(ada.get(PROJECT).expect(200).text().contains("Request access"));
        assert_eq!(ada.post("/default/lines/api/-/request-access", &[]).redirects_to(), PROJECT);
        assert!(ada.get(PROJECT).expect(200).text().contains("Access requested"));
        let id = id_of_ada(&mut admin);
        admin.post(PAGE, &[("action", "deny"), ("user_id", &id)]).redirects_to();
        ada.post("/default/lines/api/-/request-access", &[]).redirects_to();
        ada.get(PAGE).expect(404);
        admin.post(PAGE, &[("action", "approve"), ("user_id", &id), ("role", "maintainer")]).redirects_to();
        ada.get(PAGE).expect(200);
        server.browser().post("/default/lines/api/-/request-access", &[]).redirects_to();
    }

    fn a_group_has_settings_and_its_members_see_what_is_in_it(setup: Setup) {
        let server = start(setup);
        server.run(&["member", "set", "--user", "ada", "--role", "owner", "--group", "default/lines"]).good();
        let mut ada = ada(&server);
        assert!(ada.get("/").expect(200).text().contains("default/lines/api"), "the dashboard lists what she may see");
        let page = "/default/lines/-/settings";
        ada.get(page).expect(200);
        let saved = ada.post(page, &[("name", "Lines & more"), ("visibility", "public")]);
        assert_eq!(saved.redirects_to(), format!("{page}?saved=1"));
        assert!(server.get("/default/lines").expect(200).text().contains("Lines &amp; more"));
        let wrong = ada.post(page, &[("name", " "), ("visibility", "internal")]).expect(422);
        assert!(wrong.text().contains("The name must not be empty"), "{wrong}");
        ada.get("/default/-/settings").expect(404);
    }
}
