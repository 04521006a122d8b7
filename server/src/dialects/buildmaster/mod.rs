//! BuildMaster's CI badges (`spec/buildmaster-ci-badges.txt`, `spec/dialects.md` C1 to C4): `GET|POST /api/ci-badges/image`
//! and `GET|POST /api/ci-badges/link`.
//!
//! An application is a project, an execution a run that names a build. The key is a token with the scope `ci-badges`: it
//! shows every badge within its reach, whatever the projects' own settings are. Whatever is wrong with a key, the answer is
//! the same 403, and takes the same time; a good key always gets an image. *Unconfirmed, so chosen:* the body of the 403;
//! that `POST` is taken like `GET`; that a request which could mean several things is a 400.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use burgee_domain::buildmaster_badge::Request;

use super::asked;

mod image;
mod key;
mod link;
mod pairs;

pub(crate) use image::{ROUTE as IMAGE_ROUTE, image, question};
pub(crate) use link::{ROUTE as LINK_ROUTE, link};

/// What a request asks an endpoint that has the parameters `extras` of its own, or why it cannot be told.
fn read(query: &str, headers: &HeaderMap, body: &[u8], extras: &[&'static str]) -> Result<Request, String> {
    let pairs = pairs::read(query, headers, body)?;
    Request::parse(pairs, extras).map_err(|error| error.to_string())
}

/// Words instead of a badge or page, which no cache keeps.
fn said(status: StatusCode, words: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(words.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
