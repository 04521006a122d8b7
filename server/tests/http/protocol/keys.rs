//! Which requests share an answer: those that ask the same, at the same address, with the same rights.

use serde_json::json;

use super::{BADGES, everything};
use crate::support::{Answer, Call, Engine, Setup, TestServer, Wire, on_both_engines};

const FEED: &str = "/api/v1/teams/default/cc.xml";
const IMAGE: &str = "/api/ci-badges/image";

/// Computed answers fail from now on, so what is answered is from memory.
fn forget_runs(server: &TestServer) {
    server.execute("alter table runs rename to gone");
}

/// Where the links of the feed lead.
fn linked(call: Call<'_>) -> String {
    let feed = call.send().expect(200);
    let (_, rest) = feed.text().split_once("webUrl=\"").unwrap_or_else(|| panic!("{feed}"));
    rest.split("/teams/").next().unwrap().to_owned()
}

#[test]
fn feed_links_to_the_host_that_was_asked() {
    let server = Setup::on(Engine::Sqlite).start();
    everything(&server);
    for path in [FEED, "/cc.xml", "/api/v1/cc.xml"] {
        for host in ["a.example", "b.example:81", "a.example", "b.example:81"] {
            assert_eq!(linked(server.call("GET", path).header("Host", host)), format!("http://{host}"));
            let forwarded = server.call("GET", path).header("Host", host).header("X-Forwarded-Host", "evil.example");
            assert_eq!(linked(forwarded), format!("http://{host}"), "not a trusted proxy");
        }
    }
}

#[test]
fn feed_links_to_the_host_that_a_trusted_proxy_was_asked() {
    let server = Setup::on(Engine::Sqlite).with("BURGEE_TRUSTED_PROXIES", "127.0.0.1").start();
    everything(&server);
    for (scheme, host) in
        [("https", "a.example"), ("http", "a.example"), ("https", "b.example"), ("https", "a.example")]
    {
        for _ in 0..2 {
            let call = server.call("GET", FEED).header("X-Forwarded-Proto", scheme).header("X-Forwarded-Host", host);
            assert_eq!(linked(call), format!("{scheme}://{host}"));
        }
    }
    assert_eq!(linked(server.call("GET", FEED)), server.url(""), "and without a proxy");
}

#[test]
fn feed_links_to_the_public_url_whatever_host_was_asked() {
    let server = Setup::on(Engine::Sqlite).below("/x").start();
    everything(&server);
    for host in ["a.example", "b.example"] {
        assert_eq!(linked(server.call("GET", FEED).header("Host", host)), server.url("/x"));
    }
}

/// Asks in turns, so that each answer is computed and then from memory beside the others.
#[track_caller]
fn in_turns(server: &TestServer, path: &str, callers: &[(&[(&str, &str)], u16)]) {
    for turn in 0..3 {
        for (headers, status) in callers {
            let call = headers.iter().fold(server.call("GET", path), |call, (name, value)| call.header(name, value));
            let answer = call.send();
            assert_eq!(answer.status, *status, "turn {turn}, {path} with {headers:?}: {answer}");
        }
    }
}

on_both_engines! {
    fn no_credential_gets_the_answer_of_another(setup: Setup) {
        let server = &setup.with_admin().start();
        server.report(&json!({
            "project": "hidden", "job": "unit", "release": "1", "build": 1, "status": "succeeded", "variables": {"Branch": "main"},
        }));
        let password = "correct horse battery";
        let sign_in = |name: &str| {
            server.run_with_input(&["user", "create", name, "--password-stdin"], password).good();
            let mut browser = server.browser();
            browser.post("/sign-in", &[("username", name), ("password", password)]).expect(303);
            browser.cookie().unwrap().to_owned()
        };
        let (ada, bob) = (sign_in("ada"), sign_in("bob"));
        server.run(&["member", "set", "--user", "ada", "--role", "guest", "--project", "default/hidden"]).good();
        let all = server.create_token(&["--scope", "api"]);
        let elsewhere = {
            server.report(&json!({"project": "other", "status": "succeeded"}));
            server.create_token(&["--scope", "api", "--project", "default/other"])
        };
        let (all_bearer, elsewhere_bearer) = (format!("Bearer {all}"), format!("Bearer {elsewhere}"));
        let callers = |nobody: u16, stranger: u16| -> Vec<(Vec<(&str, &str)>, u16)> {
            vec![
                (vec![], nobody),
                (vec![("Cookie", &ada)], 200),
                (vec![("Cookie", &bob)], stranger),
                (vec![("Authorization", &all_bearer)], 200),
                (vec![("Authorization", &elsewhere_bearer)], stranger),
                (vec![("PRIVATE-TOKEN", &all)], 200),
                (vec![("PRIVATE-TOKEN", &elsewhere)], stranger),
                // A token that is there counts, and not the cookie beside it.
                (vec![("PRIVATE-TOKEN", &elsewhere), ("Cookie", &ada)], stranger),
                (vec![("Cookie", "burgee_session=nonsense")], nobody),
            ]
        };
        for (path, nobody, stranger) in [
            ("/default/hidden/badges/main/pipeline.svg", 404, 404),
            ("/api/v1/teams/default/pipelines/hidden/badge", 401, 403),
            ("/api/v1/teams/default/pipelines/hidden/jobs/unit/badge", 401, 403),
        ] {
            let callers = callers(nobody, stranger);
            let callers: Vec<_> = callers.iter().map(|(headers, status)| (&headers[..], *status)).collect();
            in_turns(server, path, &callers);
        }
        let feed = |headers: &[(&str, &str)]| {
            let call = headers.iter().fold(server.call("GET", FEED), |call, (name, value)| call.header(name, value));
            call.send().expect(200).text().contains("hidden/unit")
        };
        for _ in 0..3 {
            for (headers, status) in callers(404, 404) {
                if headers != [("Cookie", "burgee_session=nonsense")] {
                    assert_eq!(feed(&headers), status == 200, "{headers:?}");
                }
            }
        }
    }

    fn no_key_gets_the_badge_of_another(server: &TestServer) {
        everything(server);
        server.report(&json!({"project": "other", "status": "succeeded"}));
        let other = server.create_token(&["--scope", "ci-badges", "--project", "default/other"]);
        let wrong = server.create_token(&["--scope", "runs:read"]);
        let web = format!("{IMAGE}?$ApplicationName=web");
        in_turns(server, &web, &[
            (&[], 403),
            (&[("X-ApiKey", "badges")], 200),
            (&[("X-ApiKey", &other)], 403),
            (&[("X-ApiKey", &wrong)], 403),
            (&[("X-ApiKey", "nonsense")], 403),
            // `api:badges`
            (&[("Authorization", "Basic YXBpOmJhZGdlcw==")], 200),
            (&[("Authorization", "Basic YXBpOm5vbmU=")], 403),
        ]);
        let by_url = |key: &str| format!("{web}&key={key}");
        in_turns(server, &by_url("badges"), &[(&[], 200), (&[("X-ApiKey", "nonsense")], 200)]);
        in_turns(server, &by_url(&other), &[(&[], 403), (&[("X-ApiKey", "badges")], 403)]);
        in_turns(server, &by_url("nonsense"), &[(&[], 403), (&[("X-ApiKey", "badges")], 403)]);
    }

    fn public_badge_is_the_same_for_every_caller(server: &TestServer) {
        everything(server);
        for path in BADGES.into_iter().filter(|path| !path.contains("cc.xml")) {
            let plain = server.get(path).expect(200);
            for (name, value) in [
                ("Cookie", "burgee_session=nonsense; burgee_theme=dark"),
                ("Cookie", "x=y"),
                ("Authorization", &format!("Bearer {}", server.token())),
                ("PRIVATE-TOKEN", "nonsense"),
                ("Host", "other.example"),
                ("User-Agent", "x"),
                ("Accept", "text/html"),
            ] {
                let answer = server.call("GET", path).header(name, value).send().expect(200);
                assert_eq!(answer.body, plain.body, "{path} {name}");
                for header in ["cache-control", "vary", "etag"] {
                    assert_eq!(answer.headers.get(header), plain.headers.get(header), "{path} {name}: {header}");
                }
                assert!(!answer.has("set-cookie"), "{path}: {answer}");
            }
        }
    }
}

#[test]
fn badge_is_one_entry_whatever_else_is_in_its_query() {
    let server = Setup::on(Engine::Postgres).start();
    everything(&server);
    let badges = BADGES.into_iter().filter(|path| !path.contains("cc.xml"));
    let known: Vec<(&str, Answer)> = badges.map(|path| (path, server.get(path).expect(200))).collect();
    forget_runs(&server);
    for (path, first) in &known {
        let mark = if path.contains('?') { '&' } else { '?' };
        for rest in ["_=1", "_=2", "cache=none&_=3", "&&"] {
            // A variable of a build, which filters.
            if path.starts_with(IMAGE) && rest.contains('=') {
                continue;
            }
            let answer = server.get(&format!("{path}{mark}{rest}"));
            assert_eq!((answer.status, &answer.body), (200, &first.body), "{path} {rest}");
        }
    }
}

#[test]
fn base_path_does_not_change_the_question() {
    let server = Setup::on(Engine::Postgres).below("/badges").start();
    everything(&server);
    for path in BADGES {
        let first = server.get(&format!("/badges{path}")).expect(200);
        assert_eq!(server.get(path).expect(200).body, first.body, "{path}");
    }
    let asked_with = "/default/web/badges/main/pipeline.svg?key_text=with";
    let asked_without = "/default/web/badges/main/pipeline.svg?key_text=without";
    server.get(&format!("/badges{asked_with}")).expect(200);
    server.get(asked_without).expect(200);
    forget_runs(&server);
    server.get(asked_with).expect(200);
    server.get(&format!("/badges{asked_without}")).expect(200);
    server.get("/badgesque/default/web/badges/main/pipeline.svg").expect(404);
}

#[test]
fn answer_to_a_form_is_not_kept() {
    let server = Setup::on(Engine::Postgres).start();
    everything(&server);
    let by_url = format!("{IMAGE}?key=badges");
    let form = |path: &str| server.call("POST", path).form(&[("$ApplicationName", "web")]).send();
    for _ in 0..2 {
        form(&by_url).expect(200);
        server.call("POST", IMAGE).form(&[("key", "badges")]).send().expect(200);
    }
    server.get(IMAGE).expect(403);
    server.get(&by_url).expect(200);
    forget_runs(&server);
    server.get(&by_url).expect(200);
    form(&by_url).expect(503);
    assert_eq!(server.call("POST", &by_url).send().status, 503);
}

#[test]
fn body_of_a_get_is_part_of_the_question() {
    let server = Setup::on(Engine::Postgres).start();
    everything(&server);
    let mut wire = Wire::open(&server);
    let mut ask = |path: &str, body: &str, chunked: bool| {
        let (framing, body) = if chunked {
            ("Transfer-Encoding: chunked".to_owned(), format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len()))
        } else {
            (format!("Content-Length: {}", body.len()), body.to_owned())
        };
        wire.send(&format!("GET {path} HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n{body}"));
        let head = wire.head();
        wire.body(&head);
        head.status
    };
    for chunked in [false, true] {
        for _ in 0..2 {
            assert_eq!(ask(IMAGE, "key=badges", chunked), 200, "the key is in the body");
        }
        assert_eq!(ask(IMAGE, "key=nonsense", chunked), 403);
        assert_eq!(server.get(IMAGE).status, 403, "nothing of it was kept");
    }
    let by_url = format!("{IMAGE}?key=badges");
    server.get(&by_url).expect(200);
    assert_eq!(ask(&by_url, "key=nonsense", false), 400, "the key is there twice");
    forget_runs(&server);
    server.get(&by_url).expect(200);
    assert_eq!(ask(&by_url, "style=flat", false), 503, "nothing of it is from memory");
}
