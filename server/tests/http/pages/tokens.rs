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
        ada.get("/tokens/1/revoke").expect(404);
    }

    fn a_badge_key_may_be_chosen_by_hand(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        let made = admin.post("/tokens", &[("name", "READMEs"), ("scope", "ci-badges"), ("value", " badges ")]).expect(200);
        assert!(made.text().contains("everybody can guess it, and it can only read badges"), "{made}");
        server.get("/api/ci-badges/image?API_Key=badges").expect(200);
        let both = [("name", "both"), ("scope", "ci-badges"), ("scope", "badges:read"), ("value", "all-badges")];
        admin.post("/tokens", &both).expect(200);
        let list = admin.get("/tokens").expect(200);
        for value in ["badges", "all-badges"] {
            assert!(list.text().contains(&format!(">{value}</code>")), "what is public is shown: {list}");
        }
        assert_eq!(list.text().matches("badge key, may be public").count(), 2);
    }

    fn a_chosen_value_is_good_for_badges_alone(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        for scope in ["runs:write", "runs:read", "projects:write", "api", "read_api"] {
            let form = [("name", "t"), ("scope", "ci-badges"), ("scope", scope), ("value", "badges")];
            let answer = admin.post("/tokens", &form).expect(422);
            assert!(answer.text().contains("Everybody can guess a chosen value"), "{scope}: {answer}");
            assert!(answer.text().contains("value=\"badges\""), "what was typed is kept");
        }
        for value in ["a b", "a&b", "ä", "a/b"] {
            let answer = admin.post("/tokens", &[("name", "t"), ("scope", "ci-badges"), ("value", value)]).expect(422);
            assert!(answer.text().contains("The value must be 1 to 100 letters"), "{value}: {answer}");
        }
        server.get("/api/ci-badges/image?API_Key=badges").expect(403);
    }

    fn a_value_that_is_taken_is_refused_without_saying_whose_it_is(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        let form = [("name", "second"), ("scope", "badges:read"), ("value", "badges")];
        server.create_token(&["--scope", "ci-badges", "--value", "badges"]);
        let id = token_ids(&server, "badges").remove(0);
        for _ in ["alive", "revoked"] {
            let refused = admin.post("/tokens", &form).expect(422);
            assert!(refused.text().contains("This value is taken, or was once. Choose another."), "{refused}");
            let error = refused.text().split("id=\"value-error\"").nth(1).unwrap().split("</p>").next().unwrap();
            assert!(!error.contains("ci"), "{error}");
            server.run(&["token", "revoke", &id]);
        }
    }

    fn a_token_is_known_by_its_beginning_and_end_and_its_last_use(setup: Setup) {
        let server = start(setup);
        let mut admin = server.signed_in();
        let token = secret(admin.post("/tokens", &[("name", "t"), ("scope", "runs:read")]).expect(200).text());
        let list = admin.get("/tokens").expect(200);
        assert!(list.text().contains(&format!("{}…{}", &token[..11], &token[token.len() - 4..])), "{list}");
        assert!(!list.text().contains(&token) && list.text().contains("never used"), "{list}");
        assert!(!list.text().contains("badge key, may be public"), "not this one");
        server.call("GET", "/api/burgee/v1/runs").bearer(&token).send().expect(200);
        assert!(!line(admin.get("/tokens").expect(200).text(), "t").contains("never used"));
    }

    fn before_a_key_is_revoked_the_badges_that_use_it_are_listed(setup: Setup) {
        let server = start(setup);
        server.report(&json!({"project": "lines/ferry", "status": "succeeded"}));
        server.create_token(&["--scope", "ci-badges", "--value", "badges"]);
        server.create_token(&["--scope", "ci-badges", "--value", "other"]);
        let image = |key: &str| format!("https://b.example/api/ci-badges/image?{key}&$ApplicationName=%{{project_path}}");
        badge(&server, "projects/default%2Fapi", Some("By image"), &image("API_Key=badges"), "https://b.example/");
        badge(&server, "projects/default%2Fapi", Some("Other key"), &image("key=other"), "https://b.example/?x=badges");
        badge(&server, "projects/default%2Fapi", Some("No key"), "https://b.example/badges", "https://b.example/key=badges");
        badge(&server, "groups/default%2Flines", None, "https://b.example/", &image("KEY=badges"));
        badge(&server, "projects/default%2Flines%2Fferry", Some("By token"), "https://b.example/badge?token=badges", "https://b.example/");
        let id = token_ids(&server, "badges").remove(0);
        let mut admin = server.signed_in();
        assert!(admin.get("/tokens").expect(200).text().contains(&format!("href=\"/tokens/{id}/revoke\"")));
        let asked = admin.get(&format!("/tokens/{id}/revoke")).expect(200);
        for part in ["3 badges use this key and will break", "By image", "By token", "Badge without a name", "href=\"/default/lines/-/badges\"", "href=\"/default/api/-/badges\""] {
            assert!(asked.text().contains(part), "{part}: {asked}");
        }
        assert!(!asked.text().contains("Other key") && !asked.text().contains("No key"), "{asked}");
        server.get("/api/ci-badges/image?key=badges").expect(200);
        assert_eq!(admin.post(&format!("/tokens/{id}/revoke"), &[]).redirects_to(), "/tokens?revoked=1");
        server.get("/api/ci-badges/image?key=badges").expect(403);
        admin.get(&format!("/tokens/{id}/revoke")).expect(404);
        let other = token_ids(&server, "other").remove(0);
        let asked = admin.get(&format!("/tokens/{other}/revoke")).expect(200);
        assert!(asked.text().contains("1 badge uses this key and will break"), "{asked}");
        server.create_token(&["--scope", "badges:read", "--value", "unused"]);
        let unused = token_ids(&server, "unused").remove(0);
        let asked = admin.get(&format!("/tokens/{unused}/revoke")).expect(200);
        assert!(asked.text().contains("No badge here uses this key"), "{asked}");
    }

    fn of_the_badges_that_use_a_token_only_those_are_named_that_one_may_see(setup: Setup) {
        let server = start(setup);
        let mut ada = signed_in_as_ada(&server);
        let token = secret(ada.post("/tokens", &[("name", "mine"), ("scope", "read_api")]).expect(200).text());
        let image = format!("https://b.example/badge?token={token}");
        badge(&server, "projects/default%2Fapi", Some("Hidden badge"), &image, "https://b.example/");
        let id = token_ids(&server, "mine").remove(0);
        let address = format!("/tokens/{id}/revoke");
        let asked = ada.get(&address).expect(200);
        assert!(asked.text().contains("1 badge uses this token and will break"), "{asked}");
        assert!(asked.text().contains("1 badge that cannot be named here"), "{asked}");
        assert!(!asked.text().contains("Hidden badge") && !asked.text().contains("default/api"), "{asked}");
        server.change_project("default/api", &json!({"visibility": "public"}));
        assert!(ada.get(&address).expect(200).text().contains("Hidden badge"));
        assert!(server.get(&address).redirects_to().starts_with("/sign-in"));
    }
}

/// The line of the page's list that has this name.
fn line(page: &str, name: &str) -> String {
    let found = page.split("<li class=\"token").find(|line| line.contains(&format!("<bdi>{name}</bdi>")));
    found.unwrap().split("</li>").next().unwrap().to_owned()
}

/// The ids of the tokens that have this name or are known by this text.
fn token_ids(server: &TestServer, mark: &str) -> Vec<String> {
    let list = server.run(&["token", "list"]).good();
    let fields = list.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    fields.filter(|fields| fields[1] == mark || fields[2] == mark).map(|fields| fields[0].to_owned()).collect()
}

/// Adds a badge by the GitLab API.
#[track_caller]
fn badge(server: &TestServer, owner: &str, name: Option<&str>, image_url: &str, link_url: &str) {
    let token = server.create_token(&["--scope", "api"]);
    let badge = json!({"name": name, "image_url": image_url, "link_url": link_url});
    server.call("POST", &format!("/api/v4/{owner}/badges")).bearer(&token).json(&badge).send().expect(201);
}

fn signed_in_as_ada(server: &TestServer) -> crate::support::Browser<'_> {
    server.run_with_input(&["user", "set-password", "ada"], PASSWORD).good();
    let mut browser = server.browser();
    browser.post("/sign-in", &[("username", "ada"), ("password", PASSWORD)]).redirects_to();
    browser
}
