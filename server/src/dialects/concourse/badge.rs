//! `GET …/badge`: the last finished build of a job, the worst job of a pipeline (A1 to A6).

use axum::{
    body::Body,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header},
};
use burgee_domain::concourse_badge::{Options, Outcome};
use burgee_store::{Conn, Dependencies, concourse, projects::Project};
use serde::Deserialize;

use super::{
    access::{self, Admitted},
    refusal::{Refusal, empty, refuse},
};
use crate::{cache::cacheable::Cacheable, respond::image, state::App, web::peer::Peer};

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
            let headers = response.headers_mut();
            headers.insert(header::LOCATION, location);
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
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
        Ok((svg, cacheable)) => cacheable.attach(image::uncached(svg.into())),
        Err(refusal) => refuse(&refusal),
    }
}

/// The badge's SVG, after the checks of A6 in their order.
async fn draw(
    app: &App,
    address: Result<Path<Address>, PathRejection>,
    query: &str,
    request: &HeaderMap,
) -> Result<(String, Cacheable), Refusal> {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let options = Options::parse(&pairs).map_err(|_| Refusal::MalformedVars)?;
    // Invalid UTF-8 is nobody's name.
    let Path(address) = address.map_err(|_| Refusal::NotFound)?;
    app.store
        .look_up(async |conn| {
            let pipeline = find_pipeline(conn, &address, &options).await?;
            let admitted = access::authorize(conn, &pipeline, options.token.as_deref(), request).await?;
            let outcome = outcome(conn, &pipeline, address.job.as_deref()).await?;
            let everyone = Cacheable::for_everyone(Dependencies::on_project(pipeline.id, pipeline.space_id));
            let cacheable = match admitted {
                Admitted::Everyone => everyone,
                Admitted::Viewer(viewer) => everyone.by_credential().given_to(&viewer),
            };
            Ok((options.draw(outcome).svg(), cacheable))
        })
        .await
}

async fn find_pipeline(conn: &mut Conn, address: &Address, options: &Options) -> Result<Project, Refusal> {
    let team = concourse::find_team(conn, &address.team).await?.ok_or(Refusal::NotFound)?;
    let pipeline = concourse::find_pipeline(conn, &team, &address.pipeline, &options.instance).await?;
    pipeline.ok_or(Refusal::NotFound)
}

async fn outcome(conn: &mut Conn, pipeline: &Project, job: Option<&str>) -> Result<Option<Outcome>, Refusal> {
    let jobs = concourse::jobs(conn, pipeline.id, job).await?;
    if job.is_some() && jobs.is_empty() {
        return Err(Refusal::NotFound);
    }
    Ok(Outcome::worst(jobs.into_iter().filter_map(|job| job.last).map(|run| run.status)))
}
