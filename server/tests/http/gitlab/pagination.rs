//! Pages of badges and their headers (B11). The header `Link` is in `links`.

use super::{
    links::links,
    source::{Kind, Source, for_project_and_group},
    world::World,
};
use crate::support::{Answer, TestServer, on_both_engines};

/// A page of the list.
#[track_caller]
pub(super) fn page(source: &Source<'_>, query: &str) -> Answer {
    source.world.anonymous().get(&format!("{}?{query}", source.badges())).expect(200)
}

/// Per page, page, next, previous, total, total of pages.
#[track_caller]
pub(super) fn numbers(answer: &Answer) -> [&str; 6] {
    ["x-per-page", "x-page", "x-next-page", "x-prev-page", "x-total", "x-total-pages"]
        .map(|header| answer.header(header))
}

pub(super) fn names(answer: &Answer) -> Vec<String> {
    let badges = answer.json();
    badges.as_array().unwrap().iter().map(|badge| badge["name"].as_str().unwrap().to_owned()).collect()
}

/// Fills the list of a new project up to five badges, `1` to `5`.
pub(super) fn five<'w>(world: &'w World<'w>) -> Source<'w> {
    let project = world.project("lines/five");
    world.server.change_project(&project.path, &serde_json::json!({"visibility": "public"}));
    for name in ["1", "2", "3", "4", "5"] {
        project.add(name);
    }
    project
}

for_project_and_group! {
    fn a_page_has_twenty_unless_told_otherwise(source: &Source) {
        for n in source.names().len()..21 {
            source.add(&n.to_string());
        }
        let first = page(source, "");
        assert_eq!(numbers(&first), ["20", "1", "2", "", "21", "2"]);
        assert_eq!(names(&first).len(), 20);
        assert_eq!(names(&page(source, "page=2")), ["20"]);
    }

    fn derived_what_is_no_number_is_400(source: &Source) {
        for value in ["x", "1.5", "1x"] {
            let get = |name: &str| source.stranger().get(&format!("{}?{name}={value}", source.badges()));
            get("page").says(400, r#"{"error":"page is invalid"}"#);
            get("per_page").says(400, r#"{"error":"per_page is invalid"}"#);
        }
    }
}

on_both_engines! {
    fn the_headers_count_pages_and_badges(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        for (query, expected, listed) in [
            ("per_page=2", ["2", "1", "2", "", "5", "3"], &["1", "2"][..]),
            ("per_page=2&page=2", ["2", "2", "3", "1", "5", "3"], &["3", "4"]),
            ("per_page=2&page=3", ["2", "3", "", "2", "5", "3"], &["5"]),
            ("per_page=5", ["5", "1", "", "", "5", "1"], &["1", "2", "3", "4", "5"]),
        ] {
            let answer = page(&project, query);
            assert_eq!(numbers(&answer), expected, "{query}");
            assert_eq!(names(&answer), listed, "{query}");
        }
    }

    fn more_than_a_hundred_is_a_hundred(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        for n in 5..101 {
            project.add(&n.to_string());
        }
        for per_page in ["100", "101", "5000", "2147483648"] {
            let answer = page(&project, &format!("per_page={per_page}"));
            assert_eq!(numbers(&answer), ["100", "1", "2", "", "101", "2"], "{per_page}");
            assert_eq!(names(&answer).len(), 100);
        }
    }

    fn a_page_after_the_last_is_empty(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let answer = page(&project, "per_page=2&page=9");
        assert_eq!(answer.text(), "[]");
        for (header, value) in [("x-page", "9"), ("x-next-page", ""), ("x-total", "5"), ("x-total-pages", "3")] {
            assert_eq!(answer.header(header), value, "{header}");
        }
        let relations: Vec<_> = links(&answer).into_iter().map(|(_, rel)| rel).collect();
        assert!(!relations.contains(&"next".to_owned()), "{relations:?}");
        assert_eq!(page(&project, "page=9223372036854775807&per_page=100").text(), "[]", "no overflow");
    }

    fn nothing_at_all_is_one_empty_page(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, super::world::PUBLIC_PROJECT);
        let answer = page(&project, "");
        assert_eq!(answer.text(), "[]");
        assert_eq!(numbers(&answer), ["20", "1", "", "", "0", "1"]);
        let relations: Vec<_> = links(&answer).into_iter().map(|(_, rel)| rel).collect();
        assert_eq!(relations, ["first", "last"]);
    }

    fn unconfirmed_a_page_before_the_first_is_the_first(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        for number in ["0", "-1", "-99"] {
            let answer = page(&project, &format!("per_page=2&page={number}"));
            assert_eq!(numbers(&answer), ["2", "1", "2", "", "5", "3"], "{number}");
        }
    }

    fn unconfirmed_none_per_page_is_400_and_less_than_none_is_twenty(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let answer = world.anonymous().get(&format!("{}?per_page=0", project.badges()));
        answer.says(400, r#"{"error":"per_page has a value not allowed"}"#);
        assert_eq!(numbers(&page(&project, "per_page=-1"))[0], "20");
    }

    fn head_has_the_same_headers_and_no_body(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let path = format!("{}?per_page=2&page=2", project.badges());
        let (get, head) = (world.anonymous().get(&path), world.anonymous().call("HEAD", &path).send().expect(200));
        assert!(head.body.is_empty());
        assert_eq!(numbers(&head), numbers(&get));
        assert_eq!(head.header("link"), get.header("link"));
    }
}
