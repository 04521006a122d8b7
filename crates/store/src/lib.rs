//! Burgee's memory: one store on two engines, SQLite (a file, nothing to install) and PostgreSQL.
//!
//! [`Store`] opens the database and lends connections: [`Store::read`] for questions, [`Store::write`] for
//! changes, which are durable once it has answered, and published on the change feed. What can be asked and changed stands in one small module
//! for each kind of record, as functions over [`Conn`]; each query is written once and compiled for both
//! engines.
//!
//! - [`reports`]: how a reported run is kept. [`runs`], [`builds`], [`releases`], [`effective_variables`]: what was
//!   reported.
//! - [`release_badge`]: the look-up behind the Octopus dialect's badge. [`dashboard`], [`builder`]: pages.
//! - [`groups`] (and spaces), [`projects`], [`environments`], [`tenants`], [`aliases`]: names and places.
//! - [`badges`], [`gitlab`], [`branch`]: the GitLab dialect's lists of badges, its names, what its SVG badges show.
//! - [`concourse`], [`buildmaster`]: what the badges of these two dialects show.
//! - [`users`], [`sessions`], [`tokens`]: who asks. [`members`], [`access`]: what they may. [`settings`]: single values.
//!
//! Nothing here knows about HTTP, and nothing panics: what goes wrong is a [`StoreError`].

mod column;
mod conn;
mod database_url;
mod engine;
mod error;
pub mod explain;
mod feed;
mod identifier;
mod memo;
mod migrate;
mod names;
mod nesting;
mod path;
pub mod patience;
mod place;
pub mod schema;
mod sql;
mod store;
mod token_uses;
mod write;

pub mod access;
pub mod aliases;
pub mod badges;
pub mod branch;
pub mod builder;
pub mod buildmaster;
pub mod builds;
pub mod concourse;
pub mod dashboard;
pub mod effective_variables;
pub mod environments;
pub mod gitlab;
pub mod groups;
mod latest;
pub mod members;
pub mod projects;
pub mod release_badge;
pub mod releases;
pub mod reports;
pub mod runs;
pub mod sessions;
pub mod settings;
pub mod standing;
pub mod tenants;
pub mod tokens;
pub mod users;
pub mod variables;

pub use burgee_coherence::{Change, Changes, Dependencies, Generations, Moment};
pub use conn::{Conn, Link};
pub use database_url::DatabaseUrl;
pub use engine::InlineSqlite;
pub use error::StoreError;
pub use migrate::migration_names;
pub use store::{Options, Stats, Store};
pub use write::BoxFuture;

/// What every function of the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The engine behind a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file, and SQLite compiled into the program.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}
