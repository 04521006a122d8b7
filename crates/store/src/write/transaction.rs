//! Transactions by hand, since several writes share one.

use diesel::{SqliteConnection, connection::AnsiTransactionManager, sql_query};
use diesel_async::{AsyncConnection, RunQueryDsl as _, TransactionManager as _};

use crate::{Conn, Link, Result, conn::on_backend};

/// The key of the advisory lock on PostgreSQL that lets one server write at a time: "write" in ASCII. Records are then
/// never locked in two orders at once, and the lock that `NOTIFY` needs for the commit is free.
const WRITES: i64 = 0x77_72_69_74_65;

/// Begins a transaction; on SQLite one that may write from the start, since a reader cannot always become a
/// writer later. Waits for other processes' transactions.
pub(super) async fn begin(conn: &mut Conn) -> Result<()> {
    match conn.link() {
        Link::Sqlite(c) => {
            c.spawn_blocking(|c| AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")).await?;
        }
        Link::Postgres(c) => {
            <diesel_async::AsyncPgConnection as AsyncConnection>::TransactionManager::begin_transaction(&mut **c)
                .await?;
            sql_query(format!("select pg_advisory_xact_lock({WRITES})")).execute(&mut **c).await?;
        }
    }
    Ok(())
}

/// Begins a transaction inside the one that is open.
pub(super) async fn savepoint(conn: &mut Conn) -> Result<()> {
    match conn.link() {
        Link::Sqlite(c) => {
            c.spawn_blocking(
                <AnsiTransactionManager as diesel::connection::TransactionManager<SqliteConnection>>::begin_transaction,
            )
            .await?;
        }
        Link::Postgres(c) => {
            <diesel_async::AsyncPgConnection as AsyncConnection>::TransactionManager::begin_transaction(&mut **c)
                .await?;
        }
    }
    Ok(())
}

pub(super) async fn commit(conn: &mut Conn) -> Result<()> {
    Ok(on_backend!(conn, |c| commit_on(c).await)?)
}

async fn commit_on<C: AsyncConnection>(conn: &mut C) -> diesel::QueryResult<()> {
    C::TransactionManager::commit_transaction(conn).await
}

pub(super) async fn rollback(conn: &mut Conn) -> Result<()> {
    Ok(on_backend!(conn, |c| rollback_on(c).await)?)
}

async fn rollback_on<C: AsyncConnection>(conn: &mut C) -> diesel::QueryResult<()> {
    C::TransactionManager::rollback_transaction(conn).await
}
