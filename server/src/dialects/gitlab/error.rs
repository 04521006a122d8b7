//! What GitLab's API says when it says no (`spec/dialects.md` B6): `{"error"}` for requests that cannot be read,
//! `{"message"}` for what may not be or is not there, and `{"message": {field: […]}}` for values that are not taken.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use burgee_store::StoreError;
use serde_json::json;

/// An answer that is not the one that was asked for.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    /// JSON. As text, since the order of its members is GitLab's.
    body: String,
    header: Option<(header::HeaderName, String)>,
}

impl ApiError {
    fn new(status: StatusCode, body: String) -> Self {
        Self { status, body, header: None }
    }

    fn error(status: StatusCode, text: impl Into<String>) -> Self {
        Self::new(status, json!({ "error": text.into() }).to_string())
    }

    fn message(status: StatusCode, text: impl Into<String>) -> Self {
        Self::new(status, json!({ "message": text.into() }).to_string())
    }

    /// 400: parameters that are missing or of the wrong kind: `link_url is missing, badge_id is invalid`.
    pub(super) fn parameters(text: impl Into<String>) -> Self {
        Self::error(StatusCode::BAD_REQUEST, text)
    }

    /// 400: values that are not taken, by field.
    pub(super) fn invalid(fields: Vec<(&str, String)>) -> Self {
        let fields: Vec<String> =
            fields.into_iter().map(|(field, text)| format!("{}:{}", json!(field), json!([text]))).collect();
        Self::new(StatusCode::BAD_REQUEST, format!("{{\"message\":{{{}}}}}", fields.join(",")))
    }

    /// 401: nobody, or a token that was never one.
    pub(super) fn unauthorized() -> Self {
        Self::message(StatusCode::UNAUTHORIZED, "401 Unauthorized")
    }

    /// 401: a token that was one.
    fn invalid_token(description: &str) -> Self {
        let challenge = format!(
            "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", error_description=\"{description}\""
        );
        let body = json!({ "error": "invalid_token", "error_description": description });
        Self {
            header: Some((header::WWW_AUTHENTICATE, challenge)),
            ..Self::new(StatusCode::UNAUTHORIZED, body.to_string())
        }
    }

    pub(super) fn token_expired() -> Self {
        Self::invalid_token("Token is expired. You can either do re-authorization or token refresh.")
    }

    pub(super) fn token_revoked() -> Self {
        Self::invalid_token("Token was revoked. You have to re-authorize from the user.")
    }

    /// 403: a token without any of the scopes that this needs.
    pub(super) fn insufficient_scope(scopes: &str) -> Self {
        let description = "The request requires higher privileges than provided by the access token.";
        let body = json!({ "error": "insufficient_scope", "error_description": description, "scope": scopes });
        Self::new(StatusCode::FORBIDDEN, body.to_string())
    }

    /// 403: a role that is too small.
    pub(super) fn forbidden() -> Self {
        Self::message(StatusCode::FORBIDDEN, "403 Forbidden")
    }

    /// 404: `Project`, `Group`, `User`: not there, or not for this caller.
    pub(super) fn not_found(what: &str) -> Self {
        Self::message(StatusCode::NOT_FOUND, format!("404 {what} Not Found"))
    }

    /// 404: something in a project or group that may be seen.
    pub(super) fn nothing() -> Self {
        Self::message(StatusCode::NOT_FOUND, "404 Not found")
    }

    /// 404: no such route.
    pub(super) fn no_route() -> Self {
        Self::error(StatusCode::NOT_FOUND, "404 Not Found")
    }

    /// 405: no such method; the router adds `Allow`.
    pub(super) fn method_not_allowed() -> Self {
        Self::error(StatusCode::METHOD_NOT_ALLOWED, "405 Not Allowed")
    }

    /// 301: the place was renamed. *Unconfirmed* for which methods; as in GitLab's source, only GET and HEAD are sent on.
    pub(super) fn moved(location: String) -> Self {
        let body = format!("This resource has been moved permanently to {location}");
        Self { header: Some((header::LOCATION, location)), ..Self::message(StatusCode::MOVED_PERMANENTLY, body) }
    }

    /// 405: a change through the old path of a place that was renamed.
    pub(super) fn moved_and_not_read() -> Self {
        let text = "405 Method Not Allowed - Non GET methods are not allowed for moved projects";
        Self::message(StatusCode::METHOD_NOT_ALLOWED, text)
    }

    /// 409.
    pub(super) fn conflict(text: &str) -> Self {
        Self::message(StatusCode::CONFLICT, text)
    }

    /// 410: version 3 of the API.
    pub(super) fn gone() -> Self {
        Self::error(StatusCode::GONE, "API V3 is no longer supported. Use API V4 instead.")
    }

    /// 412: changed since the time that the caller named.
    pub(super) fn precondition_failed() -> Self {
        Self::message(StatusCode::PRECONDITION_FAILED, "412 Precondition Failed")
    }

    /// 413.
    pub(super) fn too_large() -> Self {
        Self::error(StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large")
    }

    /// 415: a body in a language that is not spoken here.
    pub(super) fn content_type(given: &str) -> Self {
        let text = format!("The provided content-type '{given}' is not supported.");
        Self::error(StatusCode::UNSUPPORTED_MEDIA_TYPE, text)
    }
}

impl From<StoreError> for ApiError {
    /// What fails inside is in the log, and not in the answer.
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "GitLab API");
        match error {
            error if error.is_temporary() => Self::message(StatusCode::SERVICE_UNAVAILABLE, "503 Service Unavailable"),
            _ => Self::message(StatusCode::INTERNAL_SERVER_ERROR, "500 Internal Server Error"),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let json = [(header::CONTENT_TYPE, "application/json")];
        let mut response = (self.status, json, self.body).into_response();
        if let Some((name, value)) = self.header
            && let Ok(value) = HeaderValue::from_str(&value)
        {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
