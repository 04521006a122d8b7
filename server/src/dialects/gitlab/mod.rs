//! GitLab's API for project and group badges, and what its clients ask on the way (`spec/gitlab-project-badges.txt`,
//! `spec/dialects.md` B); and GitLab's own SVG badges (B13).
//!
//! A request is read once, by [`call::Call`], in the order of checks that B5 lists; each handler then reads like its
//! paragraph there. Every error has one of GitLab's three shapes, made in [`error`].

mod access_requests;
mod badges;
mod call;
mod entity;
mod error;
mod groups;
mod members;
mod pagination;
mod params;
mod projects;
mod source;
pub(crate) mod svg;
mod users;
pub(crate) mod values;
mod version;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{any, delete, get, put},
};

use self::{call::Call, error::ApiError, source::Kind};
use crate::state::App;

/// Below this path everything is GitLab's API.
pub(crate) const PREFIX: &str = "/api/v4";

/// The API's routes, below [`PREFIX`].
pub(crate) fn api() -> Router<App> {
    Router::new()
        .route("/version", get(version::show))
        .route("/metadata", get(version::show))
        .route("/user", get(users::current))
        .route("/users", get(users::list))
        .route("/users/{user_id}", get(users::show))
        .route("/projects", get(projects::list))
        .route("/projects/{id}", get(projects::show))
        .route("/groups", get(groups::list))
        .route("/groups/{id}", get(groups::show))
        .route("/groups/{id}/projects", get(groups::projects))
        .nest("/projects/{id}", of_source(Kind::Project))
        .nest("/groups/{id}", of_source(Kind::Group))
        // Routes and no fallback, which would come after the pages.
        .route("/", any(no_route))
        .route("/{*rest}", any(no_route))
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        .layer(from_fn(headers))
}

async fn no_route() -> ApiError {
    ApiError::no_route()
}

/// What projects and groups have alike.
fn of_source(kind: Kind) -> Router<App> {
    let with = move |call: Call| source::Request { kind, call };
    Router::new()
        .route(
            "/badges",
            get(move |call: Call| badges::list(with(call))).post(move |call: Call| badges::create(with(call))),
        )
        .route(
            "/badges/render",
            // To change and to remove, `render` is no id.
            get(move |call: Call| badges::render(with(call)))
                .put(move |call: Call| badges::update(with(call)))
                .delete(move |call: Call| badges::remove(with(call))),
        )
        .route(
            "/badges/{badge_id}",
            get(move |call: Call| badges::show(with(call)))
                .put(move |call: Call| badges::update(with(call)))
                .delete(move |call: Call| badges::remove(with(call))),
        )
        .route(
            "/members",
            get(move |call: Call| members::list(with(call))).post(move |call: Call| members::add(with(call))),
        )
        .route("/members/all", get(move |call: Call| members::list_all(with(call))))
        .route("/members/all/{user_id}", get(move |call: Call| members::show_all(with(call))))
        .route(
            "/members/{user_id}",
            get(move |call: Call| members::show(with(call)))
                .put(move |call: Call| members::change(with(call)))
                .delete(move |call: Call| members::remove(with(call))),
        )
        .route(
            "/access_requests",
            get(move |call: Call| access_requests::list(with(call)))
                .post(move |call: Call| access_requests::request(with(call))),
        )
        .route("/access_requests/{user_id}/approve", put(move |call: Call| access_requests::approve(with(call))))
        .route("/access_requests/{user_id}", delete(move |call: Call| access_requests::deny(with(call))))
}

/// Addresses beside the API: `/api/v3` is gone, whatever is asked, and `/api/v4/` is no route.
pub(crate) fn beside_api() -> Router<App> {
    let gone = || async { ApiError::gone() };
    Router::new().route("/api/v3", any(gone)).route("/api/v3/{*rest}", any(gone)).route("/api/v4/", any(no_route))
}

/// A request from another site's page: refused before it is read.
pub(crate) fn refused() -> Response {
    ApiError::forbidden().into_response()
}

/// A body that is larger than any that is taken.
pub(crate) fn too_large() -> Response {
    ApiError::too_large().into_response()
}

/// What every answer of GitLab's API carries (B11).
async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "max-age=0, private, must-revalidate"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
