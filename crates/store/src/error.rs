//! What can go wrong in the store.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database's address cannot be used; a sentence that says why, and never holds a password.
    #[error("{0}")]
    BadUrl(String),
    /// The database does not answer, or not in time. Trying again later may help.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// Too much is being asked at once. Trying again in a second may help; nothing was stored.
    #[error("too many requests wait for the database")]
    Busy,
    /// What is stored does not allow the change.
    #[error("{detail}")]
    Conflict {
        /// The field that conflicts, as the native API calls it.
        field: &'static str,
        /// A sentence that says what to do instead.
        detail: String,
    },
    /// One of several reports cannot be kept.
    #[error("report {index}: {error}")]
    InReport {
        /// Which one, counted from zero.
        index: usize,
        /// Why.
        error: Box<StoreError>,
    },
    /// The database refused a statement.
    #[error("the database refused: {0}")]
    Database(DieselError),
    /// The database's tables do not fit this version of the program; a sentence that says what to do.
    #[error("{0}")]
    Migration(String),
    /// A write ended in a panic; it was rolled back.
    #[error("the write was given up because of an internal error: {0}")]
    Panicked(String),
}

impl StoreError {
    pub(crate) fn conflict(field: &'static str, detail: impl Into<String>) -> Self {
        Self::Conflict { field, detail: detail.into() }
    }

    /// Whether the same request may succeed in a moment.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unavailable(_) | Self::Busy => true,
            Self::InReport { error, .. } => error.is_temporary(),
            _ => false,
        }
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        use DatabaseErrorKind::{ClosedConnection, SerializationFailure, UnableToSendCommand};
        match &error {
            DieselError::DatabaseError(ClosedConnection | SerializationFailure | UnableToSendCommand, info) => {
                Self::Unavailable(info.message().to_owned())
            }
            // Neither engine's Diesel backend has a kind of its own for these.
            DieselError::DatabaseError(_, info) if is_too_slow(info.message()) => Self::Busy,
            DieselError::DatabaseError(_, info) if is_passing(info.message()) => {
                Self::Unavailable(info.message().to_owned())
            }
            DieselError::BrokenTransactionManager => Self::Unavailable(error.to_string()),
            _ => Self::Database(error),
        }
    }
}

/// Whether PostgreSQL gave up a statement that waited too long for a lock, or took too long.
fn is_too_slow(message: &str) -> bool {
    message.starts_with("canceling statement due to ")
}

/// Whether the same statement may work in a moment: a lock, a deadlock, a server that stops.
fn is_passing(message: &str) -> bool {
    ["database is locked", "deadlock detected", "terminating connection"].iter().any(|words| message.contains(words))
}
