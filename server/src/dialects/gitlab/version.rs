//! `GET /version`: clients ask it to learn what they can expect.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{call::Call, error::ApiError};

/// The version of GitLab whose badge API this is: the newest that `spec/dialects.md` B describes.
const GITLAB: &str = "18.2.0";

#[derive(Serialize)]
struct Version {
    version: &'static str,
    revision: &'static str,
}

pub(super) async fn show(call: Call) -> Result<Response, ApiError> {
    call.require_somebody()?;
    let revision = concat!("burgee-", env!("CARGO_PKG_VERSION"));
    Ok(Json(Version { version: GITLAB, revision }).into_response())
}
