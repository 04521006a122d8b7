//! The image: six states (C2), and how long it may be kept.

use serde_json::json;

use super::shown::{IMAGE, build, forbidden, key, says, state};
use crate::support::{TestServer, accessible_name, on_both_engines};

on_both_engines! {
    fn six_states_have_their_text_and_colour(server: &TestServer) {
        key(server, &[]);
        for (status, text, color) in [
            ("", "unknown", "#a6adb6"),
            ("pending", "pending", "#48729d"),
            ("running", "running", "#48729d"),
            ("canceling", "running", "#48729d"),
            ("succeeded", "success", "#499e8d"),
            ("warned", "warning", "#ee9d66"),
            ("failed", "error", "#de5948"),
            ("errored", "error", "#de5948"),
            ("canceled", "error", "#de5948"),
            ("timed_out", "error", "#de5948"),
        ] {
            if !status.is_empty() {
                build(server, &json!({"status": status}));
            }
            let answer = server.get(&format!("{IMAGE}?key=badges"));
            assert_eq!(state(&answer), text, "{status}");
            for color in [color, "#282b3a"] {
                assert!(answer.text().contains(&format!("fill=\"{color}\"")), "{color}: {answer}");
            }
        }
    }

    fn the_latest_execution_of_the_latest_build_of_the_latest_release_counts(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"release": "1.0", "build": 1, "status": "failed"}));
        assert_eq!(says(server, ""), "error");
        build(server, &json!({"release": "1.0", "build": 2, "status": "warned"}));
        assert_eq!(says(server, ""), "warning");
        build(server, &json!({"release": "1.0", "build": 2, "status": "running"}));
        assert_eq!(says(server, ""), "running");
        build(server, &json!({"release": "0.9", "build": 1, "status": "succeeded"}));
        assert_eq!(says(server, ""), "success", "the release that was reported last, whatever its number");
        build(server, &json!({"release": "1.0", "build": 3, "status": "failed"}));
        assert_eq!(says(server, ""), "success", "a later build of an earlier release does not count");
        build(server, &json!({"release": "0.9", "build": 1, "status": "pending"}));
        assert_eq!(says(server, ""), "pending");
    }

    fn a_build_of_no_release_counts_if_no_release_has_one(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"build": 1, "status": "failed"}));
        build(server, &json!({"build": 2}));
        assert_eq!(says(server, "$ApplicationName=web"), "success");
        build(server, &json!({"release": "1.0", "build": 1, "status": "warned"}));
        build(server, &json!({"build": 3}));
        assert_eq!(says(server, "$ApplicationName=web"), "warning");
    }

    fn a_run_of_no_build_is_no_execution(server: &TestServer) {
        key(server, &[]);
        server.report(&json!({"project": "web", "release": "1.0", "status": "failed"}));
        assert_eq!(says(server, ""), "unknown");
    }

    fn a_badge_may_be_kept_as_long_as_octopus_ones(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        let answer = server.get(&format!("{IMAGE}?key=badges")).expect(200);
        let cache = "public, max-age=60, s-maxage=60, stale-while-revalidate=300";
        assert_eq!(answer.header("cache-control"), cache);
        let again = server.call("GET", &format!("{IMAGE}?key=badges")).header("If-None-Match", answer.header("etag"));
        again.send().expect(304);
        assert_eq!(server.get(&format!("{IMAGE}?key=badges&$Branch=x")).expect(200).header("cache-control"), cache);
    }

    fn what_a_key_outside_of_the_address_opened_is_kept_in_no_shared_cache(server: &TestServer) {
        key(server, &[]);
        for call in [
            server.call("GET", IMAGE).header("X-ApiKey", "badges"),
            server.call("GET", IMAGE).header("Authorization", "Basic YXBpOmJhZGdlcw=="),
            server.call("POST", IMAGE).form(&[("key", "badges")]),
        ] {
            assert_eq!(call.send().expect(200).header("cache-control"), "private, no-cache");
        }
    }

    fn a_badge_is_compressed_for_those_who_take_it(server: &TestServer) {
        key(server, &[]);
        let answer = server.raw(&format!(
            "GET {IMAGE}?key=badges HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        ));
        assert!(answer.to_ascii_lowercase().contains("content-encoding: gzip"), "{answer}");
    }

    fn a_head_request_has_the_headers_alone(server: &TestServer) {
        key(server, &[]);
        let head = server.call("HEAD", &format!("{IMAGE}?key=badges")).send().expect(200);
        assert!(head.header("content-type").starts_with("image/svg+xml"));
        assert!(head.body.is_empty());
    }

    fn style_and_label_may_be_chosen(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        let name = |query: &str| accessible_name(&server.get(&format!("{IMAGE}?key=badges&{query}")).expect(200));
        assert_eq!(name("label=%20web%20shop%20"), "web shop: success");
        assert_eq!(name("Label=%3Cb%3E%26"), "<b>&: success");
        for nothing in ["label=", "label=%20", "style="] {
            assert_eq!(name(nothing), "build: success", "{nothing}");
        }
        let height = |style: &str| {
            let answer = server.get(&format!("{IMAGE}?key=badges&style={style}"));
            answer.expect(200).text().split("height=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        for (style, pixels) in [("flat", "20"), ("Plastic", "18"), ("for-the-badge", "28"), ("flat-square", "20"), ("social", "20")] {
            assert_eq!(height(style), pixels, "{style}");
        }
        server.get(&format!("{IMAGE}?key=badges&style=flat&style=flat")).expect(400);
        forbidden(&server.get(&format!("{IMAGE}?key=wrong&style=flatt")));
    }

    fn a_good_key_gets_an_image_even_of_what_is_wrong_with_the_style(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        for style in ["flatt", "%3Cscript%3E", "%F0%9F%98%80%25%22"] {
            let answer = server.get(&format!("{IMAGE}?key=badges&style={style}")).expect(200);
            let says = accessible_name(&answer);
            assert!(says.starts_with("build: The style \"") && says.contains("flat-square, plastic"), "{says}");
            assert_eq!(answer.header("cache-control"), "private, no-cache");
        }
    }
}
