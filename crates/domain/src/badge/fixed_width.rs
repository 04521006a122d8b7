//! A badge whose sides have given widths, as GitLab's `key_width` asks for; flat and flat-square only. Text that does not
//! fit is set narrower until it does.

use std::fmt::Write;

use shields::{Font, colors_for_background, get_text_width};

use super::{Badge, Style};

/// Between a text and the end of its side, in pixels.
const PADDING: f64 = 5.0;

struct Side<'a> {
    text: &'a str,
    color: &'a str,
    x: u16,
    width: u16,
}

/// A side without a given width is as wide as its text.
pub(super) fn svg(badge: &Badge) -> String {
    let flat = badge.style != Style::FlatSquare;
    let natural = |text: &str| if text.is_empty() { 0 } else { (text_width(text) + 2.0 * PADDING).ceil() as u16 };
    let left = badge.widths.0.unwrap_or_else(|| natural(&badge.label));
    let right = badge.widths.1.unwrap_or_else(|| natural(&badge.message));
    let total = left.saturating_add(right);
    let label = Side {
        text: &badge.label,
        color: badge.label_color.as_ref().map_or("#555", |c| c.as_str()),
        x: 0,
        width: left,
    };
    let message = Side {
        text: &badge.message,
        color: badge.color.as_ref().map_or("#4b0", |c| c.as_str()),
        x: left,
        width: right,
    };
    let says = escape(
        &[&*badge.label, &*badge.message].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": "),
    );
    let (gradient, glint, round, crisp) = if flat {
        (
            r##"<linearGradient id="s" x2="0" y2="100%"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/></linearGradient>"##,
            format!(r#"<rect width="{total}" height="20" fill="url(#s)"/>"#),
            format!(r##"<clipPath id="r"><rect width="{total}" height="20" rx="3" fill="#fff"/></clipPath>"##),
            r#"clip-path="url(#r)""#,
        )
    } else {
        ("", String::new(), String::new(), r#"shape-rendering="crispEdges""#)
    };
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="20" role="img" aria-label="{says}"><title>{says}</title>{gradient}{round}<g {crisp}>"#
    );
    for Side { color, x, width, .. } in [&label, &message] {
        let at = if *x == 0 { String::new() } else { format!(r#" x="{x}""#) };
        let _infallible = write!(svg, r#"<rect{at} width="{width}" height="20" fill="{}"/>"#, escape(color));
    }
    svg += &glint;
    svg += r#"</g><g text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision" font-size="110">"#;
    for side in [&label, &message] {
        write_text(&mut svg, side, flat);
    }
    svg + "</g></svg>"
}

fn write_text(svg: &mut String, side: &Side<'_>, shadow: bool) {
    if side.text.is_empty() {
        return;
    }
    let room = (f64::from(side.width) - 2.0 * PADDING).max(1.0);
    let length = (text_width(side.text).min(room) * 10.0).round();
    let x = f64::from(side.x) * 10.0 + f64::from(side.width) * 5.0;
    let (ink, below) = colors_for_background(side.color);
    let text = escape(side.text);
    let mut line = |y: u16, fill: &str, more: &str| {
        let _infallible = write!(
            svg,
            r#"<text{more} x="{x}" y="{y}" transform="scale(.1)" fill="{fill}" textLength="{length}" lengthAdjust="spacingAndGlyphs">{text}</text>"#
        );
    };
    if shadow {
        line(150, below, r#" aria-hidden="true" fill-opacity=".3""#);
    }
    line(140, ink, "");
}

fn text_width(text: &str) -> f64 {
    get_text_width(text, Font::VerdanaNormal11)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use crate::badge::{Badge, Style};

    #[test]
    fn sides_are_as_wide_as_asked_and_the_xml_is_sound() {
        for style in [Style::Flat, Style::FlatSquare] {
            let svg = Badge::new("a <b> \"c\" & d", "passed")
                .style(style)
                .label_width(Some(20))
                .message_width(Some(60))
                .svg();
            let document = roxmltree::Document::parse(&svg).unwrap();
            assert_eq!(document.root_element().attribute("width"), Some("80"));
            let lengths: Vec<f64> = document
                .descendants()
                .filter_map(|node| node.attribute("textLength"))
                .map(|length| length.parse().unwrap())
                .collect();
            assert!(
                lengths.iter().take(lengths.len() / 2).all(|length| *length <= 100.0),
                "the long label fits: {lengths:?}"
            );
        }
    }

    #[test]
    fn other_styles_keep_their_own_widths() {
        let badge = Badge::new("a", "b").style(Style::ForTheBadge);
        assert_eq!(badge.clone().label_width(Some(300)).svg(), badge.svg());
    }
}
