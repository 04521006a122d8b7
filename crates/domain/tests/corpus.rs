//! Burgee's badges are badge-maker 6.0.0's, byte for byte, through `Badge` and `Color` too:
//! `crates/badge/tests/data/badge-corpus.jsonl` holds 210 inputs with the SVG that it drew for them.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read fails the test")]

use burgee_domain::{
    badge::{Badge, Style},
    color::Color,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: u32,
    tags: Vec<String>,
    input: Input,
    svg: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Input {
    label: Option<String>,
    message: String,
    style: Style,
    color: Option<String>,
    label_color: Option<String>,
    links: Option<Vec<String>>,
    logo_base64: Option<String>,
    id_suffix: Option<String>,
}

fn cases() -> Vec<Case> {
    include_str!("../../badge/tests/data/badge-corpus.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn draw(input: &Input) -> String {
    let mut badge = Badge::new(input.label.as_deref().unwrap_or_default(), &input.message).style(input.style);
    if let Some(color) = &input.color {
        badge = badge.color(Color::parse(color));
    }
    if let Some(color) = &input.label_color {
        badge = badge.label_color(Color::parse(color));
    }
    if let Some([left, rest @ ..]) = input.links.as_deref() {
        let given = |link: &String| Some(link.clone()).filter(|link| !link.is_empty());
        badge = badge.links(given(left).as_deref(), rest.first().and_then(given).as_deref());
    }
    if let Some(logo) = &input.logo_base64 {
        badge = badge.logo(logo);
    }
    if let Some(suffix) = &input.id_suffix {
        badge = badge.id_suffix(suffix);
    }
    badge.svg()
}

#[test]
fn the_corpus_is_drawn_byte_for_byte() {
    let cases = cases();
    assert_eq!(cases.len(), 210);
    // What badge-maker draws with control characters is not well-formed; ours is.
    let is_outside_xml = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    let wrong: Vec<_> = cases
        .iter()
        .filter(|case| !case.svg.contains(is_outside_xml) && draw(&case.input) != case.svg)
        .map(|case| (case.id, &case.tags))
        .collect();
    assert!(wrong.is_empty(), "{} wrong: {wrong:?}", wrong.len());
}
