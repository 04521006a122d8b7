//! The badges of a project or group, by hand: the forms, and from where a page may load pictures.

use serde_json::{Value, json};

use crate::support::{Answer, Browser, Setup, TestServer, on_both_engines};

const PROJECT: &str = "/default/lines/api";
const PAGE: &str = "/default/lines/api/-/badges";
const GROUP: &str = "/default/lines/-/badges";

fn start(setup: Setup) -> TestServer {
    let server = setup.with_admin().start();
    server.report(&json!({"project": "lines/api", "status": "succeeded", "default_branch": "main"}));
    server
}

fn add(browser: &mut Browser<'_>, page: &str, name: &str, image: &str) -> Answer {
    let link = ("link_url", "https://docs.example/%{project_path}");
    browser.post(page, &[("action", "create"), ("name", name), link, ("image_url", image)])
}

/// What the API has of the project's badges.
fn kept(server: &TestServer) -> Vec<Value> {
    let token = server.create_token(&["--scope", "read_api"]);
    let list = server.call("GET", "/api/v4/projects/default%2Flines%2Fapi/badges").bearer(&token).send();
    list.expect(200).json().as_array().unwrap().clone()
}

/// The origins beside Burgee itself that a page may load pictures from.
fn image_sources(page: &Answer) -> Vec<String> {
    let policy = page.header("content-security-policy");
    let images = policy.split(';').find_map(|part| part.trim().strip_prefix("img-src ")).unwrap();
    let mut sources: Vec<String> =
        images.split(' ').filter(|source| source.contains("://")).map(ToOwned::to_owned).collect();
    sources.sort();
    sources
}

on_both_engines! {
    fn a_badge_is_added_changed_and_removed(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        let added = add(&mut browser, PAGE, " Build ", " https://img.example/%{default_branch}.svg ");
        assert_eq!(added.redirects_to(), format!("{PAGE}?done=added"));
        let badge = kept(&server).remove(0);
        assert_eq!((&badge["name"], &badge["rendered_image_url"]), (&json!("Build"), &json!("https://img.example/main.svg")));
        let id = badge["id"].to_string();

        let page = browser.get(&format!("{PAGE}?edit={id}")).expect(200);
        assert!(page.text().contains("https://img.example/%{default_branch}.svg"), "{page}");
        let change = [("action", "update"), ("id", &id), ("name", ""), ("link_url", "http://a"), ("image_url", "http://b")];
        assert_eq!(browser.post(PAGE, &change).redirects_to(), format!("{PAGE}?done=saved"));
        let badge = kept(&server).remove(0);
        assert_eq!((&badge["name"], &badge["link_url"]), (&Value::Null, &json!("http://a")));

        browser.get(&format!("{PAGE}?remove={id}")).expect(200);
        assert_eq!(kept(&server).len(), 1, "asking is not removing");
        let removed = browser.post(PAGE, &[("action", "remove"), ("id", &id)]);
        assert_eq!(removed.redirects_to(), format!("{PAGE}?done=removed"));
        assert_eq!(kept(&server).len(), 0);
        browser.post(PAGE, &[("action", "remove"), ("id", &id)]).expect(404);
    }

    fn what_is_wrong_is_told_in_place_and_nothing_is_kept(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        for (image, sentence) in [
            ("javascript:alert(1)", "It must begin with https:// or http://."),
            ("", "A URL is needed here."),
            ("https://%{gitlab_server}/x", "This is not a whole URL"),
        ] {
            let page = add(&mut browser, PAGE, "\"><b>typed", image).expect(422);
            assert!(page.text().contains(sentence), "{image}: {page}");
            assert!(page.text().contains("typed") && !page.text().contains("<b>typed"), "{page}");
        }
        add(&mut browser, PAGE, &"n".repeat(256), "http://x").expect(422);
        browser.post(PAGE, &[("action", "explode")]).expect(404);
        assert_eq!(kept(&server).len(), 0);
    }

    fn a_page_loads_pictures_from_exactly_the_hosts_that_its_badges_name(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        let own = server.url("");
        assert_eq!(image_sources(&browser.get(PAGE)), [own.as_str()]);
        assert_eq!(image_sources(&browser.get(PROJECT)), [""; 0]);
        for image in ["https://img.example/a", "https://img.example/b", "http://u:p@other.example:8080/c", "http://[::1]/d"] {
            add(&mut browser, PAGE, "x", image).expect(303);
        }
        add(&mut browser, GROUP, "of the group", "https://group.example/e").expect(303);
        let named = ["http://other.example:8080", "https://group.example", "https://img.example"];
        assert_eq!(image_sources(&browser.get(PROJECT)), named);
        assert_eq!(image_sources(&browser.get(PAGE)), [&[own.as_str()][..], &named].concat());
        assert_eq!(image_sources(&browser.get("/")), [""; 0]);
    }

    fn a_picture_from_elsewhere_is_shown_when_it_is_asked_for(setup: Setup) {
        let server = start(setup);
        let mut browser = server.signed_in();
        let typed = [("action", "preview"), ("name", "x"), ("link_url", ""), ("image_url", "https://new.example/x.svg")];
        let page = browser.post(PAGE, &typed).expect(200);
        assert!(image_sources(&page).contains(&"https://new.example".to_owned()), "{page}");
        assert_eq!(kept(&server).len(), 0);
        assert!(!image_sources(&browser.get(PAGE)).contains(&"https://new.example".to_owned()));
    }

    fn who_may_not_change_a_project_sees_the_list_and_changes_nothing(setup: Setup) {
        let server = start(setup);
        add(&mut server.signed_in(), PAGE, "Build", "https://img.example/x").expect(303);
        server.get(PAGE).redirects_to();
        server.change_project("default/lines/api", &json!({"visibility": "public"}));
        let page = server.get(PAGE).expect(200);
        assert!(page.text().contains("https://img.example/x") && !page.text().contains("action=\"create\""), "{page}");
        assert!(!page.text().contains("?edit="), "{page}");
        add(&mut server.browser(), PAGE, "x", "https://img.example/y").redirects_to();
        server.browser().get(&format!("{PAGE}?edit=1")).redirects_to();
        assert_eq!(kept(&server).len(), 1);
    }
}
