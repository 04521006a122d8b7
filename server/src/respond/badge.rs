//! Badges on their way out, whichever dialect drew them: in the format that was asked for, and as a picture that says
//! what went wrong, so that a README shows words and not a broken image.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use burgee_domain::{
    badge::Badge,
    color::Color,
    release_badge::{BadParameter, Format, colors},
};
use burgee_store::Dependencies;
use bytes::Bytes;
use serde_json::json;
use tokio::time::Instant;

use super::image::{self, Kind};
use crate::{cache::cacheable::Cacheable, state::App};

/// The badge in the format that was asked for; `None` when it cannot be rasterised.
pub(crate) async fn encode(app: &App, badge: &Badge, format: Format, scale: u8) -> Option<(Kind, Bytes)> {
    match format {
        Format::Svg => Some((Kind::Svg, badge.svg().into())),
        Format::Json => serde_json::to_vec(&badge.endpoint()).ok().map(|json| (Kind::Json, json.into())),
        Format::Png => match app.rasteriser.png(&badge.svg(), scale).await {
            Ok(png) => Some((Kind::Png, png)),
            Err(error) => {
                tracing::error!(%error, "rasterising a badge");
                None
            }
        },
    }
}

/// A 404 is answered no sooner than this. The look-up does the same work whatever is missing, but reading a row
/// that was found takes some microseconds more than finding none; the wait, in whole milliseconds, covers that.
const NOT_FOUND_AFTER: Duration = Duration::from_millis(5);

/// Neither there nor hidden: both are answered alike, `begun` being when the request came in. Kept until names or visibility
/// change anywhere, whichever of the two it is.
pub(crate) async fn not_found(app: &App, format: Format, begun: Instant) -> Response<Body> {
    let response = failure(app, Failure::NotFound, format).await;
    hold_back(begun).await;
    Cacheable::for_everyone(Dependencies::on_naming()).attach(response)
}

/// Waits until it cannot be told any more what of the look-up's work there was to do, `begun` being when the request came in.
pub(crate) async fn hold_back(begun: Instant) {
    tokio::time::sleep_until(begun + NOT_FOUND_AFTER).await;
}

/// Why there is no badge.
pub(crate) enum Failure {
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
pub(crate) async fn failure(app: &App, failure: Failure, format: Format) -> Response<Body> {
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
