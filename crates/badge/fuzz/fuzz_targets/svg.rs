//! Any texts, colours, links and logos give well-formed SVG: `cargo +nightly fuzz run svg`, in crates/badge.
//!
//! The input is cut at its zero bytes into the fields; its first byte chooses the style, and whether segments are drawn.

#![no_main]

use burgee_badge::{Badge, Segment, Style};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let Ok(text) = core::str::from_utf8(rest) else { return };
    let fields: Vec<&str> = text.split('\0').collect();
    let field = |index: usize| fields.get(index).copied().unwrap_or_default();
    let style = Style::ALL[usize::from(choice % 5)];
    let svg = if choice & 0x80 == 0 {
        Badge::new(field(0), field(1))
            .style(style)
            .color(field(2))
            .label_color(field(3))
            .links(field(4), field(5))
            .logo(field(6))
            .id_suffix(field(7))
            .svg()
    } else {
        let segments: Vec<_> = fields
            .chunks(4)
            .map(|four| {
                let at = |index: usize| four.get(index).copied().unwrap_or_default();
                Segment::new(at(0)).color(at(1)).link(at(2)).title(at(3))
            })
            .collect();
        Badge::segments(&segments).style(style).svg()
    };
    roxmltree::Document::parse(&svg).expect("the SVG is well-formed");
    assert!(svg.len() < 4_000 + 110 * (data.len() + 60 * fields.len()), "the SVG is bounded");
});
