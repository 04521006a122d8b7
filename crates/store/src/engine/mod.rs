//! The two engines: how each is connected to.

mod postgres;
mod sqlite;
mod tls;

use std::{fmt::Display, future::Future, time::Duration};

pub(crate) use postgres::PostgresPool;
pub(crate) use sqlite::{SqlitePool, SqlitePools, connection};

use crate::{Result, StoreError};

/// Longest wait for a connection before a caller is told to come back later.
const PATIENCE: Duration = Duration::from_secs(15);

/// Waits for a connection, but not for ever.
async fn within_patience<T, E: Display>(connecting: impl Future<Output = std::result::Result<T, E>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, connecting).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(StoreError::Unavailable(error.to_string())),
        Err(_) => {
            Err(StoreError::Unavailable(format!("no connection became free within {} seconds", PATIENCE.as_secs())))
        }
    }
}
