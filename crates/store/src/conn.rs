//! A connection to either engine, and the macro that runs one query text on both.

use std::sync::Arc;

use burgee_coherence::{Change, Changes};
use diesel_async::{
    AsyncPgConnection,
    pooled_connection::{PoolableConnection as _, deadpool::Object},
};

use crate::{Engine, InlineSqlite, feed::Feed, memo::Memo, names::Names, token_uses::TokenUses};

/// A connection, on loan from the store. Every query function takes one.
pub struct Conn {
    link: Link,
    changes: Changes,
    /// Whether it is lent for a write.
    writes: bool,
    shared: Arc<Shared>,
    /// What names mean, as far as the writer knows.
    names: Names,
}

/// What all connections of a store share.
pub(crate) struct Shared {
    /// What was changed.
    pub(crate) feed: Feed,
    /// When tokens were used.
    pub(crate) uses: TokenUses,
    /// What rarely changes.
    pub(crate) memo: Memo,
}

/// The engine's own connection.
#[expect(clippy::large_enum_variant, reason = "moved twice a request: cheaper than a box each time")]
pub enum Link {
    /// SQLite.
    Sqlite(Object<InlineSqlite>),
    /// PostgreSQL.
    Postgres(Object<AsyncPgConnection>),
}

impl Conn {
    pub(crate) fn new(link: Link, writes: bool, shared: Arc<Shared>) -> Self {
        Self { link, changes: Changes::default(), writes, shared, names: Names::default() }
    }

    /// What names mean, as far as the writer knows.
    pub(crate) const fn names(&mut self) -> &mut Names {
        &mut self.names
    }

    /// Whether it is lent for a write.
    pub(crate) const fn writes(&self) -> bool {
        self.writes
    }

    pub(crate) const fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// When tokens were used.
    pub(crate) fn uses(&self) -> &TokenUses {
        &self.shared.uses
    }

    /// The engine at the other end.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.link {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    /// The engine's own connection, for statements that only one engine has.
    pub const fn link(&mut self) -> &mut Link {
        &mut self.link
    }

    /// Notes what the write under way has changed. Every function that changes a record calls it, so that no caller can
    /// forget to; debug builds hold it against what SQLite's triggers saw (see `crate::write::audit`).
    pub fn changed(&mut self, change: Change) {
        if matches!(change, Change::Naming { .. } | Change::Instance) {
            self.names = Names::default();
        }
        self.changes.add(change);
    }

    /// Closes the connection instead of giving it back: it may still be busy with a statement that nobody waits for.
    pub(crate) fn discard(self) {
        match self.link {
            Link::Sqlite(object) => drop(Object::take(object)),
            Link::Postgres(object) => drop(Object::take(object)),
        }
    }

    /// Whether the server has hung up.
    pub(crate) fn is_lost(&mut self) -> bool {
        match &mut self.link {
            Link::Sqlite(_) => false,
            Link::Postgres(object) => object.is_broken(),
        }
    }

    /// What was changed since this was last asked.
    pub(crate) fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }
}

/// Compiles `$body` once for each engine, with `$c` the engine's own connection.
///
/// Diesel's `MultiConnection` would save the macro, but on these two engines it takes neither `on_conflict`
/// nor `returning` nor batch inserts.
macro_rules! on_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn.link() {
            $crate::Link::Sqlite(object) => {
                let $c = &mut **object;
                $body
            }
            $crate::Link::Postgres(object) => {
                let $c = &mut **object;
                $body
            }
        }
    };
}
pub(crate) use on_backend;

/// Runs `$body`, a statement, for each item, and answers with the results in the items' order. PostgreSQL is sent all
/// statements, in this order, before the first result is awaited: together they take one round trip.
macro_rules! on_each {
    ($conn:expr, $items:expr, |$c:ident, $item:pat_param| $body:expr) => {
        match $conn.link() {
            $crate::Link::Sqlite(object) => {
                let mut results = Vec::new();
                for $item in $items {
                    let $c = &mut **object;
                    results.push($body?);
                }
                Ok::<_, diesel::result::Error>(results)
            }
            $crate::Link::Postgres(object) => {
                let shared: &diesel_async::AsyncPgConnection = object;
                futures_util::future::try_join_all($items.into_iter().map(|$item| async move {
                    let $c = &mut &*shared;
                    $body
                }))
                .await
            }
        }
    };
}
pub(crate) use on_each;
