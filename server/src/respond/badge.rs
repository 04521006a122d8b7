//! Badges on their way out, whichever dialect drew them: in the format that was asked for, and as a picture that says
//! what went wrong, so that a README shows words and not a broken image.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use burgee_domain::{
    badge::Badge,
    color::Color,
    release_badge::{BadParameter, Format, colors},
};
use burgee_raster::RasterError;
use burgee_store::Dependencies;
use bytes::Bytes;
use serde_json::json;
use tokio::time::Instant;

use super::{
    image::{self, Kind},
    png::PngError,
};
use crate::{cache::cacheable::Cacheable, state::App};

/// Encodes the badge in the format that was asked for.
pub(crate) async fn encode(app: &App, badge: &Badge, format: Format, scale: u8) -> Result<(Kind, Bytes), Failure> {
    match format {
        Format::Svg => Ok((Kind::Svg, badge.svg().into())),
        Format::Json => match serde_json::to_vec(&badge.endpoint()) {
            Ok(json) => Ok((Kind::Json, json.into())),
            Err(error) => {
                tracing::error!(%error, "encoding a badge");
                Err(Failure::Unavailable)
            }
        },
        Format::Png => match app.rasteriser.png(badge.svg(), scale).await {
            Ok(png) => Ok((Kind::Png, png)),
            Err(PngError::Busy) => Err(Failure::Unavailable),
            Err(PngError::Raster(RasterError::TooLarge)) => Err(Failure::TooLarge),
            Err(PngError::Raster(RasterError::Failed(error))) => {
                tracing::error!(%error, "rasterising a badge");
                Err(Failure::Unavailable)
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
    /// The texts are too long for a PNG.
    TooLarge,
    Unavailable,
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadParameter(_) | Self::TooLarge => StatusCode::BAD_REQUEST,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What the badge says. A PNG says only one of a few texts: so they are drawn once, and not for each wrong URL.
    fn words(&self, format: Format) -> String {
        match self {
            Self::NotFound => "not found".to_owned(),
            Self::BadParameter(error) if format == Format::Png => format!("bad parameter: {}", error.parameter),
            Self::BadParameter(error) => error.to_string(),
            Self::TooLarge => "too long for a PNG".to_owned(),
            Self::Unavailable => "unavailable".to_owned(),
        }
    }

    fn svg(&self, format: Format) -> String {
        let color = if matches!(self, Self::NotFound) { colors::GRAY } else { colors::RED };
        Badge::new("badge", &self.words(format)).color(Color::parse(color)).svg()
    }

    /// RFC 9457 problem details, for `.json`.
    fn problem(&self) -> serde_json::Value {
        let (kind, title, detail) = match self {
            Self::NotFound => {
                ("not-found", "Not found", "there is no such badge, or badges are off for its project".to_owned())
            }
            Self::BadParameter(error) => ("bad-parameter", "A query parameter is wrong", error.to_string()),
            Self::TooLarge => {
                ("too-large", "The image is too large", "the badge's texts are too long for a PNG; use SVG".to_owned())
            }
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

/// An error as an image, so that a README shows words and not a broken image; for `.json` as a problem.
pub(crate) async fn failure(app: &App, failure: Failure, format: Format) -> Response<Body> {
    let (kind, body) = match format {
        Format::Json => (Kind::ProblemJson, failure.problem().to_string().into()),
        Format::Svg => (Kind::Svg, failure.svg(format).into()),
        Format::Png => match app.rasteriser.error_png(&failure.svg(format)) {
            Ok(png) => (Kind::Png, png),
            Err(error) => {
                tracing::error!(%error, "rasterising an error");
                (Kind::Svg, failure.svg(format).into())
            }
        },
    };
    let mut response = image::error(failure.status(), kind, body, app.freshness());
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}
