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
    number::Number,
    style::Style,
    text::{Text, push_escaped},
};

/// Appends each of the pieces.
macro_rules! put {
    ($svg:expr, $($piece:expr),+ $(,)?) => {
        $( $svg.push_str($piece); )+
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

pub(crate) fn svg(badge: &Badge<'_>) -> String {
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
            segment.link.len() + segment.title.len() + color + each
        };
        let segments: usize = given(&self.label) + self.rest.iter().map(given).sum::<usize>();
        let logo = self.logo.map_or(0, |logo| logo.len() + 80);
        String::with_capacity(frame + segments + copies * letters + logo + 8 * self.id_suffix.len())
    }

    /// The beginning, to where the style's own elements follow.
    fn open(&self, svg: &mut String, width: &Number, height: &str, spoken: &str) {
        put!(svg, r#"<svg xmlns="http://www.w3.org/2000/svg" width=""#, width.as_str(), r#"" height=""#, height);
        if self.links.apart {
            svg.push_str(r#"">"#);
        } else {
            svg.push_str(r#"" role="img" aria-label=""#);
            put!(svg, spoken, r#""><title>"#, spoken, "</title>");
        }
        if let Some(link) = self.links.whole {
            push_anchor(svg, link);
        }
    }

    fn close(&self, svg: &mut String) {
        svg.push_str(if self.links.whole.is_some() { "</a></svg>" } else { "</svg>" });
    }

    fn push_logo(&self, svg: &mut String, x: &str, y: &str) {
        if let Some(logo) = self.logo {
            put!(svg, r#"<image x=""#, x, r#"" y=""#, y, r#"" width="14" height="14" href=""#);
            push_escaped(svg, logo);
            svg.push_str(r#""/>"#);
        }
    }
}

/// What a screen reader says: `label: message`, the message alone, or further segments in a row with commas.
fn spoken<'t>(texts: impl ExactSizeIterator<Item = &'t Text<'t>> + Clone) -> String {
    let is_classic = texts.len() == 2;
    let mut spoken = String::with_capacity(texts.clone().map(|text| text.xml.len() + 2).sum());
    for (index, text) in texts.enumerate() {
        if !(spoken.is_empty() || text.is_empty() && !is_classic) {
            spoken.push_str(if is_classic && index == 1 { ": " } else { ", " });
        }
        spoken.push_str(&text.xml);
    }
    spoken
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
