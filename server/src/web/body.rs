//! JSON bodies: bounded, and whatever the `Content-Type` says (`curl -d` calls JSON a form).

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::IntoResponse,
};
use serde_json::Value;

use crate::respond::Problem;

/// Most bytes of a body.
pub(crate) const LIMIT: usize = 1024 * 1024;

/// Extractor: a body that is JSON.
pub(crate) struct JsonBody(pub(crate) Value);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let detail = rejection.body_text();
            if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::too_large(LIMIT)
            } else {
                Problem::bad_request(format!("the body cannot be read: {detail}"))
            }
        })?;
        if bytes.is_empty() {
            return Err(Problem::bad_request("the body is empty; send a JSON object"));
        }
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| Problem::bad_request(format!("the body is not JSON: {error}")))
    }
}
