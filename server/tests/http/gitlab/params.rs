//! Where parameters come from (B10): query, form or JSON, and several of them at once.

use serde_json::{Value, json};

use super::{
    caller::query,
    refusals::BOTH_MISSING,
    source::{Source, for_project_and_group},
    world::{IMAGE, LINK, URLS},
};
use crate::support::Answer;

/// Sends a body of this type to where badges are added.
fn send(source: &Source<'_>, params: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    let call = source.world.administrator().call("POST", &format!("{}?{params}", source.badges()));
    call.header("Content-Type", content_type).body(body).send()
}

/// A badge was added with these URLs and this name.
#[track_caller]
fn added(answer: Answer, name: &Value) {
    let badge = answer.expect(201).json();
    assert_eq!((&badge["link_url"], &badge["image_url"]), (&json!(LINK), &json!(IMAGE)));
    assert_eq!(&badge["name"], name);
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

for_project_and_group! {
    fn they_come_in_the_query(source: &Source) {
        let params = query(&[URLS[0], URLS[1], ("name", "a b")]);
        let call = source.world.administrator().call("POST", &format!("{}?{params}", source.badges()));
        added(call.send(), &json!("a b"));
        added(send(source, &params, FORM, ""), &json!("a b"));
        added(send(source, &params, JSON, ""), &json!("a b"));
    }

    fn they_come_in_a_form(source: &Source) {
        let form = query(&[URLS[0], URLS[1], ("name", "a&b=c+%20ü")]);
        added(send(source, "", FORM, form.clone()), &json!("a&b=c+%20ü"));
        added(send(source, "", "application/x-www-form-urlencoded; charset=UTF-8", form), &json!("a&b=c+%20ü"));
    }

    fn they_come_as_json(source: &Source) {
        let body = json!({"link_url": LINK, "image_url": IMAGE, "name": "ü\"\\\u{1f6a2}"}).to_string();
        for content_type in [JSON, "application/json; charset=utf-8", "Application/JSON"] {
            added(send(source, "", content_type, body.clone()), &json!("ü\"\\\u{1f6a2}"));
        }
    }

    fn they_come_from_query_and_body_together(source: &Source) {
        let in_query = query(&[URLS[0]]);
        added(send(source, &in_query, FORM, query(&[URLS[1], ("name", "a")])), &json!("a"));
        added(send(source, &in_query, JSON, json!({"image_url": IMAGE, "name": "a"}).to_string()), &json!("a"));
    }

    fn the_body_wins_over_the_query(source: &Source) {
        let in_query = query(&[URLS[0], URLS[1], ("name", "query")]);
        added(send(source, &in_query, FORM, "name=body"), &json!("body"));
        added(send(source, &in_query, JSON, r#"{"name":"body"}"#), &json!("body"));
    }

    fn of_the_same_parameter_twice_the_last_counts(source: &Source) {
        let twice = query(&[("name", "first"), URLS[0], URLS[1], ("name", "last")]);
        added(send(source, &twice, FORM, ""), &json!("last"));
        added(send(source, "", FORM, twice), &json!("last"));
        let body = format!(r#"{{"name":"first","link_url":"{LINK}","image_url":"{IMAGE}","name":"last"}}"#);
        added(send(source, "", JSON, body), &json!("last"));
    }

    fn null_in_json_is_no_name(source: &Source) {
        let body = json!({"link_url": LINK, "image_url": IMAGE, "name": null}).to_string();
        added(send(source, "", JSON, body), &Value::Null);
    }

    fn the_same_ways_lead_to_a_change(source: &Source) {
        let badge = source.badge(source.first);
        let put = |path: &str| source.world.administrator().call("PUT", path);
        let by_query = put(&format!("{badge}?name=query")).send().expect(200);
        assert_eq!(by_query.json()["name"], "query");
        assert_eq!(put(&badge).json(&json!({"name": "json"})).send().expect(200).json()["name"], "json");
        assert_eq!(put(&badge).form(&[("name", "form")]).send().expect(200).json()["name"], "form");
        assert_eq!(put(&badge).json(&json!({})).send().expect(200).json()["name"], "form");
    }

    fn json_that_cannot_be_read_is_400(source: &Source) {
        for body in ["{", "{\"name\":", "link_url=a", "{\"name\":\"a\"}}", "nul", "\"\\ud800"] {
            let answer = send(source, "", JSON, body);
            answer.says(400, r#"{"error":"message body does not match declared format"}"#);
        }
    }

    fn json_of_another_shape_is_an_error_of_the_caller(source: &Source) {
        for body in ["[]", "1", "\"a\"", "null", "[{\"name\":\"a\"}]", r#"{"link_url":{"a":1},"image_url":["b"]}"#] {
            let answer = send(source, "", JSON, body);
            assert_eq!(answer.status, 400, "{body}: {answer}");
        }
        assert_eq!(source.names()[0], "first");
    }

    fn a_body_of_an_unknown_type_is_415(source: &Source) {
        let answer = send(source, &query(&URLS), "text/xml", "<badge/>");
        answer.says(415, r#"{"error":"The provided content-type 'text/xml' is not supported."}"#);
    }

    fn an_unknown_type_of_nothing_does_not_matter(source: &Source) {
        added(send(source, &query(&URLS), "text/xml", ""), &Value::Null);
    }

    fn a_body_of_more_than_a_mebibyte_is_413(source: &Source) {
        let limit = 1024 * 1024;
        let padded = |length: usize| {
            let body = query(&URLS) + "&ignored=";
            let padding = "x".repeat(length - body.len());
            body + &padding
        };
        let answer = send(source, "", FORM, padded(limit + 1));
        answer.says(413, r#"{"error":"413 Request Entity Too Large"}"#);
        added(send(source, "", FORM, padded(limit)), &Value::Null);
    }

    fn an_empty_body_has_no_parameters(source: &Source) {
        for content_type in [JSON, FORM] {
            send(source, "", content_type, "").refused(BOTH_MISSING);
        }
    }
}
