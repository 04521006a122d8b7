//! badge-maker 6.0.0's own output, byte for byte: `data/badge-corpus.jsonl` has 210 chosen inputs, and
//! `data/badge-random.jsonl` random ones, from `tools/oracle.mjs`, with what it drew for them.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a corpus that cannot be read, or differs, fails the test"
)]

use burgee_badge::{Badge, Color, Style};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    input: Input,
    svg: String,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Input {
    label: Option<String>,
    message: String,
    style: String,
    color: Option<String>,
    label_color: Option<String>,
    links: Option<Vec<String>>,
    logo_base64: Option<String>,
    id_suffix: Option<String>,
}

impl Input {
    fn badge(&self) -> Badge<'_> {
        let link = |index: usize| self.links.as_ref().and_then(|links| links.get(index)).map_or("", String::as_str);
        Badge::new(self.label.as_deref().unwrap_or_default(), &self.message)
            .style(self.style.parse().unwrap())
            .paint(self.color.as_deref().and_then(Color::parse))
            .label_paint(self.label_color.as_deref().and_then(Color::parse))
            .links(link(0), link(1))
            .logo(self.logo_base64.as_deref().unwrap_or_default())
            .id_suffix(self.id_suffix.as_deref().unwrap_or_default())
    }
}

fn cases(lines: &str) -> Vec<Case> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What XML cannot carry; badge-maker's SVG is not well-formed with it.
fn is_outside_xml(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Draws every case like the original, and what the original did not draw well-formed, well-formed.
fn compare(cases: &[Case]) {
    let mut wrong = 0;
    for Case { input, svg } in cases {
        let drawn = input.badge().svg();
        if svg.contains(is_outside_xml) {
            assert!(roxmltree::Document::parse(&drawn).is_ok(), "{input:?}");
        } else if drawn != *svg {
            wrong += 1;
            if wrong <= 5 {
                eprintln!("{input:?}\n  wanted {svg}\n  drawn  {drawn}");
            }
        }
    }
    assert_eq!(wrong, 0, "of {} badges", cases.len());
}

#[test]
fn the_corpus_is_drawn_byte_for_byte() {
    let cases = cases(include_str!("data/badge-corpus.jsonl"));
    assert_eq!(cases.len(), 210);
    compare(&cases);
}

#[test]
fn random_badges_are_drawn_byte_for_byte() {
    let cases = cases(include_str!("data/badge-random.jsonl"));
    assert!(Style::ALL.iter().all(|style| cases.iter().any(|case| case.input.style == style.as_str())));
    compare(&cases);
}

/// For `tools/oracle.mjs`: any number of further ones.
#[test]
fn fresh_badges_are_drawn_byte_for_byte() {
    if let Ok(path) = std::env::var("BADGE_ORACLE") {
        compare(&cases(&std::fs::read_to_string(path).unwrap()));
    }
}
