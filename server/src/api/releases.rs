//! `/api/burgee/v1/projects/{id}/releases`

use axum::{
    Json,
    extract::{Path, Query, State},
};
use burgee_domain::view::{Page, ReleaseView};
use burgee_store::releases;

use super::{
    paging::{self, Paging},
    projects,
};
use crate::{auth::Caller, respond::Problem, state::App};

/// `GET /projects/{id or path}/releases`: newest first.
pub(crate) async fn list_releases(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ReleaseView>>, Problem> {
    caller.require_read()?;
    let limit = paging.limit()?;
    let mut conn = app.store.read().await?;
    let project = projects::find(&mut conn, &caller, &id).await?;
    let found = releases::list(&mut conn, project.id, paging.after(), paging::one_more(limit)).await?;
    let views = found
        .into_iter()
        .map(|release| ReleaseView {
            id: release.id,
            version: release.version,
            project: project.full_path.clone(),
            status: release.status,
            created_at: release.created_at,
        })
        .collect();
    Ok(Json(paging::page(views, limit, |release: &ReleaseView| release.id)))
}
