//! The embedded fonts, and the same fonts without their `kern` tables.
//!
//! Whenever it lays out a text, usvg makes harfrust index the whole `kern` table, 2,727 pairs of which no badge ever
//! uses one: kerning comes from the font's newer `GPOS` table. This was more than half of reading a badge's SVG. `GPOS`
//! has kerning for all scripts except, in the bold font, for Japanese kana. Texts in other scripts than Latin, Greek
//! and Cyrillic therefore get the fonts as they are.

use std::{borrow::Cow, sync::Arc};

use resvg::usvg::{
    ImageHrefResolver, Options,
    fontdb::{Database, Source},
};

const SANS: &[u8] = include_bytes!("../assets/fonts/DejaVuSans.ttf");
const SANS_BOLD: &[u8] = include_bytes!("../assets/fonts/DejaVuSans-Bold.ttf");

type Fonts = [Cow<'static, [u8]>; 2];

/// Whether the fonts without `kern` tables draw this text: all of it is Latin, Greek, Cyrillic, punctuation or symbols.
pub(crate) fn is_common(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|character| matches!(character, ..'\u{530}' | '\u{2000}'..'\u{2C00}'))
}

/// The fonts as they are.
pub(crate) fn unchanged() -> Fonts {
    [SANS.into(), SANS_BOLD.into()]
}

/// The fonts without their `kern` tables.
pub(crate) fn without_kern_tables() -> Fonts {
    [SANS, SANS_BOLD].map(|font| rename_kern_table(font.to_vec()).into())
}

/// What usvg needs to lay out texts in these fonts and in no others.
pub(crate) fn options(fonts: Fonts) -> Options<'static> {
    let mut database = Database::new();
    for font in fonts {
        database.load_font_source(Source::Binary(Arc::new(font)));
    }
    database.set_sans_serif_family("DejaVu Sans");
    Options {
        fontdb: Arc::new(database),
        font_family: "DejaVu Sans".to_owned(),
        // A logo is a data URL; usvg would read files as well.
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

/// Gives the `kern` table a name that nothing looks for. The directory of tables stays in alphabetical order.
fn rename_kern_table(mut font: Vec<u8>) -> Vec<u8> {
    /// Of the font's header, and of each entry in the directory of tables after it.
    const HEADER: usize = 12;
    const ENTRY: usize = 16;
    let tables = font.get(4..6).map_or(0, |count| usize::from(count[0]) << 8 | usize::from(count[1]));
    if let Some(entry) = font[HEADER..].chunks_exact_mut(ENTRY).take(tables).find(|entry| entry.starts_with(b"kern")) {
        entry[..4].copy_from_slice(b"kero");
    }
    font
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kern_table_is_hidden_and_everything_else_stays() {
        for font in [SANS, SANS_BOLD] {
            let changed = rename_kern_table(font.to_vec());
            assert_eq!(changed.iter().zip(font).filter(|(new, old)| new != old).count(), 1);
        }
    }

    #[test]
    fn latin_greek_and_cyrillic_are_common() {
        for text in ["build: passing", "größer – é", "Ωμέγα", "сборка", "tests ✓"] {
            assert!(is_common(text), "{text}");
        }
        for text in ["ビルド", "շինություն", "構築", "🚀"] {
            assert!(!is_common(text), "{text}");
        }
    }
}
