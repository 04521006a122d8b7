//! The store: opened once, cloned freely.

use std::sync::Arc;

use crate::{
    BoxFuture, Conn, DatabaseUrl, Engine, Result, StoreError,
    engine::{PostgresPool, SqlitePools},
    migrate,
    write::{self, Counters, Writer},
};

/// How to open a store.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the database is.
    pub url: DatabaseUrl,
}

/// What the store has done since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stats {
    /// Writes that were asked for and ended well.
    pub writes: u64,
    /// Transactions that were committed for them. Fewer than writes on SQLite, where writes that arrive
    /// together share one.
    pub commits: u64,
}

/// An open database.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    pools: Pools,
    counters: Arc<Counters>,
}

enum Pools {
    Sqlite { pools: SqlitePools, writer: Writer },
    Postgres(PostgresPool),
}

impl Store {
    /// Opens the database, creating the SQLite file if there is none. Tables are [`Store::migrate`]'s work.
    ///
    /// # Errors
    /// When the address cannot be used or nobody answers there.
    pub async fn open(options: &Options) -> Result<Self> {
        let counters = Arc::new(Counters::default());
        let pools = match &options.url {
            DatabaseUrl::Sqlite(path) => {
                let pools = SqlitePools::open(path).await?;
                let writer = Writer::start(pools.writer(), Arc::clone(&counters));
                Pools::Sqlite { pools, writer }
            }
            DatabaseUrl::Postgres(url) => Pools::Postgres(PostgresPool::open(url).await?),
        };
        Ok(Self { inner: Arc::new(Inner { pools, counters }) })
    }

    /// The engine behind this store.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.inner.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the tables up to date. Several processes may do so at once: one works, the others wait.
    ///
    /// # Errors
    /// When the database is newer than this program, or a migration fails.
    pub async fn migrate(&self) -> Result<()> {
        match &self.inner.pools {
            Pools::Sqlite { pools, .. } => migrate::sqlite(pools).await,
            Pools::Postgres(pool) => migrate::postgres(pool).await,
        }
    }

    /// Whether the database answers and has exactly this program's tables.
    ///
    /// # Errors
    /// What is in the way.
    pub async fn ready(&self) -> Result<()> {
        migrate::check(&mut self.read().await?).await
    }

    /// A connection to ask questions with. On SQLite it refuses to change anything.
    ///
    /// # Errors
    /// When no connection can be had in time.
    pub async fn read(&self) -> Result<Conn> {
        match &self.inner.pools {
            Pools::Sqlite { pools, .. } => pools.read().await.map(Conn::Sqlite),
            Pools::Postgres(pool) => pool.get().await.map(Conn::Postgres),
        }
    }

    /// Runs `work` in a transaction, and answers when what it did is durable. An error from `work` undoes all
    /// that it did. The work goes on when the caller stops waiting.
    ///
    /// On SQLite, writes that wait at the same time share one transaction (each in a savepoint of its own), since
    /// making a transaction durable costs milliseconds.
    ///
    /// ```no_run
    /// # async fn example(store: burgee_store::Store) -> burgee_store::Result<()> {
    /// use burgee_store::settings;
    /// store.write(move |conn| Box::pin(async move { settings::set(conn, "colour", "blue").await })).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The error of `work`, or why the transaction could not be made durable.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        let result = match &self.inner.pools {
            Pools::Sqlite { writer, .. } => writer.write(work).await,
            Pools::Postgres(pool) => {
                let (pool, counters) = (pool.clone(), Arc::clone(&self.inner.counters));
                // A task of its own, so that a request that is dropped leaves no transaction half done.
                tokio::spawn(async move {
                    let mut conn = Conn::Postgres(pool.get().await?);
                    let result = write::alone(&mut conn, work).await;
                    counters.committed(u64::from(result.is_ok()));
                    result
                })
                .await
                .unwrap_or_else(|error| Err(StoreError::Panicked(error.to_string())))
            }
        };
        if result.is_ok() {
            self.inner.counters.written();
        }
        result
    }

    /// What the store has done since it was opened.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.inner.counters.stats()
    }
}
