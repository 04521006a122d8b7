//! The image: how the build that is meant is.

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

use super::{key, read, said};
use crate::{
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
    Good(Look, Found),
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
        Ok(Outcome::Good(look, found)) => answer(&app, &headers, &look, &found, is_address_all),
        Ok(Outcome::NoSuchLook(words)) => {
            image::fresh_for_one(&headers, image::Kind::Svg, complaint(&words).svg().into(), None)
        }
        Ok(Outcome::Forbidden) => key::forbidden(begun).await,
        Err(error) => {
            tracing::error!(%error, "BuildMaster badge");
            failure(&app, Failure::Unavailable, Format::Svg).await
        }
    }
}

async fn look_up(app: &App, request: &Request) -> Result<Outcome, StoreError> {
    let Some(key) = key::find(app, request.key.as_deref()).await? else { return Ok(Outcome::Forbidden) };
    let look = match Look::of(request) {
        Ok(look) => look,
        Err(detail) => return Ok(Outcome::NoSuchLook(detail)),
    };
    let found = buildmaster::find(&mut app.store.read().await?, &request.filters, &key.reach).await?;
    Ok(if found == Found::OutOfReach { Outcome::Forbidden } else { Outcome::Good(look, found) })
}

fn answer(app: &App, request: &HeaderMap, look: &Look, found: &Found, is_address_all: bool) -> Response<Body> {
    let (state, modified) = match found {
        Found::Execution { status, updated_at } => (BuildState::of(*status), Some(*updated_at)),
        Found::Nothing | Found::OutOfReach => (BuildState::Unknown, None),
    };
    let svg = look.draw(state).svg().into();
    if is_address_all {
        image::fresh(request, image::Kind::Svg, svg, modified, app.freshness())
    } else {
        image::fresh_for_one(request, image::Kind::Svg, svg, modified)
    }
}
