//! The bounded queue in front of a pool of connections.

use std::{
    fmt::Display,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::{Result, StoreError, patience};

/// Most callers that may wait at the same time.
const WAITING_MAX: usize = 1024;

/// Sees that callers neither wait long nor pile up.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: AtomicUsize,
}

impl Queue {
    /// Waits for a connection.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when none becomes free in time, [`StoreError::Unavailable`] when the database does not answer.
    pub(crate) async fn wait<T, E: Display>(
        &self,
        getting: impl Future<Output = std::result::Result<T, E>>,
    ) -> Result<T> {
        // Counted down also when the caller goes away while it waits.
        let _leaving = Leaving(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING_MAX {
            return Err(StoreError::Busy);
        }
        match tokio::time::timeout_at(patience::for_connections(), getting).await {
            Ok(got) => got.map_err(|error| StoreError::Unavailable(error.to_string())),
            Err(_) => Err(StoreError::Busy),
        }
    }
}

struct Leaving<'a>(&'a AtomicUsize);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
