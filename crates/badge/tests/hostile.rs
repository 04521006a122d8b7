//! Whatever a badge is given, its SVG is well-formed for a real XML parser, runs no code, and is as long, and takes as
//! long, as what was given allows.

use std::time::{Duration, Instant};

use burgee_badge::{Badge, Segment, Style};
use proptest::prelude::*;

/// Any text, and such as is likely to do harm.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,40}",
        "[\\x00-\\x20<>&\"';:#()%/a-z0-9\u{7f}-\u{a0}\u{fffe}\u{ffff}]{0,60}",
        "( |\t)*(java|vb)?[Ss]cript:.{0,20}",
        "]]>|<!\\[CDATA\\[|<\\?xml|--><script>|\"/><a href=\"x|&#x0;|url\\(#s\\)",
        "(rgba?|hsla?)\\([ \t\u{b}\u{c}0-9a-z,%/.]{0,30}\\)",
        "[ \u{b}\u{3000}]{0,3}#?[0-9a-fA-F]{3,8}[ \u{c}]{0,3}",
    ]
}

fn style() -> impl Strategy<Value = Style> {
    proptest::sample::select(&Style::ALL[..])
}

/// Well-formed, with no element that runs or fetches anything, and no link but such as may be followed.
fn check(svg: &str, given: usize) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let known = [
            "svg",
            "title",
            "a",
            "g",
            "rect",
            "text",
            "image",
            "filter",
            "feGaussianBlur",
            "linearGradient",
            "stop",
            "clipPath",
            "style",
            "path",
        ];
        assert!(known.contains(&name), "<{name}> in {svg}");
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{attribute:?}");
            if attribute.name() == "href" && name == "a" {
                let read: String = attribute.value().chars().filter(|c| *c > ' ').collect();
                let scheme = read.to_lowercase();
                assert!(["javascript:", "vbscript:", "data:"].iter().all(|bad| !scheme.starts_with(bad)), "{read}");
            }
        }
    }
    // A text is there six times, an entity has six letters, and a capital can be three times as long.
    assert!(svg.len() < 4_000 + 110 * given, "{} bytes from {given}", svg.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn badges_are_well_formed_whatever_they_are_given(
        [label, message, color, label_color, left, right, logo, suffix] in proptest::array::uniform8(text()),
        widths in any::<(Option<u16>, Option<u16>)>(),
        style in style(),
    ) {
        let badge = Badge::new(&label, &message)
            .style(style)
            .color(&color)
            .label_color(&label_color)
            .links(&left, &right)
            .logo(&logo)
            .widths(widths.0, widths.1)
            .id_suffix(&suffix);
        let given = [&label, &message, &color, &label_color, &left, &right, &logo, &suffix].map(String::len);
        check(&badge.svg(), given.iter().sum());
    }

    #[test]
    fn segments_are_well_formed_whatever_they_are_given(
        texts in proptest::collection::vec(proptest::array::uniform4(text()), 0..9),
        style in style(),
    ) {
        let segments: Vec<_> = texts
            .iter()
            .map(|[text, color, link, title]| Segment::new(text).color(color).link(link).title(title))
            .collect();
        let given: usize = texts.iter().flatten().map(|text| text.len() + 60).sum();
        check(&Badge::segments(&segments).style(style).svg(), given);
    }
}

#[test]
fn huge_texts_links_and_logos_take_linear_time() {
    let megabyte = 1 << 20;
    let logo = format!("data:image/png;base64,{}", "A".repeat(megabyte));
    for unit in ["a", "<", "ß", "성", "\u{1}", "𐐨", "\u{527}"] {
        let text = unit.repeat(megabyte / 16 / unit.len());
        for style in Style::ALL {
            let begun = Instant::now();
            let svg = Badge::new(&text, &text).style(style).links(&text, &text).logo(&logo).color(&text).svg();
            assert!(begun.elapsed() < Duration::from_secs(20), "{style}, {unit:?}");
            assert!(svg.len() > megabyte);
            roxmltree::Document::parse_with_options(&svg, roxmltree::ParsingOptions::default()).unwrap();
        }
    }
}

/// Ten million badges from random texts: `cargo test --release -p burgee-badge --test hostile -- --ignored`.
#[test]
#[ignore = "takes a quarter of an hour"]
fn ten_million_random_badges_are_well_formed() {
    let count: u64 = std::env::var("BADGE_RUNS").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000_000);
    let pieces = [
        "a",
        "Z",
        "7",
        " ",
        "<",
        ">",
        "&",
        "\"",
        "'",
        "]]>",
        "\0",
        "\t",
        "\n",
        "\u{b}",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "ß",
        "ŉ",
        "é",
        "Ж",
        "م",
        "ש",
        "成",
        "빌",
        "\u{fffe}",
        "\u{ffff}",
        "\u{fffd}",
        "\u{feff}",
        "🚀",
        "\u{200d}",
        "𐐨",
        "\u{10ffff}",
        "#",
        "fff",
        "rgb(",
        "hsl(",
        "1",
        ",",
        "%",
        "/",
        ")",
        "javascript:",
        "JAVA\tSCRIPT:",
        "data:",
        "://",
        "red",
        "(",
        ".5",
        "deg",
        "turn",
        "99999999999999999999999999",
        "<script>",
        "--",
        "&#0;",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut texts: [String; 6] = Default::default();
    for _ in 0..count {
        for text in &mut texts {
            text.clear();
            for _ in 0..random(7) {
                if random(4) == 0 {
                    text.extend(char::from_u32(u32::try_from(random(0x11_0000)).unwrap()));
                } else {
                    text.push_str(pieces[random(pieces.len())]);
                }
            }
        }
        let [a, b, c, d, e, f] = &texts;
        let style = Style::ALL[random(5)];
        let svg = match random(3) {
            0 => {
                let segments = [
                    Segment::new(a).color(b),
                    Segment::new(c).link(d).title(e),
                    Segment::new(f).color(d),
                    Segment::new(e),
                ];
                Badge::segments(&segments[..random(5)]).style(style).logo(c).svg()
            }
            _ => Badge::new(a, b).style(style).color(c).label_color(d).links(e, f).logo(d).id_suffix(a).svg(),
        };
        let given = texts.iter().map(String::len).sum::<usize>();
        check(&svg, 2 * given);
    }
}
