//! `social`: a button, and a speech bubble for each further segment that says something. Colours play no part.
//!
//! Geometry, in pixels: the button is as wide as its text, 5 on each side, and a logo before it (14, and 3 to the text);
//! a bubble stands 6 after what is before it and has 4 on each side of its text. `x` and `textLength` are in tenths.

use alloc::{string::String, vec::Vec};

use super::{BEGIN, LOGO, Plan, open_around, put};
use crate::{
    badge::Segment,
    text::{Case, Text},
    width::Font,
};

const LABEL_PADDING: u64 = 5;
const PADDING: u64 = 4;
const GUTTER: u64 = 6;
const LOGO_GAP: u64 = 3;

/// The button, or a bubble from `x` on.
struct Cell<'a> {
    segment: &'a Segment<'a>,
    text: Text<'a>,
    x: u64,
    width: u64,
    /// The text's middle, in tenths.
    middle: u64,
}

fn cells<'a>(plan: &'a Plan<'a>) -> Vec<Cell<'a>> {
    let mut cells = Vec::with_capacity(1 + plan.rest.len());
    // Quirk: whether there is a gap is asked of the label, and an empty one is a pixel wide.
    let label = Text::new(plan.label.text, Case::Capital, Font::HelveticaBold11);
    let logo = match plan.logo {
        None => 0,
        Some(_) if label.is_empty() => LOGO,
        Some(_) => LOGO + LOGO_GAP,
    };
    let text_width = label.odd_pixels();
    let width = text_width + logo + 2 * LABEL_PADDING;
    cells.push(Cell {
        segment: &plan.label,
        text: label,
        x: 0,
        width,
        middle: 10 * (logo + LABEL_PADDING) + 5 * text_width,
    });
    let mut end = width;
    for segment in plan.rest {
        let text = Text::new(segment.text, Case::AsIs, Font::HelveticaBold11);
        let (x, width) = (end + GUTTER, text.odd_pixels() + 2 * PADDING);
        if !text.is_empty() {
            end = x + width;
        }
        cells.push(Cell { segment, text, x, width, middle: 10 * x + 5 * width });
    }
    cells
}

pub(super) fn svg(plan: &Plan<'_>) -> String {
    let cells = cells(plan);
    let letters = cells.iter().map(|cell| cell.text.xml.len()).sum();
    let bubbles = || cells[1..].iter().filter(|cell| !cell.text.is_empty());
    let button = &cells[0];
    let end = bubbles().next_back().map_or(button.width, |cell| cell.x + cell.width);
    let suffix = plan.id_suffix;

    let mut document = plan.room(1120, 560, 4, letters);
    let room = document.capacity();
    let svg = &mut document;
    put!(svg, BEGIN, { end + 1 });
    plan.open(svg, "20", cells.iter().map(|cell| &cell.text));
    put!(svg, "<style>a:hover #llink", suffix, "{fill:url(#b", suffix, ");stroke:#ccc}a:hover #rlink", suffix);
    put!(svg, r##"{fill:#4183c4}</style><linearGradient id="a"##, suffix);
    put!(
        svg,
        r##"" x2="0" y2="100%"><stop offset="0" stop-color="#fcfcfc" stop-opacity="0"/><stop offset="1" stop-opacity=".1"/></linearGradient><linearGradient id="b"##,
        suffix
    );
    put!(
        svg,
        r##"" x2="0" y2="100%"><stop offset="0" stop-color="#ccc" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/></linearGradient><g stroke="#d5d5d5"><rect stroke="none" fill="#fcfcfc" x=".5" y=".5" width=""##
    );
    put!(svg, { button.width }, r#"" height="19" rx="2"/>"#);
    for &Cell { x, width, .. } in bubbles() {
        put!(svg, r#"<rect x=""#, { x }, r#".5" y=".5" width=""#, { width });
        put!(svg, r##"" height="19" rx="2" fill="#fafafa"/><rect x=""##, { x });
        put!(svg, r##"" y="7.5" width=".5" height="5" stroke="#fafafa"/><path d="M"##, { x });
        svg.push_str(r##".5 6.5 l-3 3v1 l3 3" fill="#fafafa"/>"##);
    }
    svg.push_str("</g>");
    plan.push_logo(svg, "5", "3");
    // Quirk: what is linked cannot be hidden from screen readers.
    svg.push_str(if plan.links.apart { r#"<g aria-hidden="false"# } else { r#"<g aria-hidden="true"# });
    svg.push_str(r##"" fill="#333" text-anchor="middle" font-family="Helvetica Neue,Helvetica,Arial,sans-serif" text-rendering="geometricPrecision" font-weight="700" font-size="110px" line-height="14px">"##);

    let end = open_around(svg, plan.links.around(button.segment), button.segment.title);
    // Quirk: the button's box lies below its text, but above it when they are linked.
    if end.is_empty() {
        push_button(svg, suffix, button.width);
    }
    push_text(svg, button, None);
    if !end.is_empty() {
        push_button(svg, suffix, button.width);
    }
    svg.push_str(end);
    for (index, cell) in cells.iter().enumerate().skip(1).filter(|(_, cell)| !cell.text.is_empty()) {
        let end = open_around(svg, plan.links.around(cell.segment), cell.segment.title);
        if !end.is_empty() {
            put!(svg, r#"<rect width=""#, { cell.width + 1 }, r#"" x=""#, { cell.x });
            svg.push_str(r#"" height="20" fill="rgba(0,0,0,0)"/>"#);
        }
        // An id is there once: further bubbles have none.
        push_text(svg, cell, (index == 1).then_some(suffix));
        svg.push_str(end);
    }
    svg.push_str("</g>");
    plan.close(svg, room);
    document
}

fn push_button(svg: &mut String, suffix: &str, width: u64) {
    put!(svg, r#"<rect id="llink"#, suffix, r##"" stroke="#d5d5d5" fill="url(#a"##, suffix);
    put!(svg, r#")" x=".5" y=".5" width=""#, { width }, r#"" height="19" rx="2"/>"#);
}

/// The text, and its shadow; with the id `rlink` and a suffix, if there is one.
fn push_text(svg: &mut String, cell: &Cell<'_>, id_suffix: Option<&str>) {
    let (x, length, text) = (cell.middle, 10 * cell.text.odd_pixels(), &*cell.text.xml);
    put!(svg, r#"<text aria-hidden="true" x=""#, { x });
    put!(svg, r##"" y="150" fill="#fff" transform="scale(.1)" textLength=""##, { length }, r#"">"#, text);
    match id_suffix {
        Some(suffix) => {
            put!(svg, r#"</text><text id="rlink"#, suffix, r#"" x=""#, { x });
        }
        None => {
            put!(svg, r#"</text><text x=""#, { x });
        }
    }
    put!(svg, r#"" y="140" transform="scale(.1)" textLength=""#, { length }, r#"">"#, text, "</text>");
}
