//! A connection to either engine, and the macro that runs one query text on both.

use diesel::SqliteConnection;
use diesel_async::{
    AsyncPgConnection, pooled_connection::deadpool::Object, sync_connection_wrapper::SyncConnectionWrapper,
};

use crate::Engine;

/// SQLite's blocking connection, driven from a thread that may block.
pub(crate) type AsyncSqliteConnection = SyncConnectionWrapper<SqliteConnection>;

/// A connection, on loan from the store. Every query function takes one.
#[expect(clippy::large_enum_variant, reason = "moved twice a request: cheaper than a box each time")]
pub enum Conn {
    /// SQLite.
    Sqlite(Object<AsyncSqliteConnection>),
    /// PostgreSQL.
    Postgres(Object<AsyncPgConnection>),
}

impl Conn {
    /// The engine at the other end.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// Compiles `$body` once for each engine, with `$c` the engine's own connection.
///
/// Diesel's `MultiConnection` would save the macro, but on these two engines it takes neither `on_conflict`
/// nor `returning` nor batch inserts.
macro_rules! on_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::Conn::Sqlite(object) => {
                let $c = &mut **object;
                $body
            }
            $crate::Conn::Postgres(object) => {
                let $c = &mut **object;
                $body
            }
        }
    };
}
pub(crate) use on_backend;
