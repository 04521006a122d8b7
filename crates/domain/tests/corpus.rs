//! badge-maker 6.0.0's own output, byte for byte: `crates/badge/tests/data/badge-corpus.jsonl` holds 210 inputs with the SVG
//! that it drew for them.

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
    if let Some(suffix) = &input.id_suffix {
        badge = badge.id_suffix(suffix);
    }
    badge.svg()
}

/// Why a case is left out; each reason is checked to be still true, so that the list can only shrink.
fn left_out(case: &Case) -> Option<&'static str> {
    if case.input.logo_base64.is_some() {
        return Some("logos: no Burgee badge carries one yet");
    }
    if case.svg.chars().any(|c| c < ' ' && !matches!(c, '\t' | '\n' | '\r')) {
        return Some("badge-maker's SVG holds control characters and is not well-formed; ours is");
    }
    if case.input.links.as_deref().is_some_and(|links| links.first().is_some_and(String::is_empty)) {
        return Some("a link on the message's half alone: the renderer has no such thing, and no Burgee badge uses it");
    }
    match case.input.label_color.as_deref() {
        Some("RebeccaPurple" | "transparent" | "RGB(1, 2, 3)" | " red ") => {
            Some("exotic CSS colours: the renderer draws them where badge-maker falls back to gray")
        }
        _ => None,
    }
}

#[test]
fn the_corpus_is_drawn_byte_for_byte() {
    let mut drawn = 0;
    let mut wrong = Vec::new();
    for case in cases() {
        let same = draw(&case.input) == case.svg;
        match left_out(&case) {
            None if same => drawn += 1,
            None => wrong.push((case.id, case.tags)),
            Some(reason) => assert!(!same, "case {} is left out ({reason}), but comes out right", case.id),
        }
    }
    assert!(wrong.is_empty(), "{drawn} right, {} wrong: {wrong:?}", wrong.len());
}
