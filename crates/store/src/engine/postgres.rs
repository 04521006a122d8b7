//! PostgreSQL: a pool of connections to a server, over TLS where the URL asks for it.

use std::{error::Error, str::FromStr, sync::Arc, time::Duration};

use diesel::ConnectionError;
use diesel_async::{
    AsyncPgConnection, SimpleAsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
        deadpool::{Object, Pool},
    },
};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{queue::Queue, tls};
use crate::{DatabaseUrl, Result, StoreError};

mod listener;

use listener::PostgresListener;

/// Most connections to the server for reading.
const CONNECTIONS: usize = 16;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait for the connection that writes, which may have to be made first.
const WRITER_WITHIN: Duration = Duration::from_secs(5);

/// How long the server lets a statement wait for a lock, and run. A reader's wait and a queue's together are below two
/// seconds. Even if nobody waits for a statement any more, it ends.
const READER: &str = "set lock_timeout = '500ms'; set statement_timeout = '5s'";
/// The same for the connection that writes, which may store a thousand reports in one statement.
const WRITER: &str = "set lock_timeout = '800ms'; set statement_timeout = '30s'";

/// Connections to one server: some that read, one that writes.
pub(crate) struct PostgresPools {
    readers: Pool<AsyncPgConnection>,
    writer: Pool<AsyncPgConnection>,
    queue: Queue,
    connector: Arc<Connector>,
}

struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
}

impl PostgresPools {
    /// Connects once, to find out now what would not work later. `readers` is the number of connections that read.
    pub(crate) async fn open(url: &str, readers: Option<usize>) -> Result<Self> {
        let connector = Arc::new(Connector::parse(url)?);
        let pools = Self {
            readers: pool(&connector, READER, readers.unwrap_or(CONNECTIONS))?,
            writer: pool(&connector, WRITER, 1)?,
            queue: Queue::default(),
            connector,
        };
        drop(pools.connect().await.map_err(|error| match error {
            StoreError::Unavailable(reason) => StoreError::Unavailable(format!("{}: {reason}", shown(url))),
            other => other,
        })?);
        Ok(pools)
    }

    /// A connection to ask questions with.
    pub(crate) async fn read(&self) -> Result<Object<AsyncPgConnection>> {
        self.queue.wait(self.readers.get()).await
    }

    /// The one connection that writes.
    pub(crate) async fn writer(&self) -> Result<Object<AsyncPgConnection>> {
        match tokio::time::timeout(WRITER_WITHIN, self.writer.get()).await {
            Ok(connected) => connected.map_err(|error| StoreError::Unavailable(error.to_string())),
            Err(_) => Err(StoreError::Unavailable("the server does not answer".to_owned())),
        }
    }

    /// A connection outside of the pools, for work after which it is better closed.
    pub(crate) async fn connect(&self) -> Result<AsyncPgConnection> {
        self.connector.connect().await.map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    /// Listens for messages on a channel, over a connection of its own.
    pub(crate) async fn listen(&self, channel: &str) -> Result<PostgresListener> {
        PostgresListener::start(&self.connector, channel).await
    }
}

fn pool(connector: &Arc<Connector>, limits: &'static str, size: usize) -> Result<Pool<AsyncPgConnection>> {
    let mut config = ManagerConfig::<AsyncPgConnection>::default();
    // Whether the server has hung up is known without asking it.
    config.recycling_method = RecyclingMethod::Fast;
    let connector = Arc::clone(connector);
    config.custom_setup = Box::new(move |_| {
        let connector = Arc::clone(&connector);
        Box::pin(async move {
            let mut conn = connector.connect().await?;
            conn.batch_execute(limits).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(conn)
        })
    });
    // The manager is not given the URL, so that nothing it logs can hold the password.
    let manager = AsyncDieselConnectionManager::new_with_config("", config);
    let pool = Pool::builder(manager).max_size(size).build();
    pool.map_err(|error| StoreError::Unavailable(error.to_string()))
}

impl Connector {
    fn parse(url: &str) -> Result<Self> {
        let (url_without_tls, choice) = tls::Choice::take_from(url)?;
        let mut config = Config::from_str(&url_without_tls).map_err(|error| {
            StoreError::BadUrl(format!("the PostgreSQL URL {} cannot be used: {}", shown(url), in_full(&error)))
        })?;
        config.ssl_mode(choice.mode());
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_application_name().is_none() {
            config.application_name("burgee");
        }
        Ok(Self { config, tls: choice.connector()? })
    }

    async fn connect(&self) -> diesel::ConnectionResult<AsyncPgConnection> {
        let (client, connection) = self
            .config
            .connect(self.tls.clone())
            .await
            .map_err(|error| ConnectionError::BadConnection(in_full(&error)))?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await
    }
}

fn shown(url: &str) -> DatabaseUrl {
    DatabaseUrl::Postgres(url.to_owned())
}

/// The error with its causes: the outermost alone says only "error connecting to server".
fn in_full(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
