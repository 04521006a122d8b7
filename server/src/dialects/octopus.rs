//! Octopus Deploy release badges (`spec/octopus-release-badges.txt`, `spec/dialects.md` D):
//! `GET /api/{space}/projects/{project}/badge/{environment}/latest_release[.svg|.json|.png]`.
//!
//! Anonymous. Whatever is missing (space, project, environment, tenant, or badges are off) the answer is the
//! same 404, after the same work.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{HeaderMap, Response, StatusCode, Uri},
};
use burgee_domain::{
    badge::Badge,
    color::Color,
    release_badge::{self, BadParameter, Format, Options, colors},
};
use burgee_store::release_badge::{Found, Query, find};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

use crate::{
    respond::image::{self, Kind},
    state::App,
};

/// The segments of a badge's address.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    space: String,
    project: String,
    environment: String,
}

/// The route of [`latest_release`].
pub(crate) const ROUTE: &str = "/api/{space}/projects/{project}/badge/{environment}/{file}";

/// `GET|HEAD` of a release badge.
pub(crate) async fn latest_release(
    State(app): State<App>,
    uri: Uri,
    address: Result<Path<Address>, PathRejection>,
    RawQuery(query): RawQuery,
    request: HeaderMap,
) -> Response<Body> {
    let begun = Instant::now();
    let last_segment = uri.path().rsplit('/').next().unwrap_or_default();
    let Some(format) = Format::of_file(last_segment) else {
        return not_found(&app, Format::Svg, begun).await;
    };
    let Ok(Path(address)) = address else {
        return not_found(&app, format, begun).await;
    };
    let options = match Options::parse(url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())) {
        Ok(options) => options,
        Err(error) => return failure(&app, Failure::BadParameter(error), format).await,
    };
    match look_up(&app, &address, &options).await {
        Ok(Some(found)) => answer(&app, &request, format, &options, &found).await,
        Ok(None) => not_found(&app, format, begun).await,
        Err(error) => {
            tracing::error!(%error, "release badge");
            failure(&app, Failure::Unavailable, format).await
        }
    }
}

async fn look_up(app: &App, address: &Address, options: &Options) -> Result<Option<Found>, burgee_store::StoreError> {
    let query = Query {
        space: &address.space,
        project: &address.project,
        environment: &address.environment,
        tenant: options.tenant.as_deref(),
        include_failed: options.include_failed,
    };
    find(&mut app.store.read().await?, &query).await
}

async fn answer(app: &App, request: &HeaderMap, format: Format, options: &Options, found: &Found) -> Response<Body> {
    let badge = release_badge::draw(options, &found.names, found.shown.as_ref());
    match encode(app, &badge, format, options.scale.get()).await {
        Some((kind, body)) => image::fresh(request, kind, body, found.modified, app.freshness()),
        None => failure(app, Failure::Unavailable, Format::Svg).await,
    }
}

/// The badge in the format that was asked for; `None` when it cannot be rasterised.
async fn encode(app: &App, badge: &Badge, format: Format, scale: u8) -> Option<(Kind, Bytes)> {
    match format {
        Format::Svg => Some((Kind::Svg, badge.svg().into())),
        Format::Json => serde_json::to_vec(&badge.endpoint()).ok().map(|json| (Kind::Json, json.into())),
        Format::Png => match app.rasteriser.png(&badge.svg(), scale).await {
            Ok(png) => Some((Kind::Png, png)),
            Err(error) => {
                tracing::error!(%error, "release badge");
                None
            }
        },
    }
}

/// A 404 is answered no sooner than this. The look-up does the same work whatever is missing, but reading a row
/// that was found takes some microseconds more than finding none; the wait, in whole milliseconds, covers that.
const NOT_FOUND_AFTER: Duration = Duration::from_millis(5);

async fn not_found(app: &App, format: Format, begun: Instant) -> Response<Body> {
    let response = failure(app, Failure::NotFound, format).await;
    tokio::time::sleep_until(begun + NOT_FOUND_AFTER).await;
    response
}

/// Why there is no badge.
enum Failure {
    NotFound,
    BadParameter(BadParameter),
    Unavailable,
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadParameter(_) => StatusCode::BAD_REQUEST,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::NotFound => "not found".to_owned(),
            Self::BadParameter(error) => error.to_string(),
            Self::Unavailable => "unavailable".to_owned(),
        }
    }

    /// RFC 9457 problem details, for `.json`.
    fn problem(&self) -> serde_json::Value {
        let (kind, title, detail) = match self {
            Self::NotFound => {
                ("not-found", "Not found", "there is no such badge, or badges are off for its project".to_owned())
            }
            Self::BadParameter(error) => ("bad-parameter", "A query parameter is wrong", error.to_string()),
            Self::Unavailable => {
                ("unavailable", "Unavailable", "the badge cannot be made now; try again soon".to_owned())
            }
        };
        let mut problem = json!({
            "type": format!("urn:burgee:problem:{kind}"), "title": title, "status": self.status().as_u16(), "detail": detail,
        });
        if let Self::BadParameter(error) = self {
            problem["parameter"] = error.parameter.into();
        }
        problem
    }
}

/// An error as a picture, so that a README shows words and not a broken image; for `.json` as a problem.
async fn failure(app: &App, failure: Failure, format: Format) -> Response<Body> {
    let respond = |kind, body| image::error(failure.status(), kind, body, app.freshness());
    if format == Format::Json {
        return respond(Kind::ProblemJson, failure.problem().to_string().into());
    }
    let color = if matches!(failure, Failure::NotFound) { colors::GRAY } else { colors::RED };
    let badge = Badge::new("badge", &failure.words()).color(Color::parse(color));
    match encode(app, &badge, format, 1).await {
        Some((kind, body)) => respond(kind, body),
        None => respond(Kind::Svg, badge.svg().into()),
    }
}
