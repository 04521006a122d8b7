//! Transactions by hand, since several writes share one.

use diesel::{
    QueryResult,
    connection::AnsiTransactionManager,
    query_builder::{AstPass, QueryFragment, QueryId},
    sqlite::Sqlite,
};
use diesel_async::{AsyncConnection, AsyncConnectionCore as _, SimpleAsyncConnection as _, TransactionManager as _};

use crate::{Conn, InlineSqlite, Link, Result, conn::on_backend};

/// The key of the advisory lock on PostgreSQL that lets one server write at a time: "write" in ASCII. Records are then
/// never locked in two orders at once, and the lock that `NOTIFY` needs for the commit is free.
const WRITES: i64 = 0x77_72_69_74_65;

/// Begins a transaction; on SQLite one that may write from the start, since a reader cannot always become a
/// writer later. Waits for other processes' transactions.
pub(super) async fn begin(conn: &mut Conn) -> Result<()> {
    match conn.link() {
        Link::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c.sync(), "BEGIN IMMEDIATE")?,
        Link::Postgres(c) => {
            let begin = format!("BEGIN; SELECT pg_advisory_xact_lock({WRITES})");
            diesel_async::AnsiTransactionManager::begin_transaction_sql(&mut **c, &begin).await?;
        }
    }
    Ok(())
}

pub(super) async fn commit(conn: &mut Conn) -> Result<()> {
    Ok(on_backend!(conn, |c| commit_on(c).await)?)
}

async fn commit_on<C: AsyncConnection>(conn: &mut C) -> QueryResult<()> {
    C::TransactionManager::commit_transaction(conn).await
}

pub(super) async fn rollback(conn: &mut Conn) -> Result<()> {
    Ok(on_backend!(conn, |c| rollback_on(c).await)?)
}

async fn rollback_on<C: AsyncConnection>(conn: &mut C) -> QueryResult<()> {
    C::TransactionManager::rollback_transaction(conn).await
}

/// Statements about the one savepoint inside of the transaction. Diesel's own savepoints are statements that are prepared
/// anew each time.
#[derive(Debug, Clone, Copy)]
struct Savepoint<const RELEASE: bool>;

impl<const RELEASE: bool> QueryId for Savepoint<RELEASE> {
    type QueryId = Self;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<const RELEASE: bool> QueryFragment<Sqlite> for Savepoint<RELEASE> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        pass.push_sql(if RELEASE { "RELEASE w" } else { "SAVEPOINT w" });
        Ok(())
    }
}

/// Begins the first write of several, so that it can be undone by itself.
pub(super) async fn savepoint(conn: &mut Conn) -> Result<()> {
    match conn.link() {
        Link::Sqlite(c) => run(c, Savepoint::<false>).await?,
        Link::Postgres(c) => c.batch_execute("SAVEPOINT w").await?,
    }
    Ok(())
}

/// Keeps what the write before has done, and begins the next one.
pub(super) async fn next_savepoint(conn: &mut Conn) -> Result<()> {
    match conn.link() {
        Link::Sqlite(c) => {
            run(c, Savepoint::<true>).await?;
            run(c, Savepoint::<false>).await?;
        }
        Link::Postgres(c) => c.batch_execute("RELEASE w; SAVEPOINT w").await?,
    }
    Ok(())
}

/// Undoes a write; the next one begins where this one did.
pub(super) async fn undo(conn: &mut Conn) -> Result<()> {
    Ok(on_backend!(conn, |c| c.batch_execute("ROLLBACK TO w").await)?)
}

async fn run(conn: &mut InlineSqlite, statement: impl QueryFragment<Sqlite> + QueryId) -> QueryResult<()> {
    conn.execute_returning_count(statement).await.map(drop)
}
