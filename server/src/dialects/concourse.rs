//! Concourse's badges (`spec/concourse-badges.txt`, `spec/dialects.md` A): the last finished build of a job, the worst job
//! of a pipeline.
//!
//! A team is a space, a pipeline a project, a build a run that names a job. Who may see a badge, and what is answered to
//! all others, goes in the order of A6. Reruns and instances of a pipeline are not reported yet: the last finished run is
//! the one that was reported last, and an instance (`?vars=`) is a pipeline that does not exist. Unlike Concourse, the
//! redirect of old addresses keeps the query, and a failing database is a 500 for pipelines too.

use axum::{
    body::Body,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header},
};
use burgee_domain::{
    change::Visibility,
    concourse_badge::{Options, Outcome},
};
use burgee_store::{StoreError, access::Person, concourse, projects::Project};
use serde::Deserialize;

use crate::{auth::subject, respond::image, state::App, web::peer::Peer};

/// The route of [`job_badge`].
pub(crate) const JOB_ROUTE: &str = "/api/v1/teams/{team}/pipelines/{pipeline}/jobs/{job}/badge";
/// The route of [`pipeline_badge`].
pub(crate) const PIPELINE_ROUTE: &str = "/api/v1/teams/{team}/pipelines/{pipeline}/badge";
/// The route of [`to_main_team`].
pub(crate) const TEAMLESS_ROUTE: &str = "/api/v1/pipelines/{pipeline}/jobs/{job}/badge";

/// The segments of a badge's address.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    team: String,
    pipeline: String,
    /// Without one the badge is the pipeline's.
    job: Option<String>,
}

/// Why there is no badge; each is answered in Concourse's own words.
#[derive(Debug)]
enum Refusal {
    MalformedVars,
    NotFound,
    NotAuthorized,
    Forbidden,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// `GET|HEAD` of a job's badge.
pub(crate) async fn job_badge(
    State(app): State<App>,
    address: Result<Path<Address>, PathRejection>,
    RawQuery(query): RawQuery,
    request: HeaderMap,
) -> Response<Body> {
    badge(&app, address, query.as_deref(), &request).await
}

/// `GET|HEAD` of a pipeline's badge.
pub(crate) async fn pipeline_badge(
    State(app): State<App>,
    address: Result<Path<Address>, PathRejection>,
    RawQuery(query): RawQuery,
    request: HeaderMap,
) -> Response<Body> {
    badge(&app, address, query.as_deref(), &request).await
}

/// `GET|HEAD` of a job's badge as it was addressed before there were teams: it has moved to the team `main`, whether
/// that has such a job or not.
pub(crate) async fn to_main_team(uri: Uri, peer: Peer) -> Response<Body> {
    let asked = uri.path_and_query().map_or(uri.path(), |asked| asked.as_str());
    let rest = asked.strip_prefix("/api/v1/").unwrap_or_default();
    let location = format!("{}/api/v1/teams/main/{rest}", peer.public.base_path());
    let mut response = empty(StatusCode::MOVED_PERMANENTLY);
    match HeaderValue::from_str(&location) {
        Ok(location) => {
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        Err(_) => empty(StatusCode::NOT_FOUND),
    }
}

async fn badge(
    app: &App,
    address: Result<Path<Address>, PathRejection>,
    query: Option<&str>,
    request: &HeaderMap,
) -> Response<Body> {
    match draw(app, address, query.unwrap_or_default(), request).await {
        Ok(svg) => image::uncached(request, svg.into()),
        Err(refusal) => refuse(&refusal),
    }
}

/// The badge's SVG, after the checks of A6 in their order.
async fn draw(
    app: &App,
    address: Result<Path<Address>, PathRejection>,
    query: &str,
    request: &HeaderMap,
) -> Result<String, Refusal> {
    let options = Options::parse(url::form_urlencoded::parse(query.as_bytes())).map_err(|_| Refusal::MalformedVars)?;
    // A name that is no UTF-8 is nobody's.
    let Path(address) = address.map_err(|_| Refusal::NotFound)?;
    let pipeline = find_pipeline(app, &address, &options).await?;
    authorize(app, &pipeline, request).await?;
    let outcome = outcome(app, &pipeline, address.job.as_deref()).await?;
    Ok(options.draw(outcome).svg())
}

async fn find_pipeline(app: &App, address: &Address, options: &Options) -> Result<Project, Refusal> {
    let mut conn = app.store.read().await?;
    let team = concourse::find_team(&mut conn, &address.team).await?.ok_or(Refusal::NotFound)?;
    let pipeline = concourse::find_pipeline(&mut conn, &team, &address.pipeline).await?;
    pipeline.filter(|_| !options.names_instance).ok_or(Refusal::NotFound)
}

/// Lets everybody see the badges of an exposed pipeline, and of others those who have a role there.
async fn authorize(app: &App, pipeline: &Project, request: &HeaderMap) -> Result<(), Refusal> {
    if pipeline.visibility == Visibility::Public || pipeline.badges_enabled {
        return Ok(());
    }
    let viewer = subject::of_viewer(app, request).await?;
    if viewer.role_in_project(&mut app.store.read().await?, pipeline).await?.is_some() {
        return Ok(());
    }
    Err(if viewer.person == Person::Nobody { Refusal::NotAuthorized } else { Refusal::Forbidden })
}

async fn outcome(app: &App, pipeline: &Project, job: Option<&str>) -> Result<Option<Outcome>, Refusal> {
    let mut conn = app.store.read().await?;
    let Some(job) = job else {
        return Ok(Outcome::worst(concourse::last_finished_of_each_job(&mut conn, pipeline.id).await?));
    };
    let job = concourse::find_job(&mut conn, pipeline.id, job).await?.ok_or(Refusal::NotFound)?;
    Ok(concourse::last_finished(&mut conn, job).await?.and_then(Outcome::of))
}

fn refuse(refusal: &Refusal) -> Response<Body> {
    match refusal {
        Refusal::MalformedVars => empty(StatusCode::BAD_REQUEST),
        Refusal::NotFound => empty(StatusCode::NOT_FOUND),
        Refusal::NotAuthorized => said(StatusCode::UNAUTHORIZED, "not authorized"),
        Refusal::Forbidden => said(StatusCode::FORBIDDEN, "forbidden"),
        Refusal::Store(error) => {
            tracing::error!(%error, "Concourse badge");
            empty(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

fn said(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = empty(status);
    *response.body_mut() = Body::from(words);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// No cache keeps a refusal, so that a badge is back as soon as its cause is gone. The redirect, which is for good, may be
/// kept.
fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if !status.is_redirection() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
