//! What every handler shares.

use std::{
    ops::Deref,
    sync::{Arc, atomic::AtomicBool},
};

use burgee_store::Store;

use crate::{
    auth::attempts::Attempts,
    cache::ResponseCache,
    config::Settings,
    respond::{image::Freshness, png::Rasteriser},
};

/// The running server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

/// Its parts.
pub(crate) struct Parts {
    pub(crate) store: Store,
    /// Finished badges.
    pub(crate) cache: ResponseCache,
    pub(crate) settings: Settings,
    pub(crate) rasteriser: Rasteriser,
    pub(crate) attempts: Attempts,
    /// Whether the text of the token for a first report may still be kept: see [`crate::first_start`].
    pub(crate) keeps_starter_token: AtomicBool,
}

impl App {
    pub(crate) fn new(store: Store, settings: Settings) -> Self {
        let cache = ResponseCache::new(store.clone(), settings.cache_size.bytes());
        Self(Arc::new(Parts {
            store,
            cache,
            settings,
            rasteriser: Rasteriser::new(),
            attempts: Attempts::new(),
            keeps_starter_token: AtomicBool::new(true),
        }))
    }

    /// How long badges may be kept.
    pub(crate) fn freshness(&self) -> Freshness {
        Freshness {
            max_age: self.settings.badge_max_age,
            stale_while_revalidate: self.settings.badge_stale_while_revalidate,
        }
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
