//! Release badges, and a project that has one.

use roxmltree::{Document, Node};
use serde_json::json;

use super::{Answer, TestServer};

/// The path of the badge that [`published`] turns on.
pub(crate) fn badge_path(file: &str) -> String {
    format!("/api/default/projects/web-shop/badge/production/{file}")
}

/// Reports that Web Shop 1.2.3 has succeeded in Production, and turns the project's badges on.
#[track_caller]
pub(crate) fn published(server: &TestServer) {
    server.report(
        &json!({"project": "Web Shop", "environment": "Production", "release": "1.2.3", "status": "succeeded"}),
    );
    server.change_project("default/web-shop", &json!({"badges_enabled": true}));
}

/// What a badge says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    pub(crate) label: String,
    pub(crate) message: String,
    pub(crate) color: String,
}

impl Badge {
    /// The badge at an address that has no extension, as its JSON says it; the SVG must say the same.
    #[track_caller]
    pub(crate) fn at(server: &TestServer, path: &str) -> Self {
        let (file, query) = path.split_once('?').unwrap_or((path, ""));
        let json = server.get(&format!("{file}.json?{query}")).expect(200).json();
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        let badge = Self { label: text("label"), message: text("message"), color: text("color") };
        let svg = server.get(path).expect(200);
        assert_eq!(accessible_name(&svg), format!("{}: {}", badge.label, badge.message));
        assert!(svg.text().contains(&badge.color), "{svg}");
        badge
    }

    /// Message and colour.
    pub(crate) fn shown(&self) -> (&str, &str) {
        (&self.message, &self.color)
    }
}

/// What a reader of the image is told, from an answer that must be a well-formed SVG.
#[track_caller]
pub(crate) fn accessible_name(svg: &Answer) -> String {
    assert_eq!(svg.header("content-type"), "image/svg+xml; charset=utf-8");
    let document = Document::parse(svg.text()).unwrap_or_else(|error| panic!("{error}: {svg}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    let title = root.children().find(|node: &Node<'_, '_>| node.has_tag_name((SVG, "title")));
    title.and_then(|title| title.text()).unwrap_or_default().to_owned()
}

const SVG: &str = "http://www.w3.org/2000/svg";
