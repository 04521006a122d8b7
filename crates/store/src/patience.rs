//! How long a request waits for the database, all its questions together.

use std::{cell::Cell, time::Duration};

use tokio::time::Instant;

/// Longest wait for connections before a caller is told to come back later.
const FOR_CONNECTIONS: Duration = Duration::from_millis(1250);
/// Longest time for a few indexed look-ups on PostgreSQL, with the wait for a connection.
const FOR_LOOK_UPS: Duration = Duration::from_millis(1750);
/// Longest time for what a page asks PostgreSQL, with the wait for a connection.
const FOR_PAGES: Duration = Duration::from_secs(5);

tokio::task_local! {
    static BEGAN: Cell<Instant>;
}

/// Runs a request. However many connections it needs one after the other, it waits for them no longer than for one.
pub async fn of_request<T>(request: impl Future<Output = T>) -> T {
    BEGAN.scope(Cell::new(Instant::now()), request).await
}

/// Patience is new after a write, which has a patience of its own: its answer must not be lost.
pub(crate) fn renew() {
    // Outside of requests nothing is remembered.
    let _ = BEGAN.try_with(|began| began.set(Instant::now()));
}

pub(crate) fn for_connections() -> Instant {
    until(FOR_CONNECTIONS, Duration::from_millis(250))
}

pub(crate) fn for_look_ups() -> Instant {
    until(FOR_LOOK_UPS, Duration::from_millis(500))
}

pub(crate) fn for_pages() -> Instant {
    until(FOR_PAGES, Duration::from_secs(1))
}

/// `in_all` after the request began; at least `now` from now, for requests that have spent their time on something else.
fn until(in_all: Duration, now: Duration) -> Instant {
    let present = Instant::now();
    let began = BEGAN.try_with(Cell::get).unwrap_or(present);
    (began + in_all).max(present + now)
}
