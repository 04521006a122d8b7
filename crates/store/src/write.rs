//! How writes become durable: alone on PostgreSQL, in company (group commit) on SQLite.

use std::{
    any::Any,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use diesel::{SqliteConnection, connection::AnsiTransactionManager};
use diesel_async::{AsyncConnection, TransactionManager as _};
use tokio::sync::{mpsc, oneshot};

use crate::{
    Conn, Result, Stats, StoreError,
    conn::on_backend,
    engine::{SqlitePool, connection},
};

/// A future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Most writes that share a transaction: enough to make its cost vanish, few enough to answer in time.
const BATCH_MAX: usize = 128;
/// Writes that may wait; further callers wait for their turn to wait.
const QUEUE_MAX: usize = 1024;

/// What [`crate::Store::stats`] shows.
#[derive(Default)]
pub(crate) struct Counters {
    writes: AtomicU64,
    commits: AtomicU64,
}

impl Counters {
    pub(crate) fn written(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn committed(&self, count: u64) {
        self.commits.fetch_add(count, Ordering::Relaxed);
    }

    pub(crate) fn stats(&self) -> Stats {
        Stats { writes: self.writes.load(Ordering::Relaxed), commits: self.commits.load(Ordering::Relaxed) }
    }
}

/// One write in a transaction of its own.
pub(crate) async fn alone<T, F>(conn: &mut Conn, work: F) -> Result<T>
where
    T: Send,
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send,
{
    begin(conn).await?;
    match caught(work, conn).await {
        Ok(value) => {
            commit(conn).await?;
            Ok(value)
        }
        Err(error) => {
            // A connection that cannot even roll back is dropped by the pool, and its transaction with it.
            if let Err(also) = rollback(conn).await {
                tracing::warn!(error = %also, "could not roll back");
            }
            Err(error)
        }
    }
}

/// The one task that writes to SQLite.
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// Starts the task; it ends when the writer is dropped.
    pub(crate) fn start(pool: SqlitePool, counters: Arc<Counters>) -> Self {
        let (queue, mut waiting) = mpsc::channel(QUEUE_MAX);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH_MAX);
            while waiting.recv_many(&mut batch, BATCH_MAX).await > 0 {
                write_together(&pool, &mut batch, &counters).await;
            }
        });
        Self { queue }
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending { work: Some(work), result: None, reply });
        let gone = || StoreError::Unavailable("the store is closing".to_owned());
        self.queue.send(job).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// A write in the queue.
trait Job: Send {
    /// Does the work, keeps its result, and says whether it went well.
    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> BoxFuture<'a, bool>;
    /// Answers the caller: with the result if the transaction is durable, else with why it is not.
    fn answer(self: Box<Self>, failure: Option<&str>);
}

struct Pending<T, F> {
    work: Option<F>,
    result: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Pending<T, F>
where
    T: Send,
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send,
{
    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            let result = caught(work, conn).await;
            let went_well = result.is_ok();
            self.result = Some(result);
            went_well
        })
    }

    fn answer(self: Box<Self>, failure: Option<&str>) {
        let result = match (self.result, failure) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), None) => Ok(value),
            (_, reason) => Err(StoreError::Unavailable(reason.unwrap_or("the write did not run").to_owned())),
        };
        // A caller that has gone does not want to know.
        drop(self.reply.send(result));
    }
}

async fn write_together(pool: &SqlitePool, batch: &mut Vec<Box<dyn Job>>, counters: &Counters) {
    let failure = match run_together(pool, batch).await {
        Ok(()) => None,
        Err(error) => Some(error.to_string()),
    };
    counters.committed(u64::from(failure.is_none()));
    for job in batch.drain(..) {
        job.answer(failure.as_deref());
    }
}

/// Runs every job in a savepoint of its own, then makes all of them durable at once.
///
/// On an error the connection goes back to its pool with the transaction still open; the pool then closes it,
/// and SQLite rolls back.
async fn run_together(pool: &SqlitePool, batch: &mut [Box<dyn Job>]) -> Result<()> {
    let mut conn = Conn::Sqlite(connection(pool).await?);
    begin(&mut conn).await?;
    for job in batch {
        savepoint(&mut conn).await?;
        if job.run(&mut conn).await { commit(&mut conn).await? } else { rollback(&mut conn).await? }
    }
    commit(&mut conn).await
}

/// Begins a transaction; on SQLite one that may write from the start, since a reader cannot always become a
/// writer later. Waits for other processes' transactions within the busy timeout.
async fn begin(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(c) => {
            c.spawn_blocking(|c| AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")).await?;
        }
        Conn::Postgres(_) => savepoint(conn).await?,
    }
    Ok(())
}

/// Begins a transaction inside the one that is open.
async fn savepoint(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(c) => {
            c.spawn_blocking(
                <AnsiTransactionManager as diesel::connection::TransactionManager<SqliteConnection>>::begin_transaction,
            )
            .await?;
        }
        Conn::Postgres(c) => {
            <diesel_async::AsyncPgConnection as AsyncConnection>::TransactionManager::begin_transaction(&mut **c)
                .await?;
        }
    }
    Ok(())
}

async fn commit(conn: &mut Conn) -> Result<()> {
    Ok(on_backend!(conn, |c| commit_on(c).await)?)
}

async fn commit_on<C: AsyncConnection>(conn: &mut C) -> diesel::QueryResult<()> {
    C::TransactionManager::commit_transaction(conn).await
}

async fn rollback(conn: &mut Conn) -> Result<()> {
    Ok(on_backend!(conn, |c| rollback_on(c).await)?)
}

async fn rollback_on<C: AsyncConnection>(conn: &mut C) -> diesel::QueryResult<()> {
    C::TransactionManager::rollback_transaction(conn).await
}

/// Runs `work`; a panic in it becomes an error, so that it harms nobody else.
async fn caught<T, F>(work: F, conn: &mut Conn) -> Result<T>
where
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>>,
{
    // The connection is in a transaction that is rolled back on error: nothing half done is seen afterwards.
    let begun = catch_unwind(AssertUnwindSafe(|| work(conn)));
    let mut future = match begun {
        Ok(future) => future,
        Err(panic) => return Err(panicked(&*panic)),
    };
    poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)))
            .unwrap_or_else(|panic| std::task::Poll::Ready(Err(panicked(&*panic))))
    })
    .await
}

fn panicked(panic: &(dyn Any + Send)) -> StoreError {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    StoreError::Panicked(text.unwrap_or_else(|| "panic".to_owned()))
}
