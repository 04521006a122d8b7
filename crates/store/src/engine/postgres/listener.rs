//! `LISTEN`: messages from other servers on the same database.

use std::{future::poll_fn, time::Duration};

use tokio::{sync::mpsc, task::JoinHandle, time::timeout};
use tokio_postgres::AsyncMessage;

use super::Connector;
use crate::{Result, StoreError};

/// How long a connection may be silent before it is asked whether it is still there: a network that fails closes nothing.
const SILENCE_MAX: Duration = Duration::from_secs(2);
/// Longest wait for an answer to that, and for the connection.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// A connection that does nothing but listen.
pub(crate) struct PostgresListener {
    messages: mpsc::UnboundedReceiver<String>,
    // Dropping the client would close the connection.
    client: tokio_postgres::Client,
    connection: JoinHandle<()>,
}

impl Drop for PostgresListener {
    fn drop(&mut self) {
        // A connection that is no longer answered would wait for ever.
        self.connection.abort();
    }
}

impl PostgresListener {
    /// Connects and begins to listen; every message sent from now on arrives.
    pub(super) async fn start(connector: &Connector, channel: &str) -> Result<Self> {
        let started = timeout(ANSWER_WITHIN, Self::connect(connector, channel)).await;
        started.unwrap_or_else(|_| Err(StoreError::Unavailable("the server does not answer".to_owned())))
    }

    async fn connect(connector: &Connector, channel: &str) -> Result<Self> {
        let unavailable = |error: tokio_postgres::Error| StoreError::Unavailable(super::in_full(&error));
        let (client, mut connection) = connector.config.connect(connector.tls.clone()).await.map_err(unavailable)?;
        let (sender, messages) = mpsc::unbounded_channel();
        let connection = tokio::spawn(async move {
            // Ends, and with it the channel, when the connection does.
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                if let AsyncMessage::Notification(notification) = message
                    && sender.send(notification.payload().to_owned()).is_err()
                {
                    return;
                }
            }
        });
        let listener = Self { messages, client, connection };
        listener.client.batch_execute(&format!("LISTEN {channel}")).await.map_err(unavailable)?;
        Ok(listener)
    }

    /// The next message; `None` when the connection has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        loop {
            match timeout(SILENCE_MAX, self.messages.recv()).await {
                Ok(message) => return message,
                Err(_) if self.is_alive().await => {}
                Err(_) => return None,
            }
        }
    }

    async fn is_alive(&self) -> bool {
        matches!(timeout(ANSWER_WITHIN, self.client.batch_execute("")).await, Ok(Ok(())))
    }
}
