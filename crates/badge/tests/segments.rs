//! Badges of any number of segments: none, one and two are the classic badge, byte for byte; more stand in
//! `snapshots/`. `BADGE_WRITE=1` writes those anew.

#![expect(clippy::unwrap_used, reason = "a test may fail so")]

use std::{fs, path::Path};

use burgee_badge::{Badge, Segment, Style};

const COLORS: [&str; 8] = ["#555", "green", "yellow", "#eee", "blue", "orange", "red", "#111"];
const TEXTS: [&str; 8] =
    ["deployed", "dev 2.4.1", "test 2.4.0", "qa 2.3.9", "staging 2.3.8", "beta 2.3", "live 2.2", "成功 1.0"];

fn segments() -> [Segment<'static>; 8] {
    std::array::from_fn(|index| Segment::new(TEXTS[index]).color(COLORS[index]))
}

#[test]
fn none_one_and_two_are_the_classic_badge() {
    for style in Style::ALL {
        for logo in ["", "data:image/png;base64,AAAA"] {
            let drawn = |segments: &[Segment<'_>]| Badge::segments(segments).style(style).logo(logo).svg();
            let classic = |label, message| Badge::new(label, message).style(style).logo(logo);
            let [one, two] = [Segment::new("up").color("red").link("/a"), Segment::new("b").color("#fff").link("/b")];
            assert_eq!(drawn(&[]), classic("", "").svg());
            assert_eq!(drawn(&[one]), classic("", "up").color("red").links("/a", "").svg());
            let both = classic("up", "b").label_color("red").color("#fff");
            assert_eq!(drawn(&[one, two]), both.links("/a", "/b").svg());
            assert_eq!(drawn(&[one.link(""), two]), both.links("", "/b").svg());
            assert_eq!(drawn(&[one, two.link("")]), both.links("/a", "").svg());
        }
    }
}

#[test]
fn one_three_and_eight_are_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for style in Style::ALL {
        for count in [1, 3, 8] {
            let segments = segments();
            let first = if count == 1 { 1 } else { 0 };
            let svg = Badge::segments(&segments[first..first + count]).style(style).svg();
            let path = folder.join(format!("{style}-{count}.svg"));
            if std::env::var_os("BADGE_WRITE").is_some() {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&path, &svg).unwrap();
            }
            assert_eq!(svg, fs::read_to_string(&path).unwrap(), "{}", path.display());
        }
    }
}

/// The boxes of a badge, as (x, width), from left to right.
fn boxes(svg: &str) -> Vec<(f64, f64)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let number = |node: roxmltree::Node<'_, '_>, name| node.attribute(name).map_or(0.0, |x: &str| x.parse().unwrap());
    let background = document
        .descendants()
        .find(|node| {
            node.has_attribute("clip-path") || node.has_attribute("shape-rendering") || node.has_attribute("stroke")
        })
        .unwrap();
    let painted = |node: &roxmltree::Node<'_, '_>| {
        node.has_tag_name("rect") && node.attribute("fill").is_some_and(|fill| !fill.starts_with("url"))
    };
    background.children().filter(painted).map(|node| (number(node, "x"), number(node, "width"))).collect()
}

#[test]
fn fifty_segments_stand_side_by_side() {
    let texts: Vec<String> = (0..50).map(|n| format!("stage {n}")).collect();
    let segments: Vec<_> = texts.iter().map(|text| Segment::new(text)).collect();
    for style in Style::ALL {
        let svg = Badge::segments(&segments).style(style).svg();
        let boxes = boxes(&svg);
        assert_eq!(boxes.len(), 50, "{style}");
        // Bubbles stand six apart, boxes touch.
        let apart = if style == Style::Social { 6.0 } else { 0.0 };
        for pair in boxes.windows(2).skip(1) {
            assert!((pair[0].0 + pair[0].1 + apart - pair[1].0).abs() < 1e-9, "{style}: {pair:?}");
        }
        let document = roxmltree::Document::parse(&svg).unwrap();
        let total: f64 = document.root_element().attribute("width").unwrap().parse().unwrap();
        let (x, width) = boxes[49];
        assert!((x + width - total).abs() <= 1.0, "{style}: {total}");
    }
}

#[test]
fn three_and_more_are_spoken_in_a_row() {
    let segments = ["dev 2.4", "", "staging 2.3", "live <2.2>"].map(Segment::new);
    for style in [Style::Flat, Style::FlatSquare, Style::Plastic] {
        let svg = Badge::segments(&segments).style(style).svg();
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert_eq!(document.root_element().attribute("aria-label"), Some("dev 2.4, staging 2.3, live <2.2>"));
        assert_eq!(
            document.root_element().first_element_child().unwrap().text(),
            Some("dev 2.4, staging 2.3, live <2.2>")
        );
    }
}

#[test]
fn each_segment_has_its_own_link_and_title() {
    let segments = [
        Segment::new("dev").link("/dev").title("deployed today"),
        Segment::new("qa").title("two & a half"),
        Segment::new("live").link("/live"),
        Segment::new("x").link("javascript:alert(1)"),
    ];
    for style in Style::ALL {
        let svg = Badge::segments(&segments).style(style).svg();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let named = |name: &'static str| {
            document.descendants().filter(move |node| node.has_tag_name(("http://www.w3.org/2000/svg", name)))
        };
        let links: Vec<_> = named("a").map(|node| node.attribute("href").unwrap()).collect();
        assert_eq!(links, ["/dev", "/live"], "{style}");
        let titles: Vec<_> = named("title").map(|node| node.text().unwrap()).collect();
        assert_eq!(titles, ["deployed today", "two & a half"], "{style}");
        assert_eq!(document.root_element().attribute("role"), None, "links inside an image cannot be reached");
    }
}

#[test]
fn the_first_link_alone_is_around_everything() {
    let segments = [Segment::new("a").link("/a"), Segment::new("b"), Segment::new("c")];
    for style in Style::ALL {
        let svg = Badge::segments(&segments).style(style).svg();
        assert_eq!(svg.matches("<a ").count(), 1, "{style}");
        assert!(
            svg.contains(r#"</title><a target="_blank" href="/a">"#) && svg.ends_with("</a></svg>"),
            "{style}: {svg}"
        );
    }
}
