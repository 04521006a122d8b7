//! PostgreSQL: a pool of connections to a server, over TLS where the URL asks for it.

use std::{error::Error, str::FromStr, sync::Arc, time::Duration};

use diesel::ConnectionError;
use diesel_async::{
    AsyncPgConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
        deadpool::{Object, Pool},
    },
};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{tls, within_patience};
use crate::{DatabaseUrl, Result, StoreError};

/// Most connections to the server.
const CONNECTIONS: usize = 16;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Connections to one server.
#[derive(Clone)]
pub(crate) struct PostgresPool {
    pool: Pool<AsyncPgConnection>,
    connector: Arc<Connector>,
}

struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
}

impl PostgresPool {
    /// Connects once, to find out now what would not work later.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let connector = Arc::new(Connector::parse(url)?);
        let mut config = ManagerConfig::<AsyncPgConnection>::default();
        // Whether the server has hung up is known without asking it.
        config.recycling_method = RecyclingMethod::Fast;
        let setup = Arc::clone(&connector);
        config.custom_setup = Box::new(move |_| {
            let connector = Arc::clone(&setup);
            Box::pin(async move { connector.connect().await })
        });
        // The manager is not given the URL, so that nothing it logs can hold the password.
        let manager = AsyncDieselConnectionManager::new_with_config("", config);
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build();
        let pool = Self { pool: pool.map_err(|error| StoreError::Unavailable(error.to_string()))?, connector };
        drop(pool.get().await.map_err(|error| match error {
            StoreError::Unavailable(reason) => StoreError::Unavailable(format!("{}: {reason}", shown(url))),
            other => other,
        })?);
        Ok(pool)
    }

    /// A connection from the pool.
    pub(crate) async fn get(&self) -> Result<Object<AsyncPgConnection>> {
        within_patience(self.pool.get()).await
    }

    /// A connection outside of the pool, for work after which it is better closed.
    pub(crate) async fn connect(&self) -> Result<AsyncPgConnection> {
        within_patience(self.connector.connect()).await
    }
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
