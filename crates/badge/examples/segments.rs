//! What runs where, as one badge: `cargo run -p burgee-badge --example segments > environments.svg`

#![expect(clippy::print_stdout, reason = "the badge is what it prints")]

use burgee_badge::{Badge, Segment, Style};

fn main() {
    let environments = [
        Segment::new("dev 2.4").color("green").link("https://dev.example/").title("deployed a minute ago"),
        Segment::new("staging 2.3").color("yellow").link("https://staging.example/"),
        Segment::new("production 2.2").color("blue").link("https://www.example/"),
    ];
    println!("{}", Badge::segments(&environments).style(Style::Flat).svg());
}
