//! API tokens as callers present them.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use burgee_store::{
    Conn, StoreError,
    tokens::{self, Token},
};
use chrono::Utc;

use crate::auth::secret;

/// Why a token lets nobody in.
#[derive(Debug)]
pub(crate) enum Dead {
    /// It was never made here.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// The token with this secret, if it works; its use is noted.
pub(crate) async fn find(conn: &mut Conn, secret: &str) -> Result<Result<Token, Dead>, StoreError> {
    let Some(token) = tokens::find(conn, &secret::hash(secret)).await? else { return Ok(Err(Dead::Unknown)) };
    if token.revoked_at.is_some() {
        return Ok(Err(Dead::Revoked));
    }
    if !token.is_alive(Utc::now()) {
        return Ok(Err(Dead::Expired));
    }
    tokens::note_use(conn, token.id);
    Ok(Ok(token))
}

/// The token that stands in an `Authorization: Bearer` header. Bytes that are no text make a token that nobody has.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(header::AUTHORIZATION)?.as_bytes());
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The token that stands in GitLab's header `PRIVATE-TOKEN`, likewise.
pub(crate) fn private_token(headers: &HeaderMap) -> Option<String> {
    headers.get("private-token").map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// The token in GitLab's header, as bearer token, or as the password of HTTP Basic, whatever the user's name.
pub(crate) fn in_headers(headers: &HeaderMap) -> Option<String> {
    private_token(headers).or_else(|| bearer(headers)).or_else(|| basic(headers).map(|(_, password)| password))
}

/// User name and password of HTTP Basic.
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, credentials) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let credentials = String::from_utf8(BASE64_STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (user, password) = credentials.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}
