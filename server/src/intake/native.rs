//! `POST /api/burgee/v1/runs`: one run, or up to 1,000 in one transaction.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use burgee_domain::{
    report::{Reports, RunReport},
    scope::Scope,
    view::ReportedBatch,
};
use burgee_store::{
    StoreError,
    reports::{self, Applied},
};
use chrono::Utc;

use crate::{
    api::links,
    auth::Caller,
    first_start,
    respond::Problem,
    state::App,
    web::{body::JsonBody, peer::Peer},
};

/// `POST /api/burgee/v1/runs`
pub(crate) async fn report_runs(
    State(app): State<App>,
    caller: Caller,
    peer: Peer,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    caller.require(&[Scope::RunsWrite])?;
    match Reports::parse(&body).map_err(Problem::invalid)? {
        Reports::One(report) => {
            let applied = store(&app, &caller, vec![*report], false)
                .await?
                .pop()
                .ok_or_else(|| Problem::internal(&"no result"))?;
            Ok(one(&peer, applied))
        }
        Reports::Many(reports) => {
            let applied = store(&app, &caller, reports, true).await?;
            let results = applied.into_iter().map(|applied| links::reported(&peer.public, applied)).collect();
            Ok(Json(ReportedBatch { results }).into_response())
        }
    }
}

fn one(peer: &Peer, applied: Applied) -> Response {
    let status = if applied.created { StatusCode::CREATED } else { StatusCode::OK };
    let reported = links::reported(&peer.public, applied);
    let location = HeaderValue::from_str(&reported.url).ok();
    let mut response = (status, Json(reported)).into_response();
    if let Some(location) = location {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Applies all reports in one transaction, or none.
async fn store(app: &App, caller: &Caller, reports: Vec<RunReport>, is_batch: bool) -> Result<Vec<Applied>, Problem> {
    check_reach(app, caller, &reports, is_batch).await?;
    let reporter = caller.name().to_owned();
    let written =
        app.store.write(async move |conn| reports::apply_all(conn, &reports, Some(&reporter), Utc::now()).await).await;
    let applied = written.map_err(|error| match error {
        StoreError::InReport { index, error } => in_report(index, *error, is_batch),
        error => error.into(),
    })?;
    first_start::forget_starter_token(app).await;
    Ok(applied)
}

/// The store's word on one report; in an array it says which.
fn in_report(index: usize, error: StoreError, is_batch: bool) -> Problem {
    match error {
        StoreError::Conflict { field, detail } if is_batch => Problem::conflict(&format!("{index}/{field}"), detail),
        error => error.into(),
    }
}

/// Refuses reports about projects that a limited token is not for, before anything is created. The answer is
/// the same whether such a project exists or not.
async fn check_reach(app: &App, caller: &Caller, reports: &[RunReport], is_batch: bool) -> Result<(), Problem> {
    if !caller.is_limited() {
        return Ok(());
    }
    app.store
        .read(async |conn| {
            for (index, report) in reports.iter().enumerate() {
                if !caller.reaches(&reports::peek_target(conn, report).await?) {
                    let which = if is_batch {
                        format!("run {index} of the array belongs")
                    } else {
                        "this run belongs".to_owned()
                    };
                    return Err(Problem::forbidden(format!("{which} to a project that this token is not for")));
                }
            }
            Ok(())
        })
        .await
}
