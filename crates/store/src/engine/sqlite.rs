//! SQLite: a pool of connections that only read, and one connection that writes.

use std::path::{Path, PathBuf};

use diesel::{ConnectionError, ConnectionResult, QueryResult, SqliteConnection, connection::SimpleConnection};
use diesel_async::{
    AsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
        deadpool::{Object, Pool},
    },
};

use super::queue::Queue;
use crate::{InlineSqlite, Result, StoreError};

type SqlitePool = Pool<InlineSqlite>;

/// Readers do not wait for each other or for the writer (WAL), so a few serve all cores.
const READERS: usize = 4;

/// What every connection needs. The busy timeout comes first: the other statements already may have to wait
/// for another process.
const COMMON: &str = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON;";
/// Acknowledged means durable: with WAL, `FULL` makes every commit wait for the disk.
const WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
const READER: &str = "PRAGMA query_only = ON;";

/// Both pools of one file.
pub(crate) struct SqlitePools {
    path: PathBuf,
    readers: SqlitePool,
    writer: SqlitePool,
    queue: Queue,
}

impl SqlitePools {
    /// Opens the file, or creates it. `readers` is the number of connections that read.
    pub(crate) async fn open(path: &Path, readers: Option<usize>) -> Result<Self> {
        let path = usable(path)?;
        let readers = pool(&path, READER, readers.unwrap_or(READERS))?;
        let pools = Self { readers, writer: pool(&path, WRITER, 1)?, queue: Queue::default(), path };
        // The writer comes first: it creates the file and switches it to WAL.
        drop(pools.writer().await.map_err(|error| pools.explained(error))?);
        Ok(pools)
    }

    /// A connection to ask questions with.
    pub(crate) async fn read(&self) -> Result<Object<InlineSqlite>> {
        self.queue.wait(self.readers.get()).await
    }

    /// The one connection that writes.
    pub(crate) async fn writer(&self) -> Result<Object<InlineSqlite>> {
        self.writer.get().await.map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    fn explained(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Unavailable(reason) => {
                StoreError::BadUrl(format!("the SQLite file {} cannot be opened: {reason}", self.path.display()))
            }
            other => other,
        }
    }
}

/// The path made absolute, so that no path is taken for one of SQLite's `file:` URIs.
fn usable(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path)
        .map_err(|error| StoreError::BadUrl(format!("the SQLite path {} cannot be used: {error}", path.display())))?;
    if path.is_dir() {
        return Err(StoreError::BadUrl(format!("{} is a folder: give the path of a file in it", path.display())));
    }
    match path.parent() {
        Some(folder) if !folder.is_dir() => Err(StoreError::BadUrl(format!(
            "the folder {} for the SQLite file does not exist: create it, or choose another path",
            folder.display()
        ))),
        _ => Ok(path),
    }
}

fn pool(path: &Path, pragmas: &'static str, size: usize) -> Result<SqlitePool> {
    let Some(path) = path.to_str() else {
        return Err(StoreError::BadUrl(format!("the SQLite path {} is not UTF-8", path.display())));
    };
    let mut config = ManagerConfig::<InlineSqlite>::default();
    // A file does not hang up, so there is nothing to ask before using a connection again.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |path| Box::pin(connect(path.to_owned(), pragmas)));
    let manager = AsyncDieselConnectionManager::new_with_config(path, config);
    let pool = Pool::builder(manager).max_size(size).build();
    pool.map_err(|error| StoreError::Unavailable(error.to_string()))
}

async fn connect(path: String, pragmas: &'static str) -> ConnectionResult<InlineSqlite> {
    let mut conn = InlineSqlite::establish(&path).await?;
    set_up(conn.sync(), pragmas).map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

fn set_up(conn: &mut SqliteConnection, pragmas: &str) -> QueryResult<()> {
    conn.batch_execute(COMMON)?;
    retrying(|| conn.batch_execute(pragmas))
}

/// Switching to WAL does not honour the busy timeout when two processes do it at once.
fn retrying(mut set_up: impl FnMut() -> QueryResult<()>) -> QueryResult<()> {
    let mut tries = 0;
    loop {
        match set_up() {
            Err(error) if error.to_string().contains("locked") && tries < 100 => {
                tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            result => return result,
        }
    }
}
