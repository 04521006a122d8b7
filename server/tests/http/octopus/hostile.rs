//! Names that try to break out: whatever was reported, the SVG is well-formed and holds nothing but text.

use roxmltree::{Document, Node};
use serde_json::json;

use crate::support::{Answer, Badge, TestServer, on_both_engines};

fn hostile_names() -> Vec<String> {
    [
        "<script>alert(1)</script>",
        "\"/><script>alert(1)</script>",
        "' onload='alert(1)",
        "]]><!--",
        "&lt;&amp;&#0;",
        "%3Cscript%3E",
        "\u{202e}txt.exe",
        "متجر الويب",
        "🚢🏴\u{200d}☠\u{fe0f}",
        "a\u{301}\u{301}\u{301}",
        "\u{fffe}\u{ffff}x",
        "${jndi:x} {{7*7}} %{x}",
        "\u{feff}bom",
        "\u{10ffff}",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["<&\"'>".repeat(60), "x".repeat(300), "ﷺ".repeat(300)])
    .collect()
}

/// The elements of a badge: shapes and text, and nothing that loads or runs.
const HARMLESS: [&str; 13] = [
    "svg",
    "title",
    "g",
    "rect",
    "path",
    "text",
    "linearGradient",
    "stop",
    "clipPath",
    "filter",
    "feGaussianBlur",
    "style",
    "a",
];

/// Fails unless the answer is well-formed XML of nothing but harmless elements.
#[track_caller]
fn assert_only_text(svg: &Answer) {
    let document = Document::parse(svg.text()).unwrap_or_else(|error| panic!("{error}: {svg}"));
    for element in document.descendants().filter(Node::is_element) {
        assert!(HARMLESS.contains(&element.tag_name().name()), "{element:?}: {svg}");
        assert!(element.attributes().all(|attribute| !attribute.name().starts_with("on")), "{element:?}: {svg}");
    }
}

/// The id of the place that was created last.
fn newest(server: &TestServer, list: &str) -> String {
    let places = server.api("GET", &format!("/{list}?limit=200")).send().expect(200).json();
    places["items"].as_array().unwrap().last().unwrap()["octopus_id"].as_str().unwrap().to_owned()
}

on_both_engines! {
    fn a_hostile_name_is_only_text(server: &TestServer) {
        for (n, name) in (1..).zip(hostile_names()) {
            let run = json!({
                "project": format!("project-{n}"), "title": name, "environment": name, "tenant": name, "release": name,
                "status": "succeeded",
            });
            assert_eq!(server.report(&run)["run"]["environment"], name);
            server.change_project(&n.to_string(), &json!({"badges_enabled": true}));
            let (environment, tenant) = (newest(server, "environments"), newest(server, "tenants"));
            let badge = |file: &str, query: &str| {
                let path = format!("/api/default/projects/Projects-{n}/badge/{environment}/latest_release{file}");
                server.get(&format!("{path}?tenantId={tenant}&{query}")).expect(200)
            };
            for query in
                ["label=environment", "label=project", "label=release", "label=tenant", "label=tenant&style=social"]
            {
                assert_only_text(&badge("", query));
            }
            assert!(badge(".png", "label=project").body.starts_with(b"\x89PNG"), "{name}");
        }
    }

    fn json_carries_a_name_as_it_was_reported(server: &TestServer) {
        let name = "\u{202e}<b> \"Größe\" 🚢";
        server.report(&json!({"project": "a", "environment": name, "release": name, "status": "succeeded"}));
        server.change_project("default/a", &json!({"badges_enabled": true}));
        let badge = Badge::at(server, "/api/default/projects/a/badge/Environments-1/latest_release");
        assert_eq!((badge.label.as_str(), badge.message.as_str()), (name, name));
    }

    fn a_name_with_a_control_character_is_refused_at_the_door(server: &TestServer) {
        for name in ["a\u{0}b", "a\u{1b}[31mb", "a\r\nSet-Cookie: x=y", "a\tb", "a\u{7f}b", "a\u{85}b"] {
            let answer = server
                .api("POST", "/runs")
                .json(&json!({"project": "a", "environment": name, "status": "succeeded"}))
                .send();
            assert_eq!(answer.bad_fields(422), ["/environment"], "{name:?}");
        }
    }

    fn a_hostile_parameter_is_only_text(server: &TestServer) {
        for value in [
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "%22%3E%3Csvg%20onload=x%3E",
            "%00",
            "%FF%FE",
            "%E2%80%AE",
            &"x".repeat(5000),
        ] {
            let svg = server.get(&format!("/api/a/projects/b/badge/c/latest_release?style={value}")).expect(400);
            assert_only_text(&svg);
            assert!(svg.body.len() < 20_000, "a long value is not repeated in full");
        }
    }
}
