//! A finished answer: a body in every content coding, each with its own validator, and everything that is sent around it.

use std::{sync::OnceLock, time::Instant};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header, response},
};
use burgee_store::{Generations, Moment};
use bytes::Bytes;
use chrono::Utc;

use super::cacheable::Cacheable;
use crate::respond::{
    conditional,
    encoding::{self, Encoding},
};

/// What is kept beside the body, roughly.
const OVERHEAD: u64 = 700;

/// A finished answer.
pub(crate) struct Finished {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Of the body as it is; those of its compressed forms are made from it.
    etag: Option<HeaderValue>,
    gzip: OnceLock<Option<Encoded>>,
    brotli: OnceLock<Option<Encoded>>,
    is_compressible: bool,
    /// When its computation began.
    began: Moment,
    cacheable: Option<Cacheable>,
    ends_at: Option<Instant>,
}

/// A compressed form.
struct Encoded {
    body: Bytes,
    etag: Option<HeaderValue>,
}

impl Finished {
    /// Finishes what a handler has answered to a plain `GET`.
    pub(crate) fn new(parts: response::Parts, body: Bytes, began: Moment) -> Self {
        let response::Parts { status, mut headers, mut extensions, .. } = parts;
        let cacheable = extensions.remove::<Cacheable>().filter(|_| !status.is_server_error());
        let etag = headers.remove(header::ETAG);
        headers.remove(header::CONTENT_LENGTH);
        if body.is_empty() {
            // The connection would say it to a GET alone.
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let is_compressible = is_text(&headers) && !body.is_empty();
        if is_compressible {
            headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        let ends_at = cacheable
            .as_ref()
            .and_then(|cacheable| cacheable.ends_at)
            .map(|end| Instant::now() + (end - Utc::now()).to_std().unwrap_or_default());
        Self {
            status,
            headers,
            body,
            etag,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            is_compressible,
            began,
            cacheable,
            ends_at,
        }
    }

    /// Whether nothing that it depends on has changed, and its time is not over.
    pub(super) fn is_true(&self, generations: &Generations) -> bool {
        let Some(cacheable) = &self.cacheable else { return false };
        generations.hold(&cacheable.dependencies, self.began) && self.is_in_time()
    }

    /// Whether it, computed for another request, is right for one that arrived at `arrived`.
    pub(super) fn serves(&self, generations: &Generations, arrived: Moment) -> bool {
        match &self.cacheable {
            Some(cacheable) => generations.serves(&cacheable.dependencies, self.began, arrived) && self.is_in_time(),
            // A failure is everybody's.
            None => self.status.is_server_error(),
        }
    }

    fn is_in_time(&self) -> bool {
        self.ends_at.is_none_or(|end| Instant::now() < end)
    }

    /// Whether a handler said that it may be kept.
    pub(super) const fn is_kept(&self) -> bool {
        self.cacheable.is_some()
    }

    /// Whether it says that nothing is there.
    pub(super) fn is_miss(&self) -> bool {
        !self.status.is_success()
    }

    /// Whether the database did not answer.
    pub(crate) fn is_failure(&self) -> bool {
        self.status.is_server_error()
    }

    /// Whether it is the same for every caller.
    pub(crate) fn is_public(&self) -> bool {
        self.cacheable.as_ref().is_some_and(|cacheable| !cacheable.by_credential && cacheable.token.is_none())
    }

    /// The same answer, marked as one that may have been overtaken.
    pub(crate) fn stale(&self) -> Self {
        let mut headers = self.headers.clone();
        headers.insert("cache-status", HeaderValue::from_static("burgee; hit; detail=stale"));
        Self {
            status: self.status,
            headers,
            body: self.body.clone(),
            etag: self.etag.clone(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            is_compressible: self.is_compressible,
            began: self.began,
            cacheable: None,
            ends_at: None,
        }
    }

    pub(super) fn varies(&self) -> (bool, bool) {
        self.cacheable.as_ref().map_or((false, false), |cacheable| (cacheable.by_credential, cacheable.by_host))
    }

    pub(super) fn token(&self) -> Option<i64> {
        self.cacheable.as_ref().and_then(|cacheable| cacheable.token)
    }

    pub(super) fn weight(&self) -> u64 {
        // Compressed forms come later, and are smaller than the body.
        let forms = if self.is_compressible { 2 } else { 1 };
        self.body.len() as u64 * forms + OVERHEAD
    }

    /// The answer to one request: in the coding that it accepts, or 304 if it has that already.
    pub(crate) fn respond(&self, request: &HeaderMap) -> Response<Body> {
        let coding = if self.is_compressible { encoding::negotiate(request) } else { Encoding::Identity };
        let encoded = match coding {
            Encoding::Identity => None,
            Encoding::Gzip => self.gzip.get_or_init(|| self.encode(coding)).as_ref(),
            Encoding::Brotli => self.brotli.get_or_init(|| self.encode(coding)).as_ref(),
        };
        let (body, etag) = encoded.map_or((&self.body, &self.etag), |encoded| (&encoded.body, &encoded.etag));
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = self.headers.clone();
        if let Some(etag) = etag {
            response.headers_mut().insert(header::ETAG, etag.clone());
            if self.status.is_success() && conditional::has(request, etag) {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
        }
        *response.status_mut() = self.status;
        if encoded.is_some()
            && let Some(name) = coding.header()
        {
            response.headers_mut().insert(header::CONTENT_ENCODING, name);
        }
        *response.body_mut() = Body::from(body.clone());
        response
    }

    /// `None` if that would be larger.
    fn encode(&self, coding: Encoding) -> Option<Encoded> {
        let body = encoding::compress(coding, &self.body);
        let etag = self.etag.as_ref().and_then(|etag| conditional::of_coding(etag, coding));
        (body.len() < self.body.len()).then(|| Encoded { body: body.into(), etag })
    }
}

/// Whether compressing pays: PNG is compressed already.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    [&b"image/svg+xml"[..], b"application/", b"text/"].iter().any(|text| kind.starts_with(text))
}
