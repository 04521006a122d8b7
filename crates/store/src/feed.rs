//! The change feed: what each committed write changed.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use burgee_coherence::{Changes, Generations};
use tokio::sync::broadcast;

/// Changes that are kept for a slow subscriber; beyond that it receives `Lagged`.
const BACKLOG: usize = 1024;

/// Publishes what was changed. Caches ask the generations; others subscribe.
pub(crate) struct Feed {
    generations: Generations,
    subscribers: broadcast::Sender<Arc<Changes>>,
    /// Whether the writes of other processes are known without delay.
    hears_others: AtomicBool,
}

impl Feed {
    pub(crate) fn new() -> Self {
        Self {
            generations: Generations::default(),
            subscribers: broadcast::channel(BACKLOG).0,
            hears_others: AtomicBool::new(false),
        }
    }

    pub(crate) fn generations(&self) -> &Generations {
        &self.generations
    }

    /// Publishes changes after their commit. Generations advance before this returns.
    pub(crate) fn publish(&self, changes: Changes) {
        if changes.is_empty() {
            return;
        }
        self.generations.advance(&changes);
        // Fails only when there are no subscribers.
        drop(self.subscribers.send(Arc::new(changes)));
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Arc<Changes>> {
        self.subscribers.subscribe()
    }

    pub(crate) fn hears_others(&self) -> bool {
        self.hears_others.load(Ordering::Acquire)
    }

    /// From now on the writes of other processes are published, too. What they wrote until now is not known, so everything
    /// counts as changed.
    pub(crate) fn begin_to_hear(&self) {
        self.publish(Changes::instance());
        self.hears_others.store(true, Ordering::Release);
    }

    pub(crate) fn cease_to_hear(&self) {
        self.hears_others.store(false, Ordering::Release);
    }
}
