//! Colours as badges accept them: names, aliases, hex and CSS, in badge-maker 6's palette
//! (`spec/dialects.md` E4).

use serde::{Deserialize, Serialize};

/// A colour that the renderer understands: `#rgb`, `#rrggbb`, or a CSS colour as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Color(String);

impl Color {
    /// Reads a palette name, an alias, three or six hex digits with or without `#`, or any CSS colour.
    /// What turns out not to be a colour is drawn in the renderer's default, as badge-maker does.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(burgee_badge::Color::parse(text).map_or_else(|| text.to_owned(), |color| color.to_string()))
    }

    /// The colour as it stands in the SVG.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Color;

    #[test]
    fn names_aliases_and_hex_become_hex() {
        for (given, drawn) in [
            ("success", "#4b0"),
            ("lightgray", "#939393"),
            ("ABC", "#abc"),
            ("#A1B2C3", "#a1b2c3"),
            ("rgb(1,2,3)", "rgb(1,2,3)"),
        ] {
            assert_eq!(Color::parse(given).as_str(), drawn);
        }
    }
}
