//! When tokens were used: noted in memory at each use, written now and then.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Conn, Result, tokens};

/// How old what is stored may be, while a token is in use.
const PRECISION: TimeDelta = TimeDelta::minutes(1);

/// The last use of each token that was used since the start.
#[derive(Default)]
pub(crate) struct TokenUses {
    last: Mutex<HashMap<i64, Use>>,
}

struct Use {
    at: DateTime<Utc>,
    written: Option<DateTime<Utc>>,
}

impl Use {
    fn is_due(&self) -> bool {
        self.written.is_none_or(|written| self.at - written >= PRECISION)
    }
}

impl TokenUses {
    pub(crate) fn note(&self, token: i64, at: DateTime<Utc>) {
        self.lock().entry(token).or_insert(Use { at, written: None }).at = at;
    }

    /// When a token was last used since the start.
    pub(crate) fn last(&self, token: i64) -> Option<DateTime<Utc>> {
        self.lock().get(&token).map(|last| last.at)
    }

    /// Whether there is something to write.
    pub(crate) fn are_due(&self) -> bool {
        self.lock().values().any(Use::is_due)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, Use>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes the uses that are not stored with enough precision, or `all` that are newer than what is stored.
pub(crate) async fn write(conn: &mut Conn, all: bool) -> Result<()> {
    let due: Vec<(i64, DateTime<Utc>)> = conn
        .uses()
        .lock()
        .iter_mut()
        .filter(|(_, last)| last.is_due() || (all && last.written != Some(last.at)))
        .map(|(id, last)| {
            last.written = Some(last.at);
            (*id, last.at)
        })
        .collect();
    for (id, at) in due {
        tokens::write_use(conn, id, at).await?;
    }
    Ok(())
}
