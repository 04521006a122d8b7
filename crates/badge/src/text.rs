//! A text, made ready: trimmed, in its style's case, measured and escaped in one pass.

use alloc::{borrow::Cow, string::String};

use crate::width::{DROPPED, ESCAPED, Font, WIDTH};

/// What a style does to a text's case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    AsIs,
    Upper,
    Capital,
}

/// A text as it stands in the SVG, and its measures.
pub(crate) struct Text<'a> {
    /// Escaped for XML, in an element and in an attribute.
    pub(crate) xml: Cow<'a, str>,
    /// The sum of its characters' widths, in whole pixels, rounded down.
    pub(crate) pixels: u64,
    /// How long JavaScript finds it.
    pub(crate) utf16_units: u64,
}

impl<'a> Text<'a> {
    pub(crate) fn new(raw: &'a str, case: Case, font: Font) -> Self {
        let shown = in_case(trim(raw), case);
        let measure = Measure::of(&shown, font);
        if measure.flags & DROPPED != 0 {
            // Rare enough to begin again without what XML cannot carry.
            let kept: String = raw.chars().filter(|&c| in_xml(c)).collect();
            return Text::new(&kept, case, font).into_owned();
        }
        let pixels = measure.whole_pixels(&shown, font);
        let xml = if measure.flags & ESCAPED != 0 { Cow::Owned(escaped(&shown)) } else { shown };
        Text { xml, pixels, utf16_units: measure.utf16_units }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.xml.is_empty()
    }

    /// Quirk: `flat`, `flat-square`, `plastic` and `social` make a text's width odd, so that its middle lies on a pixel.
    pub(crate) const fn odd_pixels(&self) -> u64 {
        self.pixels | 1
    }

    fn into_owned<'b>(self) -> Text<'b> {
        Text { xml: Cow::Owned(self.xml.into_owned()), ..self }
    }
}

struct Measure {
    hundredths: u64,
    utf16_units: u64,
    flags: u16,
}

impl Measure {
    fn of(text: &str, font: Font) -> Self {
        let ascii = font.ascii();
        let mut measure = Self { hundredths: 0, utf16_units: 0, flags: 0 };
        for c in text.chars() {
            if let Some(entry) = ascii.get(c as usize) {
                measure.hundredths += u64::from(entry & WIDTH);
                measure.flags |= entry;
                measure.utf16_units += 1;
            } else {
                measure.hundredths += u64::from(font.width(c));
                measure.flags |= if in_xml(c) { 0 } else { DROPPED };
                measure.utf16_units += if c > '\u{FFFF}' { 2 } else { 1 };
            }
        }
        measure
    }

    /// Quirk: badge-maker adds up floating-point numbers, and rounds down. Where the widths add up to a whole number of
    /// pixels its sum can lie just below, and the text comes out a pixel narrower; there, and in texts so long that the
    /// error can grow to a hundredth, the addition is done as badge-maker does it.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of widths, rounded down")]
    fn whole_pixels(&self, text: &str, font: Font) -> u64 {
        if !self.hundredths.is_multiple_of(100) && text.len() < 1 << 20 {
            return self.hundredths / 100;
        }
        text.chars().fold(0.0, |sum, c| sum + f64::from(font.width(c)) / 100.0) as u64
    }
}

/// Quirk: JavaScript's white space is trimmed: `U+FEFF` is, `U+0085` is not.
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        // Nearly every text, and no need to decode it.
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim_matches(is_js_space),
    }
}

pub(crate) const fn is_js_space(c: char) -> bool {
    matches!(
        c,
        '\t'..='\r'
            | ' '
            | '\u{A0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200A}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202F}'
            | '\u{205F}'
            | '\u{3000}'
            | '\u{FEFF}'
    )
}

/// Whether XML 1.0 can carry the character at all.
pub(crate) const fn in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

fn in_case(text: &str, case: Case) -> Cow<'_, str> {
    match case {
        Case::AsIs => Cow::Borrowed(text),
        Case::Upper => Cow::Owned(text.to_uppercase()),
        Case::Capital => capitalized(text),
    }
}

/// Quirk: the first UTF-16 unit is made a capital; half a surrogate pair has none.
fn capitalized(text: &str) -> Cow<'_, str> {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) if first <= '\u{FFFF}' && !first.is_ascii_uppercase() => {
            let mut capital = String::with_capacity(text.len() + 4);
            capital.extend(first.to_uppercase());
            capital.push_str(rest.as_str());
            Cow::Owned(capital)
        }
        _ => Cow::Borrowed(text),
    }
}

fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len() + 16);
    push_escaped(&mut xml, text);
    xml
}

/// Appends the text as XML carries it, without what XML cannot carry.
pub(crate) fn push_escaped(xml: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, c)) = rest.char_indices().find(|&(_, c)| entity(c).is_some() || !in_xml(c)) {
        xml.push_str(&rest[..at]);
        xml.push_str(entity(c).unwrap_or_default());
        rest = &rest[at + c.len_utf8()..];
    }
    xml.push_str(rest);
}

/// How long the text is when it is escaped, at most.
pub(crate) fn escaped_len(text: &str) -> usize {
    text.len() + text.bytes().map(|b| entity(char::from(b)).map_or(0, |entity| entity.len() - 1)).sum::<usize>()
}

const fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Text};
    use crate::width::Font;

    fn text(raw: &str, case: Case) -> Text<'_> {
        Text::new(raw, case, Font::Verdana11)
    }

    #[test]
    fn widths_are_odd() {
        let (build, passing) = (text("build", Case::AsIs), text("passing", Case::AsIs));
        assert_eq!((build.pixels, build.odd_pixels()), (26, 27));
        assert_eq!((passing.pixels, passing.odd_pixels()), (41, 41));
    }

    #[test]
    fn what_xml_cannot_carry_is_dropped_before_trimming() {
        let text = text("\u{0} a\u{1b}<\u{fffe}b \u{8}", Case::AsIs);
        assert_eq!(text.xml, "a&lt;b");
        assert_eq!(text.utf16_units, 3);
    }

    #[test]
    fn white_space_is_what_javascript_takes_for_it() {
        assert_eq!(text("\u{feff}\u{2003}a\u{3000}", Case::AsIs).xml, "a");
        assert_eq!(text("\u{85}a", Case::AsIs).xml, "\u{85}a");
    }

    #[test]
    fn length_counts_utf16_units() {
        assert_eq!(text("a🚀", Case::AsIs).utf16_units, 3);
        assert_eq!(text("straße", Case::Upper).utf16_units, 7);
    }

    #[test]
    fn capitals_are_of_the_first_utf16_unit() {
        assert_eq!(text("ßa", Case::Capital).xml, "SSa");
        assert_eq!(text("𐐨a", Case::Capital).xml, "𐐨a");
        assert_eq!(text("", Case::Capital).xml, "");
    }

    #[test]
    fn a_sum_just_below_a_whole_pixel_is_rounded_down() {
        // 10 × 6.70 is 67, but not in floating-point addition.
        let sum: f64 = core::iter::repeat_n(Font::Verdana11.width('s'), 100).map(|w| f64::from(w) / 100.0).sum();
        let text = "s".repeat(100);
        assert_eq!(Text::new(&text, Case::AsIs, Font::Verdana11).pixels, sum as u64);
    }
}
