//! The rules of badge-maker that one would not guess, one test each. Quirks of single texts and colours are tested where
//! they are, in `src`.

use burgee_badge::{Badge, Style};

fn attribute(svg: &str, name: &str) -> String {
    let document = roxmltree::Document::parse(svg).expect("the SVG is well-formed");
    document.root_element().attribute(name).unwrap_or_default().to_owned()
}

#[test]
fn whole_badges_are_as_wide_as_they_were_measured() {
    for (label, message, flat, for_the_badge, social) in [
        ("build", "passing", "88", "145", "93"),
        ("build", "failing", "80", "142", "83"),
        ("build", "unknown", "98", "155", "101"),
        ("build", "aborted", "90", "147", "93"),
        ("build", "errored", "88", "147", "91"),
        ("Production", "1.2.3", "108", "162.75", "107"),
        ("Release", "2026.1.0-beta.4", "154", "214.5", "145"),
        ("My Project", "none", "106", "159.5", "109"),
        ("bm", "success", "80", "124.25", "85"),
    ] {
        for (style, width) in [
            (Style::Flat, flat),
            (Style::FlatSquare, flat),
            (Style::Plastic, flat),
            (Style::ForTheBadge, for_the_badge),
            (Style::Social, social),
        ] {
            assert_eq!(
                attribute(&Badge::new(label, message).style(style).svg(), "width"),
                width,
                "{label}/{message}, {style}"
            );
        }
    }
}

#[test]
fn an_empty_label_takes_no_room_and_an_empty_message_a_pixel() {
    let width = |badge: Badge<'_>| attribute(&badge.svg(), "width");
    assert_eq!(width(Badge::new("", "passing")), "51");
    assert_eq!(width(Badge::new("build", "")), "48");
    assert_eq!(width(Badge::new("a", "b")), "34");
    assert_eq!(width(Badge::new("a", "b").logo("data:,")), "51");
    assert_eq!(width(Badge::new("", "b").logo("data:,")), "35");
}

#[test]
fn an_empty_label_is_painted_in_the_messages_colour() {
    let svg = Badge::new("", "passing").color("red").svg();
    assert!(svg.contains(r##"<rect width="0" height="20" fill="#dd4343"/>"##), "{svg}");
}

#[test]
fn the_suffix_is_on_every_id_but_the_blurs() {
    for style in Style::ALL {
        let svg = Badge::new("a", "b").style(style).id_suffix("_1").svg();
        for id in svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(id.ends_with("_1") || id == "blur", "{style}: {id}");
        }
        for id in svg.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(id.ends_with("_1") || id == "blur", "{style}: {id}");
        }
    }
    assert_eq!(Badge::new("a", "b").id_suffix("\"/>").svg(), Badge::new("a", "b").svg());
}

#[test]
fn a_badge_with_two_links_is_no_image_with_a_text() {
    let [one, both] = ["", "/b"].map(|right| Badge::new("a", "b").links("/a", right).svg());
    assert!(one.contains("role=\"img\"") && one.contains("<title>"));
    assert!(!both.contains("role=\"img\"") && !both.contains("<title>"));
}

#[test]
fn given_widths_are_held_and_long_texts_are_squeezed() {
    for style in [Style::Flat, Style::FlatSquare, Style::Plastic] {
        let svg = Badge::new("a long label", "b").style(style).widths(Some(30), Some(50)).svg();
        assert_eq!(attribute(&svg, "width"), "80");
        assert!(svg.contains(r#"textLength="200" lengthAdjust="spacingAndGlyphs""#), "{svg}");
        // In the middle of its box: 30 + 50 / 2.
        assert!(svg.contains(r#"<text x="550""#), "{svg}");
    }
}
