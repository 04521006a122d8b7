//! SQLite's statements without a thread hop.

use std::error::Error;

use diesel_async::sync_connection_wrapper::SpawnBlocking;

use crate::BoxFuture;

/// Runs a statement on the thread that awaits it.
///
/// An indexed look-up takes a few microseconds, a hop to another thread and back takes tens. What takes longer is kept off
/// the threads that serve requests as a whole: [`Store::read`](crate::Store::read) moves a page's statements together, and
/// the writer has a thread of its own.
pub struct Inline;

impl SpawnBlocking for Inline {
    fn spawn_blocking<'a, R>(
        &mut self,
        task: impl FnOnce() -> R + Send + 'static,
    ) -> BoxFuture<'a, Result<R, Box<dyn Error + Send + Sync + 'static>>>
    where
        R: Send + 'static,
    {
        // Not lazily: `task` borrows nothing, and running it here saves moving it.
        let result = task();
        Box::pin(std::future::ready(Ok(result)))
    }

    fn get_runtime() -> Self {
        Self
    }
}
