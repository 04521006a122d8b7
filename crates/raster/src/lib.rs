//! Rasterises badges: from the SVG that `burgee-badge` draws to a PNG, with embedded fonts, so that every machine draws
//! the same pixels.
//!
//! resvg does the work, and says what the pixels are: the tests hold every image against [`resvg::render`]. What it
//! spends most of its time on is done here in a way that fits badges: see [`canvas`], [`shadow`] and [`encode`].

#![forbid(unsafe_code)]

mod blur;
mod canvas;
mod encode;
mod fill;
mod fonts;
mod shadow;

use resvg::{
    tiny_skia::{IntSize, Pixmap, Transform},
    usvg::{Options, Tree},
};

/// The most pixels that an image may have, so that a very long text cannot take much memory or time: a badge of 20
/// by 3,276 pixels at the greatest scale. Drawing takes about 30 bytes for each.
const MAX_PIXELS: u64 = 1024 * 1024;

/// Why there is no image.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RasterError {
    /// Even at scale 1 the image would have more than a million pixels.
    #[error("the badge is too large for an image")]
    TooLarge,
    /// The SVG cannot be read or the PNG not be written.
    #[error("the badge cannot be rasterised: {0}")]
    Failed(String),
}

/// Draws PNGs from SVGs. Making one reads the fonts, so it is made once; it can be shared by threads.
#[derive(Debug)]
pub struct Rasteriser {
    /// For texts in Latin, Greek and Cyrillic, which is what badges are written in.
    common: Options<'static>,
    /// For all other texts.
    others: Options<'static>,
}

impl Rasteriser {
    /// Loads the embedded fonts.
    #[must_use]
    pub fn new() -> Self {
        Self { common: fonts::options(fonts::without_kern_tables()), others: fonts::options(fonts::unchanged()) }
    }

    /// Draws the SVG as a PNG with `scale` pixels for each of the SVG's. An image that would have too many pixels is
    /// drawn at the greatest scale at which it has not.
    ///
    /// # Errors
    /// If the image is too large even at scale 1, and if `svg` is not an SVG.
    pub fn png(&self, svg: &str, scale: u8) -> Result<Vec<u8>, RasterError> {
        encode::png(self.pixels(svg, scale)?).map_err(|error| RasterError::Failed(error.to_string()))
    }

    /// Draws the SVG; the colours of the pixels are premultiplied with their alpha.
    ///
    /// # Errors
    /// As for [`Rasteriser::png`].
    pub fn pixels(&self, svg: &str, scale: u8) -> Result<Pixmap, RasterError> {
        let options = if fonts::is_common(svg) { &self.common } else { &self.others };
        let tree = Tree::from_str(svg, options).map_err(|error| RasterError::Failed(error.to_string()))?;
        let size = tree.size().to_int_size();
        let fits = |scale: u8| {
            let size = size.scale_by(f32::from(scale))?;
            (u64::from(size.width()) * u64::from(size.height()) <= MAX_PIXELS).then_some((size, f32::from(scale)))
        };
        let (size, scale) = (1..=scale).rev().find_map(fits).ok_or(RasterError::TooLarge)?;
        canvas::draw(&tree, size, scale).or_else(|| by_resvg(&tree, size, scale)).ok_or(RasterError::TooLarge)
    }
}

fn by_resvg(tree: &Tree, size: IntSize, scale: f32) -> Option<Pixmap> {
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Some(pixels)
}

impl Default for Rasteriser {
    fn default() -> Self {
        Self::new()
    }
}
