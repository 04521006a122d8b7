//! Whatever was reported, the badge is well-formed XML, by a real parser's word.

use burgee_domain::{
    badge::{Badge, Style},
    color::Color,
    snippet::{self, Picture},
};
use proptest::prelude::*;

fn any_style() -> impl Strategy<Value = Style> {
    proptest::sample::select(Style::ALL.to_vec())
}

/// Every kind of text that a name can be: all of Unicode, with markup and control characters made likely.
fn hostile() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            3 => any::<char>().prop_map(String::from),
            1 => proptest::sample::select(vec!["<script>", "]]>", "&amp;", "\"", "'", "\u{0}", "\u{1b}", "\u{202e}", "\u{FFFE}", "\u{FFFF}", "🚢", "%{x}", "-->"]).prop_map(str::to_owned),
        ],
        0..300,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_badge_is_well_formed_xml(label in hostile(), message in hostile(), style in any_style(), link in hostile(), color in hostile()) {
        let badge = Badge::new(&label, &message).style(style).color(Color::parse(&color)).links(Some(&link), None);
        let svg = badge.svg();
        let document = roxmltree::Document::parse(&svg);
        prop_assert!(document.is_ok(), "{document:?}\n{svg}");
        prop_assert_eq!(document.unwrap().root_element().tag_name().name(), "svg");
    }

    #[test]
    fn the_html_snippet_is_one_image_in_one_link(alt in hostile()) {
        let picture = Picture {
            image_url: "https://b.example/x?a=1&b=2".to_owned(),
            link_url: Some("https://b.example/".to_owned()),
            endpoint_url: None,
            alt: alt.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect(),
        };
        let html = snippet::html(&picture).replace("\"></a>", "\"/></a>");
        let document = roxmltree::Document::parse(&html);
        prop_assert!(document.is_ok(), "{html}");
        prop_assert_eq!(document.unwrap().descendants().filter(roxmltree::Node::is_element).count(), 2);
    }

    #[test]
    fn snippets_of_one_line_stay_on_one_line(alt in hostile()) {
        let picture = Picture { image_url: "https://b.example/x".to_owned(), link_url: None, endpoint_url: None, alt };
        prop_assert!(!snippet::markdown(&picture).contains('\n'));
        prop_assert!(!snippet::asciidoc(&picture).contains('\n'));
    }
}
