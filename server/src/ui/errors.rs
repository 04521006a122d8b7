//! Pages that say no.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use burgee_app::pages::error::{self, ErrorPage};
use burgee_store::StoreError;

use super::Visit;
use crate::{respond::Problem, state::App, web::peer::Peer};

/// An answer other than the page that was asked for. Boxed, since it travels as an error.
pub(crate) struct Refusal(Box<Response>);

impl Refusal {
    /// An error page.
    pub(crate) fn page(visit: &Visit, status: StatusCode, detail: Option<String>) -> Self {
        let html = error::render(&visit.site, ErrorPage { status: status.as_u16(), detail });
        Self::from(visit.page(status, html))
    }
}

impl From<Response> for Refusal {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl From<StoreError> for Refusal {
    /// The log says why; [`show_failures`] makes a page of it.
    fn from(error: StoreError) -> Self {
        Self::from(Problem::from(error).into_response())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// Middleware: shows the failures of the store, which come as problem details, as pages.
pub(crate) async fn show_failures(State(app): State<App>, peer: Peer, request: Request, next: Next) -> Response {
    let (jar, uri) = (CookieJar::from_headers(request.headers()), request.uri().clone());
    let response = next.run(request).await;
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if !is_problem || !response.status().is_server_error() {
        return response;
    }
    let visit = Visit::anonymous(app, peer, jar, &uri);
    let mut page = Refusal::page(&visit, response.status(), None).into_response();
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}
