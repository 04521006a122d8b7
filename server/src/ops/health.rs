//! `/healthz`: the process is alive. `/readyz`: the database answers and its tables are up to date.

use axum::{
    extract::State,
    http::{HeaderName, StatusCode, header},
};

use crate::state::App;

type Answer = (StatusCode, [(HeaderName, &'static str); 1], &'static str);

const UNCACHED: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// `GET /healthz`
pub(crate) async fn alive() -> Answer {
    (StatusCode::OK, UNCACHED, "ok\n")
}

/// `GET /readyz`
pub(crate) async fn ready(State(app): State<App>) -> Answer {
    match app.store.ready().await {
        Ok(()) => (StatusCode::OK, UNCACHED, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, UNCACHED, "the database does not answer\n")
        }
    }
}
