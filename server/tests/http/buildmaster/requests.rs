//! Requests: forms, JSON, and those that could mean several things.

use serde_json::json;

use super::shown::{IMAGE, build, forbidden, key, state};
use crate::support::{Answer, TestServer, on_both_engines};

#[track_caller]
fn refused(answer: &Answer, word: &str) {
    assert_eq!(answer.status, 400, "{answer}");
    assert!(answer.text().contains(word), "{answer}");
    assert!(answer.header("content-type").starts_with("text/plain"));
}

on_both_engines! {
    fn filters_may_stand_in_query_and_body_at_once(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"build": 1, "status": "failed"}));
        build(server, &json!({"build": 2}));
        let path = format!("{IMAGE}?key=badges&$ApplicationName=web");
        assert_eq!(state(&server.call("POST", &path).form(&[("$BuildNumber", "1")]).send()), "error");
        assert_eq!(state(&server.call("POST", &path).json(&json!({"$BuildNumber": 1})).send()), "error");
        assert_eq!(state(&server.call("POST", &path).send()), "success");
    }

    fn a_parameter_that_is_there_twice_is_refused(server: &TestServer) {
        key(server, &[]);
        for (query, word) in [
            ("key=badges&key=badges", "key"),
            ("key=badges&API_Key=badges", "API_Key"),
            ("key=badges&$Branch=a&$Branch=a", "$Branch"),
            ("key=badges&$Branch=a&%24branch=b", "$branch"),
            ("key=badges&$ApplicationName=a&$ApplicationName=b", "$ApplicationName"),
        ] {
            refused(&server.get(&format!("{IMAGE}?{query}")), word);
        }
        let twice = server.call("POST", &format!("{IMAGE}?key=badges&$Branch=a")).form(&[("$Branch", "a")]);
        refused(&twice.send(), "$Branch");
        let twice = server.call("POST", IMAGE).header("Content-Type", "application/json");
        refused(&twice.body(r#"{"API_Key": "badges", "$Branch": "a", "$Branch": "b"}"#).send(), "$Branch");
    }

    fn a_body_that_cannot_be_read_is_refused(server: &TestServer) {
        key(server, &[]);
        let path = format!("{IMAGE}?key=badges");
        refused(&server.call("POST", &path).json(&json!(["x"])).send(), "JSON");
        refused(&server.call("POST", &path).json(&json!({"$Branch": {}})).send(), "$Branch");
        refused(&server.call("POST", &path).header("Content-Type", "text/xml").body("<x/>").send(), "form");
    }

    fn too_many_filters_are_refused(server: &TestServer) {
        key(server, &[]);
        let filters: String = (0..17).map(|n| format!("&$V{n}=x")).collect();
        refused(&server.get(&format!("{IMAGE}?key=badges{filters}")), "at most");
        let filters: String = (0..16).map(|n| format!("&$V{n}=x")).collect();
        assert_eq!(state(&server.get(&format!("{IMAGE}?key=badges{filters}"))), "unknown");
    }

    fn what_means_nothing_here_changes_nothing(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        let plain = server.get(&format!("{IMAGE}?key=badges")).expect(200);
        let more = server.get(&format!("{IMAGE}?key=badges&page=build&page=release&Branch=x&_=1")).expect(200);
        assert_eq!(more.text(), plain.text());
    }

    fn a_page_of_another_site_may_ask_too(server: &TestServer) {
        key(server, &[]);
        let call = server.call("POST", IMAGE).header("Origin", "https://elsewhere.example").header("Sec-Fetch-Site", "cross-site");
        assert_eq!(call.form(&[("key", "badges")]).send().expect(200).header("access-control-allow-origin"), "*");
    }

    fn other_methods_are_none(server: &TestServer) {
        key(server, &[]);
        for method in ["PUT", "DELETE", "PATCH"] {
            assert_eq!(server.call(method, &format!("{IMAGE}?key=badges")).send().status, 405, "{method}");
        }
        forbidden(&server.call("POST", IMAGE).send());
    }
}
