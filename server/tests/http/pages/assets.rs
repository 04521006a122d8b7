//! The site's files: compressed as the caller accepts, and kept for as long as their URL says.

use crate::support::{Answer, Engine, Setup, TestServer};

const FAVICON: &str = "/assets/favicon.svg";

fn start() -> TestServer {
    Setup::on(Engine::Sqlite).start()
}

fn get(server: &TestServer, path: &str, accept_encoding: &str) -> Answer {
    server.call("GET", path).header("Accept-Encoding", accept_encoding).send()
}

/// The style sheet's path; `None` if the site was not built before the program.
fn style_sheet(server: &TestServer) -> Option<String> {
    let page = server.get("/sign-in").expect(200);
    let start = page.text().find("/pkg/").unwrap();
    let path: String = page.text()[start..].chars().take_while(|&character| character != '"').collect();
    let path = path.rsplit_once('/').unwrap().0.to_owned() + "/main.css";
    (server.get(&path).status == 200).then_some(path)
}

#[test]
fn each_encoding_has_its_own_body_and_etag() {
    let server = start();
    let mut etags = Vec::new();
    let mut bodies = Vec::new();
    for (accepted, encoding) in [("gzip, deflate, br", Some("br")), ("gzip", Some("gzip")), ("deflate", None)] {
        let answer = get(&server, FAVICON, accepted).expect(200);
        assert_eq!(answer.headers.get("content-encoding").map(|value| value.to_str().unwrap()), encoding);
        assert_eq!(answer.header("vary"), "accept-encoding");
        let etag = answer.header("etag").to_owned();
        assert!(!etags.contains(&etag), "{etag}");
        assert!(!bodies.contains(&answer.body));
        etags.push(etag);
        bodies.push(answer.body);
    }
    assert!(bodies[0].len() < bodies[2].len() && bodies[1].len() < bodies[2].len());
}

#[test]
fn nothing_acceptable_is_answered_without_encoding() {
    let server = start();
    for accepted in ["identity;q=0", "*;q=0", "deflate, *;q=0", ""] {
        let answer = get(&server, FAVICON, accepted).expect(200);
        assert!(!answer.has("content-encoding"), "{accepted}");
        assert!(answer.text().contains("<svg"), "{accepted}");
    }
}

#[test]
fn unchanged_file_is_answered_304_with_the_same_headers() {
    let server = start();
    let paths = [Some(FAVICON.to_owned()), style_sheet(&server)];
    for path in paths.iter().flatten() {
        for accepted in ["br", "gzip", "identity"] {
            let first = get(&server, path, accepted).expect(200);
            let conditional = |method: &str, etag: &str| {
                let call = server.call(method, path).header("Accept-Encoding", accepted);
                call.header("If-None-Match", etag).send()
            };
            for method in ["GET", "HEAD"] {
                let again = conditional(method, first.header("etag")).expect(304);
                assert!(again.body.is_empty());
                for header in ["etag", "vary", "cache-control"] {
                    assert_eq!(again.header(header), first.header(header), "{path}: {header}");
                }
            }
            assert_eq!(conditional("GET", "\"other\"").expect(200).body, first.body);
        }
        let gzip = get(&server, path, "gzip").header("etag").to_owned();
        let call = server.call("GET", path).header("Accept-Encoding", "br").header("If-None-Match", &gzip);
        call.send().expect(200);
    }
}

#[test]
fn head_says_what_get_says() {
    let server = start();
    for accepted in ["br", "gzip", "identity"] {
        let get = get(&server, FAVICON, accepted).expect(200);
        let head = server.call("HEAD", FAVICON).header("Accept-Encoding", accepted).send().expect(200);
        assert!(head.body.is_empty());
        for (name, value) in &get.headers {
            if name != "date" {
                assert_eq!(head.headers.get(name), Some(value), "{name}");
            }
        }
    }
}

#[test]
fn files_of_this_version_are_immutable_and_others_are_not_found() {
    let server = start();
    let Some(path) = style_sheet(&server) else { return };
    let answer = get(&server, &path, "br").expect(200);
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    server.get("/pkg/000000000000/main.css").expect(404);
}
