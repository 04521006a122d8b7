//! Badge answers: the headers that make caches, READMEs and browsers do the right thing
//! (`spec/dialects.md` E3, E5), and `304` for what the client already has.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// What an SVG may do when it is opened by itself: be styled, nothing else.
const SVG_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Seconds for which an error may be kept. Readers resort to cache-busting when an error outlives its cause,
/// so this is short, and never longer than a good badge may be kept.
const ERROR_MAX_AGE: u32 = 10;

/// The kinds of badge file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Svg,
    Png,
    Json,
    /// A problem in place of the JSON badge.
    ProblemJson,
}

impl Kind {
    const fn content_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml; charset=utf-8",
            Self::Png => "image/png",
            Self::Json => "application/json",
            Self::ProblemJson => "application/problem+json",
        }
    }
}

/// How long a badge may be kept, from the configuration.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Freshness {
    /// Seconds without asking again.
    pub(crate) max_age: u32,
    /// Seconds for which an old one may be shown while a new one is fetched.
    pub(crate) stale_while_revalidate: u32,
}

/// A good badge: cacheable, with a strong `ETag` of its bytes; `304` when `request` already has it.
pub(crate) fn fresh(
    request: &HeaderMap,
    kind: Kind,
    body: Bytes,
    modified: impl Into<Option<DateTime<Utc>>>,
    freshness: Freshness,
) -> Response<Body> {
    let Freshness { max_age, stale_while_revalidate } = freshness;
    let cache =
        format!("public, max-age={max_age}, s-maxage={max_age}, stale-while-revalidate={stale_while_revalidate}");
    good(request, kind, body, modified.into(), &cache)
}

/// A good badge that not everybody may see: no shared cache keeps it, and the browser asks each time.
pub(crate) fn fresh_for_one(
    request: &HeaderMap,
    kind: Kind,
    body: Bytes,
    modified: impl Into<Option<DateTime<Utc>>>,
) -> Response<Body> {
    good(request, kind, body, modified.into(), "private, no-cache")
}

/// A good badge with Concourse's own headers (`spec/dialects.md` A4), which no cache keeps; and with an `ETag` for those
/// who ask with one all the same.
pub(crate) fn uncached(request: &HeaderMap, svg: Bytes) -> Response<Body> {
    let mut response = good(request, Kind::Svg, svg, None, "no-cache, no-store, must-revalidate");
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, "image/svg+xml");
    set(headers, header::EXPIRES, "0");
    response
}

fn good(request: &HeaderMap, kind: Kind, body: Bytes, modified: Option<DateTime<Utc>>, cache: &str) -> Response<Body> {
    let etag = etag(&body);
    let unchanged = holds(request, &etag);
    let mut response = if unchanged { Response::new(Body::empty()) } else { Response::new(Body::from(body)) };
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    set(headers, header::ETAG, &etag);
    if let Some(modified) = modified {
        set(headers, header::LAST_MODIFIED, &modified.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    }
    common(headers, kind, cache);
    response
}

/// An error in the shape of the file that was asked for; forgotten soon.
pub(crate) fn error(status: StatusCode, kind: Kind, body: Bytes, freshness: Freshness) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let cache = if status.is_server_error() {
        "no-store".to_owned()
    } else {
        let seconds = ERROR_MAX_AGE.min(freshness.max_age);
        format!("public, max-age={seconds}, s-maxage={seconds}")
    };
    common(response.headers_mut(), kind, &cache);
    response
}

fn common(headers: &mut HeaderMap, kind: Kind, cache: &str) {
    set(headers, header::CONTENT_TYPE, kind.content_type());
    set(headers, header::CACHE_CONTROL, cache);
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    if kind == Kind::Svg {
        set(headers, header::CONTENT_SECURITY_POLICY, SVG_POLICY);
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn etag(body: &[u8]) -> String {
    format!("\"{}\"", &hex::encode(Sha256::digest(body))[..32])
}

/// RFC 9110, 13.1.2: `*`, or a list in which weak marks do not count.
pub(crate) fn holds(request: &HeaderMap, etag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|candidate| candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRESHNESS: Freshness = Freshness { max_age: 60, stale_while_revalidate: 300 };

    fn answer(if_none_match: Option<&str>) -> Response<Body> {
        let mut request = HeaderMap::new();
        if let Some(value) = if_none_match {
            request.insert(header::IF_NONE_MATCH, value.parse().unwrap());
        }
        fresh(&request, Kind::Svg, Bytes::from_static(b"<svg/>"), DateTime::UNIX_EPOCH, FRESHNESS)
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        let etag = answer(None).headers()[header::ETAG].to_str().unwrap().to_owned();
        assert!(etag.starts_with('"'), "strong");
        for held in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
            let response = answer(Some(&held));
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{held}");
            assert_eq!(response.headers()[header::ETAG], etag);
        }
        assert_eq!(answer(Some("\"x\"")).status(), StatusCode::OK);
    }

    #[test]
    fn times_are_written_as_http_wants_them() {
        assert_eq!(answer(None).headers()[header::LAST_MODIFIED], "Thu, 01 Jan 1970 00:00:00 GMT");
    }

    #[test]
    fn errors_are_forgotten_sooner_than_badges() {
        let cache = |max_age| {
            let freshness = Freshness { max_age, stale_while_revalidate: 0 };
            error(StatusCode::NOT_FOUND, Kind::Svg, Bytes::new(), freshness).headers()[header::CACHE_CONTROL].clone()
        };
        assert_eq!(cache(60), "public, max-age=10, s-maxage=10");
        assert_eq!(cache(3), "public, max-age=3, s-maxage=3");
    }
}
