//! `LISTEN`: messages from other servers on the same database.

use std::future::poll_fn;

use tokio::sync::mpsc;
use tokio_postgres::AsyncMessage;

use super::Connector;
use crate::{Result, StoreError};

/// A connection that does nothing but listen.
pub(crate) struct PostgresListener {
    messages: mpsc::UnboundedReceiver<String>,
    // Dropping the client would close the connection.
    _client: tokio_postgres::Client,
}

impl PostgresListener {
    /// Connects and begins to listen; every message sent from now on arrives.
    pub(super) async fn start(connector: &Connector, channel: &str) -> Result<Self> {
        let unavailable = |error: tokio_postgres::Error| StoreError::Unavailable(super::in_full(&error));
        let (client, mut connection) = connector.config.connect(connector.tls.clone()).await.map_err(unavailable)?;
        let (sender, messages) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            // Ends, and with it the channel, when the connection does.
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                if let AsyncMessage::Notification(notification) = message
                    && sender.send(notification.payload().to_owned()).is_err()
                {
                    return;
                }
            }
        });
        client.batch_execute(&format!("LISTEN {channel}")).await.map_err(unavailable)?;
        Ok(Self { messages, _client: client })
    }

    /// The next message; `None` when the connection has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        self.messages.recv().await
    }
}
