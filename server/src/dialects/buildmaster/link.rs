//! The link: a click on the image leads to a page of Burgee's own, or to where the run was reported from.
//!
//! There is no way to anywhere else: no parameter of the request is ever part of the address, except the key, which is
//! handed on to a page that it opens (see `ui::key`). *Unconfirmed, so chosen:* the release page of a build of no release is
//! the build's; an execution is named by `$ExecutionId`.

use axum::{
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use burgee_domain::{
    buildmaster_badge::{Destination, Page, Request},
    url_text::encode_query,
};
use burgee_store::{
    StoreError,
    buildmaster::{self, Linked, Place},
};
use tokio::time::Instant;
use url::{Url, form_urlencoded};

use super::{key, read, said};
use crate::{state::App, ui::address, web::peer::Peer};

/// The route of [`link`].
pub(crate) const ROUTE: &str = "/api/ci-badges/link";

const NO_BUILD: &str = "No build matches.";
const NO_EXECUTION: &str = "The build that matches has no execution.";

/// What a request comes to.
enum Outcome {
    Forbidden,
    Bad(String),
    Good {
        place: Place,
        destination: Destination,
        /// Whether the key opens the pages.
        key_reads_pages: bool,
    },
}

/// `GET|HEAD|POST` of a link.
pub(crate) async fn link(
    State(app): State<App>,
    peer: Peer,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let begun = Instant::now();
    let query = query.as_deref().unwrap_or_default();
    let mut request = match read(query, &headers, &body, &Destination::PARAMETERS) {
        Ok(request) => request,
        Err(detail) => return said(StatusCode::BAD_REQUEST, detail),
    };
    request.key = request.key.or_else(|| key::of_headers(&headers));
    let (place, destination, key_reads_pages) = match look_up(&app, &request).await {
        Ok(Outcome::Good { place, destination, key_reads_pages }) => (place, destination, key_reads_pages),
        Ok(Outcome::Bad(detail)) => return said(StatusCode::BAD_REQUEST, detail),
        Ok(Outcome::Forbidden) => return key::forbidden(begun).await,
        Err(error) => {
            tracing::error!(%error, "BuildMaster link");
            return said(StatusCode::SERVICE_UNAVAILABLE, "The link cannot be followed now; try again soon.");
        }
    };
    if let Some(elsewhere) = place.url.as_deref().filter(|_| destination.external).and_then(web_address) {
        return to(elsewhere.as_str());
    }
    let Some(page) = page(&place, destination.page) else { return said(StatusCode::BAD_REQUEST, NO_EXECUTION) };
    let key = request.key.filter(|_| key_reads_pages && is_key_in(query));
    let separator = if page.contains('?') { '&' } else { '?' };
    let key = key.map(|key| format!("{separator}key={}", encode_query(&key))).unwrap_or_default();
    to(&format!("{}{page}{key}", peer.public.base_path()))
}

async fn look_up(app: &App, request: &Request) -> Result<Outcome, StoreError> {
    app.store
        .look_up(async |conn| {
            let Some(key) = key::find(conn, request.key.as_deref()).await? else { return Ok(Outcome::Forbidden) };
            let destination = match Destination::of(request) {
                Ok(destination) => destination,
                Err(detail) => return Ok(Outcome::Bad(detail)),
            };
            let subject = &key.viewer.subject;
            let linked = buildmaster::find_link(conn, &request.filters, destination.page, subject).await?;
            Ok(match linked {
                Linked::OutOfReach => Outcome::Forbidden,
                Linked::Nothing => Outcome::Bad(NO_BUILD.to_owned()),
                Linked::Build(place) => Outcome::Good { place, destination, key_reads_pages: key.reads_pages },
            })
        })
        .await
}

/// The address of a page below the public URL; `None` for an execution that there is not.
fn page(place: &Place, page: Page) -> Option<String> {
    let project = &place.project;
    Some(match (page, &place.release) {
        (Page::Release, Some(version)) => address::release(project, version),
        (Page::Build, _) | (Page::Release, None) => address::build(project, place.build),
        (Page::Application, _) => address::address(project, ""),
        (Page::Execution, _) => address::run(project, place.run?),
    })
}

/// What a run was reported with, if a browser may be sent there.
fn web_address(reported: &str) -> Option<Url> {
    Url::parse(reported).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Whether the key stands in the link's own address, so that its reader has it already.
fn is_key_in(query: &str) -> bool {
    Request::parse(form_urlencoded::parse(query.as_bytes()), &[]).is_ok_and(|request| request.key.is_some())
}

/// The latest build will soon be another, so no cache keeps where it was.
fn to(location: &str) -> Response<Body> {
    match HeaderValue::from_str(location) {
        Ok(location) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::SEE_OTHER;
            let headers = response.headers_mut();
            headers.insert(header::LOCATION, location);
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(_) => said(StatusCode::BAD_REQUEST, NO_BUILD),
    }
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_the_web_is_elsewhere() {
        assert_eq!(web_address("https://ci.example/1?x=ä").unwrap().as_str(), "https://ci.example/1?x=%C3%A4");
        for bad in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/x", "x", "", "ftp://x/", "file:///x"]
        {
            assert_eq!(web_address(bad), None, "{bad}");
        }
        let broken = web_address("https://ci.example/\r\nSet-Cookie: x=1").unwrap();
        assert!(!broken.as_str().contains(['\r', '\n']));
    }
}
