//! The link (C1): where it leads, and that it leads nowhere else.

use serde_json::{Value, json};

use super::shown::{IMAGE, LINK, build, forbidden, key, state};
use crate::support::{Answer, Setup, TestServer, on_both_engines};

/// Where the key `badges` is led.
#[track_caller]
fn leads_to(server: &TestServer, query: &str) -> String {
    server.get(&format!("{LINK}?key=badges&{query}")).redirects_to().to_owned()
}

#[track_caller]
fn refused(answer: &Answer, word: &str) {
    assert_eq!(answer.status, 400, "{answer}");
    assert!(answer.text().contains(word), "{word}: {answer}");
    assert!(answer.header("content-type").starts_with("text/plain"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.has("location"), "{answer}");
}

/// Reports a run of build 1 of the project `web`, with these members besides; the address of its page.
#[track_caller]
fn run(server: &TestServer, more: &Value) -> String {
    let mut run = json!({"project": "web", "release": "1", "build": 1, "status": "succeeded"});
    run.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    format!("/default/web/-/runs/{}", server.report(&run)["run"]["id"])
}

on_both_engines! {
    fn page_says_which_of_the_builds_pages(server: &TestServer) {
        key(server, &[]);
        let run = run(server, &json!({"release": "v1/rc 2"}));
        for page in ["", "page=build", "page=Build", "Page=BUILD", "page=", "page=build&x=page"] {
            assert_eq!(leads_to(server, page), "/default/web/-/builds/1", "{page}");
        }
        assert_eq!(leads_to(server, "page=release"), "/default/web/-/releases/v1/rc%202");
        assert_eq!(leads_to(server, "page=application"), "/default/web");
        assert_eq!(leads_to(server, "page=execution"), run);
        build(server, &json!({"release": "../x"}));
        assert_eq!(leads_to(server, "page=release"), "/default/web/-/releases?version=..%2Fx");
    }

    fn the_release_page_of_a_build_of_no_release_is_the_builds(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        assert_eq!(leads_to(server, "page=release"), "/default/web/-/builds/1");
    }

    fn a_link_leads_to_the_build_that_the_image_shows(server: &TestServer) {
        key(server, &[]);
        server.report(&json!({"project": "lines/Größe & Co", "release": "1", "build": "7", "status": "failed", "variables": {"Branch": "feature/ä"}}));
        build(server, &json!({"release": "2", "build": 1, "status": "warned"}));
        build(server, &json!({"release": "2", "build": 2}));
        for (filters, page, text) in [
            ("", "/default/web/-/builds/3", "success"),
            ("$ApplicationName=web&$BuildNumber=1", "/default/web/-/builds/2", "warning"),
            ("%24ApplicationName=web&%24BuildNumber=1", "/default/web/-/builds/2", "warning"),
            ("$Branch=feature/%C3%A4", "/default/lines/gr%C3%B6%C3%9Fe-co/-/builds/1", "error"),
            ("$ApplicationName=Gr%C3%B6%C3%9Fe%20%26%20Co&$ReleaseNumber=1", "/default/lines/gr%C3%B6%C3%9Fe-co/-/builds/1", "error"),
        ] {
            assert_eq!(leads_to(server, filters), page, "{filters}");
            assert_eq!(state(&server.get(&format!("{IMAGE}?key=badges&{filters}"))), text, "{filters}");
        }
    }

    fn execution_is_the_latest_in_the_builds_first_stage(server: &TestServer) {
        key(server, &[]);
        let untold = run(server, &json!({}));
        assert_eq!(leads_to(server, "page=execution"), untold, "no stage: the latest run");
        run(server, &json!({"stage": "Integration", "status": "failed"}));
        let again = run(server, &json!({"stage": "Integration"}));
        run(server, &json!({"stage": "Production"}));
        run(server, &json!({}));
        run(server, &json!({"build": 0, "release": "0", "stage": "Integration"}));
        assert_eq!(leads_to(server, "page=execution&$ReleaseNumber=1"), again);
        assert_eq!(leads_to(server, "page=Execution&$ReleaseNumber=1"), again);
    }

    fn an_execution_can_be_named_by_either_of_its_ids(server: &TestServer) {
        key(server, &[]);
        let first = run(server, &json!({"external_id": "E-1", "status": "failed"}));
        let own = first.rsplit('/').next().unwrap().to_owned();
        run(server, &json!({}));
        run(server, &json!({"build": 2}));
        for id in ["E-1", &own] {
            for filters in ["", "&$ApplicationName=web", "&$BuildNumber=1&$ReleaseNumber=1", "&%24executionid="] {
                let query = if filters.ends_with('=') { format!("{filters}{id}") } else { format!("$ExecutionId={id}{filters}") };
                assert_eq!(leads_to(server, &format!("page=execution&{query}")), first, "{query}");
                assert_eq!(leads_to(server, &query), "/default/web/-/builds/1", "{query}");
                assert_eq!(state(&server.get(&format!("{IMAGE}?key=badges&{query}"))), "error", "{query}");
            }
        }
    }

    fn a_named_execution_must_match_the_other_filters(server: &TestServer) {
        key(server, &["--space", "default"]);
        let own = run(server, &json!({"external_id": "E-1"})).rsplit('/').next().unwrap().to_owned();
        server.report(&json!({"project": "other", "build": 1, "status": "succeeded", "external_id": "E-2"}));
        let bare = server.report(&json!({"project": "web", "status": "succeeded"}))["run"]["id"].to_string();
        let elsewhere = server.report(&json!({"space": "x", "project": "web", "build": 1, "status": "succeeded", "external_id": "E-3"}));
        for filters in [
            "$ExecutionId=E-9".to_owned(),
            "$ExecutionId=".to_owned(),
            "$ExecutionId=%00".to_owned(),
            "$ExecutionId=99999999999999999999".to_owned(),
            format!("$ExecutionId={bare}"),
            format!("$ExecutionId={own}&$ApplicationName=other"),
            format!("$ExecutionId={own}&$BuildNumber=2"),
            format!("$ExecutionId={own}&$Branch=x"),
            "$ExecutionId=E-2&$ApplicationName=web".to_owned(),
            "$ExecutionId=E-3".to_owned(),
            format!("$ExecutionId={}", elsewhere["run"]["id"]),
        ] {
            refused(&server.get(&format!("{LINK}?key=badges&page=execution&{filters}")), "No build matches");
            assert_eq!(state(&server.get(&format!("{IMAGE}?key=badges&{filters}"))), "unknown", "{filters}");
        }
    }

    fn the_id_that_was_reported_wins_over_burgees_own(server: &TestServer) {
        key(server, &[]);
        let first = run(server, &json!({}));
        let second = run(server, &json!({"external_id": first.rsplit('/').next().unwrap()}));
        let query = format!("page=execution&$ExecutionId={}", first.rsplit('/').next().unwrap());
        assert_eq!(leads_to(server, &query), second);
    }

    fn a_rejected_build_is_found_by_its_execution_alone(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"release": "1", "build": 1}));
        build(server, &json!({"release": "1", "build": 2, "status": "failed", "external_id": "E-2"}));
        let rejected = server.api("PATCH", "/projects/default%2Fweb/releases/1/builds/2");
        rejected.json(&json!({"status": "rejected"})).send().expect(200);
        assert_eq!(leads_to(server, ""), "/default/web/-/builds/1");
        assert_eq!(leads_to(server, "$ExecutionId=E-2"), "/default/web/-/builds/2");
        assert_eq!(state(&server.get(&format!("{IMAGE}?key=badges&$ExecutionId=E-2"))), "error");
        let canceled = server.api("PATCH", "/projects/default%2Fweb/releases/1");
        canceled.json(&json!({"status": "canceled"})).send().expect(200);
        refused(&server.get(&format!("{LINK}?key=badges")), "No build matches.");
        assert_eq!(leads_to(server, "$ExecutionId=E-2&page=release"), "/default/web/-/releases/1");
    }

    fn external_leads_to_where_the_run_was_reported_from(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        assert_eq!(leads_to(server, "redirect=external"), "/default/web/-/builds/1", "no address: Burgee's page");
        run(server, &json!({"release": "2", "url": "https://ci.example/1", "stage": "Build"}));
        run(server, &json!({"release": "2", "url": "https://ci.example/2?x=ä", "stage": "Deploy"}));
        for page in ["", "&page=build", "&page=release", "&page=application"] {
            assert_eq!(leads_to(server, &format!("redirect=external{page}")), "https://ci.example/2?x=%C3%A4", "{page}");
        }
        assert_eq!(leads_to(server, "redirect=External&page=execution"), "https://ci.example/1");
        assert_eq!(leads_to(server, "redirect="), "/default/web/-/builds/2");
    }

    fn no_parameter_leads_out(server: &TestServer) {
        key(server, &[]);
        for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://ci.example/\r\nSet-Cookie: x=1", "/x"] {
            let run = json!({"project": "web", "build": 1, "status": "succeeded", "url": url});
            server.api("POST", "/runs").json(&run).send().expect(422);
        }
        build(server, &json!({}));
        for hostile in ["https://evil.example", "//evil.example", "javascript:alert(1)", "external%0d%0aX:%201", "/"] {
            refused(&server.get(&format!("{LINK}?key=badges&redirect={hostile}")), "redirect");
            refused(&server.get(&format!("{LINK}?key=badges&page={hostile}")), "page");
        }
        for more in ["url=https://evil.example", "return_to=//evil.example", "next=//evil.example"] {
            assert_eq!(leads_to(server, more), "/default/web/-/builds/1");
        }
    }

    fn what_cannot_be_followed_says_why(server: &TestServer) {
        key(server, &[]);
        refused(&server.get(&format!("{LINK}?key=badges")), "No build matches.");
        build(server, &json!({}));
        refused(&server.get(&format!("{LINK}?key=badges&$ApplicationName=nothing")), "No build matches.");
        refused(&server.get(&format!("{LINK}?key=badges&page=realease")), "did you mean \"release\"");
        refused(&server.get(&format!("{LINK}?key=badges&page=build&page=build")), "more than once");
        refused(&server.get(&format!("{LINK}?key=badges&$Branch=a&$Branch=a")), "$Branch");
        assert_eq!(leads_to(server, "style=none&label=x&style=none"), "/default/web/-/builds/1", "an image's look");
    }

    fn a_link_is_not_kept(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        let answer = server.call("GET", &format!("{LINK}?key=badges")).header("Accept-Encoding", "gzip").send();
        assert_eq!(answer.redirects_to(), "/default/web/-/builds/1");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.body.is_empty() && !answer.has("content-encoding"));
        let head = server.call("HEAD", &format!("{LINK}?key=badges")).send();
        assert_eq!(head.redirects_to(), "/default/web/-/builds/1");
    }

    fn a_link_takes_forms_and_json_like_the_image(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"build": 1}));
        build(server, &json!({"build": 2}));
        let fields = [("API_Key", "badges"), ("$BuildNumber", "1"), ("page", "build")];
        assert_eq!(server.call("POST", LINK).form(&fields).send().redirects_to(), "/default/web/-/builds/1");
        let json = json!({"API_Key": "badges", "$BuildNumber": 1, "page": "build"});
        assert_eq!(server.call("POST", LINK).json(&json).send().redirects_to(), "/default/web/-/builds/1");
        for (header, value) in [("X-ApiKey", "badges"), ("Authorization", "Basic YXBpOmJhZGdlcw==")] {
            assert_eq!(server.call("GET", LINK).header(header, value).send().redirects_to(), "/default/web/-/builds/2");
        }
        server.call("PUT", &format!("{LINK}?key=badges")).send().expect(405);
    }

    fn a_bad_key_is_refused_like_by_the_image_whatever_else_is_asked(server: &TestServer) {
        build(server, &json!({}));
        key(server, &["--project", "default/web"]);
        let expired = server.create_token(&["--scope", "ci-badges", "--expires-in", "0"]);
        let other = server.create_token(&["--scope", "runs:read,badges:read"]);
        let revoked = server.create_token(&["--scope", "ci-badges"]);
        let id = server.run(&["token", "list"]).good().split('\t').next().unwrap().to_owned();
        server.run(&["token", "revoke", &id]).good();
        let headers = |answer: &Answer| {
            let mut headers = answer.headers.clone();
            headers.remove("date");
            headers
        };
        let image = server.get(IMAGE);
        for key in ["", "wrong", "Badges", &expired, &other, &revoked, "badges&$ApplicationName=elsewhere"] {
            for more in ["", "&page=nonsense", "&redirect=nonsense", "&$ExecutionId=9", "&page=application"] {
                let answer = server.get(&format!("{LINK}?key={key}{more}"));
                if key.starts_with("badges") && more.ends_with("nonsense") {
                    refused(&answer, "nonsense");
                    continue;
                }
                forbidden(&answer);
                assert_eq!(headers(&answer), headers(&image), "{key}{more}");
            }
        }
        forbidden(&server.get(LINK));
    }

    fn a_readme_of_buildmaster_needs_only_another_host(server: &TestServer) {
        key(server, &[]);
        run(server, &json!({}));
        server.change_project("default/web", &json!({"aliases": {"buildmaster": "2"}}));
        server.report(&json!({"project": "other", "release": "9", "build": 1, "status": "failed"}));
        // As they stand in READMEs: plain in Markdown, as a browser decodes them in HTML, and as a script reads them there.
        for query in [
            "API_Key=badges&$ApplicationId=2",
            "key=badges&$ApplicationName=web",
            "Key=badges&%24ApplicationName=web",
            "API_Key=badges&amp;$ApplicationId=2",
        ] {
            assert_eq!(state(&server.get(&format!("{IMAGE}?{query}"))), "success", "{query}");
            assert_eq!(server.get(&format!("{LINK}?{query}")).redirects_to(), "/default/web/-/builds/1", "{query}");
        }
    }

    fn a_gitlab_badge_may_name_the_project_by_its_placeholder(server: &TestServer) {
        key(server, &[]);
        server.report(&json!({"project": "lines/web", "release": "1", "build": 1, "status": "warned"}));
        build(server, &json!({"release": "1", "status": "failed"}));
        let token = server.create_token(&["--scope", "api"]);
        let badge = json!({
            "name": "Build",
            "image_url": format!("{}?Key=badges&$ApplicationName=%{{project_path}}", server.url(IMAGE)),
            "link_url": format!("{}?key=badges&$ApplicationName=%{{project_path}}", server.url(LINK)),
        });
        let path = "/api/v4/projects/default%2Flines%2Fweb/badges";
        let made = server.call("POST", path).bearer(&token).json(&badge).send().expect(201).json();
        let fetch = |member: &str| {
            let url = made[member].as_str().unwrap();
            server.get(url.strip_prefix(&server.url("")).unwrap())
        };
        assert_eq!(state(&fetch("rendered_image_url")), "warning");
        assert_eq!(fetch("rendered_link_url").redirects_to(), "/default/lines/web/-/builds/1");
    }

    fn a_link_stays_below_the_public_urls_path(setup: Setup) {
        let server = setup.below("/badges").start();
        key(&server, &[]);
        build(&server, &json!({}));
        for path in [LINK.to_owned(), format!("/badges{LINK}")] {
            let answer = server.get(&format!("{path}?key=badges&page=application"));
            assert_eq!(answer.redirects_to(), "/badges/default/web", "{path}");
        }
    }
}
