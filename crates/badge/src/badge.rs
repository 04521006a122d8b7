//! What a badge shows, as the caller puts it together.

use crate::{color::Color, style::Style};

/// One part of a badge: a text on a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Segment<'a> {
    pub(crate) text: &'a str,
    pub(crate) color: Option<Color<'a>>,
    pub(crate) link: &'a str,
    pub(crate) title: &'a str,
    pub(crate) width: Option<u16>,
}

impl<'a> Segment<'a> {
    /// A segment with this text, in its place's own colour: dark gray for the first of several, else bright green.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text, color: None, link: "", title: "", width: None }
    }

    /// Paints the segment. Any colour that [`Color::parse`] reads; what it does not read leaves the place's own.
    #[must_use]
    pub fn color(self, color: &'a str) -> Self {
        self.paint(Color::parse(color))
    }

    /// Paints the segment in a colour that was read before; `None` is the place's own.
    #[must_use]
    pub const fn paint(mut self, color: Option<Color<'a>>) -> Self {
        self.color = color;
        self
    }

    /// Links the segment. Links that run code (`javascript:`) are left out; the empty link is none.
    #[must_use]
    pub const fn link(mut self, link: &'a str) -> Self {
        self.link = link;
        self
    }

    /// What is said of the segment when the pointer rests on it.
    #[must_use]
    pub const fn title(mut self, title: &'a str) -> Self {
        self.title = title;
        self
    }

    /// Makes the segment this many pixels wide, in the styles flat, flat-square and plastic; a text that does not fit is
    /// set narrower until it does. `None`: as wide as its text.
    #[must_use]
    pub const fn width(mut self, width: Option<u16>) -> Self {
        self.width = width;
        self
    }
}

/// A badge. Put together without any work; drawn by [`Badge::svg`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Badge<'a> {
    pub(crate) parts: Parts<'a>,
    pub(crate) style: Style,
    pub(crate) logo: &'a str,
    pub(crate) id_suffix: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Parts<'a> {
    Classic([Segment<'a>; 2]),
    Many(&'a [Segment<'a>]),
}

impl<'a> Badge<'a> {
    /// The classic badge: a label (or the empty text, for none) and a message. Texts are trimmed, and freed of the
    /// control characters that XML cannot carry.
    #[must_use]
    pub const fn new(label: &'a str, message: &'a str) -> Self {
        Self::of(Parts::Classic([Segment::new(label), Segment::new(message)]))
    }

    /// A badge of any number of segments, the first of which is the label when there are several. Two are the classic
    /// badge; one is that without a label; none is that without any text.
    #[must_use]
    pub const fn segments(segments: &'a [Segment<'a>]) -> Self {
        Self::of(Parts::Many(segments))
    }

    const fn of(parts: Parts<'a>) -> Self {
        Self { parts, style: Style::Flat, logo: "", id_suffix: "" }
    }

    /// Chooses the look.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Paints the message's side, as [`Segment::color`] does. Of a badge made from segments nothing changes, here and in
    /// the four methods below: they have their own.
    #[must_use]
    pub fn color(self, color: &'a str) -> Self {
        self.paint(Color::parse(color))
    }

    /// Paints the label's side.
    #[must_use]
    pub fn label_color(self, color: &'a str) -> Self {
        self.label_paint(Color::parse(color))
    }

    /// Paints the message's side in a colour that was read before.
    #[must_use]
    pub fn paint(self, color: Option<Color<'a>>) -> Self {
        self.classic(|[_, message]| message.color = color)
    }

    /// Paints the label's side in a colour that was read before.
    #[must_use]
    pub fn label_paint(self, color: Option<Color<'a>>) -> Self {
        self.classic(|[label, _]| label.color = color)
    }

    /// Links the whole badge, or with `right` its two halves apart; the empty link is none.
    #[must_use]
    pub fn links(self, left: &'a str, right: &'a str) -> Self {
        self.classic(|[label, message]| (label.link, message.link) = (left, right))
    }

    /// Gives the two sides widths in pixels, as [`Segment::width`] does.
    #[must_use]
    pub fn widths(self, label: Option<u16>, message: Option<u16>) -> Self {
        self.classic(|[left, right]| (left.width, right.width) = (label, message))
    }

    /// Puts an image before the first text, 14 pixels high and wide: a data URL, so that the badge shows it wherever it
    /// is. The empty text is none.
    #[must_use]
    pub const fn logo(mut self, logo: &'a str) -> Self {
        self.logo = logo;
        self
    }

    /// Appends `suffix` to the ids inside the SVG, for pages that hold several badges inline. Only letters, digits, `-`
    /// and `_` may be in it; another suffix is left out as a whole.
    #[must_use]
    pub const fn id_suffix(mut self, suffix: &'a str) -> Self {
        self.id_suffix = suffix;
        self
    }

    fn classic(mut self, change: impl FnOnce(&mut [Segment<'a>; 2])) -> Self {
        if let Parts::Classic(sides) = &mut self.parts {
            change(sides);
        }
        self
    }
}

impl<'a> Parts<'a> {
    pub(crate) const fn as_slice(&self) -> &[Segment<'a>] {
        match self {
            Self::Classic(sides) => sides,
            Self::Many(segments) => segments,
        }
    }
}
