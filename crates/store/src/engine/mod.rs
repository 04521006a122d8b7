//! The two engines: how each is connected to.

mod inline;
mod postgres;
mod queue;
mod sqlite;
mod tls;

pub use inline::InlineSqlite;
pub(crate) use postgres::PostgresPools;
pub(crate) use sqlite::SqlitePools;
