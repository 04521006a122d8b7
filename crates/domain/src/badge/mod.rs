//! A badge's look, and its SVG. Drawing is `shields`' work behind this type, so that another renderer can
//! take its place without a caller noticing.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use shields::{BadgeParams, BadgeStyle, RenderOptions};

use crate::{color::Color, text::xml_safe};

mod fixed_width;

/// The five looks of a badge, by their names on shields.io.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown style")]
pub struct UnknownStyle;

impl FromStr for Style {
    type Err = UnknownStyle;

    fn from_str(text: &str) -> Result<Self, UnknownStyle> {
        Self::ALL.into_iter().find(|style| style.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownStyle)
    }
}

/// What a badge shows. Draw it with [`Badge::svg`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Badge {
    label: String,
    message: String,
    color: Option<Color>,
    label_color: Option<Color>,
    style: Style,
    links: (Option<String>, Option<String>),
    id_suffix: String,
    widths: (Option<u16>, Option<u16>),
}

impl Badge {
    /// A flat badge. Texts are trimmed, and freed of what XML cannot carry.
    #[must_use]
    pub fn new(label: &str, message: &str) -> Self {
        Self {
            label: xml_safe(label).trim().to_owned(),
            message: xml_safe(message).trim().to_owned(),
            color: None,
            label_color: None,
            style: Style::Flat,
            links: (None, None),
            id_suffix: String::new(),
            widths: (None, None),
        }
    }

    /// Paints the message's side; without it, the renderer's default.
    #[must_use]
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// Paints the label's side; without it, dark gray.
    #[must_use]
    pub fn label_color(mut self, color: Color) -> Self {
        self.label_color = Some(color);
        self
    }

    /// Chooses the look.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Links the whole badge, or with `right` its two halves apart.
    #[must_use]
    pub fn links(mut self, left: Option<&str>, right: Option<&str>) -> Self {
        self.links = (left.map(xml_safe), right.map(xml_safe));
        self
    }

    /// Appends `suffix` to the ids inside the SVG, for pages that hold several badges inline. Only letters,
    /// digits, `-` and `_` are used.
    #[must_use]
    pub fn id_suffix(mut self, suffix: &str) -> Self {
        suffix.clone_into(&mut self.id_suffix);
        self
    }

    /// Makes the left side this many pixels wide, in the styles flat and flat-square. With a given width there are no
    /// links.
    #[must_use]
    pub const fn label_width(mut self, width: Option<u16>) -> Self {
        self.widths.0 = width;
        self
    }

    /// The same for the right side.
    #[must_use]
    pub const fn message_width(mut self, width: Option<u16>) -> Self {
        self.widths.1 = width;
        self
    }

    /// The text on the left.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The text on the right.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The SVG document: the same bytes for the same badge, on the server and in the browser.
    #[must_use]
    pub fn svg(&self) -> String {
        if self.widths != (None, None) && matches!(self.style, Style::Flat | Style::FlatSquare) {
            return fixed_width::svg(self);
        }
        let params = BadgeParams {
            style: match self.style {
                Style::Flat => BadgeStyle::Flat,
                Style::FlatSquare => BadgeStyle::FlatSquare,
                Style::Plastic => BadgeStyle::Plastic,
                Style::ForTheBadge => BadgeStyle::ForTheBadge,
                Style::Social => BadgeStyle::Social,
            },
            label: Some(&self.label),
            message: Some(&self.message),
            label_color: self.label_color.as_ref().map(Color::as_str),
            message_color: Some(self.color.as_ref().map_or("#4b0", Color::as_str)),
            link: self.links.0.as_deref(),
            extra_link: self.links.1.as_deref(),
            logo: None,
            logo_color: None,
        };
        shields::render_badge_svg_with(&params, &RenderOptions::default().id_suffix(&self.id_suffix))
    }

    /// The badge as shields.io's endpoint schema has it: exactly these four keys, since unknown ones are
    /// refused there (`spec/dialects.md` E1).
    #[must_use]
    pub fn endpoint(&self) -> EndpointBadge {
        EndpointBadge {
            schema_version: 1,
            label: self.label.clone(),
            message: self.message.clone(),
            color: self.color.as_ref().map_or("#4b0", Color::as_str).to_owned(),
        }
    }
}

/// A badge as a shields.io endpoint answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointBadge {
    /// Always 1.
    pub schema_version: u8,
    /// The text on the left.
    pub label: String,
    /// The text on the right, never empty.
    pub message: String,
    /// The right side's colour, `#rrggbb`.
    pub color: String,
}
