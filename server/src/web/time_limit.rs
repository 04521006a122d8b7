//! How long a request may take.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Longest time for an answer, and for the body of a request.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// Middleware: ends reading requests that take too long. Others are waited for: they may have begun to write, and only the
/// end of that tells whether it was stored. Waiting for one's turn to write has a limit of its own (`burgee_store`), and so
/// has reading the body (`super::body`).
pub(crate) async fn limit_reads(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    if !request.method().is_safe() {
        return next.run(request).await;
    }
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response())
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::Method, middleware::from_fn_with_state, routing::any};
    use tower::ServiceExt;

    use super::*;

    async fn status_of_slow_request(method: Method) -> StatusCode {
        let slow = || tokio::time::sleep(Duration::from_millis(50));
        let layer = from_fn_with_state(Duration::from_millis(1), limit_reads);
        let router: Router = Router::new().route("/", any(slow)).layer(layer);
        let request = Request::builder().method(method).uri("/").body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_slow_read_is_given_up() {
        assert_eq!(status_of_slow_request(Method::GET).await, StatusCode::GATEWAY_TIMEOUT);
    }

    #[tokio::test]
    async fn a_slow_write_is_waited_for() {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            assert_eq!(status_of_slow_request(method).await, StatusCode::OK);
        }
    }
}
