//! What is private is told from what does not exist by nothing: not by a byte, and not by any way of asking.

use super::{
    caller::Caller,
    source::{Kind, Source, for_project_and_group},
    world::{LINK, URLS, World},
};
use crate::support::{Answer, TestServer, on_both_engines};

/// Everything in an answer but the time.
fn without_time(mut answer: Answer) -> String {
    answer.headers.remove("date");
    answer.to_string()
}

/// Method, what follows the path of a project or group, and what is sent.
type Way<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Every way of asking for something below this path.
fn asked(caller: &Caller<'_>, source: &str, badge: i64) -> Vec<(String, String)> {
    let render = format!("/badges/render?{}", super::caller::query(&URLS));
    let badge = format!("/badges/{badge}");
    let ways: [Way<'_>; 22] = [
        ("GET", "", &[]),
        ("GET", "/badges", &[]),
        ("HEAD", "/badges", &[]),
        ("GET", "/badges?name=hidden&per_page=1", &[]),
        ("GET", &badge, &[]),
        ("GET", &render, &[]),
        ("GET", "/badges/render", &[]),
        ("POST", "/badges", &URLS),
        ("POST", "/badges", &[]),
        ("POST", "/badges", &[("link_url", LINK), ("image_url", "whatever")]),
        ("PUT", &badge, &[("name", "Changed")]),
        ("PUT", &badge, &[("link_url", "whatever")]),
        ("DELETE", &badge, &[]),
        ("DELETE", "/badges/99999", &[]),
        ("GET", "/members", &[]),
        ("GET", "/members/all", &[]),
        ("POST", "/members", &[("user_id", "1"), ("access_level", "30")]),
        ("DELETE", "/members/1", &[]),
        ("GET", "/access_requests", &[]),
        ("POST", "/access_requests", &[]),
        ("PUT", "/access_requests/1/approve", &[]),
        ("DELETE", "/access_requests/1", &[]),
    ];
    ways.map(|(method, path, fields)| {
        let call = caller.call(method, &format!("{source}{path}"));
        let answer = if fields.is_empty() { call.send() } else { call.form(fields).send() };
        (format!("{method} {path} {fields:?}"), without_time(answer))
    })
    .into()
}

/// Both are answered alike, whatever is asked.
#[track_caller]
fn alike(caller: &Caller<'_>, hidden: &str, nothing: &str, badge: i64) {
    for ((way, hidden), (_, nothing)) in asked(caller, hidden, badge).into_iter().zip(asked(caller, nothing, badge)) {
        assert_eq!(hidden, nothing, "{way}");
        assert!(!hidden.starts_with("HTTP 2"), "{way}: {hidden}");
    }
}

/// Below `/api/v4`, something that does not exist.
fn nothing(source: &Source<'_>, id: &str) -> String {
    format!("/{}s/{id}", source.kind.as_str())
}

for_project_and_group! {
    fn private_and_absent_are_the_same_to_a_stranger(source: &Source) {
        let hidden = source.private();
        alike(&hidden.stranger(), &hidden.url(), &nothing(source, "99999"), hidden.first);
        alike(&hidden.stranger(), &hidden.by_path(), &nothing(source, "default%2Fdepot%2Fnothing"), hidden.first);
    }

    fn private_and_absent_are_the_same_to_anonymous(source: &Source) {
        let hidden = source.private();
        alike(&source.world.anonymous(), &hidden.url(), &nothing(source, "99999"), hidden.first);
    }

    fn private_and_absent_are_the_same_to_a_token_for_another_project(source: &Source) {
        let hidden = source.private();
        source.world.project("elsewhere/own");
        let token = source.world.token(&["--project", "default/elsewhere/own"]);
        alike(&source.world.with_token(&token), &hidden.url(), &nothing(source, "99999"), hidden.first);
    }

    fn a_wrong_token_learns_nothing_either(source: &Source) {
        let hidden = source.private();
        let expired = source.world.token(&["--expires-in", "0"]);
        for token in ["wrong", &expired] {
            alike(&source.world.with_token(token), &hidden.url(), &nothing(source, "99999"), hidden.first);
        }
    }

    fn a_badge_that_is_not_for_the_caller_looks_like_none_at_all(source: &Source) {
        let hidden = source.private();
        let maintainer = source.maintainer();
        for method in ["GET", "PUT", "DELETE"] {
            let ask = |id: i64| without_time(maintainer.call(method, &source.badge(id)).send());
            assert_eq!(ask(hidden.first), ask(99_999), "{method}");
        }
    }
}

on_both_engines! {
    fn no_list_mentions_what_is_private(server: &TestServer) {
        let world = World::of(server);
        for kind in [Kind::Project, Kind::Group] {
            world.private(kind);
        }
        let public = world.source(Kind::Group, super::world::PUBLIC_GROUP);
        for path in ["/projects", "/groups", &public.badges(), &format!("{}/projects", public.url())] {
            for caller in [world.anonymous(), world.stranger()] {
                let answer = caller.get(path).expect(200);
                for secret in ["depot", "rosters", "hidden"] {
                    assert!(!answer.text().contains(secret), "{path}: {answer}");
                }
            }
        }
    }

    fn a_refusal_names_nothing_that_was_sent(server: &TestServer) {
        let world = World::of(server);
        let token = "burgee_0123456789abcdef0123456789abcdef";
        let answer = world.with_token(token).get("/projects");
        assert!(!answer.to_string().contains(token), "{answer}");
    }
}
