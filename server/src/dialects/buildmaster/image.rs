//! The image: how the build that is meant is.

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, Method, Response, StatusCode},
};
use burgee_domain::{
    buildmaster_badge::{Look, Request, State as BuildState, complaint},
    release_badge::Format,
};
use burgee_store::{
    StoreError,
    buildmaster::{self, Found},
};
use tokio::time::Instant;
use url::form_urlencoded;

use super::{asked, key, read, said};
use crate::{
    cache::cacheable::Cacheable,
    respond::{
        badge::{Failure, failure},
        image,
    },
    state::App,
};

/// The route of [`image`].
pub(crate) const ROUTE: &str = "/api/ci-badges/image";

/// What a request comes to.
enum Outcome {
    Forbidden,
    /// The look is none; a sentence that says so.
    NoSuchLook(String),
    Good(Look, Found, Cacheable),
}

/// `GET|HEAD|POST` of a badge.
pub(crate) async fn image(
    State(app): State<App>,
    method: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let begun = Instant::now();
    let mut request = match read(query.as_deref().unwrap_or_default(), &headers, &body, &Look::PARAMETERS) {
        Ok(request) => request,
        Err(detail) => return said(StatusCode::BAD_REQUEST, detail),
    };
    // A cache tells answers apart by their address: a key that stands elsewhere must not open the badge to others.
    let is_address_all = method.is_safe() && body.is_empty() && request.key.is_some();
    request.key = request.key.or_else(|| key::of_headers(&headers));
    match look_up(&app, &request).await {
        Ok(Outcome::Good(look, found, cacheable)) => answer(&app, &look, &found, cacheable, is_address_all),
        Ok(Outcome::NoSuchLook(words)) => image::fresh_for_one(image::Kind::Svg, complaint(&words).svg().into()),
        Ok(Outcome::Forbidden) => key::forbidden(begun).await,
        Err(error) => {
            tracing::error!(%error, "BuildMaster badge");
            failure(&app, Failure::Unavailable, Format::Svg).await
        }
    }
}

/// What the URL of an image asks.
pub(crate) fn question<'a>(path: &'a str, query: &str) -> Option<Cow<'a, str>> {
    if path != ROUTE {
        return None;
    }
    asked(path, query, || Request::parse(form_urlencoded::parse(query.as_bytes()), &Look::PARAMETERS).ok())
}

async fn look_up(app: &App, request: &Request) -> Result<Outcome, StoreError> {
    app.store
        .look_up(async |conn| {
            let Some(key) = key::find(conn, request.key.as_deref()).await? else { return Ok(Outcome::Forbidden) };
            let look = match Look::of(request) {
                Ok(look) => look,
                Err(detail) => return Ok(Outcome::NoSuchLook(detail)),
            };
            let (found, dependencies) = buildmaster::find(conn, &request.filters, &key.viewer.subject).await?;
            let cacheable = Cacheable::for_everyone(dependencies).given_to(&key.viewer);
            Ok(if found == Found::OutOfReach { Outcome::Forbidden } else { Outcome::Good(look, found, cacheable) })
        })
        .await
}

fn answer(app: &App, look: &Look, found: &Found, cacheable: Cacheable, is_address_all: bool) -> Response<Body> {
    let state = match found {
        Found::Execution(status) => BuildState::of(*status),
        Found::Nothing | Found::OutOfReach => BuildState::Unknown,
    };
    let svg = look.draw(state).svg().into();
    if is_address_all {
        cacheable.attach(image::fresh(image::Kind::Svg, svg, app.freshness()))
    } else {
        cacheable.by_credential().attach(image::fresh_for_one(image::Kind::Svg, svg))
    }
}
