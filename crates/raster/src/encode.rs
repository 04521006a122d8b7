//! Writes pixels as PNG.
//!
//! Text on a plain background has some fifty colours: a palette and zlib make that smallest. With
//! gradients and shadows there are hundreds; then the `png` crate's own compressor for filtered pixels takes a tenth of
//! zlib's time, for a fifth more bytes.

use std::collections::HashMap;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::Pixmap;

/// The most colours that a PNG's palette can have.
const MAX_COLORS: usize = 256;

/// The level of zlib from which on more time hardly makes images with a palette smaller.
const PALETTE_LEVEL: u8 = 4;

pub(crate) fn png(image: Pixmap) -> Result<Vec<u8>, EncodingError> {
    let (width, height) = (image.width(), image.height());
    let bytes = image.take_demultiplied();
    let palette = Palette::of(bytes.as_chunks().0);
    let mut png = Vec::with_capacity(4096);
    let mut encoder = Encoder::new(&mut png, width, height);
    encoder.set_depth(BitDepth::Eight);
    let data = if let Some(palette) = palette {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(
            palette.colors.iter().flat_map(|&[red, green, blue, _]| [red, green, blue]).collect::<Vec<_>>(),
        );
        if let Some(alphas) = palette.alphas() {
            encoder.set_trns(alphas);
        }
        encoder.set_filter(Filter::NoFilter);
        encoder.set_deflate_compression(DeflateCompression::Level(PALETTE_LEVEL));
        palette.indices
    } else {
        encoder.set_color(ColorType::Rgba);
        encoder.set_filter(Filter::Paeth);
        encoder.set_deflate_compression(DeflateCompression::FdeflateUltraFast);
        bytes
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(png)
}

/// The colours of an image, and which of them each pixel has.
struct Palette {
    colors: Vec<[u8; 4]>,
    indices: Vec<u8>,
}

impl Palette {
    /// `None` if there are too many colours.
    fn of(pixels: &[[u8; 4]]) -> Option<Self> {
        let mut palette = Self { colors: Vec::with_capacity(MAX_COLORS), indices: Vec::with_capacity(pixels.len()) };
        let mut known = HashMap::with_capacity(MAX_COLORS);
        let mut last = None;
        for &pixel in pixels {
            // Most pixels have the colour of their neighbour.
            let index = match last {
                Some((color, index)) if color == pixel => index,
                _ => match known.get(&pixel) {
                    Some(&index) => index,
                    None => {
                        let index = u8::try_from(palette.colors.len()).ok()?;
                        palette.colors.push(pixel);
                        known.insert(pixel, index);
                        index
                    }
                },
            };
            last = Some((pixel, index));
            palette.indices.push(index);
        }
        Some(palette)
    }

    /// The alphas of the colours up to the last that is not opaque; `None` if all are.
    fn alphas(&self) -> Option<Vec<u8>> {
        let last = self.colors.iter().rposition(|&[_, _, _, alpha]| alpha != u8::MAX)?;
        Some(self.colors[..=last].iter().map(|&[_, _, _, alpha]| alpha).collect())
    }
}
