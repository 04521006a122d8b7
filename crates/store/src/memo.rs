//! What rarely changes and is asked often (names, tokens), kept in memory while nothing that it depends on has changed.

use std::{any::Any, sync::Arc};

use burgee_coherence::{Dependencies, Moment};
use quick_cache::sync::Cache;

use crate::{Conn, Result, feed::Feed};

/// Most things that are remembered.
const CAPACITY: usize = 16_384;

/// The memory.
pub(crate) struct Memo {
    entries: Cache<Box<str>, Arc<Entry>>,
}

struct Entry {
    value: Box<dyn Any + Send + Sync>,
    dependencies: Dependencies,
    began: Moment,
}

impl Default for Memo {
    fn default() -> Self {
        Self { entries: Cache::new(CAPACITY) }
    }
}

impl Memo {
    fn get<T: Clone + 'static>(&self, key: &str, feed: &Feed) -> Option<T> {
        let entry = self.entries.get(key)?;
        if !feed.generations().hold(&entry.dependencies, entry.began) {
            return None;
        }
        entry.value.downcast_ref().cloned()
    }
}

/// The value of `key`: as remembered, or as `find` reads it. What was not found is not remembered, so that unknown names
/// push out nothing. Within a write nothing is remembered, since its own changes are not yet published.
pub(crate) async fn remembered<T>(
    conn: &mut Conn,
    key: String,
    dependencies: impl FnOnce(&T) -> Dependencies,
    find: impl AsyncFnOnce(&mut Conn) -> Result<Option<T>>,
) -> Result<Option<T>>
where
    T: Clone + Send + Sync + 'static,
{
    let shared = Arc::clone(conn.shared());
    if conn.writes() || !shared.feed.hears_others() {
        return find(conn).await;
    }
    if let Some(value) = shared.memo.get(&key, &shared.feed) {
        return Ok(Some(value));
    }
    let began = shared.feed.generations().now();
    let found = find(conn).await?;
    if let Some(value) = &found {
        let entry = Entry { dependencies: dependencies(value), value: Box::new(value.clone()), began };
        shared.memo.entries.insert(key.into(), Arc::new(entry));
    }
    Ok(found)
}
