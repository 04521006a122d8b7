//! Every route, on one page.

use axum::{
    Router,
    extract::{RawQuery, Request, State},
    handler::Handler,
    http::{StatusCode, Uri},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use percent_encoding::percent_decode_str;
use tower_http::{catch_panic::CatchPanicLayer, csrf::CsrfLayer, trace::TraceLayer};

use crate::{
    api::{
        self, builds, groups, jobs,
        places::{environments, tenants},
        projects, releases, runs, spaces, variables,
    },
    assets,
    dialects::{buildmaster, concourse, gitlab, octopus},
    intake::native,
    ops::health,
    respond::{Problem, problem},
    state::App,
    ui::{self, concourse_pages},
    web::{body, peer, time_limit},
};

/// The whole site. Below a base path the caller takes that off first.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/pkg/{hash}/{file}", get(assets::serve))
        .route("/assets/favicon.svg", get(assets::favicon))
        .route("/favicon.ico", get(assets::favicon))
        .route(octopus::ROUTE, get(octopus::latest_release))
        .route(buildmaster::IMAGE_ROUTE, get(buildmaster::image).post(buildmaster::image))
        .route(buildmaster::LINK_ROUTE, get(buildmaster::link).post(buildmaster::link))
        .route(concourse::JOB_ROUTE, get(concourse::job_badge))
        .route(concourse::PIPELINE_ROUTE, get(concourse::pipeline_badge))
        .route(concourse::TEAMLESS_ROUTE, get(concourse::to_main_team))
        .route(concourse::TEAM_ROUTE, get(concourse::of_team))
        .route(concourse::INSTANCE_ROUTE, get(concourse::of_instance))
        .route(concourse::INSTANCE_SHORT_ROUTE, get(concourse::of_instance))
        .nest("/api/burgee/v1", native_api(&app))
        .nest(gitlab::PREFIX, gitlab::api().layer(own_site(&app).with_rejection_response(|_| gitlab::refused())))
        .merge(gitlab::beside_api())
        .merge(pages(&app))
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .layer(from_fn_with_state(app.clone(), peer::identify))
        .layer(from_fn_with_state(too_large as body::TooLarge, body::read_whole))
        .layer(from_fn_with_state(time_limit::LIMIT, time_limit::limit_reads))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// A body that is too large, in the words of the API that it was sent to.
fn too_large(path: &str) -> Response {
    if path.starts_with(gitlab::PREFIX) { gitlab::too_large() } else { Problem::too_large(body::LIMIT).into_response() }
}

/// `/api/burgee/v1`
fn native_api(app: &App) -> Router<App> {
    let refuse = |_| Problem::forbidden("this request comes from another site's page").into_response();
    Router::new()
        .route("/runs", post(native::report_runs).get(runs::list_runs))
        .route("/runs/{id}", get(runs::find_run))
        .route("/projects", get(projects::list_projects))
        .route(
            "/projects/{id}",
            get(projects::find_project).patch(projects::change_project).delete(projects::delete_project),
        )
        .route("/projects/{id}/releases", get(releases::list_releases))
        .route("/projects/{id}/releases/{version}", get(releases::find_release).patch(releases::change_release))
        .merge(builds_and_variables())
        .route("/projects/{id}/jobs", get(jobs::list_jobs))
        .route("/projects/{id}/jobs/{name}", get(jobs::find_job).patch(jobs::change_job))
        .route("/groups", get(groups::list_groups))
        .route("/groups/{id}", get(groups::find_group).patch(groups::change_group))
        .route("/spaces", get(spaces::list_spaces))
        .route("/spaces/{id}", get(spaces::find_space).patch(spaces::change_space))
        .route("/environments", get(environments::list).post(environments::create))
        .route("/environments/{id}", get(environments::find).patch(environments::change).delete(environments::delete))
        .route("/tenants", get(tenants::list).post(tenants::create))
        .route("/tenants/{id}", get(tenants::find).patch(tenants::change).delete(tenants::delete))
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .fallback(api::unknown_address)
        .layer(from_fn(problem::shape_rejections))
        .layer(own_site(app).with_rejection_response(refuse))
}

/// What projects and releases have alike, and builds of a release and of none.
fn builds_and_variables() -> Router<App> {
    let mut router = Router::new();
    for owner in ["/projects/{id}", "/projects/{id}/releases/{version}"] {
        let (builds, build) = (format!("{owner}/builds"), format!("{owner}/builds/{{number}}"));
        for owner in [owner, &build] {
            let list = get(variables::list_variables);
            router = router.route(&format!("{owner}/variables"), list).route(
                &format!("{owner}/variables/{{name}}"),
                put(variables::put_variable).delete(variables::delete_variable),
            );
        }
        router = router
            .route(&builds, get(builds::list_builds))
            .route(&build, get(builds::find_build).patch(builds::change_build));
    }
    router
}

/// Changes are taken only from Burgee's own pages (Fetch Metadata, `Origin`), or from what is no browser.
fn own_site(app: &App) -> CsrfLayer {
    let own_origin = app.settings.public_url.as_ref().map(|url| url.origin().to_owned());
    let layer = own_origin.map_or(Ok(CsrfLayer::new()), |origin| CsrfLayer::new().add_trusted_origin(origin));
    layer.unwrap_or_else(|error| {
        tracing::warn!(%error, "the public URL is not an origin that forms can be checked against");
        CsrfLayer::new()
    })
}

/// The pages, and the forms on them.
fn pages(app: &App) -> Router<App> {
    let refuse =
        |_| (StatusCode::FORBIDDEN, "This form was sent from another site. Open it on this one.\n").into_response();
    Router::new()
        .route("/", get(ui::dashboard::show))
        .route("/sign-in", get(ui::sign_in::show).post(ui::sign_in::submit))
        .route("/sign-out", post(ui::sign_in::sign_out))
        .route("/setup/{token}", get(ui::setup::show).post(ui::setup::submit))
        .route("/theme", post(ui::theme::submit))
        .route(concourse_pages::PIPELINE_ROUTE, get(concourse_pages::to_page))
        .route(concourse_pages::JOB_ROUTE, get(concourse_pages::to_page))
        .route("/tokens", get(ui::tokens::show).post(ui::tokens::create))
        .route("/tokens/{id}/revoke", get(ui::tokens::ask).post(ui::tokens::revoke))
        .route("/{*path}", get(badge_or_page).post(form_and_no_badge))
        .layer(from_fn_with_state(app.clone(), ui::errors::show_failures))
        .layer(own_site(app).with_rejection_response(refuse))
}

/// `GET /{path}`: GitLab's badges have the addresses of the projects' pages, with a file below.
async fn badge_or_page(State(app): State<App>, RawQuery(query): RawQuery, request: Request) -> Response {
    let path = decoded(request.uri());
    match gitlab::svg::Address::parse(&path) {
        Some(address) => {
            gitlab::svg::show(&app, &address, query.as_deref().unwrap_or_default(), request.headers()).await
        }
        None => ui::places::show.call(request, app).await,
    }
}

/// `POST /{path}`: a page's form. Badges take none.
async fn form_and_no_badge(State(app): State<App>, request: Request) -> Response {
    match gitlab::svg::Address::parse(&decoded(request.uri())) {
        Some(_) => Problem::method_not_allowed().into_response(),
        None => ui::places::submit.call(request, app).await,
    }
}

/// The path without its first slash. What is no UTF-8 becomes a sign that stands in no place's path.
fn decoded(uri: &Uri) -> String {
    percent_decode_str(uri.path().trim_start_matches('/')).decode_utf8_lossy().into_owned()
}
