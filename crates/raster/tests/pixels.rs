//! The pixels are those that resvg draws, with the fonts as they are.
#![expect(clippy::unwrap_used, reason = "what a test cannot go on without is the test's failure")]

use std::sync::{Arc, LazyLock};

use burgee_badge::{Badge, Style};
use burgee_raster::{RasterError, Rasteriser};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

static RASTERISER: LazyLock<Rasteriser> = LazyLock::new(Rasteriser::new);

static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../assets/fonts/DejaVuSans.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../assets/fonts/DejaVuSans-Bold.ttf").to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    Options { fontdb: Arc::new(fonts), font_family: "DejaVu Sans".to_owned(), ..Options::default() }
});

fn by_resvg(svg: &str, scale: u8) -> Pixmap {
    let scale = f32::from(scale);
    let tree = Tree::from_str(svg, &OPTIONS).unwrap();
    let size = tree.size().to_int_size().scale_by(scale).unwrap();
    let mut pixels = Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels
}

/// Reads a PNG: its width, its height and the colour of each pixel.
fn decode(png: &[u8]) -> (u32, u32, Vec<[u8; 4]>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgba);
    (info.width, info.height, bytes.as_chunks().0.to_vec())
}

#[track_caller]
fn assert_same_pixels(svg: &str, scale: u8) {
    let expected = by_resvg(svg, scale);
    let (width, height, pixels) = decode(&RASTERISER.png(svg, scale).unwrap());
    assert_eq!((width, height), (expected.width(), expected.height()), "scale {scale}: {svg}");
    let expected = expected.pixels().iter().map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    let differing = expected.zip(pixels).filter(|(expected, pixel)| expected != pixel).count();
    assert_eq!(differing, 0, "pixels differ at scale {scale}: {svg}");
}

const TEXTS: [(&str, &str); 18] = [
    ("build", "passing"),
    ("", "1.2.3"),
    ("AVATAR To", "VA fi ffl 11 LT"),
    ("Überprüfung", "größer – später…"),
    ("Ωμέγα", "καλημέρα"),
    ("сборка", "успешно"),
    ("tests ✓", "★★★☆☆"),
    ("e\u{301}\u{323}", "a\u{308}\u{304}x"),
    ("בדיקה", "עבר בהצלחה"),
    ("اختبار", "ناجح لا"),
    ("ビルド", "カ11 AVA To"),
    ("構築", "成功"),
    ("हिन्दी", "परीक्षण"),
    ("🚀", "👩‍👩‍👧 ok"),
    ("<&>\"'", "  spaces   "),
    ("i", "l"),
    ("a rather long label that takes some room", "and a message that is longer still, with 1234567890 digits"),
    ("\u{200f}mixed עברית and", "latin العربية 123"),
];

#[test]
fn all_styles_texts_and_scales_have_the_pixels_of_resvg() {
    for style in Style::ALL {
        for (label, message) in TEXTS {
            let svg = Badge::new(label, message).style(style).color("#4c1").svg();
            (1..=4).for_each(|scale| assert_same_pixels(&svg, scale));
        }
    }
}

#[test]
fn colors_have_the_pixels_of_resvg() {
    // On light colours texts are dark and their shadows light.
    for color in ["#fff", "#ffffff80", "#000", "#fe7d37", "#dfb317", "#9f9f9f", "#abcdef", "hsl(120,50%,50%)"] {
        for style in Style::ALL {
            let svg = Badge::new("color", "light").style(style).color(color).label_color(color).svg();
            (1..=4).for_each(|scale| assert_same_pixels(&svg, scale));
        }
    }
}

#[test]
fn logos_and_links_have_the_pixels_of_resvg() {
    let logo = "data:image/svg+xml;base64,\
        PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxjaXJjbGUgY3g9IjQiIGN5PSI0IiByPSIzIiBmaWxsPSIjZjgwIi8+PC9zdmc+";
    for style in Style::ALL {
        let badge = Badge::new("logo", "linked").style(style).color("#4c1").logo(logo);
        for svg in [badge.clone().svg(), badge.links("https://example.org/", "https://example.com/").svg()] {
            (1..=4).for_each(|scale| assert_same_pixels(&svg, scale));
        }
    }
}

#[test]
fn all_widths_have_the_pixels_of_resvg() {
    for style in Style::ALL {
        for length in 0..60 {
            let svg = Badge::new(&"i".repeat(length), &"m.".repeat(length / 2 + 1)).style(style).color("#e05d44").svg();
            (1..=2).for_each(|scale| assert_same_pixels(&svg, scale));
        }
    }
}

#[test]
fn other_svgs_have_the_pixels_of_resvg() {
    for inside in [
        "",
        r#"<filter id="f"><feGaussianBlur stdDeviation="0"/></filter><rect width="9" height="9" filter="url(#f)"/>"#,
        r#"<filter id="f"><feGaussianBlur stdDeviation="1"/></filter><rect width="9" height="9" fill="red" filter="url(#f)"/>"#,
        r#"<filter id="f"><feGaussianBlur stdDeviation="1 3"/></filter><rect x="5" y="5" width="9" height="9" fill="gray" filter="url(#f)"/>"#,
        r#"<filter id="f"><feGaussianBlur stdDeviation="9"/></filter><rect x="5" y="5" width="3" height="3" fill="gray" filter="url(#f)"/>"#,
        r#"<g opacity=".5"><rect width="9" height="9"/></g><g transform="translate(3 3)"><rect width="9" height="9"/></g>"#,
        r#"<clipPath id="c"><circle cx="9" cy="9" r="5.5"/></clipPath><g clip-path="url(#c)"><path d="M0 0h30v30" stroke="red"/></g>"#,
        r#"<clipPath id="c"><circle cx="9" cy="9" r="5.5"/></clipPath><rect width="2" height="2"/><g clip-path="url(#c)"><rect width="30" height="30"/></g>"#,
        r#"<clipPath id="c"><circle cx="9" cy="9" r="99"/></clipPath><g transform="translate(.3 .7)" clip-path="url(#c)"><rect x="-9" y="-9" width="90" height="90"/></g>"#,
    ] {
        let svg = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{inside}</svg>"#);
        (1..=4).for_each(|scale| assert_same_pixels(&svg, scale));
    }
}

#[test]
fn image_that_would_be_too_large_is_drawn_at_a_smaller_scale() {
    let size = |length: usize, scale| {
        let svg = Badge::new("long", &"m".repeat(length)).svg();
        RASTERISER.png(&svg, scale).map(|png| decode(&png)).map(|(width, height, _)| (width, height))
    };
    assert_eq!(size(250, 4).unwrap().1, 80);
    let (width, height) = size(700, 4).unwrap();
    assert_eq!(height, 40);
    assert_eq!((width, height), size(700, 2).unwrap());
    assert_eq!(size(6_000, 1), Err(RasterError::TooLarge));
}

#[test]
fn what_is_not_an_svg_is_an_error() {
    assert!(matches!(RASTERISER.png("<svg", 1), Err(RasterError::Failed(_))));
}

#[test]
fn few_colors_are_a_palette() {
    let color_type = |style| RASTERISER.png(&Badge::new("build", "passing").style(style).svg(), 1).unwrap()[25];
    assert_eq!(color_type(Style::FlatSquare), 3);
    assert_eq!(color_type(Style::Social), 3);
    assert_eq!(color_type(Style::Flat), 6);
}
