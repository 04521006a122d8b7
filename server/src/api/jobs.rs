//! `/api/burgee/v1/projects/{id}/jobs`: which jobs a pipeline has.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use burgee_domain::{
    scope::Scope,
    standing::parse_active,
    view::{JobView, Page},
};
use burgee_store::{
    Conn,
    projects::Project,
    standing::{self, Job},
};
use chrono::Utc;

use super::{
    paging::{self, Paging},
    projects,
};
use crate::{auth::Caller, respond::Problem, state::App, web::body::JsonBody};

/// `GET /projects/{id or path}/jobs`: in the order of first report.
pub(crate) async fn list_jobs(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<JobView>>, Problem> {
    caller.require_read()?;
    let limit = paging.limit()?;
    app.store
        .read(async |conn| {
            let project = projects::find(conn, &caller, &id).await?;
            let found = standing::jobs(conn, project.id, paging.after(), paging::one_more(limit)).await?;
            let views = found.into_iter().map(|job| view(&project, job)).collect();
            Ok(Json(paging::page(views, limit, |job: &JobView| job.id)))
        })
        .await
}

/// `GET /projects/{id or path}/jobs/{name}`
pub(crate) async fn find_job(
    State(app): State<App>,
    caller: Caller,
    Path((id, name)): Path<(String, String)>,
) -> Result<Json<JobView>, Problem> {
    caller.require_read()?;
    let (project, job) = app.store.read(async |conn| find(conn, &caller, &id, &name).await).await?;
    Ok(Json(view(&project, job)))
}

/// `PATCH /projects/{id or path}/jobs/{name}`: `{"active": false}` takes a job out of its pipeline. It stays out, whatever is
/// reported, until it is made active again.
pub(crate) async fn change_job(
    State(app): State<App>,
    caller: Caller,
    Path((id, name)): Path<(String, String)>,
    JsonBody(body): JsonBody,
) -> Result<Json<JobView>, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let (project, job) = app.store.read(async |conn| find(conn, &caller, &id, &name).await).await?;
    let active = parse_active(&body).map_err(Problem::invalid)?;
    let changed = project.clone();
    let change =
        app.store.write(async move |conn| standing::change_job(conn, &changed, job.id, active, Utc::now()).await);
    Ok(Json(view(&project, change.await?)))
}

async fn find(conn: &mut Conn, caller: &Caller, id: &str, name: &str) -> Result<(Project, Job), Problem> {
    let project = projects::find(conn, caller, id).await?;
    let job = standing::find_job(conn, project.id, name).await?;
    Ok((project, job.ok_or_else(|| Problem::not_found("job"))?))
}

fn view(project: &Project, job: Job) -> JobView {
    JobView {
        id: job.id,
        name: job.name,
        project: project.full_path.clone(),
        active: job.active,
        created_at: job.created_at,
    }
}
