//! Badge answers: the headers that make caches, READMEs and browsers do the right thing
//! (`spec/dialects.md` E3, E5).

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use bytes::Bytes;

use super::conditional;

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

/// A good badge: cacheable, with a strong `ETag` of its bytes.
///
/// There is no `Last-Modified`: of two reports in one second it would hide the second, and a badge may well change to what
/// it was before.
pub(crate) fn fresh(kind: Kind, body: Bytes, freshness: Freshness) -> Response<Body> {
    let Freshness { max_age, stale_while_revalidate } = freshness;
    let cache =
        format!("public, max-age={max_age}, s-maxage={max_age}, stale-while-revalidate={stale_while_revalidate}");
    good(kind, body, &cache)
}

/// A good badge that not everybody may see: no shared cache keeps it, and the browser asks each time.
pub(crate) fn fresh_for_one(kind: Kind, body: Bytes) -> Response<Body> {
    good(kind, body, "private, no-cache")
}

/// A good badge with Concourse's own headers (`spec/dialects.md` A4): no validator, and no cache outside keeps it.
pub(crate) fn uncached(svg: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(svg));
    let headers = response.headers_mut();
    common(headers, Kind::Svg, "no-cache, no-store, must-revalidate");
    set(headers, header::CONTENT_TYPE, "image/svg+xml");
    set(headers, header::EXPIRES, "0");
    response
}

fn good(kind: Kind, body: Bytes, cache: &str) -> Response<Body> {
    let etag = conditional::etag(&body);
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
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

#[cfg(test)]
mod tests {
    use super::*;

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
