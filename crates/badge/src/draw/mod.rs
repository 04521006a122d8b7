//! From a badge to its SVG: what all styles share, which is the order of segments, the links and the document's frame.
//!
//! Each style measures its segments, reserves what the document will take, and writes it from the front to the back.

mod boxed;
mod for_the_badge;
mod social;

use alloc::string::String;

use crate::{
    badge::{Badge, Segment},
    link::{Links, image},
    style::Style,
    text::{Text, escaped_len, push_escaped},
};

/// Appends each of the pieces: a text as it is, a whole number in braces, hundredths in brackets.
macro_rules! put {
    ($svg:expr $(,)?) => {};
    ($svg:expr, {$number:expr} $(, $($more:tt)*)?) => {
        $crate::number::push_whole($svg, $number);
        put!($svg $(, $($more)*)?);
    };
    ($svg:expr, [$number:expr] $(, $($more:tt)*)?) => {
        $crate::number::push_hundredths($svg, $number);
        put!($svg $(, $($more)*)?);
    };
    ($svg:expr, $piece:expr $(, $($more:tt)*)?) => {
        $svg.push_str($piece);
        put!($svg $(, $($more)*)?);
    };
}
use put;

/// A logo's height and width, in pixels.
const LOGO: u64 = 14;

/// A badge with its segments in their places: the first is the label, which a badge of one has not.
struct Plan<'a> {
    label: Segment<'a>,
    rest: &'a [Segment<'a>],
    links: Links<'a>,
    logo: Option<&'a str>,
    id_suffix: &'a str,
}

const NOTHING: Segment<'static> = Segment::new("");

impl Badge<'_> {
    /// The SVG document: the same bytes for the same badge, everywhere. Takes time, and is as long, as a constant times
    /// what the badge was given.
    #[must_use]
    pub fn svg(&self) -> String {
        svg(self)
    }
}

fn svg(badge: &Badge<'_>) -> String {
    let (label, rest) = match badge.parts.as_slice() {
        [] => (NOTHING, &[NOTHING][..]),
        // A single segment's link is the whole badge's.
        [only] => (Segment { link: only.link, ..NOTHING }, core::slice::from_ref(only)),
        [first, rest @ ..] => (*first, rest),
    };
    let unlinked;
    let rest = match rest {
        [only] if badge.parts.as_slice().len() == 1 => {
            unlinked = [only.link("")];
            &unlinked[..]
        }
        _ => rest,
    };
    let is_suffix = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let plan = Plan {
        label,
        rest,
        links: Links::of(&label, rest),
        logo: image(badge.logo),
        id_suffix: if badge.id_suffix.bytes().all(is_suffix) { badge.id_suffix } else { "" },
    };
    match badge.style {
        Style::Flat => boxed::svg(&plan, &boxed::FLAT),
        Style::FlatSquare => boxed::svg(&plan, &boxed::FLAT_SQUARE),
        Style::Plastic => boxed::svg(&plan, &boxed::PLASTIC),
        Style::ForTheBadge => for_the_badge::svg(&plan),
        Style::Social => social::svg(&plan),
    }
}

impl Plan<'_> {
    /// Room for the document: what a style writes around everything, and around each segment; each text several times;
    /// and what the caller gave besides.
    fn room(&self, frame: usize, each: usize, copies: usize, letters: usize) -> String {
        let given = |segment: &Segment<'_>| {
            let color = segment.color.as_ref().map_or(8, crate::Color::len);
            escaped_len(segment.link) + escaped_len(segment.title) + color + each
        };
        let segments: usize = given(&self.label) + self.rest.iter().map(given).sum::<usize>();
        let logo = self.logo.map_or(0, |logo| escaped_len(logo) + 80);
        String::with_capacity(frame + segments + copies * letters + logo + 8 * self.id_suffix.len())
    }

    /// Writes what comes between the badge's width and the style's own elements.
    fn open<'t>(&self, svg: &mut String, height: &str, texts: impl ExactSizeIterator<Item = &'t Text<'t>>) {
        put!(svg, r#"" height=""#, height);
        if self.links.apart {
            svg.push_str(r#"">"#);
        } else {
            svg.push_str(r#"" role="img" aria-label=""#);
            let begin = svg.len();
            push_spoken(svg, texts);
            let end = svg.len();
            svg.push_str(r#""><title>"#);
            svg.extend_from_within(begin..end);
            svg.push_str("</title>");
        }
        if let Some(link) = self.links.whole {
            push_anchor(svg, link);
        }
    }

    /// The end. `room` is what was reserved: the document never outgrows it.
    fn close(&self, svg: &mut String, room: usize) {
        svg.push_str(if self.links.whole.is_some() { "</a></svg>" } else { "</svg>" });
        debug_assert_eq!(svg.capacity(), room, "{} bytes", svg.len());
    }

    fn push_logo(&self, svg: &mut String, x: &str, y: &str) {
        if let Some(logo) = self.logo {
            put!(svg, r#"<image x=""#, x, r#"" y=""#, y, r#"" width="14" height="14" href=""#);
            push_escaped(svg, logo);
            svg.push_str(r#""/>"#);
        }
    }
}

/// How every document begins, up to its width.
const BEGIN: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width=""#;

/// What a screen reader says: `label: message`, the message alone, or further segments in a row with commas.
fn push_spoken<'t>(svg: &mut String, texts: impl ExactSizeIterator<Item = &'t Text<'t>>) {
    let is_classic = texts.len() == 2;
    let begin = svg.len();
    for text in texts {
        if svg.len() > begin && (is_classic || !text.is_empty()) {
            svg.push_str(if is_classic { ": " } else { ", " });
        }
        svg.push_str(&text.xml);
    }
}

fn push_anchor(svg: &mut String, link: &str) {
    svg.push_str(r#"<a target="_blank" href=""#);
    push_escaped(svg, link);
    svg.push_str(r#"">"#);
}

/// Opens what is around a segment with a link or a title, and says how it is closed again.
fn open_around(svg: &mut String, link: Option<&str>, title: &str) -> &'static str {
    let end = match link {
        Some(link) => {
            push_anchor(svg, link);
            "</a>"
        }
        None if title.is_empty() => return "",
        None => {
            svg.push_str("<g>");
            "</g>"
        }
    };
    if !title.is_empty() {
        svg.push_str("<title>");
        push_escaped(svg, title);
        svg.push_str("</title>");
    }
    end
}
