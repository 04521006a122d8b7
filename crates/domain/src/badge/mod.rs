//! A badge's look, and its SVG. The crate `burgee-badge` draws it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{color::Color, text::xml_safe};

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

impl From<Style> for burgee_badge::Style {
    fn from(style: Style) -> Self {
        match style {
            Style::Flat => Self::Flat,
            Style::FlatSquare => Self::FlatSquare,
            Style::Plastic => Self::Plastic,
            Style::ForTheBadge => Self::ForTheBadge,
            Style::Social => Self::Social,
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
    links: (String, String),
    logo: String,
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
            links: (String::new(), String::new()),
            logo: String::new(),
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

    /// Links the whole badge, or with `right` its two halves apart. Links that run code are left out.
    #[must_use]
    pub fn links(mut self, left: Option<&str>, right: Option<&str>) -> Self {
        self.links = (left.unwrap_or_default().to_owned(), right.unwrap_or_default().to_owned());
        self
    }

    /// Puts an image before the label: a data URL.
    #[must_use]
    pub fn logo(mut self, logo: &str) -> Self {
        logo.clone_into(&mut self.logo);
        self
    }

    /// Appends `suffix` to the ids inside the SVG, for pages that hold several badges inline. Only letters,
    /// digits, `-` and `_` are used.
    #[must_use]
    pub fn id_suffix(mut self, suffix: &str) -> Self {
        suffix.clone_into(&mut self.id_suffix);
        self
    }

    /// Makes the left side this many pixels wide, in the styles flat, flat-square and plastic. Text that does not fit is
    /// set narrower until it does.
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
        burgee_badge::Badge::new(&self.label, &self.message)
            .style(self.style.into())
            .paint(painted(self.color.as_ref()))
            .label_paint(painted(self.label_color.as_ref()))
            .links(&self.links.0, &self.links.1)
            .widths(self.widths.0, self.widths.1)
            .logo(&self.logo)
            .id_suffix(&self.id_suffix)
            .svg()
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

fn painted(color: Option<&Color>) -> Option<burgee_badge::Color<'_>> {
    color.and_then(|color| burgee_badge::Color::parse(color.as_str()))
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

#[cfg(test)]
mod tests {
    use super::{Badge, Style};

    #[test]
    fn sides_are_as_wide_as_asked_and_the_xml_is_sound() {
        for style in [Style::Flat, Style::FlatSquare] {
            let svg = Badge::new("a <b> \"c\" & d", "passed")
                .style(style)
                .label_width(Some(20))
                .message_width(Some(60))
                .svg();
            let document = roxmltree::Document::parse(&svg).unwrap();
            assert_eq!(document.root_element().attribute("width"), Some("80"));
            let lengths: Vec<f64> = document
                .descendants()
                .filter_map(|node| node.attribute("textLength"))
                .map(|length| length.parse().unwrap())
                .collect();
            assert!(
                lengths.iter().take(lengths.len() / 2).all(|length| *length <= 100.0),
                "the long label fits: {lengths:?}"
            );
        }
    }

    #[test]
    fn other_styles_keep_their_own_widths() {
        let badge = Badge::new("a", "b").style(Style::ForTheBadge);
        assert_eq!(badge.clone().label_width(Some(300)).svg(), badge.svg());
    }
}
