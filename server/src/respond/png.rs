//! PNG from a badge's SVG: resvg with the embedded DejaVu Sans, so that every machine draws the same picture.

use std::sync::Arc;

use bytes::Bytes;
use moka::future::Cache;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

const SANS: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
const SANS_BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");

/// Bytes of PNG that are kept.
const CACHE_BYTES: u64 = 32 * 1024 * 1024;
/// Most pixels of a PNG, so that a very long text cannot take all memory.
const MAX_PIXELS: u64 = 16 * 1024 * 1024;

/// The picture cannot be drawn.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the badge cannot be rasterised: {0}")]
pub(crate) struct RasterError(String);

/// Draws PNGs, and remembers them: keyed by the SVG itself, so an entry is never out of date.
#[derive(Clone)]
pub(crate) struct Rasteriser {
    fonts: Arc<fontdb::Database>,
    cache: Cache<(Arc<str>, u8), Bytes>,
}

impl Rasteriser {
    /// With the embedded fonts and no others.
    pub(crate) fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(SANS.to_vec());
        fonts.load_font_data(SANS_BOLD.to_vec());
        fonts.set_sans_serif_family("DejaVu Sans");
        let weigh = |key: &(Arc<str>, u8), png: &Bytes| u32::try_from(key.0.len() + png.len()).unwrap_or(u32::MAX);
        Self { fonts: Arc::new(fonts), cache: Cache::builder().max_capacity(CACHE_BYTES).weigher(weigh).build() }
    }

    /// The PNG, `scale` pixels for each of the SVG's. Concurrent requests for the same picture draw it once.
    pub(crate) async fn png(&self, svg: &str, scale: u8) -> Result<Bytes, RasterError> {
        let svg: Arc<str> = svg.into();
        let fonts = Arc::clone(&self.fonts);
        let drawing = {
            let svg = Arc::clone(&svg);
            async move {
                tokio::task::spawn_blocking(move || draw(&svg, scale, fonts))
                    .await
                    .map_err(|error| RasterError(error.to_string()))?
            }
        };
        self.cache
            .try_get_with((svg, scale), drawing)
            .await
            .map_err(|error: Arc<RasterError>| RasterError::clone(&error))
    }
}

fn draw(svg: &str, scale: u8, fonts: Arc<fontdb::Database>) -> Result<Bytes, RasterError> {
    let options = Options { fontdb: fonts, font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| RasterError(error.to_string()))?;
    let scale = f32::from(scale);
    let size = tree.size().to_int_size().scale_by(scale).ok_or_else(|| RasterError("it has no size".to_owned()))?;
    if u64::from(size.width()) * u64::from(size.height()) > MAX_PIXELS {
        return Err(RasterError("it is too large".to_owned()));
    }
    let mut picture =
        Pixmap::new(size.width(), size.height()).ok_or_else(|| RasterError("it has no size".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map(Bytes::from).map_err(|error| RasterError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use burgee_domain::badge::{Badge, Style};

    use super::*;

    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    #[tokio::test]
    async fn a_png_has_the_svgs_size_times_its_scale() {
        let rasteriser = Rasteriser::new();
        let svg = Badge::new("build", "passing").svg();
        assert_eq!(size(&rasteriser.png(&svg, 1).await.unwrap()), (88, 20));
        assert_eq!(size(&rasteriser.png(&svg, 2).await.unwrap()), (176, 40));
    }

    #[tokio::test]
    async fn every_style_draws_text_in_the_embedded_font() {
        let rasteriser = Rasteriser::new();
        for style in Style::ALL {
            let with_text = rasteriser.png(&Badge::new("build", "passing").style(style).svg(), 1).await.unwrap();
            let svg = Badge::new("build", "passing")
                .style(style)
                .svg()
                .replace(">build<", "><")
                .replace(">passing<", "><")
                .replace(">BUILD<", "><")
                .replace(">PASSING<", "><")
                .replace(">Build<", "><");
            let without_text = rasteriser.png(&svg, 1).await.unwrap();
            assert_ne!(with_text, without_text, "{style}");
        }
    }
}
