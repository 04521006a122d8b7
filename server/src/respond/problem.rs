//! Errors of the native API, as RFC 9457 problem details.

use std::any::Any;

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use burgee_domain::check::FieldError;
use burgee_store::StoreError;
use serde::Serialize;

/// What went wrong, and what to do.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Problem {
    /// Names the kind of problem for programs.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: &'static str,
    /// The HTTP status.
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    /// This occurrence, and what to do about it.
    detail: String,
    /// Every bad field, with a JSON pointer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// The value of `WWW-Authenticate`, for 401.
    #[serde(skip)]
    challenge: Option<&'static str>,
}

fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        let kind = format!("urn:burgee:problem:{kind}");
        Self { kind, title, status, detail: detail.into(), errors: Vec::new(), challenge: None }
    }

    /// 400: the request cannot be read.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", "The request cannot be read", detail)
    }

    /// 422: read, but not right; every bad field is named.
    pub(crate) fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => format!("{} {}", if one.pointer.is_empty() { "the body" } else { &one.pointer }, one.detail),
            many => format!("{} fields need a correction; see errors", many.len()),
        };
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "The request is not valid", detail) }
    }

    /// 401: nobody, or a token that is not (or no longer) valid.
    pub(crate) fn unauthenticated(detail: impl Into<String>) -> Self {
        let challenge = Some("Bearer realm=\"burgee\"");
        Self { challenge, ..Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "A token is needed", detail) }
    }

    /// 403: a valid token that may not do this.
    pub(crate) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "The token does not allow this", detail)
    }

    /// 404: not there, or not for this caller: the answer is the same.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", format!("there is no such {what}"))
    }

    /// 405.
    pub(crate) fn method_not_allowed() -> Self {
        let detail = "this address does not take this method; see Allow";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed", detail)
    }

    /// 409: clashes with what is already there.
    pub(crate) fn conflict(field: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let errors = vec![FieldError::new(format!("/{field}"), detail.clone())];
        Self { errors, ..Self::new(StatusCode::CONFLICT, "conflict", "Conflict", detail) }
    }

    /// 413.
    pub(crate) fn too_large(limit: usize) -> Self {
        let detail = format!("the body may have at most {limit} bytes; send fewer runs at once");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large", detail)
    }

    /// 500: ours; the cause is in the log, not in the answer.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "request failed");
        let detail = "something failed inside Burgee; its log says what. Trying again is safe";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", detail)
    }

    /// 503: the database does not answer.
    pub(crate) fn unavailable(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "database unavailable");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Unavailable",
            "the database does not answer; try again soon",
        )
    }

    /// 503: more is asked at once than the database can answer soon. Nothing was stored.
    pub(crate) fn busy() -> Self {
        tracing::warn!("too many requests wait for the database");
        let detail = "too much is asked at once, and nothing was stored; try again in a second";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Busy", detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, challenge) = (self.status, self.challenge);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(challenge) = challenge {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { field, detail } => Self::conflict(field, detail),
            StoreError::Unavailable(_) => Self::unavailable(&error),
            StoreError::Busy => Self::busy(),
            StoreError::InReport { error, .. } => Self::from(*error),
            other => Self::internal(&other),
        }
    }
}

/// Turns the plain-text rejections of extractors (a query that is no number, a path that is no UTF-8) into
/// problem details.
pub(crate) async fn shape_rejections(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_plain_text =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !response.status().is_client_error() || !is_plain_text {
        return response;
    }
    let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap_or_default();
    Problem::bad_request(String::from_utf8_lossy(&body)).into_response()
}

/// What is answered when a handler panics: a bug, logged, and nothing about it told.
#[expect(clippy::needless_pass_by_value, reason = "the shape that CatchPanicLayer wants")]
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Problem::internal(&format!("panic: {}", words.unwrap_or("unknown"))).into_response()
}
