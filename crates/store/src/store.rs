//! The store: opened once, cloned freely.

use std::sync::Arc;

use burgee_coherence::{Changes, Generations};
use tokio::{
    runtime::RuntimeFlavor,
    sync::broadcast,
    time::{Instant, timeout_at},
};

use crate::{
    Conn, DatabaseUrl, Engine, Link, Result, StoreError,
    conn::Shared,
    engine::{PostgresPools, SqlitePools},
    feed::Feed,
    memo::Memo,
    migrate, nesting, patience,
    token_uses::{self, TokenUses},
    write::{self, Counters, Writer},
};

/// How to open a store.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the database is.
    pub url: DatabaseUrl,
    /// Number of connections that read; what suits the engine if not given.
    pub readers: Option<usize>,
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
    pools: Arc<Pools>,
    writer: Writer,
    counters: Arc<Counters>,
    /// Hears of other servers' writes; ends with the store.
    listener: tokio::task::JoinHandle<()>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// The connections, and what they share.
pub(crate) struct Pools {
    pub(crate) engine: EnginePools,
    pub(crate) shared: Arc<Shared>,
}

/// The connections of one engine.
pub(crate) enum EnginePools {
    Sqlite(SqlitePools),
    Postgres(PostgresPools),
}

impl Pools {
    /// A connection to ask questions with.
    async fn read(&self) -> Result<Conn> {
        let link = match &self.engine {
            EnginePools::Sqlite(pools) => Link::Sqlite(pools.read().await?),
            EnginePools::Postgres(pools) => Link::Postgres(pools.read().await?),
        };
        Ok(Conn::new(link, false, Arc::clone(&self.shared)))
    }

    /// The one connection that writes.
    pub(crate) async fn writer(&self) -> Result<Conn> {
        let link = match &self.engine {
            EnginePools::Sqlite(pools) => Link::Sqlite(pools.writer().await?),
            EnginePools::Postgres(pools) => Link::Postgres(pools.writer().await?),
        };
        Ok(Conn::new(link, true, Arc::clone(&self.shared)))
    }
}

impl Store {
    /// Opens the database, creating the SQLite file if there is none. Tables are [`Store::migrate`]'s work.
    ///
    /// # Errors
    /// When the address cannot be used or nobody answers there.
    pub async fn open(options: &Options) -> Result<Self> {
        let engine = match &options.url {
            DatabaseUrl::Sqlite(path) => EnginePools::Sqlite(SqlitePools::open(path, options.readers).await?),
            DatabaseUrl::Postgres(url) => EnginePools::Postgres(PostgresPools::open(url, options.readers).await?),
        };
        let shared = Shared { feed: Feed::new(), uses: TokenUses::default(), memo: Memo::default() };
        let pools = Arc::new(Pools { engine, shared: Arc::new(shared) });
        let counters = Arc::new(Counters::default());
        let writer = Writer::start(Arc::clone(&pools), Arc::clone(&counters))?;
        let listener = tokio::spawn(write::listen(Arc::clone(&pools)));
        Ok(Self { inner: Arc::new(Inner { pools, writer, counters, listener }) })
    }

    /// The engine behind this store.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match &self.inner.pools.engine {
            EnginePools::Sqlite(_) => Engine::Sqlite,
            EnginePools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the tables up to date. Several processes may do so at once: one works, the others wait.
    ///
    /// # Errors
    /// When the database is newer than this program, or a migration fails.
    pub async fn migrate(&self) -> Result<()> {
        match &self.inner.pools.engine {
            EnginePools::Sqlite(pools) => migrate::sqlite(pools).await,
            EnginePools::Postgres(pools) => migrate::postgres(pools).await,
        }
    }

    /// Whether the database answers and has exactly this program's tables.
    ///
    /// # Errors
    /// What is in the way.
    pub async fn ready(&self) -> Result<()> {
        self.read(migrate::check).await
    }

    /// Runs `work`, which may take milliseconds, with a connection to ask questions with. On SQLite the connection refuses
    /// to change anything.
    ///
    /// Everything that a request asks goes into one closure. Asking for a second connection inside of it could wait for
    /// ever, so debug builds panic.
    ///
    /// ```no_run
    /// # async fn example(store: burgee_store::Store) -> burgee_store::Result<()> {
    /// use burgee_store::settings;
    /// let colour = store.read(async |conn| settings::get(conn, "colour").await).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The error of `work`; [`StoreError::Busy`] when no connection becomes free in time, or PostgreSQL does not answer in
    /// time.
    pub async fn read<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        E: From<StoreError>,
        F: AsyncFnOnce(&mut Conn) -> std::result::Result<T, E>,
    {
        nesting::forbidden(async {
            let mut conn = self.inner.pools.read().await?;
            let runtime = tokio::runtime::Handle::current();
            if self.engine() == Engine::Sqlite && runtime.runtime_flavor() == RuntimeFlavor::MultiThread {
                // Other requests go on, on another thread. SQLite's statements never wait, so neither does this.
                tokio::task::block_in_place(|| runtime.block_on(work(&mut conn)))
            } else {
                until(patience::for_pages(), conn, work).await
            }
        })
        .await
    }

    /// Like [`Store::read`], for a few indexed look-ups: what takes microseconds is done on the calling thread.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn look_up<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        E: From<StoreError>,
        F: AsyncFnOnce(&mut Conn) -> std::result::Result<T, E>,
    {
        nesting::forbidden(async {
            let conn = self.inner.pools.read().await?;
            until(patience::for_look_ups(), conn, work).await
        })
        .await
    }

    /// Runs `work` in a transaction, and answers when what it did is durable and caches know of it. An error from `work`
    /// undoes all that it did. The work goes on when the caller stops waiting.
    ///
    /// Writes that wait at the same time share one transaction (each in a savepoint of its own), since making a transaction
    /// durable costs milliseconds.
    ///
    /// ```no_run
    /// # async fn example(store: burgee_store::Store) -> burgee_store::Result<()> {
    /// use burgee_store::settings;
    /// store.write(async move |conn| settings::set(conn, "colour", "blue").await).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The error of `work`; why the transaction could not be made durable; [`StoreError::Busy`] when its turn did not come,
    /// and then it never will.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let result = self.inner.writer.write(work).await;
        patience::renew();
        if result.is_ok() {
            self.inner.counters.written();
        }
        result
    }

    /// Notes that a token was used for an answer that came from a cache.
    pub fn note_token_use(&self, id: i64) {
        self.inner.pools.shared.uses.note(id, chrono::Utc::now());
    }

    /// Writes what was noted about the use of tokens; otherwise that is done now and then.
    ///
    /// # Errors
    /// Why it could not be made durable.
    pub async fn write_token_uses(&self) -> Result<()> {
        self.write(async |conn| token_uses::write(conn, true).await).await
    }

    /// When each thing last changed, for caches.
    #[must_use]
    pub fn generations(&self) -> &Generations {
        self.inner.pools.shared.feed.generations()
    }

    /// Whether the writes of other processes are known without delay, so that an answer may be cached at all.
    #[must_use]
    pub fn hears_others(&self) -> bool {
        self.inner.pools.shared.feed.hears_others()
    }

    /// What every write changes from now on, this process's and others'.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Changes>> {
        self.inner.pools.shared.feed.subscribe()
    }

    /// What the store has done since it was opened.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.inner.counters.stats()
    }
}

/// Runs `work`, and on PostgreSQL waits for it no longer than until `end`: its server may have stopped answering, or hold a
/// statement back behind a lock.
async fn until<T, E, F>(end: Instant, mut conn: Conn, work: F) -> std::result::Result<T, E>
where
    E: From<StoreError>,
    F: AsyncFnOnce(&mut Conn) -> std::result::Result<T, E>,
{
    if conn.engine() == Engine::Sqlite {
        return work(&mut conn).await;
    }
    match timeout_at(end, work(&mut conn)).await {
        // Whatever the server's last words were, in whatever language.
        Ok(Err(_)) if conn.is_lost() => Err(StoreError::Unavailable("the connection was lost".to_owned()).into()),
        Ok(result) => result,
        Err(_) => {
            conn.discard();
            Err(StoreError::Busy.into())
        }
    }
}
