//! How an engine would answer the hot look-up: its own explanation, for tests and for the curious.

use diesel::{
    backend::Backend,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Integer, Text},
};
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    latest::{Latest, Wanted, latest_run},
    release_badge::Cell,
    schema::{builds, releases, runs},
};

/// A query with the engine's word for "explain" before it.
struct Explained<Q, T> {
    word: &'static str,
    query: Q,
    row: std::marker::PhantomData<T>,
}

impl<Q, T> Explained<Q, T> {
    const fn new(word: &'static str, query: Q) -> Self {
        Self { word, query, row: std::marker::PhantomData }
    }
}

impl<Q, T> QueryId for Explained<Q, T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query, T> Query for Explained<Q, T> {
    type SqlType = T;
}

impl<DB: Backend, Q: QueryFragment<DB>, T> QueryFragment<DB> for Explained<Q, T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.word);
        self.query.walk_ast(out.reborrow())
    }
}

/// The engine's plan for [`crate::release_badge::latest`], line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_run(conn: &mut Conn, cell: Cell, include_failed: bool) -> Result<Vec<String>> {
    let wanted: Wanted = cell.wanted(include_failed);
    match conn {
        Conn::Sqlite(c) => {
            let query =
                Explained::<_, (Integer, Integer, Integer, Text)>::new("EXPLAIN QUERY PLAN ", latest_run!(wanted));
            let rows: Vec<(i32, i32, i32, String)> = query.load(&mut **c).await?;
            Ok(rows.into_iter().map(|(_, _, _, line)| line).collect())
        }
        Conn::Postgres(c) => {
            let query = Explained::<_, Text>::new("EXPLAIN ", latest_run!(wanted));
            Ok(query.load(&mut **c).await?)
        }
    }
}
