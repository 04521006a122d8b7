//! API keys (C3): where they stand, which are good, and what is said about all others.

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode},
};
use burgee_domain::scope::Scope;
use burgee_store::{Conn, StoreError};
use tokio::time::Instant;

use super::said;
use crate::{
    auth::{
        subject::{self, Viewer},
        token,
    },
    respond::badge::hold_back,
};

/// What is said about every key that is no good, in BuildMaster's words.
const FORBIDDEN: &str = "The specified API key does not have the proper permissions to perform this action.";

/// A key that is good.
pub(super) struct Key {
    /// What it reaches, and until when.
    pub(super) viewer: Viewer,
    /// Whether its holder may read the pages, too.
    pub(super) reads_pages: bool,
}

/// The key with this text, if it is a good one. To have none is to have one that nobody made: it is looked for as well.
pub(super) async fn find(conn: &mut Conn, text: Option<&str>) -> Result<Option<Key>, StoreError> {
    let token = match token::find(conn, text.unwrap_or_default()).await? {
        Ok(token) if token.may(Scope::CiBadges) => token,
        _ => return Ok(None),
    };
    let (until, id, reads_pages) = (token.expires_at, Some(token.id), token.may(Scope::RunsRead));
    let subject = subject::of_token(conn, &token).await?;
    Ok(subject.map(|(subject, _)| Key { viewer: Viewer { subject, until, token: id }, reads_pages }))
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
