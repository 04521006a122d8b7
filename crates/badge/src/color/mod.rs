//! Colours as badge-maker 6 accepts them: names, aliases, hex and CSS.

mod css;

use alloc::string::String;
use core::fmt;

use crate::text::{in_xml, trim};

/// Which colours the names stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Palette {
    /// badge-maker 6's.
    #[default]
    Six,
    /// That of badge-maker 5 and before.
    Five,
}

impl Palette {
    const fn hex(self, name: Name) -> &'static str {
        match (name, self) {
            (Name::BrightGreen, Self::Six) => "#4b0",
            (Name::BrightGreen, Self::Five) => "#4c1",
            (Name::Green, Self::Six) => "#67ac09",
            (Name::Green, Self::Five) => "#97ca00",
            (Name::YellowGreen, Self::Six) => "#95991a",
            (Name::YellowGreen, Self::Five) => "#a4a61d",
            (Name::Yellow, Self::Six) => "#d8b800",
            (Name::Yellow, Self::Five) => "#dfb317",
            (Name::Orange, Self::Six) => "#ea7233",
            (Name::Orange, Self::Five) => "#fe7d37",
            (Name::Red, Self::Six) => "#dd4343",
            (Name::Red, Self::Five) => "#e05d44",
            (Name::Blue, _) => "#007ec6",
            (Name::Gray, _) => "#555",
            (Name::LightGray, Self::Six) => "#939393",
            (Name::LightGray, Self::Five) => "#9f9f9f",
        }
    }
}

#[derive(Clone, Copy)]
enum Name {
    BrightGreen,
    Green,
    YellowGreen,
    Yellow,
    Orange,
    Red,
    Blue,
    Gray,
    LightGray,
}

impl Name {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "brightgreen" | "success" => Self::BrightGreen,
            "green" => Self::Green,
            "yellowgreen" => Self::YellowGreen,
            "yellow" => Self::Yellow,
            "orange" | "important" => Self::Orange,
            "red" | "critical" => Self::Red,
            "blue" | "informational" => Self::Blue,
            "grey" | "gray" => Self::Gray,
            "lightgrey" | "lightgray" | "inactive" => Self::LightGray,
            _ => return None,
        })
    }
}

/// A colour that a segment can be painted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color<'a> {
    paint: Paint<'a>,
    /// Whether text on it is dark.
    is_light: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Paint<'a> {
    /// As it stands in the SVG.
    AsIs(&'a str),
    /// Hex digits, of which some may be capitals and the `#` may be missing.
    Hex { digits: &'a str },
    /// A colour with white space or capitals in it.
    Untidy(&'a str),
}

impl Color<'static> {
    pub(crate) const BRIGHT_GREEN: Self = Self { paint: Paint::AsIs("#4b0"), is_light: false };
    pub(crate) const DARK_GRAY: Self = Self { paint: Paint::AsIs("#555"), is_light: false };
}

impl<'a> Color<'a> {
    /// Reads a name of badge-maker 6's palette (`green`, `success` …), three or six hex digits with or without `#`, four
    /// or eight with it, a CSS colour's name, or a colour in `rgb()` or `hsl()`. Anything else is no colour.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::parse_in(Palette::Six, text)
    }

    /// The same with another palette's names.
    #[must_use]
    pub fn parse_in(palette: Palette, text: &'a str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let lengths: &[usize] = if digits.len() < text.len() { &[3, 4, 6, 8] } else { &[3, 6] };
        if lengths.contains(&digits.len()) && css::is_hex(digits) {
            let is_tidy = digits.len() < text.len() && !digits.bytes().any(|b| b.is_ascii_uppercase());
            let paint = if is_tidy { Paint::AsIs(text) } else { Paint::Hex { digits } };
            return Some(Self { paint, is_light: css::is_light_hex(digits) });
        }
        if let Some(name) = Name::parse(text) {
            let hex = palette.hex(name);
            return Some(Self { paint: Paint::AsIs(hex), is_light: css::is_light_hex(&hex[1..]) });
        }
        let trimmed = trim(text);
        let is_light = css::is_light(trimmed)?;
        let is_tidy = text.bytes().all(|b| matches!(b, b'!'..=b'~') && !b.is_ascii_uppercase());
        let paint = if is_tidy { Paint::AsIs(text) } else { Paint::Untidy(text) };
        // Quirk: with white space around it a colour is drawn, and its text is white whatever it is.
        Some(Self { paint, is_light: is_light && trimmed.len() == text.len() })
    }

    /// Whether the colour is so light that text on it is dark.
    #[must_use]
    pub const fn is_light(&self) -> bool {
        self.is_light
    }

    /// How long it is in the SVG, at most.
    pub(crate) const fn len(&self) -> usize {
        match self.paint {
            Paint::AsIs(text) | Paint::Untidy(text) => text.len(),
            Paint::Hex { digits } => digits.len() + 1,
        }
    }

    pub(crate) fn push_to(&self, svg: &mut String) {
        match self.paint {
            Paint::AsIs(text) => svg.push_str(text),
            Paint::Hex { digits } => {
                svg.push('#');
                svg.extend(digits.chars().map(|c| c.to_ascii_lowercase()));
            }
            Paint::Untidy(text) => {
                svg.extend(text.chars().filter(|&c| in_xml(c)).map(|c| c.to_ascii_lowercase()));
            }
        }
    }
}

/// The colour as it stands in the SVG: `#rrggbb`, or as CSS has it.
impl fmt::Display for Color<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut drawn = String::with_capacity(self.len());
        self.push_to(&mut drawn);
        f.write_str(&drawn)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::{Color, Palette};

    fn drawn(text: &str) -> Option<String> {
        Color::parse(text).map(|color| color.to_string())
    }

    #[test]
    fn names_aliases_and_hex_become_hex() {
        for (given, expected) in [
            ("success", "#4b0"),
            ("lightgray", "#939393"),
            ("ABC", "#abc"),
            ("A1B2C3", "#a1b2c3"),
            ("#A1B2C3", "#a1b2c3"),
            ("#ABCD", "#abcd"),
            ("rgb(1,2,3)", "rgb(1,2,3)"),
            (" #AbC ", " #abc "),
            ("rebeccapurple", "rebeccapurple"),
        ] {
            assert_eq!(drawn(given).as_deref(), Some(expected), "{given:?}");
        }
    }

    #[test]
    fn what_is_no_colour_is_none() {
        for text in
            ["", "RebeccaPurple", "transparent", "#12", "ab", "12345", "RGB(1, 2, 3)", "url(#x)", "\"/><script>"]
        {
            assert_eq!(drawn(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_older_palette_is_there_by_name() {
        let five = |name| Color::parse_in(Palette::Five, name);
        assert_eq!(five("brightgreen"), Color::parse("#4c1"));
        assert_eq!(five("inactive"), Color::parse("#9f9f9f"));
        assert_eq!(five("blue"), Color::parse("blue"));
    }

    #[test]
    fn text_is_dark_above_the_threshold() {
        for (color, is_light) in
            [("#fff", true), ("#555", false), ("ffd700", true), ("white", true), (" white ", false)]
        {
            assert_eq!(Color::parse(color).map(|color| color.is_light()), Some(is_light), "{color:?}");
        }
    }
}
