//! Request bodies: read whole and bounded before anything else, and JSON whatever the `Content-Type` says
//! (`curl -d` calls JSON a form).

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use burgee_store::patience;
use serde_json::Value;

use super::time_limit;
use crate::respond::Problem;

/// Most bytes of a body.
pub(crate) const LIMIT: usize = 1024 * 1024;

/// Says in the words of whoever speaks at a path that a body is larger than [`LIMIT`].
pub(crate) type TooLarge = fn(path: &str) -> Response;

/// Middleware: reads the body before the request is judged. An answer that comes while the body is still on its
/// way (a 401, say) would have to close the connection, which a proxy that keeps connections open takes for a
/// failure.
pub(crate) async fn read_whole(State(too_large): State<TooLarge>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(time_limit::LIMIT, to_bytes(body, LIMIT)).await {
        Ok(Ok(bytes)) => patience::of_request(next.run(Request::from_parts(parts, Body::from(bytes)))).await,
        Ok(Err(_)) => too_large(parts.uri.path()),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

/// Extractor: a body that is JSON.
pub(crate) struct JsonBody(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| Problem::bad_request(format!("the body cannot be read: {}", rejection.body_text())))?;
        if bytes.is_empty() {
            return Err(Problem::bad_request("the body is empty; send a JSON object"));
        }
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| Problem::bad_request(format!("the body is not JSON: {error}")))
    }
}
