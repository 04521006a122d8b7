//! `/projects`: what the caller may see, newest first, with the fields that Burgee knows.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use burgee_domain::change::Visibility;
use burgee_store::{
    Conn, groups,
    projects::{self, Filter, Order, Project},
};

use super::{
    call::Call,
    entity::ProjectEntity,
    error::ApiError,
    pagination::Paging,
    source::{Kind, Request, Source},
};

type Answer = Result<Response, ApiError>;

/// `GET /projects`
pub(super) async fn list(call: Call) -> Answer {
    answer_list(&call, None).await
}

/// `GET /projects/{id}`
pub(super) async fn show(call: Call) -> Answer {
    let request = Request { kind: Kind::Project, call };
    let call = &request.call;
    call.app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            let Source::Project(project) = found.source else { return Err(ApiError::not_found("Project")) };
            let above = groups::above(conn, &project.full_path).await?;
            let entity = ProjectEntity::new(&call.peer.public, project, &above.iter().collect::<Vec<_>>());
            Ok(Json(if call.is_anonymous() { entity } else { entity.with_role(found.role) }).into_response())
        })
        .await
}

/// A page of projects: all, or those of one group.
pub(super) async fn answer_list(call: &Call, group: Option<&groups::Group>) -> Answer {
    let mut params = call.params.read();
    let search = params.text("search").filter(|text| !text.is_empty());
    let (membership, owned) = (params.boolean("membership"), params.boolean("owned"));
    let is_simple = params.boolean("simple") == Some(true);
    let is_archived = params.boolean("archived") == Some(true);
    let below = params.boolean("include_subgroups") == Some(true);
    let visibility = params.one_of(
        "visibility",
        &[("", None), ("public", Some(Visibility::Public)), ("private", Some(Visibility::Private)), ("internal", None)],
    );
    let order = params.one_of(
        "order_by",
        &[
            ("created_at", Order::Id),
            ("id", Order::Id),
            ("name", Order::Title),
            ("path", Order::Path),
            ("updated_at", Order::UpdatedAt),
            ("last_activity_at", Order::UpdatedAt),
        ],
    );
    let descending = params.one_of("sort", &[("desc", true), ("asc", false)]);
    let paging = Paging::read(&mut params);
    params.finish()?;
    // There are neither archived nor internal projects.
    if is_archived || call.params.text("visibility") == Some("internal") {
        return Ok(paging.respond::<ProjectEntity>(call, 0, &[]));
    }
    call.app
        .store
        .read(async |conn| {
            let reach = call.subject.reach(conn).await?;
            let filter = Filter {
                search: search.as_deref(),
                under: group.filter(|_| below).map(|group| group.full_path.as_str()),
                directly_in: group.filter(|_| !below).map(|group| group.id),
                reach: Some(&reach),
                members_only: membership == Some(true) || owned == Some(true),
                visibility,
            };
            let total = projects::count(conn, &filter).await?;
            let found = projects::ordered(conn, &filter, order, descending, paging.offset(), paging.limit()).await?;
            let mut items = entities(call, conn, found).await?;
            if is_simple || call.is_anonymous() {
                items = items.into_iter().map(ProjectEntity::simple).collect();
            }
            Ok(paging.respond(call, total, &items))
        })
        .await
}

/// The groups above all of them are read at once.
async fn entities(call: &Call, conn: &mut Conn, found: Vec<Project>) -> Result<Vec<ProjectEntity>, ApiError> {
    let paths: Vec<&str> = found.iter().map(|project| project.full_path.as_str()).collect();
    let groups = groups::above_all(conn, &paths).await?;
    let entity = |project: Project| {
        let above: Vec<_> = groups.iter().filter(|group| group.holds(&project.full_path)).collect();
        ProjectEntity::new(&call.peer.public, project, &above)
    };
    Ok(found.into_iter().map(entity).collect())
}
