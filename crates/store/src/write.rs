//! How writes become durable: one at a time, in company (group commit).
//!
//! One thread writes. What waits shares one transaction, each write in a savepoint of its own, so that a failure undoes only
//! itself; nobody is answered before the commit. On SQLite this is because there is one writer anyway and a durable commit
//! takes milliseconds; on PostgreSQL because each transaction tells the other servers what it changed, and `NOTIFY` lets
//! only one transaction commit at a time in the whole cluster.

use std::{
    any::Any,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use burgee_coherence::Changes;
use tokio::sync::{mpsc, oneshot};

use crate::{Conn, Result, Stats, StoreError, names::Names, store::Pools, token_uses};

#[cfg(debug_assertions)]
mod audit;
mod others;
mod transaction;

use others::Others;

pub(crate) use others::listen;

/// A future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// A future that stays on its thread.
type LocalFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Most writes that share a transaction: enough to make its cost vanish, few enough to answer in time.
const BATCH_MAX: usize = 128;
/// Most writes that may wait.
const QUEUE_MAX: usize = 1024;
/// Longest wait of a write for its turn. One that has begun is waited for, however long it takes.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest wait for the beginning of a transaction. Nothing has been sent by then, so a server that is silent costs little.
const BEGIN_WITHIN: Duration = Duration::from_secs(5);
/// Longest wait for one step of a transaction: a little longer than PostgreSQL is told to take.
const STEP_WITHIN: Duration = Duration::from_secs(35);
/// How often it is looked whether the use of tokens is to be written.
const USES_EVERY: Duration = Duration::from_secs(1);

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

    fn committed(&self, count: u64) {
        self.commits.fetch_add(count, Ordering::Relaxed);
    }

    pub(crate) fn stats(&self) -> Stats {
        Stats { writes: self.writes.load(Ordering::Relaxed), commits: self.commits.load(Ordering::Relaxed) }
    }
}

/// The queue of the one thread that writes.
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// Starts the thread; it ends when the writer is dropped.
    pub(crate) fn start(pools: Arc<Pools>, counters: Arc<Counters>) -> Result<Self> {
        let (queue, waiting) = mpsc::channel(QUEUE_MAX);
        let failed = |error: std::io::Error| StoreError::Unavailable(format!("the writer cannot start: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let work = Work { others: Others::new(&pools), pools, counters, names: Names::default() };
        std::thread::Builder::new()
            .name("burgee-writer".to_owned())
            .spawn(move || runtime.block_on(work.run(waiting)))
            .map_err(failed)?;
        Ok(Self { queue })
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (reply, mut answer) = oneshot::channel();
        let begun = Arc::new(AtomicBool::new(false));
        let job = Box::new(Pending { work: Some(work), result: None, reply, begun: Arc::clone(&begun) });
        let gone = || StoreError::Unavailable("the store is closing".to_owned());
        self.queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => gone(),
        })?;
        if let Ok(answer) = tokio::time::timeout(PATIENCE, &mut answer).await {
            return answer.map_err(|_| gone())?;
        }
        // Its turn has not come: now it never will, so that the caller can be told that nothing was stored.
        if !begun.swap(true, Ordering::AcqRel) {
            return Err(StoreError::Busy);
        }
        answer.await.map_err(|_| gone())?
    }
}

/// A write in the queue.
trait Job: Send {
    /// Takes the job's turn; `false` if its caller has given it up.
    fn begin(&self) -> bool;
    /// Does the work, keeps its result, and says how it went.
    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> LocalFuture<'a, Ran>;
    /// Answers the caller: with the result if the transaction is durable, else with why it is not.
    fn answer(self: Box<Self>, failure: Option<&StoreError>);
}

/// How a write went, before its transaction is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ran {
    Well,
    Badly,
    /// The database lets nothing through, or is gone: the next write would only wait for the same.
    Stuck,
}

struct Pending<T, F> {
    work: Option<F>,
    result: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
    /// Set by whoever comes first: the writer that begins, or the caller that gives up.
    begun: Arc<AtomicBool>,
}

/// A write that nobody waits for.
fn detached<F>(work: F) -> Box<dyn Job>
where
    F: AsyncFnOnce(&mut Conn) -> Result<()> + Send + 'static,
{
    Box::new(Pending { work: Some(work), result: None, reply: oneshot::channel().0, begun: Arc::default() })
}

impl<T, F> Job for Pending<T, F>
where
    T: Send,
    F: AsyncFnOnce(&mut Conn) -> Result<T> + Send,
{
    fn begin(&self) -> bool {
        !self.begun.swap(true, Ordering::AcqRel)
    }

    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> LocalFuture<'a, Ran> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return Ran::Badly };
            let result = in_time(caught(work, conn)).await;
            let ran = match &result {
                Ok(_) => Ran::Well,
                Err(error) if error.is_temporary() => Ran::Stuck,
                Err(_) => Ran::Badly,
            };
            self.result = Some(result);
            ran
        })
    }

    fn answer(self: Box<Self>, failure: Option<&StoreError>) {
        let result = match (self.result, failure) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), None) => Ok(value),
            (_, Some(StoreError::Busy)) => Err(StoreError::Busy),
            (_, Some(error)) => Err(StoreError::Unavailable(error.to_string())),
            (None, None) => Err(StoreError::Unavailable("the write did not run".to_owned())),
        };
        // A caller that has gone does not want to know.
        drop(self.reply.send(result));
    }
}

/// What the writing thread does.
struct Work {
    pools: Arc<Pools>,
    counters: Arc<Counters>,
    others: Others,
    /// What names meant at the end of the last transaction.
    names: Names,
}

impl Work {
    async fn run(mut self, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
        let mut batch: Vec<Box<dyn Job>> = Vec::with_capacity(BATCH_MAX);
        loop {
            tokio::select! {
                received = waiting.recv_many(&mut batch, BATCH_MAX) => if received == 0 { return },
                () = self.others.due() => {}
                () = tokio::time::sleep(USES_EVERY) => {}
            }
            batch.retain(|job| job.begin());
            if self.pools.shared.uses.are_due() {
                batch.push(detached(async |conn| token_uses::write(conn, false).await));
            }
            if batch.is_empty() {
                self.others.look(&self.pools).await;
            } else {
                self.write_together(&mut batch).await;
            }
        }
    }

    async fn write_together(&mut self, batch: &mut Vec<Box<dyn Job>>) {
        let mut changes = Changes::default();
        let failure = self.run_together(batch, &mut changes).await.err();
        if let Some(error) = &failure {
            tracing::error!(%error, writes = batch.len(), "writes were not stored");
            self.others.forget();
        }
        // Also after a failed commit, since a server that does not answer may have done it.
        self.pools.shared.feed.publish(changes);
        self.counters.committed(u64::from(failure.is_none()));
        for job in batch.drain(..) {
            job.answer(failure.as_ref());
        }
    }

    async fn run_together(&mut self, batch: &mut [Box<dyn Job>], changes: &mut Changes) -> Result<()> {
        let mut conn = self.pools.writer().await?;
        let outcome = self.transact(&mut conn, batch, changes).await;
        if outcome.is_err() {
            // Whatever is left of the transaction ends with its connection.
            conn.discard();
        }
        outcome
    }

    async fn transact(&mut self, conn: &mut Conn, batch: &mut [Box<dyn Job>], changes: &mut Changes) -> Result<()> {
        let begun = tokio::time::timeout(BEGIN_WITHIN, transaction::begin(conn)).await;
        begun.unwrap_or_else(|_| Err(silent()))?;
        let names = std::mem::take(&mut self.names);
        if !in_time(self.others.have_written(conn)).await? {
            *conn.names() = names;
        }
        #[cfg(debug_assertions)]
        audit::begin(conn).await?;
        let mut noted = Changes::default();
        match batch {
            [alone] => {
                if alone.run(conn).await != Ran::Well {
                    return in_time(transaction::rollback(conn)).await;
                }
                noted.extend(conn.take_changes());
            }
            several => run_each(conn, several, &mut noted).await?,
        }
        #[cfg(debug_assertions)]
        audit::end(conn, &noted).await?;
        in_time(self.others.tell(conn, &noted)).await?;
        // From here on the outcome may be unknown.
        *changes = noted;
        in_time(transaction::commit(conn)).await?;
        self.names = std::mem::take(conn.names());
        Ok(())
    }
}

/// Runs several writes. One that fails is undone by itself.
async fn run_each(conn: &mut Conn, batch: &mut [Box<dyn Job>], changes: &mut Changes) -> Result<()> {
    for (index, job) in batch.iter_mut().enumerate() {
        match index {
            0 => in_time(transaction::savepoint(conn)).await?,
            _ => in_time(transaction::next_savepoint(conn)).await?,
        }
        match job.run(conn).await {
            Ran::Well => {}
            Ran::Badly => {
                in_time(transaction::undo(conn)).await?;
                conn.take_changes();
                *conn.names() = Names::default();
            }
            Ran::Stuck => return Err(StoreError::Busy),
        }
        changes.extend(conn.take_changes());
    }
    Ok(())
}

/// Gives up a server that no longer answers at all. One that does gives up earlier by itself.
async fn in_time<T>(step: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(STEP_WITHIN, step).await.unwrap_or_else(|_| Err(silent()))
}

fn silent() -> StoreError {
    StoreError::Unavailable("the server does not answer".to_owned())
}

/// Runs `work`; a panic in it becomes an error, so that it harms nobody else.
async fn caught<T, F>(work: F, conn: &mut Conn) -> Result<T>
where
    F: AsyncFnOnce(&mut Conn) -> Result<T>,
{
    // The connection is in a transaction that is rolled back on error: nothing half done is seen afterwards.
    let begun = catch_unwind(AssertUnwindSafe(|| work(conn)));
    let mut future = match begun {
        Ok(future) => Box::pin(future),
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
