//! `/{full_path}/-/runs/{id}`

use axum::http::StatusCode;
use burgee_app::pages::run::{self as page, Repeated, RunPage};
use burgee_store::{
    Conn, StoreError,
    effective_variables::{self, Context},
    runs::{self, Run},
};

use super::{Visit, lines, own_badges, seen::SeenProject, visit::Answer};

/// `GET`. A run of another project is not there.
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenProject, id: &str) -> Answer {
    let Some(id) = lines::id(id) else { return Err(visit.hidden()) };
    let found = runs::get(conn, id).await?.filter(|run| run.project_id == seen.project.id);
    let Some(run) = found else { return Err(visit.hidden()) };
    let page = gather(conn, &seen, run).await?;
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

async fn gather(conn: &mut Conn, seen: &SeenProject, run: Run) -> Result<RunPage, StoreError> {
    let context = Context {
        run_id: Some(run.id),
        build_id: run.build_id,
        release_id: run.release_id,
        project_id: run.project_id,
    };
    let neighbours = runs::neighbours(conn, &run).await?;
    let reruns = match &run.external_id {
        Some(id) => runs::reruns(conn, run.project_id, id).await?,
        None => Vec::new(),
    };
    let variables = effective_variables::effective(conn, context).await?;
    Ok(RunPage {
        head: seen.head(conn).await?,
        queued_at: run.queued_at,
        created_at: run.created_at,
        reported_by: run.reported_by.clone(),
        external_id: run.external_id.clone(),
        coverage: run.coverage,
        repeats: repeated(conn, &run).await?,
        reruns: reruns.into_iter().map(lines::run).collect(),
        variables: variables.into_iter().map(lines::variable).collect(),
        badges: own_badges::of_run(&seen.project, &run),
        previous: neighbours.previous,
        next: neighbours.next,
        run: lines::run(run),
    })
}

async fn repeated(conn: &mut Conn, run: &Run) -> Result<Option<Repeated>, StoreError> {
    let Some(external_id) = run.rerun_of.clone() else { return Ok(None) };
    let id = runs::find_external(conn, run.project_id, &external_id).await?;
    Ok(Some(Repeated { external_id, id }))
}
