//! What every handler shares.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use burgee_store::Store;

use crate::{
    auth::attempts::Attempts,
    config::Settings,
    respond::{image::Freshness, png::Rasteriser},
    ui::first_start,
};

/// The running server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

/// Its parts.
pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    pub(crate) rasteriser: Rasteriser,
    pub(crate) attempts: Attempts,
    /// Whether the terminal and the empty dashboard show a token for a first report.
    pub(crate) shows_starter_token: AtomicBool,
}

impl App {
    pub(crate) fn new(store: Store, settings: Settings) -> Self {
        Self(Arc::new(Parts {
            store,
            settings,
            rasteriser: Rasteriser::new(),
            attempts: Attempts::new(),
            shows_starter_token: AtomicBool::new(true),
        }))
    }

    /// Something has been reported: the starter token's text need not be kept any longer. Costs one write, once.
    pub(crate) async fn forget_starter_token(&self) {
        if self.shows_starter_token.swap(false, Ordering::Relaxed) {
            let forgotten = self.store.write(|conn| Box::pin(first_start::forget_starter_token(conn))).await;
            if let Err(error) = forgotten {
                tracing::warn!(%error, "the starter token is still kept");
            }
        }
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
