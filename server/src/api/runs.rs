//! `/api/burgee/v1/runs`: looking at what was reported.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use burgee_domain::view::{Page, RunView};
use burgee_store::{
    Conn, environments,
    runs::{self, Filter},
    tenants,
};
use serde::Deserialize;

use super::{
    paging::{self, Paging},
    projects,
    run_view::view,
};
use crate::{auth::Caller, respond::Problem, state::App};

/// The query of [`list_runs`].
#[derive(Debug, Deserialize)]
pub(crate) struct ListQuery {
    /// A project, by id or full path.
    project: Option<String>,
    /// One of its environments, by slug, name's slug or id.
    environment: Option<String>,
    /// One of its tenants.
    tenant: Option<String>,
    limit: Option<u32>,
    after: Option<i64>,
}

/// `GET /runs`: newest first; `after` goes on with older ones.
pub(crate) async fn list_runs(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<RunView>>, Problem> {
    caller.require_read()?;
    let paging = Paging::new(query.limit, query.after);
    let limit = paging.limit()?;
    app.store
        .read(async |conn| {
            let filter = filter(conn, &caller, &query).await?;
            let found = runs::list(conn, &filter, paging.after(), paging::one_more(limit)).await?;
            Ok(Json(paging::page(found.into_iter().map(view).collect(), limit, |run: &RunView| run.id)))
        })
        .await
}

async fn filter(conn: &mut Conn, caller: &Caller, query: &ListQuery) -> Result<Filter, Problem> {
    let Some(project) = &query.project else {
        if query.environment.is_some() || query.tenant.is_some() {
            return Err(Problem::bad_request("environment and tenant need project: they are looked for in its space"));
        }
        if caller.is_limited() {
            return Err(Problem::bad_request("this token is limited: say which project with ?project="));
        }
        return Ok(Filter::default());
    };
    let project = projects::find(conn, caller, project).await?;
    let mut filter = Filter { project_id: Some(project.id), ..Filter::default() };
    if let Some(name) = &query.environment {
        let found = environments::find(conn, project.space_id, name).await?;
        filter.environment_id = Some(found.ok_or_else(|| Problem::not_found("environment"))?.id);
    }
    if let Some(name) = &query.tenant {
        let found = tenants::find(conn, project.space_id, name).await?;
        filter.tenant_id = Some(found.ok_or_else(|| Problem::not_found("tenant"))?.id);
    }
    Ok(filter)
}

/// `GET /runs/{id}`
pub(crate) async fn find_run(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<i64>,
) -> Result<Json<RunView>, Problem> {
    caller.require_read()?;
    app.store
        .read(async |conn| {
            let run = runs::get(conn, id).await?.ok_or_else(|| Problem::not_found("run"))?;
            // A run of a project out of reach is not there either.
            projects::find(conn, &caller, &run.project_id.to_string()).await.map_err(|_| Problem::not_found("run"))?;
            Ok(Json(view(run)))
        })
        .await
}
