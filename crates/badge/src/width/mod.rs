//! How wide characters are, by a fixed table: a badge is as wide everywhere, whatever fonts there are.

#[rustfmt::skip]
mod table;

use table::{
    AGES_HIGH, AGES_LOW, BOLD_HIGH, BOLD_LOW, FIRSTS, HELVETICA_HIGH, HELVETICA_LOW, KNOWN, LENGTHS, NORMAL_HIGH,
    NORMAL_LOW, ODD, PAGES,
};

/// The fonts that badges are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Font {
    /// Verdana, 11 pixels
    Verdana11,
    /// Verdana, 10 pixels
    Verdana10,
    /// Bold Verdana, 10 pixels
    VerdanaBold10,
    /// Bold Helvetica, 11 pixels
    HelveticaBold11,
}

/// Units of an advance in an em.
const EM: u32 = 8192;

/// In an entry of [`Font::ascii`]: the character must be written otherwise in XML.
pub(crate) const ESCAPED: u16 = 1 << 14;
/// In an entry of [`Font::ascii`]: XML cannot carry the character.
pub(crate) const DROPPED: u16 = 1 << 15;
/// The rest of such an entry: hundredths of a pixel.
pub(crate) const WIDTH: u16 = ESCAPED - 1;

static ASCII: [[u16; 128]; 4] =
    [ascii(Font::Verdana11), ascii(Font::Verdana10), ascii(Font::VerdanaBold10), ascii(Font::HelveticaBold11)];

impl Font {
    /// Width and flags of each ASCII character.
    pub(crate) const fn ascii(self) -> &'static [u16; 128] {
        &ASCII[self as usize]
    }

    /// The width of a character in hundredths of a pixel. Quirk: what the table does not know, such as most emoji, is as
    /// wide as `m`.
    pub(crate) fn width(self, c: char) -> u16 {
        let point = c as u32;
        if let Some(entry) = self.ascii().get(point as usize) {
            return entry & WIDTH;
        }
        let range = KNOWN.partition_point(|&(_, last)| last < point);
        match KNOWN.get(range) {
            Some(&(first, _)) if first <= point => self.known(point),
            _ => self.ascii()[b'm' as usize],
        }
    }

    /// Quirk: a code point above `U+FFFF` is as wide as its low 16 bits are (`U+20041` as `A`); the table was measured so.
    const fn known(self, point: u32) -> u16 {
        let low = point & 0xFFFF;
        let mut odd = 0;
        while odd < ODD.len() {
            if ODD[odd].0 as u32 == low {
                return ODD[odd].1[self as usize];
            }
            odd += 1;
        }
        let class = class(low);
        let normal = u16::from_le_bytes([NORMAL_LOW[class], NORMAL_HIGH[class]]);
        let bold = normal.wrapping_add(u16::from_le_bytes([BOLD_LOW[class], BOLD_HIGH[class]]));
        let helvetica = bold.wrapping_add(u16::from_le_bytes([HELVETICA_LOW[class], HELVETICA_HIGH[class]]));
        let (advance, pixels) = match self {
            Self::Verdana11 => (normal, 11),
            Self::Verdana10 => (normal, 10),
            Self::VerdanaBold10 => (bold, 10),
            Self::HelveticaBold11 => (helvetica, 11),
        };
        ((advance as u32 * pixels * 100 + EM / 2) / EM) as u16
    }
}

/// Which characters are alike in all fonts: finds the run of its page that the code point is in.
const fn class(low: u32) -> usize {
    let page = (low >> 7) as usize;
    let mut run = PAGES[page] as usize;
    let mut classes = FIRSTS[page] as usize;
    let mut left = low & 0x7F;
    loop {
        let age = u16::from_le_bytes([AGES_LOW[run], AGES_HIGH[run]]) as usize;
        if age == 0 {
            classes += 1;
        }
        let length = LENGTHS[run] as u32;
        if left <= length {
            return if age == 0 { classes - 1 } else { classes - age };
        }
        left -= length + 1;
        run += 1;
    }
}

/// Quirk: control characters have no width, `U+007F` among them.
const fn ascii(font: Font) -> [u16; 128] {
    let mut entries = [0; 128];
    let mut point = 0;
    while point < 128 {
        let c = point as u8;
        entries[point] = match c {
            b'\t' | b'\n' | b'\r' | 0x7F => 0,
            ..b' ' => DROPPED,
            b'&' | b'<' | b'>' | b'"' | b'\'' => font.known(c as u32) | ESCAPED,
            _ => font.known(c as u32),
        };
        point += 1;
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::Font;

    #[test]
    fn unknown_characters_are_as_wide_as_m() {
        assert_eq!(Font::Verdana11.width('🚀'), Font::Verdana11.width('m'));
        assert_eq!(Font::Verdana11.width('\u{1100}'), 1070);
    }

    #[test]
    fn characters_above_ffff_are_as_wide_as_their_low_bits() {
        assert_eq!(Font::HelveticaBold11.width('\u{E0041}'), Font::HelveticaBold11.width('A'));
        assert_eq!(Font::Verdana10.width('\u{20041}'), Font::Verdana10.width('A'));
    }

    #[test]
    fn control_characters_have_no_width() {
        for c in ['\0', '\t', '\n', '\u{1f}', '\u{7f}'] {
            assert_eq!(Font::Verdana11.width(c), 0);
        }
        assert_ne!(Font::Verdana11.width('\u{85}'), 0, "only the ASCII ones");
    }
}
