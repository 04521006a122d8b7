//! API keys (C3): where they stand, which are good, and what is said about all others.

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode},
};
use burgee_domain::scope::Scope;
use burgee_store::{StoreError, access::Subject};
use tokio::time::Instant;

use super::said;
use crate::{
    auth::{subject, token},
    respond::badge::hold_back,
    state::App,
};

/// What is said about every key that is no good, in BuildMaster's words.
const FORBIDDEN: &str = "The specified API key does not have the proper permissions to perform this action.";

/// A key that is good.
pub(super) struct Key {
    /// What it reaches.
    pub(super) reach: Subject,
    /// Whether its holder may read the pages, too.
    pub(super) reads_pages: bool,
}

/// The key with this text, if it is a good one. To have none is to have one that nobody made: it is looked for as well.
pub(super) async fn find(app: &App, text: Option<&str>) -> Result<Option<Key>, StoreError> {
    let token = match token::find(app, text.unwrap_or_default()).await? {
        Ok(token) if token.may(Scope::CiBadges) => token,
        _ => return Ok(None),
    };
    let subject = subject::of_token(app, &token).await?;
    Ok(subject.map(|(reach, _)| Key { reach, reads_pages: token.may(Scope::RunsRead) }))
}

/// The refusal of a key, `begun` being when the request came in.
pub(super) async fn forbidden(begun: Instant) -> Response<Body> {
    hold_back(begun).await;
    said(StatusCode::FORBIDDEN, FORBIDDEN)
}

/// `X-ApiKey`, or the password of the user `api`.
pub(super) fn of_headers(headers: &HeaderMap) -> Option<String> {
    if let Some(key) = headers.get("x-apikey") {
        return key.to_str().ok().map(ToOwned::to_owned);
    }
    token::basic(headers).filter(|(user, _)| user.eq_ignore_ascii_case("api")).map(|(_, key)| key)
}
