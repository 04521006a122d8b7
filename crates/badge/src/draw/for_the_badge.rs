//! `for-the-badge`: large boxes, in capitals.
//!
//! Geometry, in hundredths of a pixel, since widths are fractional here: a text is as wide as its characters, rounded down
//! to a pixel, and 1.25 for each of them; 12 are left on each side. A logo begins at 9, and its text 6 after it.

use alloc::{string::String, vec::Vec};

use super::{BEGIN, LOGO, Plan, open_around, put};
use crate::{
    badge::Segment,
    color::Color,
    text::{Case, Text},
    width::Font,
};

const MARGIN: u64 = 1200;
const LOGO_MARGIN: u64 = 900;
const LOGO_WIDTH: u64 = 100 * LOGO;
const LOGO_GAP: u64 = 600;

struct Cell<'a> {
    segment: &'a Segment<'a>,
    text: Text<'a>,
    color: Color<'a>,
    x: u64,
    width: u64,
    text_x: u64,
    text_width: u64,
}

impl<'a> Cell<'a> {
    fn new(segment: &'a Segment<'a>, font: Font, color: Color<'a>) -> Self {
        let text = Text::new(segment.text, Case::Upper, font);
        // Quirk: the space between letters is counted in UTF-16 units.
        let text_width = 100 * text.pixels + 125 * text.utf16_units;
        Self { segment, text, color: segment.color.unwrap_or(color), x: 0, width: 0, text_x: 0, text_width }
    }
}

/// All segments from left to right, and whether the label has a box of its own.
fn cells<'a>(plan: &'a Plan<'a>) -> (Vec<Cell<'a>>, bool) {
    let mut label = Cell::new(&plan.label, Font::Verdana10, Color::DARK_GRAY);
    let mut cells = Vec::with_capacity(1 + plan.rest.len());
    let has_logo = plan.logo.is_some();
    let has_words = !label.text.is_empty();
    let has_box = has_words || has_logo && plan.label.color.is_some();
    if has_words {
        label.text_x = if has_logo { LOGO_MARGIN + LOGO_WIDTH + LOGO_GAP } else { MARGIN };
        label.width = label.text_x + label.text_width + MARGIN;
    } else if has_box {
        label.width = 2 * LOGO_MARGIN + LOGO_WIDTH;
    }

    let mut x = label.width;
    cells.push(label);
    for (index, segment) in plan.rest.iter().enumerate() {
        let mut cell = Cell::new(segment, Font::VerdanaBold10, Color::BRIGHT_GREEN);
        let mut before = MARGIN;
        if index == 0 && !has_box && has_logo {
            // Quirk: with no text at all the gap is the margins' difference less than none.
            before += if cell.text.is_empty() { LOGO_WIDTH + LOGO_GAP - LOGO_MARGIN } else { LOGO_WIDTH + LOGO_GAP };
        }
        (cell.x, cell.text_x) = (x, x + before);
        cell.width = before + cell.text_width + MARGIN;
        x += cell.width;
        cells.push(cell);
    }
    (cells, has_box)
}

pub(super) fn svg(plan: &Plan<'_>) -> String {
    let (cells, has_box) = cells(plan);
    let letters = cells.iter().map(|cell| cell.text.xml.len()).sum();
    let total: u64 = cells.iter().map(|cell| cell.width).sum();

    let mut document = plan.room(480, 300, 3, letters);
    let room = document.capacity();
    let svg = &mut document;
    put!(svg, BEGIN, [total]);
    plan.open(svg, "28", cells.iter().map(|cell| &cell.text));
    svg.push_str(r#"<g shape-rendering="crispEdges">"#);
    for cell in &cells[usize::from(!has_box)..] {
        svg.push_str("<rect");
        if cell.x > 0 {
            put!(svg, r#" x=""#, [cell.x], r#"""#);
        }
        put!(svg, r#" width=""#, [cell.width], r#"" height="28" fill=""#);
        cell.color.push_to(svg);
        svg.push_str(r#""/>"#);
    }
    svg.push_str(r##"</g><g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision" font-size="100">"##);
    plan.push_logo(svg, "9", "7");
    for (index, cell) in cells.iter().enumerate() {
        let is_label = index == 0;
        // Quirk: an empty message has a text, an empty label has none.
        if !(is_label && cell.text.is_empty()) {
            push_text(svg, plan, cell, is_label);
        }
    }
    svg.push_str("</g>");
    plan.close(svg, room);
    document
}

fn push_text(svg: &mut String, plan: &Plan<'_>, cell: &Cell<'_>, is_label: bool) {
    let end = open_around(svg, plan.links.around(cell.segment), cell.segment.title);
    if !end.is_empty() {
        put!(svg, r#"<rect width=""#, [cell.width], r#"" height="28""#);
        if !is_label {
            put!(svg, r#" x=""#, [cell.x], r#"""#);
        }
        svg.push_str(r#" fill="rgba(0,0,0,0)"/>"#);
    }
    let (middle, length) = (10 * cell.text_x + 5 * cell.text_width, 10 * cell.text_width);
    let weight = if is_label { r#"""# } else { r#"" font-weight="bold""# };
    let ink = if cell.color.is_light() { r##" fill="#333">"## } else { ">" };
    put!(svg, r#"<text transform="scale(.1)" x=""#, [middle], r#"" y="175" textLength=""#, [length]);
    put!(svg, weight, ink, &cell.text.xml, "</text>", end);
}
