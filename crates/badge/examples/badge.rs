//! A badge on standard output: `cargo run -p burgee-badge --example badge -- LABEL MESSAGE [COLOR] [STYLE] > badge.svg`

#![expect(clippy::print_stdout, reason = "the badge is what it prints")]

use std::error::Error;

use burgee_badge::{Badge, Style};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [label, message, more @ ..] = &arguments[..] else {
        return Err("two arguments at least: LABEL MESSAGE [COLOR] [STYLE]".into());
    };
    let color = more.first().map_or("brightgreen", String::as_str);
    let style: Style = more.get(1).map_or(Ok(Style::Flat), |style| style.parse())?;
    println!("{}", Badge::new(label, message).color(color).style(style).svg());
    Ok(())
}
