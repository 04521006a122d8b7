//! The five looks. A style is data: a block of constants that `draw` puts around the texts.

use core::{fmt, str::FromStr};

/// The five looks of a badge, by their names on shields.io.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Style {
    /// Rounded, with a faint gradient; the default everywhere.
    #[default]
    Flat,
    /// Square corners, plain colours.
    FlatSquare,
    /// Rounded and glossy, 18 pixels high.
    Plastic,
    /// Large, upper-case, 28 pixels high.
    ForTheBadge,
    /// A button with a speech bubble.
    Social,
}

impl Style {
    /// Every style, in the order in which choices list them.
    pub const ALL: [Self; 5] = [Self::Flat, Self::FlatSquare, Self::Plastic, Self::ForTheBadge, Self::Social];

    /// The name that stands in URLs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::FlatSquare => "flat-square",
            Self::Plastic => "plastic",
            Self::ForTheBadge => "for-the-badge",
            Self::Social => "social",
        }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is none of the five styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownStyle;

impl fmt::Display for UnknownStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown style")
    }
}

impl core::error::Error for UnknownStyle {}

impl FromStr for Style {
    type Err = UnknownStyle;

    /// Reads a name in any case.
    fn from_str(text: &str) -> Result<Self, UnknownStyle> {
        Self::ALL.into_iter().find(|style| style.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownStyle)
    }
}
