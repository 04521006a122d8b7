//! PNG from a badge's SVG: a bounded queue in front of `burgee-raster`, and the images of errors.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use burgee_raster::{RasterError, Rasteriser as Images};
use bytes::Bytes;
use tokio::sync::Semaphore;

/// How many images wait while one is drawn on each core. Drawing takes about a millisecond, so nobody waits long.
const QUEUE: usize = 64;

/// Why there is no PNG.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PngError {
    /// The queue is full.
    #[error("too many images wait to be drawn")]
    Busy,
    #[error(transparent)]
    Raster(#[from] RasterError),
}

/// Draws PNGs, at most one on each core. Keeps none, except those of errors.
pub(crate) struct Rasteriser {
    images: Arc<Images>,
    /// For each image that is drawn or waits.
    places: Arc<Semaphore>,
    /// For each image that is drawn.
    cores: Arc<Semaphore>,
    errors: Mutex<HashMap<String, Bytes>>,
}

impl Rasteriser {
    /// With the embedded fonts and no others.
    pub(crate) fn new() -> Self {
        Self::for_cores(thread::available_parallelism().map_or(1, usize::from))
    }

    fn for_cores(cores: usize) -> Self {
        Self {
            images: Arc::new(Images::new()),
            places: Arc::new(Semaphore::new(cores + QUEUE)),
            cores: Arc::new(Semaphore::new(cores)),
            errors: Mutex::default(),
        }
    }

    /// The PNG, `scale` pixels for each of the SVG's, or fewer if it would be too large.
    pub(crate) async fn png(&self, svg: String, scale: u8) -> Result<Bytes, PngError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| PngError::Busy)?;
        let core = Arc::clone(&self.cores).acquire_owned().await.map_err(|_| PngError::Busy)?;
        let images = Arc::clone(&self.images);
        let drawing = tokio::task::spawn_blocking(move || {
            // Held until the image is drawn, even if the caller has gone.
            let _permits = (place, core);
            images.png(&svg, scale)
        });
        let png = drawing.await.map_err(|error| RasterError::Failed(error.to_string()))??;
        Ok(png.into())
    }

    /// The PNG of an error. It is kept, so `svg` must be one of a few.
    ///
    /// It does not queue: each is drawn once, and errors are what a full queue is answered with.
    pub(crate) fn error_png(&self, svg: &str) -> Result<Bytes, RasterError> {
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(png) = errors.get(svg) {
            return Ok(png.clone());
        }
        let png = Bytes::from(self.images.png(svg, 1)?);
        errors.insert(svg.to_owned(), png.clone());
        Ok(png)
    }
}

#[cfg(test)]
mod tests {
    use burgee_domain::badge::Badge;

    use super::*;

    fn svg() -> String {
        Badge::new("build", "passing").svg()
    }

    #[tokio::test]
    async fn png_is_scaled() {
        let rasteriser = Rasteriser::for_cores(1);
        let width = |png: Bytes| u32::from_be_bytes(png[16..20].try_into().unwrap());
        assert_eq!(width(rasteriser.png(svg(), 1).await.unwrap()), 88);
        assert_eq!(width(rasteriser.png(svg(), 2).await.unwrap()), 176);
    }

    #[tokio::test]
    async fn full_queue_is_an_error_and_drains() {
        let rasteriser = Arc::new(Rasteriser::for_cores(1));
        let core = Arc::clone(&rasteriser.cores).acquire_owned().await.unwrap();
        let waiting: Vec<_> = (0..=QUEUE)
            .map(|_| {
                let rasteriser = Arc::clone(&rasteriser);
                tokio::spawn(async move { rasteriser.png(svg(), 1).await })
            })
            .collect();
        while rasteriser.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(rasteriser.png(svg(), 1).await, Err(PngError::Busy));
        drop(core);
        for png in waiting {
            assert!(png.await.unwrap().is_ok());
        }
        assert!(rasteriser.png(svg(), 1).await.is_ok());
    }

    #[tokio::test]
    async fn caller_who_leaves_the_queue_makes_room() {
        let rasteriser = Rasteriser::for_cores(1);
        let _core = rasteriser.cores.acquire().await.unwrap();
        let free = rasteriser.places.available_permits();
        let mut waiting = Box::pin(rasteriser.png(svg(), 1));
        std::future::poll_fn(|context| {
            assert!(waiting.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        assert_eq!(rasteriser.places.available_permits(), free - 1);
        drop(waiting);
        assert_eq!(rasteriser.places.available_permits(), free);
    }

    #[test]
    fn error_is_drawn_once() {
        let rasteriser = Rasteriser::for_cores(1);
        let first = rasteriser.error_png(&svg()).unwrap();
        assert_eq!(rasteriser.error_png(&svg()).unwrap().as_ptr(), first.as_ptr());
    }
}
