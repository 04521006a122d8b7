//! `/groups`: spaces and the groups below them.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use burgee_store::groups::{self, Group, ListFilter};

use super::{
    call::Call,
    entity::GroupEntity,
    error::ApiError,
    pagination::Paging,
    projects::answer_list,
    source::{Kind, Request, Source},
};

type Answer = Result<Response, ApiError>;

/// `GET /groups`: by path.
pub(super) async fn list(call: Call) -> Answer {
    let mut params = call.params.read();
    let search = params.text("search").filter(|text| !text.is_empty());
    let members_only = params.boolean("owned") == Some(true);
    let top_level_only = params.boolean("top_level_only") == Some(true);
    let descending = params.one_of("sort", &[("asc", false), ("desc", true)]);
    let paging = Paging::read(&mut params);
    params.finish()?;
    call.app
        .store
        .read(async |conn| {
            let reach = call.subject.reach(conn).await?;
            let filter = ListFilter { search: search.as_deref(), reach: &reach, members_only, top_level_only };
            let total = groups::count(conn, &filter).await?;
            let found = groups::list(conn, &filter, descending, paging.offset(), paging.limit()).await?;
            let paths: Vec<&str> = found.iter().map(|group| group.full_path.as_str()).collect();
            let above = groups::above_all(conn, &paths).await?;
            let entity = |group: Group| {
                let above: Vec<_> = above.iter().filter(|other| other.holds(&group.full_path)).collect();
                GroupEntity::new(&call.peer.public, group, &above)
            };
            let items: Vec<GroupEntity> = found.into_iter().map(entity).collect();
            Ok(paging.respond(&call, total, &items))
        })
        .await
}

/// `GET /groups/{id}`
pub(super) async fn show(call: Call) -> Answer {
    let request = Request { kind: Kind::Group, call };
    request
        .call
        .app
        .store
        .read(async |conn| {
            let group = find(&request, conn).await?;
            let above = groups::above(conn, &group.full_path).await?;
            let above: Vec<_> = above.iter().collect();
            Ok(Json(GroupEntity::new(&request.call.peer.public, group, &above)).into_response())
        })
        .await
}

/// `GET /groups/{id}/projects`: those directly in it, or with `include_subgroups=true` all below it.
pub(super) async fn projects(call: Call) -> Answer {
    let request = Request { kind: Kind::Group, call };
    let group = request.call.app.store.read(async |conn| find(&request, conn).await).await?;
    answer_list(&request.call, Some(&group)).await
}

async fn find(request: &Request, conn: &mut burgee_store::Conn) -> Result<Group, ApiError> {
    match request.find(conn).await?.source {
        Source::Group(group) => Ok(group),
        Source::Project(_) => Err(ApiError::not_found("Group")),
    }
}
