//! The pictures of README.md and of docs/BADGES.md are what the code draws, and the page shows every one of them.
//! `BADGE_WRITE=1` writes pictures and page anew.

#![expect(clippy::unwrap_used, reason = "a test may fail so")]

use std::{fmt::Write, fs, path::Path};

use burgee_badge::{Badge, Segment, Style};

/// How a deployment is, what a badge says of it, and in which colour.
const STATES: [(&str, &str, &str); 5] = [
    ("succeeded", "1.4.2", "#67ac09"),
    ("failed", "1.4.2 failed", "#dd4343"),
    ("running", "1.4.3 running", "#007ec6"),
    ("warned", "1.4.2 warned", "#d8b800"),
    ("none", "no deployment", "#939393"),
];

/// A flag, as a logo of no brand.
const LOGO: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 14 14'%3E%3Cpath fill='orange' d='M2 1h1.5v12H2zM4 2l8 3.5L4 9z'/%3E%3C/svg%3E";

struct Picture {
    /// The file, without `.svg`.
    name: String,
    /// What it says, for those who do not see it.
    says: &'static str,
    svg: String,
}

fn picture(name: String, says: &'static str, badge: Badge<'_>) -> Picture {
    Picture { name, says, svg: badge.svg() }
}

fn of_style(style: Style) -> Vec<Picture> {
    let named = |what: &str| format!("{style}-{what}");
    let mut pictures: Vec<_> = STATES
        .into_iter()
        .map(|(state, message, color)| {
            picture(named(state), message, Badge::new("production", message).color(color).style(style))
        })
        .collect();
    let plain = Badge::new("production", "1.4.2").color("green").style(style);
    pictures.push(picture(named("logo"), "with a logo", plain.logo(LOGO)));
    pictures.push(picture(named("light"), "on a light colour", plain.color("#ffd700").label_color("#eee")));
    pictures.push(picture(named("alone"), "without a label", Badge::new("", "1.4.2").color("green").style(style)));
    let segments = [
        Segment::new("dev 2.4").color("green"),
        Segment::new("staging 2.3").color("yellow"),
        Segment::new("production 2.2").color("blue"),
    ];
    pictures.push(picture(named("segments"), "three segments", Badge::segments(&segments).style(style)));
    pictures
}

fn page() -> String {
    let mut page = "# Badges\n\nEvery style, in every state and with everything that a badge can have. The pictures are drawn by `crates/badge`; a test\nholds this page against the code (`BADGE_WRITE=1 cargo test -p burgee-badge --test pictures` writes it anew). How wide\nthings are and what is spoken stands in [the crate's README](../crates/badge/README.md).\n".to_owned();
    for style in Style::ALL {
        write!(page, "\n## {style}\n\n").unwrap();
        for Picture { name, says, .. } in of_style(style) {
            writeln!(page, "- ![{says}](../crates/badge/docs/{name}.svg) {says}").unwrap();
        }
    }
    page
}

/// The pictures of README.md as data URLs, for the front page of `cargo doc`, where there are no files beside it.
fn front_page() -> String {
    let mut links = String::new();
    for Picture { name, svg, .. } in Style::ALL.into_iter().flat_map(of_style) {
        if name.ends_with("-succeeded") || name.ends_with("-segments") {
            write!(links, "[{name}]: data:image/svg+xml,").unwrap();
            for b in svg.bytes() {
                match b {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'=' | b':' | b'/' | b',' => {
                        links.push(char::from(b));
                    }
                    _ => write!(links, "%{b:02X}").unwrap(),
                }
            }
            links.push('\n');
        }
    }
    links
}

#[test]
fn pictures_and_page_are_what_the_code_draws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = Style::ALL
        .into_iter()
        .flat_map(of_style)
        .map(|Picture { name, svg, .. }| (root.join("docs").join(name + ".svg"), svg + "\n"))
        .collect();
    files.push((root.join("../../docs/BADGES.md"), page()));
    files.push((root.join("docs/pictures.md"), front_page()));
    for (path, content) in files {
        if std::env::var_os("BADGE_WRITE").is_some() {
            fs::write(&path, &content).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), content, "{}", path.display());
    }
}

#[test]
fn every_picture_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = page();
    for entry in fs::read_dir(root.join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(page.contains(&name) || name == "pictures.md", "{name}");
    }
}
