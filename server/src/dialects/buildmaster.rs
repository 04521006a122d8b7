//! BuildMaster's CI badges (`spec/buildmaster-ci-badges.txt`, `spec/dialects.md` C1 to C3): `GET|POST /api/ci-badges/image`.
//!
//! An application is a project, an execution a run that names a build. The key is a token with the scope `ci-badges`: it
//! shows every badge within its reach, whatever the projects' own settings are. Whatever is wrong with a key, the answer is
//! the same 403; a good key always gets an image. *Unconfirmed, so chosen:* the body of the 403; that `POST` is taken like
//! `GET`; that a request which could mean several things is a 400.

use axum::{
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};
use burgee_domain::{
    buildmaster_badge::{self, Filters, State as BuildState},
    release_badge::Format,
    scope::Scope,
};
use burgee_store::{
    StoreError,
    access::Subject,
    buildmaster::{self, Found},
};

use crate::{
    auth::{subject, token},
    respond::{
        badge::{Failure, failure},
        image,
    },
    state::App,
};

mod pairs;

/// The route of [`image`].
pub(crate) const IMAGE_ROUTE: &str = "/api/ci-badges/image";

/// What is said about every key that is no good, in BuildMaster's words (C3).
const FORBIDDEN: &str = "The specified API key does not have the proper permissions to perform this action.";

/// `GET|HEAD|POST` of a badge.
pub(crate) async fn image(
    State(app): State<App>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let read = pairs::read(query.as_deref().unwrap_or_default(), &headers, &body)
        .and_then(|pairs| buildmaster_badge::Request::parse(pairs).map_err(|error| error.to_string()));
    let request = match read {
        Ok(request) => request,
        Err(detail) => return said(StatusCode::BAD_REQUEST, detail),
    };
    // A cache tells answers apart by their address: a key that stands elsewhere must not open the badge to others.
    let is_address_all = method.is_safe() && body.is_empty() && request.key.is_some();
    let key = request.key.or_else(|| key_of_headers(&headers));
    match look_up(&app, key.as_deref(), &request.filters).await {
        Ok(Some(found)) => answer(&app, &headers, &found, is_address_all),
        Ok(None) => said(StatusCode::FORBIDDEN, FORBIDDEN),
        Err(error) => {
            tracing::error!(%error, "BuildMaster badge");
            failure(&app, Failure::Unavailable, Format::Svg).await
        }
    }
}

/// What the badge shows; `None` to a key that may not see it.
async fn look_up(app: &App, key: Option<&str>, filters: &Filters) -> Result<Option<Found>, StoreError> {
    let Some(key) = key else { return Ok(None) };
    let Some(key) = reach(app, key).await? else { return Ok(None) };
    let found = buildmaster::find(&mut app.store.read().await?, filters, &key).await?;
    Ok(Some(found).filter(|found| *found != Found::OutOfReach))
}

/// What a key reaches, if it is a good one.
async fn reach(app: &App, key: &str) -> Result<Option<Subject>, StoreError> {
    match token::find(app, key).await? {
        Ok(token) if token.may(Scope::CiBadges) => {
            Ok(subject::of_token(app, &token).await?.map(|(subject, _)| subject))
        }
        _ => Ok(None),
    }
}

/// `X-ApiKey`, or the password of the user `api`.
fn key_of_headers(headers: &HeaderMap) -> Option<String> {
    if let Some(key) = headers.get("x-apikey") {
        return key.to_str().ok().map(ToOwned::to_owned);
    }
    token::basic(headers).filter(|(user, _)| user.eq_ignore_ascii_case("api")).map(|(_, key)| key)
}

fn answer(app: &App, request: &HeaderMap, found: &Found, is_address_all: bool) -> Response<Body> {
    let (state, modified) = match found {
        Found::Execution { status, updated_at } => (BuildState::of(*status), Some(*updated_at)),
        Found::Nothing | Found::OutOfReach => (BuildState::Unknown, None),
    };
    let svg = state.draw().svg().into();
    if is_address_all {
        image::fresh(request, image::Kind::Svg, svg, modified, app.freshness())
    } else {
        image::fresh_for_one(request, image::Kind::Svg, svg, modified)
    }
}

/// A refusal, which no cache keeps.
fn said(status: StatusCode, words: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(words.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
