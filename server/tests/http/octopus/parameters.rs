//! The query string: `label`, `style`, `includeFailed`, `tenantId`, `scale`.

use serde_json::json;

use crate::support::{Badge, Engine, Setup, TestServer, accessible_name, badge_path, on_both_engines, published};

/// A published badge on SQLite: what a query string says does not depend on the database.
fn start() -> TestServer {
    let server = Setup::on(Engine::Sqlite).start();
    published(&server);
    server
}

on_both_engines! {
    fn the_label_is_what_was_chosen(server: &TestServer) {
        published(server);
        server.change_project("default/web-shop", &json!({"title": "The Shop"}));
        for (query, label) in [
            ("", "Production"),
            ("label=environment", "Production"),
            ("label=project", "The Shop"),
            ("label=release", "Release"),
            ("label=", "Production"),
        ] {
            assert_eq!(Badge::at(server, &badge_path(&format!("latest_release?{query}"))).label, label, "{query}");
        }
    }
}

#[test]
fn every_style_is_drawn_and_each_differently() {
    let server = start();
    let mut drawn = Vec::new();
    for style in ["flat", "flat-square", "plastic", "for-the-badge", "social"] {
        let svg = server.get(&badge_path(&format!("latest_release?style={style}"))).expect(200);
        assert!(accessible_name(&svg).to_lowercase().contains("1.2.3"), "{svg}");
        assert!(!drawn.contains(&svg.body), "{style}");
        drawn.push(svg.body);
    }
    let plain = server.get(&badge_path("latest_release")).expect(200);
    assert_eq!(plain.body, drawn[0], "flat is what one gets");
}

#[test]
fn names_and_values_are_read_in_any_case() {
    let server = start();
    let usual =
        server.get(&badge_path("latest_release?label=project&style=flat-square&includeFailed=true")).expect(200);
    for query in
        ["LABEL=Project&STYLE=Flat-Square&INCLUDEFAILED=TRUE", "Label=PROJECT&style=FLAT-SQUARE&includefailed=True"]
    {
        assert_eq!(server.get(&badge_path(&format!("latest_release?{query}"))).expect(200).body, usual.body, "{query}");
    }
}

#[test]
fn an_unknown_parameter_is_passed_over() {
    let server = start();
    let usual = server.get(&badge_path("latest_release")).expect(200);
    for query in ["v=2", "cacheBust=1&v", "&&", "ApiKey=API-X", "?"] {
        assert_eq!(server.get(&badge_path(&format!("latest_release?{query}"))).expect(200).body, usual.body, "{query}");
    }
}

/// A bad query, the parameter to blame, and a word that the answer must hold.
const BAD: [(&str, &str, &str); 9] = [
    ("label=version", "label", "environment, project, release, tenant"),
    ("LABEL=enviroment", "label", "did you mean \"environment\""),
    ("style=flatsquare", "style", "flat, flat-square, plastic, for-the-badge, social"),
    ("includeFailed=yes", "includeFailed", "true, false"),
    ("includeFailed=1", "includeFailed", "true, false"),
    ("scale=0", "scale", "1, 2, 3, 4"),
    ("scale=2.5", "scale", "1, 2, 3, 4"),
    ("label=tenant", "label", "tenantId"),
    ("style=flat&Style=social", "style", "more than once"),
];

#[test]
fn a_bad_value_is_a_readable_svg_that_names_parameter_and_values() {
    let server = start();
    for (query, parameter, word) in BAD {
        let name = accessible_name(&server.get(&badge_path(&format!("latest_release?{query}"))).expect(400));
        assert!(name.contains(parameter) && name.contains(word), "{query}: {name}");
    }
}

#[test]
fn a_bad_value_is_a_problem_where_json_was_asked_for() {
    let server = start();
    for (query, parameter, word) in BAD {
        let problem = server.get(&badge_path(&format!("latest_release.json?{query}"))).problem(400);
        assert_eq!(problem["parameter"], parameter, "{query}");
        assert!(problem["detail"].as_str().unwrap().contains(word), "{query}: {problem}");
    }
}

#[test]
fn a_bad_value_is_a_png_where_png_was_asked_for() {
    let server = start();
    for (query, ..) in BAD {
        let answer = server.get(&badge_path(&format!("latest_release.png?{query}"))).expect(400);
        assert_eq!(answer.header("content-type"), "image/png", "{query}");
    }
}

#[test]
fn a_bad_value_says_nothing_about_what_exists() {
    let server = start();
    let known = server.get(&badge_path("latest_release?style=x")).expect(400);
    let unknown = server.get("/api/no/projects/such/badge/place/latest_release?style=x").expect(400);
    assert_eq!(known.body, unknown.body);
}
