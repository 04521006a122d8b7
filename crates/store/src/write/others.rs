//! Other processes on the same database: hearing what they wrote, and telling them what was written here.
//!
//! On PostgreSQL servers tell each other by `NOTIFY` what each transaction changed. A SQLite file cannot tell what another
//! process (such as `burgee token revoke`) changed in it, but whether one did.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::Arc,
    time::Duration,
};

use burgee_coherence::Changes;
use diesel::{prelude::*, sql_types::BigInt};
use diesel_async::{RunQueryDsl, pooled_connection::deadpool::Object};

use crate::{
    Conn, InlineSqlite, Link, Result,
    feed::Feed,
    settings,
    store::{EnginePools, Pools},
};

/// The channel on PostgreSQL.
const CHANNEL: &str = "burgee_changes";
/// The setting that holds which server has written last.
const LAST_WRITER: &str = "last_writer";
/// Longest message: PostgreSQL takes 8,000 bytes.
const MESSAGE_MAX: usize = 7_900;
/// How often a SQLite file is asked whether another process has written.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// How long to wait before listening again after the connection was lost.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_millis(250);

/// What this process signs its messages with, so that it does not heed its own.
fn this_server() -> String {
    static ID: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    ID.get_or_init(|| format!("{:016x}", RandomState::new().build_hasher().finish())).clone()
}

/// Publishes what other servers write, for as long as the store is open. While the connection is lost, their writes are not
/// known.
pub(crate) async fn listen(pools: Arc<Pools>) {
    let (this, feed) = (this_server(), &pools.shared.feed);
    let EnginePools::Postgres(postgres) = &pools.engine else { return };
    loop {
        match postgres.listen(CHANNEL).await {
            Ok(mut listener) => {
                feed.begin_to_hear();
                while let Some(message) = listener.next().await {
                    let (server, changes) = message.split_once(' ').unwrap_or((&message, "i"));
                    if server != this {
                        // What a newer version says may mean anything.
                        feed.publish(changes.parse().unwrap_or_else(|_| Changes::instance()));
                    }
                }
                feed.cease_to_hear();
                tracing::warn!(
                    "the connection that hears of other servers' writes was lost; badges are not cached until it is back"
                );
            }
            Err(error) => tracing::debug!(%error, "cannot listen for other servers' writes"),
        }
        tokio::time::sleep(LISTEN_AGAIN_AFTER).await;
    }
}

/// Looks whether another process has written to the database, and tells others what this one has written.
pub(super) enum Others {
    /// Asked of the connection that writes, SQLite's version of the data changes exactly when somebody else commits.
    Sqlite {
        /// The version that was seen last; none if the connection may be another one by now.
        seen: Option<i64>,
    },
    /// Every server writes its name into the database, so it finds another one there exactly when that has written since.
    Postgres {
        /// What messages and transactions are signed with.
        server: String,
    },
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

impl Others {
    pub(super) fn new(pools: &Pools) -> Self {
        match &pools.engine {
            EnginePools::Sqlite(_) => Self::Sqlite { seen: None },
            EnginePools::Postgres(_) => Self::Postgres { server: this_server() },
        }
    }

    /// Waits until it is time to look; for ever on PostgreSQL, where [`listen`] is told.
    pub(super) async fn due(&self) {
        match self {
            Self::Sqlite { .. } => tokio::time::sleep(LOOK_EVERY).await,
            Self::Postgres { .. } => std::future::pending().await,
        }
    }

    /// Looks with suspicion next time: the connection that was asked before may be another now.
    pub(super) fn forget(&mut self) {
        if let Self::Sqlite { seen } = self {
            *seen = None;
        }
    }

    /// Looks while there is nothing to write, and publishes that everything may have changed if somebody else has written.
    pub(super) async fn look(&mut self, pools: &Pools) {
        let (Self::Sqlite { seen }, EnginePools::Sqlite(sqlite)) = (self, &pools.engine) else { return };
        let version = match sqlite.writer().await {
            Ok(mut conn) => data_version(&mut conn).await.ok(),
            Err(_) => None,
        };
        compare(seen, version, &pools.shared.feed);
    }

    /// Whether somebody else has written since this process's last transaction, asked inside of the next one.
    pub(super) async fn have_written(&mut self, conn: &mut Conn) -> Result<bool> {
        match self {
            Self::Sqlite { seen } => {
                let Link::Sqlite(c) = conn.link() else { return Ok(true) };
                let version = data_version(c).await?;
                Ok(compare(seen, Some(version), &conn.shared().feed))
            }
            Self::Postgres { server } => {
                if settings::get(conn, LAST_WRITER).await?.as_ref() == Some(server) {
                    return Ok(false);
                }
                settings::set(conn, LAST_WRITER, server).await?;
                Ok(true)
            }
        }
    }

    /// Tells other servers what the open transaction has changed. They hear it when it is committed.
    pub(super) async fn tell(&self, conn: &mut Conn, changes: &Changes) -> Result<()> {
        let (Self::Postgres { server }, Link::Postgres(c)) = (self, conn.link()) else { return Ok(()) };
        if changes.is_empty() {
            return Ok(());
        }
        let mut message = format!("{server} {changes}");
        if message.len() > MESSAGE_MAX {
            message = format!("{server} {}", Changes::instance());
        }
        diesel::sql_query(format!("notify {CHANNEL}, '{message}'")).execute(&mut **c).await?;
        Ok(())
    }
}

/// Publishes what a version of the data says about others' writes; whether they may have written.
fn compare(seen: &mut Option<i64>, version: Option<i64>, feed: &Feed) -> bool {
    let is_same = seen.is_some() && *seen == version;
    match version {
        Some(_) if is_same => {}
        Some(_) if !feed.hears_others() => feed.begin_to_hear(),
        Some(_) => feed.publish(Changes::instance()),
        None => feed.cease_to_hear(),
    }
    *seen = version;
    !is_same
}

async fn data_version(conn: &mut Object<InlineSqlite>) -> QueryResult<i64> {
    let row: DataVersion = diesel::sql_query("PRAGMA data_version").get_result(&mut **conn).await?;
    Ok(row.data_version)
}
