//! `for-the-badge`: large boxes, in capitals.
//!
//! Geometry, in hundredths of a pixel, since widths are fractional here: a text is as wide as its characters, rounded down
//! to a pixel, and 1.25 for each of them; 12 are left on each side. A logo begins at 9, and its text 6 after it.

use alloc::{string::String, vec::Vec};

use super::{LOGO, Plan, open_around, put, spoken};
use crate::{
    badge::Segment,
    color::Color,
    number::Number,
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

/// The label, if it has a box of its own, and the other segments.
fn cells<'a>(plan: &'a Plan<'a>) -> (Cell<'a>, bool, Vec<Cell<'a>>) {
    let mut label = Cell::new(&plan.label, Font::Verdana10, Color::DARK_GRAY);
    let mut rest: Vec<_> =
        plan.rest.iter().map(|segment| Cell::new(segment, Font::VerdanaBold10, Color::BRIGHT_GREEN)).collect();
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
    for (index, cell) in rest.iter_mut().enumerate() {
        let mut before = MARGIN;
        if index == 0 && !has_box && has_logo {
            // Quirk: with no text at all the gap is 3 short of nothing.
            before = if cell.text.is_empty() {
                MARGIN + LOGO_WIDTH + LOGO_GAP - LOGO_MARGIN
            } else {
                MARGIN + LOGO_WIDTH + LOGO_GAP
            };
        }
        (cell.x, cell.text_x) = (x, x + before);
        cell.width = before + cell.text_width + MARGIN;
        x += cell.width;
    }
    (label, has_box, rest)
}

pub(super) fn svg(plan: &Plan<'_>) -> String {
    let (label, has_box, rest) = cells(plan);
    let spoken = spoken_of(&label, &rest);
    let total = Number::hundredths(label.width + rest.iter().map(|cell| cell.width).sum::<u64>());

    let mut svg = plan.room(480, 300, 3, spoken.len());
    plan.open(&mut svg, &total, "28", &spoken);
    svg.push_str(r#"<g shape-rendering="crispEdges">"#);
    for cell in has_box.then_some(&label).into_iter().chain(&rest) {
        svg.push_str("<rect");
        if cell.x > 0 {
            put!(svg, r#" x=""#, Number::hundredths(cell.x).as_str(), r#"""#);
        }
        put!(svg, r#" width=""#, Number::hundredths(cell.width).as_str(), r#"" height="28" fill=""#);
        cell.color.push_to(&mut svg);
        svg.push_str(r#""/>"#);
    }
    svg.push_str(r##"</g><g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision" font-size="100">"##);
    plan.push_logo(&mut svg, "9", "7");
    if !label.text.is_empty() {
        push_text(&mut svg, plan, &label, "", None);
    }
    for cell in &rest {
        push_text(&mut svg, plan, cell, r#" font-weight="bold""#, Some(cell.x));
    }
    svg.push_str("</g>");
    plan.close(&mut svg);
    svg
}

fn spoken_of(label: &Cell<'_>, rest: &[Cell<'_>]) -> String {
    let texts: Vec<&Text<'_>> = core::iter::once(&label.text).chain(rest.iter().map(|cell| &cell.text)).collect();
    spoken(texts.iter().copied())
}

fn push_text(svg: &mut String, plan: &Plan<'_>, cell: &Cell<'_>, weight: &str, left: Option<u64>) {
    let end = open_around(svg, plan.links.around(cell.segment), cell.segment.title);
    if !end.is_empty() {
        put!(svg, r#"<rect width=""#, Number::hundredths(cell.width).as_str(), r#"" height="28""#);
        if let Some(left) = left {
            put!(svg, r#" x=""#, Number::hundredths(left).as_str(), r#"""#);
        }
        svg.push_str(r#" fill="rgba(0,0,0,0)"/>"#);
    }
    let middle = Number::hundredths(10 * cell.text_x + 5 * cell.text_width);
    let length = Number::hundredths(10 * cell.text_width);
    let ink = if cell.color.is_light() { r##" fill="#333""## } else { "" };
    put!(
        svg,
        r#"<text transform="scale(.1)" x=""#,
        middle.as_str(),
        r#"" y="175" textLength=""#,
        length.as_str(),
        r#"""#
    );
    put!(svg, weight, ink, ">", &cell.text.xml, "</text>", end);
}
