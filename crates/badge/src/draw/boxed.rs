//! `flat`, `flat-square` and `plastic`: boxes side by side, one drawing routine for the three.
//!
//! Geometry, in pixels: a box is as wide as its text and 5 on each side; the first also holds the logo, 14 and 3 to the
//! text. Texts are drawn ten times as large and scaled down, so their `x` and `textLength` are in tenths.

use alloc::{string::String, vec::Vec};
use core::iter;

use super::{BEGIN, LOGO, Plan, open_around, put};
use crate::{
    badge::Segment,
    color::Color,
    text::{Case, Text},
    width::Font,
};

/// On each side of a text.
const PADDING: u64 = 5;
/// Between a logo and the label.
const LOGO_GAP: u64 = 3;

/// What makes a style, in the pieces that are written between what differs from badge to badge.
pub(super) struct Look {
    height: &'static str,
    logo_y: &'static str,
    /// After a box's width.
    box_end: &'static str,
    /// After a text's `x`.
    text_y: &'static str,
    gloss: Option<Gloss>,
}

/// Round corners, a gradient over everything, and texts with a shadow.
struct Gloss {
    /// After the gradient's id.
    stops: &'static str,
    /// After the width of what is clipped.
    corners: &'static str,
    /// After the gradient's width.
    end: &'static str,
    /// After a blurred shadow's `x`, and after a sharp one's.
    shadows_y: [&'static str; 2],
}

macro_rules! look {
    (height: $height:literal, logo_y: $logo_y:literal, text_y: $text_y:literal, gloss: $gloss:expr) => {
        Look {
            height: $height,
            logo_y: $logo_y,
            box_end: concat!(r#"" height=""#, $height, r#"" fill=""#),
            text_y: concat!(r#"" y=""#, $text_y, r#"" textLength=""#),
            gloss: $gloss,
        }
    };
}

macro_rules! gloss {
    (height: $height:literal, radius: $radius:literal, shadow_y: $y:literal, stops: $stops:literal) => {
        Some(Gloss {
            stops: concat!(r#"" x2="0" y2="100%">"#, $stops, r#"</linearGradient><clipPath id="r"#),
            corners: concat!(r#"" height=""#, $height, r#"" rx=""#, $radius, r#""/></clipPath><g clip-path="url(#r"#),
            end: concat!(r#"" height=""#, $height, r#"" fill="url(#s"#),
            shadows_y: [
                concat!(r#"" y=""#, $y, r#"" fill-opacity=".8" filter="url(#blur)" textLength=""#),
                concat!(r#"" y=""#, $y, r#"" fill-opacity=".3" textLength=""#),
            ],
        })
    };
}

pub(super) static FLAT: Look = look! {
    height: "20",
    logo_y: "3",
    text_y: "140",
    gloss: gloss! {
        height: "20",
        radius: "3",
        shadow_y: "150",
        stops: r##"<stop offset="0" stop-color="#bbb" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/>"##
    }
};

pub(super) static FLAT_SQUARE: Look = look! { height: "20", logo_y: "3", text_y: "140", gloss: None };

pub(super) static PLASTIC: Look = look! {
    height: "18",
    logo_y: "2",
    text_y: "130",
    gloss: gloss! {
        height: "18",
        radius: "4",
        shadow_y: "140",
        stops: r##"<stop offset="0" stop-color="#fff" stop-opacity=".7"/><stop offset=".1" stop-color="#aaa" stop-opacity=".1"/><stop offset=".9" stop-color="#000" stop-opacity=".3"/><stop offset="1" stop-color="#000" stop-opacity=".5"/>"##
    }
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

/// Puts all segments in their places, from left to right; the first is the label.
fn place(cells: &mut [Cell<'_>], has_logo: bool) {
    let [label, rest @ ..] = cells else { return };
    let has_words = !label.text.is_empty();
    let has_label = has_words || label.segment.color.is_some();
    let logo = match has_logo {
        false => 0,
        true if has_words => LOGO + LOGO_GAP,
        true => LOGO,
    };
    let text_width = if has_words { label.text.odd_pixels() } else { 0 };
    label.place(0, if has_label { text_width + 2 * PADDING + logo } else { 0 }, logo + 1, text_width, logo);
    if let ([message, ..], false) = (&*rest, has_label || has_logo) {
        label.color = message.color;
    }

    let mut x = label.width;
    for (index, cell) in rest.iter_mut().enumerate() {
        let has_words = !cell.text.is_empty();
        let text_width = cell.text.odd_pixels();
        let mut width = text_width + 2 * PADDING;
        // Quirk: a message begins a pixel to the left, unless it is empty or stands alone.
        let (mut margin, mut before) = ((x + u64::from(!has_words)).saturating_sub(1), 0);
        if index == 0 && !has_label {
            before = logo;
            margin = x + if has_logo { logo + PADDING - u64::from(has_words) } else { 0 };
            if has_logo {
                width += logo + if has_words { PADDING - 1 } else { 0 };
            }
        }
        cell.place(x, width, margin, text_width, before);
        x += cell.width;
    }
}

pub(super) fn svg(plan: &Plan<'_>, look: &Look) -> String {
    let label = Cell::new(&plan.label, Color::DARK_GRAY);
    let other = |segment| Cell::new(segment, Color::BRIGHT_GREEN);
    match plan.rest {
        // The classic badge needs no list.
        [message] => draw(plan, look, &mut [label, other(message)]),
        rest => draw(plan, look, &mut iter::once(label).chain(rest.iter().map(other)).collect::<Vec<_>>()),
    }
}

fn draw(plan: &Plan<'_>, look: &Look, cells: &mut [Cell<'_>]) -> String {
    place(cells, plan.logo.is_some());
    let letters = cells.iter().map(|cell| cell.text.xml.len()).sum();
    let total: u64 = cells.iter().map(|cell| cell.width).sum();
    let suffix = plan.id_suffix;

    let mut document = match look.gloss {
        Some(_) => plan.room(1040, 480, 5, letters),
        None => plan.room(480, 280, 3, letters),
    };
    let room = document.capacity();
    let svg = &mut document;
    put!(svg, BEGIN, { total });
    plan.open(svg, look.height, cells.iter().map(|cell| &cell.text));
    match &look.gloss {
        Some(Gloss { stops, corners, .. }) => {
            // Quirk: the blur's id has no suffix.
            put!(svg, r#"<filter id="blur"><feGaussianBlur stdDeviation="16"/></filter><linearGradient id="s"#, suffix);
            put!(svg, stops, suffix, r#""><rect width=""#, { total }, corners, suffix, r#")">"#);
        }
        None => svg.push_str(r#"<g shape-rendering="crispEdges">"#),
    }
    for (index, cell) in cells.iter().enumerate() {
        if index == 0 {
            svg.push_str(r#"<rect width=""#);
        } else {
            put!(svg, r#"<rect x=""#, { cell.x }, r#"" width=""#);
        }
        put!(svg, { cell.width }, look.box_end);
        cell.color.push_to(svg);
        svg.push_str(r#""/>"#);
    }
    if let Some(Gloss { end, .. }) = look.gloss {
        put!(svg, r#"<rect width=""#, { total }, end, suffix, r#")"/>"#);
    }
    svg.push_str(r##"</g><g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision" font-size="110">"##);
    plan.push_logo(svg, "5", look.logo_y);
    for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
        push_text(svg, plan, look, cell);
    }
    svg.push_str("</g>");
    plan.close(svg, room);
    document
}

fn push_text(svg: &mut String, plan: &Plan<'_>, look: &Look, cell: &Cell<'_>) {
    let &Cell { middle: x, length, .. } = cell;
    let text = &*cell.text.xml;
    let end = open_around(svg, plan.links.around(cell.segment), cell.segment.title);
    if !end.is_empty() {
        // Quirk: the first pixel's box begins at 0, any other at its text's margin and a pixel.
        let left = if cell.margin > 1 { cell.margin + 1 } else { 0 };
        put!(svg, r#"<rect width=""#, { cell.width }, r#"" x=""#, { left }, look.box_end, r#"rgba(0,0,0,0)"/>"#);
    }
    let fit = if cell.segment.width.is_some() { r#"" lengthAdjust="spacingAndGlyphs"# } else { "" };
    let ink = if cell.color.is_light() { r##"" fill="#333">"## } else { r#"">"# };
    if let Some(Gloss { shadows_y: [blurred, sharp], .. }) = look.gloss {
        svg.push_str(if cell.color.is_light() {
            r##"<g transform="scale(.1)"><g aria-hidden="true" fill="#ccc"><text x=""##
        } else {
            r##"<g transform="scale(.1)"><g aria-hidden="true" fill="#010101"><text x=""##
        });
        put!(svg, { x }, blurred, { length }, fit, r#"">"#, text, r#"</text><text x=""#);
        put!(svg, { x }, sharp, { length }, fit, r#"">"#, text, r#"</text></g><text x=""#);
        put!(svg, { x }, look.text_y, { length }, fit, ink, text, "</text></g>");
    } else {
        put!(
            svg,
            r#"<text x=""#,
            { x },
            look.text_y,
            { length },
            fit,
            r#"" transform="scale(.1)"#,
            ink,
            text,
            "</text>"
        );
    }
    svg.push_str(end);
}
