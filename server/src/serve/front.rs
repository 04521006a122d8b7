//! What a request meets first: badges from memory, and only then the routes.
//!
//! A `GET` of a badge that the cache has is answered here, before any framework: no span, no body, no extractor. What it does
//! not have is computed by the routes as a plain `GET`, so that handlers know nothing of caching, content codings and
//! conditional requests.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use burgee_store::Moment;
use hyper::body::{Body as _, Incoming};
use tower::{Layer, ServiceExt};
use tower_http::compression::{Compression, CompressionLayer};

use crate::{
    cache::{Finished, Flights, Question},
    dialects,
    respond::{Problem, conditional, encoding},
    state::App,
    web::base_path,
};

/// Most bytes of a badge or feed.
const ANSWER_MAX: usize = 64 * 1024 * 1024;

/// What concerns the connection, or what the finished answer takes care of.
const NOT_FOR_HANDLERS: [HeaderName; 8] = [
    header::ACCEPT_ENCODING,
    header::IF_NONE_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_MATCH,
    header::IF_UNMODIFIED_SINCE,
    header::IF_RANGE,
    header::RANGE,
    header::CONTENT_LENGTH,
];

/// The way in.
pub(crate) struct Front {
    app: App,
    routes: Router,
    /// The routes, for answers that are compressed on their way out.
    compressed: Compression<Router>,
    base: String,
    flights: Arc<Flights>,
}

impl Front {
    pub(crate) fn new(app: App, routes: Router, base: String) -> Self {
        let compressed = CompressionLayer::new().layer(routes.clone());
        Self { app, routes, compressed, base, flights: Arc::default() }
    }

    /// Answers one request.
    pub(crate) async fn answer(&self, request: hyper::Request<Incoming>, peer: SocketAddr) -> Response<Body> {
        let path = base_path::rest(&self.base, request.uri().path());
        match *request.method() {
            // A body may be part of the question.
            Method::GET | Method::HEAD if request.body().is_end_stream() => {
                if let Some(text) = dialects::question(path, request.uri().query().unwrap_or_default()) {
                    let question = Question::new(text, request.headers(), peer, &self.app.settings);
                    return self.badge(&question, &request, peer).await.respond(request.headers());
                }
            }
            Method::OPTIONS => {
                if let Some(methods) = dialects::methods(path) {
                    return preflight(request.headers(), methods);
                }
            }
            _ => {}
        }
        self.route(request.map(Body::new), peer).await
    }

    /// A badge: from memory, else computed.
    async fn badge(
        &self,
        question: &Question<'_>,
        request: &hyper::Request<Incoming>,
        peer: SocketAddr,
    ) -> Arc<Finished> {
        let cache = &self.app.cache;
        let is_trusted = cache.is_trusted();
        if is_trusted && let Some(answer) = cache.get(question) {
            return answer;
        }
        let generations = self.app.store.generations();
        let compute = |began| self.compute(question.text().to_owned(), plain(request, peer), peer, began);
        let computed = self.flights.join(question.whole(), generations, compute).await;
        let answer = computed.unwrap_or_else(|| failed(generations.now()));
        if !is_trusted && answer.is_failure() {
            // The database cannot be reached: what everybody may see is shown as it was last known.
            if let Some(known) = cache.get(question).filter(|known| known.is_public()) {
                return Arc::new(known.stale());
            }
        }
        answer
    }

    /// The answer of the routes to a plain `GET`, which the cache keeps.
    fn compute(
        &self,
        text: String,
        request: Request,
        peer: SocketAddr,
        began: Moment,
    ) -> impl Future<Output = Arc<Finished>> + Send + 'static {
        let (app, routes) = (self.app.clone(), self.routes.clone());
        let headers = request.headers().clone();
        let request = base_path::strip(&self.base, request);
        async move {
            let Ok(response) = routes.oneshot(request).await;
            let (mut parts, body) = response.into_parts();
            say_when_to_retry(parts.status, &mut parts.headers);
            let Ok(body) = to_bytes(body, ANSWER_MAX).await else { return failed(began) };
            let answer = Arc::new(Finished::new(parts, body, began));
            app.cache.put(&Question::new(text.into(), &headers, peer, &app.settings), &answer);
            answer
        }
    }

    /// Everything else: the routes, which compress what they answer in a coding that is certainly acceptable.
    async fn route(&self, request: hyper::Request<Body>, peer: SocketAddr) -> Response<Body> {
        let mut request = base_path::strip(&self.base, request);
        let coding = encoding::negotiate(request.headers());
        if request.headers().contains_key(header::ACCEPT_ENCODING) {
            request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(coding.as_str()));
        }
        // The answer to a HEAD has the headers of the GET, and the connection leaves the body out.
        let is_head = *request.method() == Method::HEAD;
        if is_head {
            *request.method_mut() = Method::GET;
        }
        request.extensions_mut().insert(ConnectInfo(peer));
        let Ok(mut response) = self.compressed.clone().oneshot(request).await;
        // What was compressed on its way out has no known length; what was compressed before has its own validator.
        let is_compressed_here = response.body().size_hint().exact().is_none();
        let headers = response.headers_mut();
        if is_compressed_here
            && headers.contains_key(header::CONTENT_ENCODING)
            && let Some(etag) = headers.get(header::ETAG).and_then(|etag| conditional::of_coding(etag, coding))
        {
            headers.insert(header::ETAG, etag);
        }
        let has_no_length = matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        if is_head && response.body().size_hint().exact() == Some(0) && !has_no_length {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if response.status() == StatusCode::NOT_MODIFIED {
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        say_when_to_retry(response.status(), response.headers_mut());
        response.map(Body::new)
    }
}

/// What is too much now will not be in a second.
fn say_when_to_retry(status: StatusCode, headers: &mut HeaderMap) {
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("1"));
    }
}

/// The same question as a plain `GET`, which is answered whole.
fn plain(request: &hyper::Request<Incoming>, peer: SocketAddr) -> Request {
    let mut plain = Request::new(Body::empty());
    *plain.uri_mut() = Uri::clone(request.uri());
    *plain.headers_mut() = request.headers().clone();
    for name in &NOT_FOR_HANDLERS {
        plain.headers_mut().remove(name);
    }
    plain.extensions_mut().insert(ConnectInfo(peer));
    plain
}

/// A handler never ends without an answer; if it does, that is a bug.
fn failed(began: Moment) -> Arc<Finished> {
    let response = axum::response::IntoResponse::into_response(Problem::internal(&"a badge ended without an answer"));
    Arc::new(Finished::new(response.into_parts().0, bytes::Bytes::new(), began))
}

/// Any page may read badges, whatever headers it sends.
fn preflight(request: &HeaderMap, methods: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, methods),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::ALLOW, methods),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // `*` does not cover `Authorization`.
    if let Some(wanted) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Access-Control-Request-Headers"));
    }
    response
}
