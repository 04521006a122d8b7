//! `flat`, `flat-square` and `plastic`: boxes side by side, one drawing routine for the three.
//!
//! Geometry, in pixels: a box is as wide as its text and 5 on each side; the first also holds the logo, 14 and 3 to the
//! text. Texts are drawn ten times as large and scaled down, so their `x` and `textLength` are in tenths.

use alloc::{string::String, vec::Vec};

use super::{LOGO, Plan, open_around, put, spoken};
use crate::{
    badge::Segment,
    color::Color,
    number::Number,
    text::{Case, Text},
    width::Font,
};

/// On each side of a text.
const PADDING: u64 = 5;
/// Between a logo and the label.
const LOGO_GAP: u64 = 3;

/// What makes a style, as it is written.
pub(super) struct Look {
    height: &'static str,
    logo_y: &'static str,
    text_y: &'static str,
    gloss: Option<Gloss>,
}

/// Round corners, a gradient over everything, and texts with a shadow.
struct Gloss {
    stops: &'static str,
    radius: &'static str,
    shadow_y: &'static str,
}

pub(super) static FLAT: Look = Look {
    height: "20",
    logo_y: "3",
    text_y: "140",
    gloss: Some(Gloss {
        stops: r##"" x2="0" y2="100%"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/></linearGradient><clipPath id="r"##,
        radius: "3",
        shadow_y: "150",
    }),
};

pub(super) static FLAT_SQUARE: Look = Look { height: "20", logo_y: "3", text_y: "140", gloss: None };

pub(super) static PLASTIC: Look = Look {
    height: "18",
    logo_y: "2",
    text_y: "130",
    gloss: Some(Gloss {
        stops: r##"" x2="0" y2="100%"><stop offset="0" stop-color="#fff" stop-opacity=".7"/><stop offset=".1" stop-color="#aaa" stop-opacity=".1"/><stop offset=".9" stop-color="#000" stop-opacity=".3"/><stop offset="1" stop-color="#000" stop-opacity=".5"/></linearGradient><clipPath id="r"##,
        radius: "4",
        shadow_y: "140",
    }),
};

/// A segment in its place.
struct Cell<'a> {
    segment: &'a Segment<'a>,
    text: Text<'a>,
    color: Color<'a>,
    x: u64,
    width: u64,
    /// Left of the text, without the padding.
    margin: u64,
    /// The text's middle, in tenths.
    middle: u64,
    /// The text's length, in tenths.
    length: u64,
}

impl<'a> Cell<'a> {
    fn new(segment: &'a Segment<'a>, color: Color<'a>) -> Self {
        let text = Text::new(segment.text, Case::AsIs, Font::Verdana11);
        Self { segment, text, color: segment.color.unwrap_or(color), x: 0, width: 0, margin: 0, middle: 0, length: 0 }
    }

    /// Puts the text after `margin` into a box of `width` from `x` on; or, into a box of a given width, in the middle of
    /// what `logo` leaves of it.
    fn place(&mut self, x: u64, width: u64, margin: u64, text_width: u64, logo: u64) {
        (self.x, self.width, self.margin) = (x, width, margin);
        self.middle = 10 * (margin + PADDING) + 5 * text_width;
        self.length = 10 * text_width;
        if let Some(given) = self.segment.width.map(u64::from) {
            self.width = given;
            self.middle = 10 * (x + logo) + 5 * given.saturating_sub(logo);
            self.length = self.length.min(10 * given.saturating_sub(logo + 2 * PADDING).max(1));
        }
    }
}

/// All segments from left to right.
fn cells<'a>(plan: &'a Plan<'a>) -> Vec<Cell<'a>> {
    let mut cells = Vec::with_capacity(1 + plan.rest.len());
    let mut label = Cell::new(&plan.label, Color::DARK_GRAY);
    let has_words = !label.text.is_empty();
    let has_label = has_words || plan.label.color.is_some();
    let logo = match plan.logo {
        None => 0,
        Some(_) if has_words => LOGO + LOGO_GAP,
        Some(_) => LOGO,
    };
    let text_width = if has_words { label.text.odd_pixels() } else { 0 };
    label.place(0, if has_label { text_width + 2 * PADDING + logo } else { 0 }, logo + 1, text_width, logo);
    let mut x = label.width;
    cells.push(label);

    for (index, segment) in plan.rest.iter().enumerate() {
        let mut cell = Cell::new(segment, Color::BRIGHT_GREEN);
        let has_words = !cell.text.is_empty();
        let text_width = cell.text.odd_pixels();
        let mut width = text_width + 2 * PADDING;
        // Quirk: a message begins a pixel to the left, unless it is empty or stands alone.
        let (mut margin, mut before) = ((x + u64::from(!has_words)).saturating_sub(1), 0);
        if index == 0 && !has_label {
            before = logo;
            margin = x + if logo > 0 { logo + PADDING - u64::from(has_words) } else { 0 };
            if logo > 0 {
                width += logo + if has_words { PADDING - 1 } else { 0 };
            }
        }
        cell.place(x, width, margin, text_width, before);
        x += cell.width;
        cells.push(cell);
    }
    if !has_label
        && plan.logo.is_none()
        && let [label, message, ..] = &mut cells[..]
    {
        label.color = message.color;
    }
    cells
}

pub(super) fn svg(plan: &Plan<'_>, look: &Look) -> String {
    let cells = cells(plan);
    let spoken = spoken(cells.iter().map(|cell| &cell.text));
    let total = Number::whole(cells.iter().map(|cell| cell.width).sum());
    let suffix = plan.id_suffix;

    let mut svg = match look.gloss {
        Some(_) => plan.room(1040, 560, 5, spoken.len()),
        None => plan.room(480, 280, 3, spoken.len()),
    };
    plan.open(&mut svg, &total, look.height, &spoken);
    let total = total.as_str();
    match &look.gloss {
        Some(Gloss { stops, radius, .. }) => {
            // Quirk: the blur's id has no suffix.
            put!(svg, r#"<filter id="blur"><feGaussianBlur stdDeviation="16"/></filter><linearGradient id="s"#, suffix);
            put!(svg, stops, suffix, r#""><rect width=""#, total, r#"" height=""#, look.height, r#"" rx=""#, radius);
            put!(svg, r#""/></clipPath><g clip-path="url(#r"#, suffix, r#")">"#);
        }
        None => svg.push_str(r#"<g shape-rendering="crispEdges">"#),
    }
    for (index, cell) in cells.iter().enumerate() {
        let width = Number::whole(cell.width);
        if index == 0 {
            svg.push_str(r#"<rect width=""#);
        } else {
            put!(svg, r#"<rect x=""#, Number::whole(cell.x).as_str(), r#"" width=""#);
        }
        put!(svg, width.as_str(), r#"" height=""#, look.height, r#"" fill=""#);
        cell.color.push_to(&mut svg);
        svg.push_str(r#""/>"#);
    }
    if look.gloss.is_some() {
        put!(svg, r#"<rect width=""#, total, r#"" height=""#, look.height, r#"" fill="url(#s"#, suffix, r#")"/>"#);
    }
    svg.push_str(r##"</g><g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision" font-size="110">"##);
    plan.push_logo(&mut svg, "5", look.logo_y);
    for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
        push_text(&mut svg, plan, look, cell);
    }
    svg.push_str("</g>");
    plan.close(&mut svg);
    svg
}

fn push_text(svg: &mut String, plan: &Plan<'_>, look: &Look, cell: &Cell<'_>) {
    let (middle, length) = (Number::whole(cell.middle), Number::whole(cell.length));
    let (x, length) = (middle.as_str(), length.as_str());
    let text = &*cell.text.xml;
    let fit = if cell.segment.width.is_some() { r#" lengthAdjust="spacingAndGlyphs""# } else { "" };
    let ink = if cell.color.is_light() { r##" fill="#333""## } else { "" };

    let end = open_around(svg, plan.links.around(cell.segment), cell.segment.title);
    if !end.is_empty() {
        // Quirk: the first pixel's box begins at 0, any other at its text's margin and a pixel.
        let left = Number::whole(if cell.margin > 1 { cell.margin + 1 } else { 0 });
        put!(svg, r#"<rect width=""#, Number::whole(cell.width).as_str(), r#"" x=""#, left.as_str());
        put!(svg, r#"" height=""#, look.height, r#"" fill="rgba(0,0,0,0)"/>"#);
    }
    if let Some(Gloss { shadow_y, .. }) = look.gloss {
        let shade = if cell.color.is_light() { "#ccc" } else { "#010101" };
        put!(svg, r#"<g transform="scale(.1)"><g aria-hidden="true" fill=""#, shade, r#""><text x=""#, x, r#"" y=""#);
        put!(svg, shadow_y, r#"" fill-opacity=".8" filter="url(#blur)" textLength=""#, length, r#"""#, fit, ">", text);
        put!(
            svg,
            r#"</text><text x=""#,
            x,
            r#"" y=""#,
            shadow_y,
            r#"" fill-opacity=".3" textLength=""#,
            length,
            r#"""#
        );
        put!(svg, fit, ">", text, r#"</text></g><text x=""#, x, r#"" y=""#, look.text_y, r#"" textLength=""#, length);
        put!(svg, r#"""#, fit, ink, ">", text, "</text></g>");
    } else {
        put!(svg, r#"<text x=""#, x, r#"" y=""#, look.text_y, r#"" textLength=""#, length, r#"""#, fit);
        put!(svg, r#" transform="scale(.1)""#, ink, ">", text, "</text>");
    }
    svg.push_str(end);
}
