//! The headers that make caches, READMEs and browsers do the right thing.

use serde_json::json;

use crate::support::{Answer, Engine, Setup, TestServer, badge_path, on_both_engines, published};

const FILES: [&str; 3] = ["latest_release", "latest_release.json", "latest_release.png"];

fn conditional(server: &TestServer, path: &str, if_none_match: &str) -> Answer {
    server.call("GET", path).header("If-None-Match", if_none_match).send()
}

on_both_engines! {
    fn every_badge_says_how_long_it_may_be_kept(server: &TestServer) {
        published(server);
        for file in FILES {
            let answer = server.get(&badge_path(file)).expect(200);
            assert_eq!(answer.header("cache-control"), "public, max-age=60, s-maxage=60, stale-while-revalidate=300");
            let etag = answer.header("etag");
            assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "a strong one: {etag}");
            assert!(!answer.has("last-modified"), "two reports in one second would look alike: {answer}");
            assert!(!answer.has("set-cookie") && !answer.has("expires") && !answer.has("pragma"), "{answer}");
        }
    }

    fn what_the_reader_has_is_not_sent_again(server: &TestServer) {
        published(server);
        for file in FILES {
            let path = badge_path(file);
            let first = server.get(&path).expect(200);
            let etag = first.header("etag");
            for held in [etag, &format!("W/{etag}"), &format!("\"other\", {etag}"), "*"] {
                let again = conditional(server, &path, held).expect(304);
                assert!(again.body.is_empty());
                for header in ["etag", "cache-control", "access-control-allow-origin"] {
                    assert_eq!(again.header(header), first.header(header), "{file}: {header}");
                }
                assert_eq!(again.has("vary"), first.has("vary"), "{file}");
            }
            let other = conditional(server, &path, "\"other\"").expect(200);
            assert_eq!(other.body, first.body);
        }
    }

    fn the_next_report_changes_the_etag(server: &TestServer) {
        published(server);
        let path = badge_path("latest_release");
        let before = server.get(&path).expect(200).header("etag").to_owned();
        server.report(
            &json!({"project": "Web Shop", "environment": "Production", "release": "2.0.0", "status": "succeeded"}),
        );
        let after = conditional(server, &path, &before).expect(200);
        assert_ne!(after.header("etag"), before);
        assert!(after.text().contains("2.0.0"));
    }

    fn each_file_and_style_has_an_etag_of_its_own(server: &TestServer) {
        published(server);
        let mut etags: Vec<String> = [
            "latest_release",
            "latest_release.json",
            "latest_release.png",
            "latest_release.png?scale=2",
            "latest_release?style=social",
        ]
        .map(|file| server.get(&badge_path(file)).expect(200).header("etag").to_owned())
        .to_vec();
        etags.sort();
        etags.dedup();
        assert_eq!(etags.len(), 5);
    }

    fn errors_are_forgotten_soon(server: &TestServer) {
        published(server);
        for path in [
            badge_path("latest_release?style=x"),
            badge_path("latest_release.json?style=x"),
            "/api/a/projects/b/badge/c/latest_release".to_owned(),
        ] {
            let answer = server.get(&path);
            assert!(answer.status >= 400);
            assert_eq!(answer.header("cache-control"), "public, max-age=10, s-maxage=10");
            assert!(!answer.has("etag") && !answer.has("last-modified"), "{answer}");
        }
    }
}

#[test]
fn any_page_may_show_a_badge_and_no_badge_may_do_anything() {
    let server = Setup::on(Engine::Sqlite).start();
    published(&server);
    for file in ["latest_release", "latest_release.json", "latest_release.png", "latest_release?style=x", "nothing"] {
        let answer = server.get(&badge_path(file));
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{file}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{file}");
        if answer.header("content-type").starts_with("image/svg+xml") {
            assert_eq!(
                answer.header("content-security-policy"),
                "default-src 'none'; style-src 'unsafe-inline'",
                "{file}"
            );
        }
    }
}

#[test]
fn how_long_badges_are_kept_is_configurable() {
    let setup = Setup::on(Engine::Sqlite).with("BURGEE_BADGE_MAX_AGE", "5");
    let server = setup.with("BURGEE_BADGE_STALE_WHILE_REVALIDATE", "7").start();
    published(&server);
    let badge = server.get(&badge_path("latest_release")).expect(200);
    assert_eq!(badge.header("cache-control"), "public, max-age=5, s-maxage=5, stale-while-revalidate=7");
    let error = server.get(&badge_path("nothing")).expect(404);
    assert_eq!(error.header("cache-control"), "public, max-age=5, s-maxage=5", "never longer than a good badge");
}

#[test]
fn a_badge_is_compressed_for_who_wants_it_so() {
    let server = Setup::on(Engine::Sqlite).start();
    published(&server);
    let plain = server.get(&badge_path("latest_release")).expect(200);
    let packed = server.call("GET", &badge_path("latest_release")).header("Accept-Encoding", "gzip").send().expect(200);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < plain.body.len());
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
}
