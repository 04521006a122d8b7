//! What is said where there is no badge and no feed, in Concourse's words (A6).

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use burgee_store::{Dependencies, StoreError};

use crate::cache::cacheable::Cacheable;

/// Why there is nothing; each is answered in Concourse's own words.
#[derive(Debug)]
pub(super) enum Refusal {
    MalformedVars,
    NotFound,
    NotAuthorized,
    Forbidden,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

pub(super) fn refuse(refusal: &Refusal) -> Response<Body> {
    match refusal {
        Refusal::MalformedVars => empty(StatusCode::BAD_REQUEST),
        Refusal::NotFound => Cacheable::for_everyone(Dependencies::on_naming()).attach(empty(StatusCode::NOT_FOUND)),
        Refusal::NotAuthorized => said(StatusCode::UNAUTHORIZED, "not authorized"),
        Refusal::Forbidden => said(StatusCode::FORBIDDEN, "forbidden"),
        Refusal::Store(error) => {
            tracing::error!(%error, "Concourse dialect");
            empty(if error.is_temporary() {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::INTERNAL_SERVER_ERROR
            })
        }
    }
}

fn said(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = empty(status);
    *response.body_mut() = Body::from(words);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// No cache keeps a refusal, so that a badge is back as soon as its cause is gone. The redirect, which is for good, may be
/// kept.
pub(super) fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if !status.is_redirection() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
