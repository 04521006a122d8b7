//! SQLite's statements without a thread hop, and without moving queries and results between threads.

use std::future::{Ready, ready};

use diesel::{
    ConnectionResult, QueryResult, SqliteConnection,
    connection::{
        AnsiTransactionManager, CacheSize, Connection, Instrumentation, LoadConnection, SimpleConnection,
        TransactionManager as _, TransactionManagerStatus,
    },
    query_builder::{AsQuery, AstPass, Query, QueryFragment, QueryId},
    row::IntoOwnedRow,
    sql_types::Untyped,
    sqlite::Sqlite,
};
use diesel_async::{
    AsyncConnection, AsyncConnectionCore, SimpleAsyncConnection, TransactionManager,
    pooled_connection::PoolableConnection,
};
use futures_util::stream;

/// A SQLite connection whose statements run on the thread that awaits them.
///
/// An indexed lookup takes a few microseconds, a hop to another thread and back takes tens. Longer work is kept off the
/// threads that serve requests as a whole: [`Store::read`](crate::Store::read) moves a page's statements together, and the
/// writer has a thread of its own.
///
/// Unlike `diesel_async::sync_connection_wrapper`, this passes the query itself to Diesel, so a statement is found in
/// Diesel's cache by the query's type. The wrapper writes the SQL text and copies the values each time.
pub struct InlineSqlite(SqliteConnection);

impl InlineSqlite {
    /// Diesel's own connection, for several statements in a row.
    pub(crate) const fn sync(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

/// A row that does not borrow the statement, since futures have to be [`Send`].
type OwnedRow =
    <<SqliteConnection as LoadConnection>::Row<'static, 'static> as IntoOwnedRow<'static, Sqlite>>::OwnedRow;
type Rows = stream::Iter<std::vec::IntoIter<QueryResult<OwnedRow>>>;

/// A query whose result type is not checked again: its caller has done so.
struct Unchecked<Q>(Q);

impl<Q> Query for Unchecked<Q> {
    type SqlType = Untyped;
}

impl<Q: QueryId> QueryId for Unchecked<Q> {
    type QueryId = Q::QueryId;

    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Unchecked<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }
}

fn load(conn: &mut SqliteConnection, query: impl QueryFragment<Sqlite> + QueryId) -> QueryResult<Rows> {
    let mut names = None;
    let rows: QueryResult<Vec<_>> =
        LoadConnection::load(conn, Unchecked(query))?.map(|row| Ok(Ok(row?.into_owned(&mut names)))).collect();
    rows.map(stream::iter)
}

impl SimpleAsyncConnection for InlineSqlite {
    fn batch_execute(&mut self, query: &str) -> impl Future<Output = QueryResult<()>> + Send {
        ready(self.0.batch_execute(query))
    }
}

impl AsyncConnectionCore for InlineSqlite {
    type ExecuteFuture<'conn, 'query> = Ready<QueryResult<usize>>;
    type LoadFuture<'conn, 'query> = Ready<QueryResult<Rows>>;
    type Stream<'conn, 'query> = Rows;
    type Row<'conn, 'query> = OwnedRow;
    type Backend = Sqlite;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> Self::LoadFuture<'conn, 'query>
    where
        T: AsQuery + 'query,
        T::Query: QueryFragment<Sqlite> + QueryId + 'query,
    {
        ready(load(&mut self.0, source.as_query()))
    }

    fn execute_returning_count<'conn, 'query, T>(&'conn mut self, source: T) -> Self::ExecuteFuture<'conn, 'query>
    where
        T: QueryFragment<Sqlite> + QueryId + 'query,
    {
        ready(Connection::execute_returning_count(&mut self.0, &source))
    }
}

impl AsyncConnection for InlineSqlite {
    type TransactionManager = Transactions;

    fn establish(database_url: &str) -> impl Future<Output = ConnectionResult<Self>> + Send {
        ready(SqliteConnection::establish(database_url).map(Self))
    }

    fn transaction_state(&mut self) -> &mut AnsiTransactionManager {
        Connection::transaction_state(&mut self.0)
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        Connection::instrumentation(&mut self.0)
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        Connection::set_instrumentation(&mut self.0, instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        Connection::set_prepared_statement_cache_size(&mut self.0, size);
    }
}

impl PoolableConnection for InlineSqlite {}

/// Diesel's transactions.
pub struct Transactions;

impl TransactionManager<InlineSqlite> for Transactions {
    type TransactionStateData = AnsiTransactionManager;

    fn begin_transaction(conn: &mut InlineSqlite) -> impl Future<Output = QueryResult<()>> + Send {
        ready(AnsiTransactionManager::begin_transaction(&mut conn.0))
    }

    fn rollback_transaction(conn: &mut InlineSqlite) -> impl Future<Output = QueryResult<()>> + Send {
        ready(AnsiTransactionManager::rollback_transaction(&mut conn.0))
    }

    fn commit_transaction(conn: &mut InlineSqlite) -> impl Future<Output = QueryResult<()>> + Send {
        ready(AnsiTransactionManager::commit_transaction(&mut conn.0))
    }

    fn transaction_manager_status_mut(conn: &mut InlineSqlite) -> &mut TransactionManagerStatus {
        AnsiTransactionManager::transaction_manager_status_mut(&mut conn.0)
    }
}
