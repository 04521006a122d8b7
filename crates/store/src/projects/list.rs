//! Lists of projects.

use burgee_domain::change::Visibility;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::Project;
use crate::{Conn, Result, access::Reach, conn::on_backend, identifier::like_escaped, schema::projects, sql::lower};

/// Which projects to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Text that the title, name or path must hold, in any case.
    pub search: Option<&'a str>,
    /// The full path of the space or group that they must be in, at any depth.
    pub under: Option<&'a str>,
    /// The id of the space or group that they must be in directly.
    pub directly_in: Option<i64>,
    /// What the visitor may see besides what is public; without it, everything is listed.
    pub reach: Option<&'a Reach>,
    /// Only what is in `reach` by itself, not what is merely public.
    pub members_only: bool,
    /// Only those with this visibility.
    pub visibility: Option<Visibility>,
}

/// What a list is ordered by. The id decides where that is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The id, which is the order of first report.
    Id,
    /// The name that people use.
    Title,
    /// The last segment of the path.
    Path,
    /// When it last changed.
    UpdatedAt,
}

/// Narrows a boxed query to a [`Filter`].
macro_rules! matching {
    ($query:expr, $filter:expr) => {{
        let mut query = $query;
        if let Some(search) = $filter.search {
            let pattern = format!("%{}%", like_escaped(search));
            query = query.filter(
                lower(projects::title)
                    .like(lower(pattern.clone()))
                    .escape('\\')
                    .or(lower(projects::name).like(lower(pattern.clone())).escape('\\'))
                    .or(lower(projects::full_path).like(lower(pattern)).escape('\\')),
            );
        }
        if let Some(under) = $filter.under {
            query = query.filter(projects::full_path.like(format!("{}/%", like_escaped(under))).escape('\\'));
        }
        if let Some(group_id) = $filter.directly_in {
            query = query.filter(projects::group_id.eq(group_id));
        }
        if let Some(visibility) = $filter.visibility {
            query = query.filter(projects::visibility.eq(visibility.as_str()));
        }
        if let Some(reach) = $filter.reach.filter(|reach| !reach.everything) {
            let within = projects::group_id.eq_any(&reach.groups).or(projects::id.eq_any(&reach.projects));
            query = if $filter.members_only {
                query.filter(within)
            } else {
                query.filter(within.or(projects::visibility.eq("public")))
            };
        }
        query
    }};
}

/// Projects by id, those after `after` (an id) only.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut Conn, filter: &Filter<'_>, after: Option<i64>, limit: i64) -> Result<Vec<Project>> {
    Ok(on_backend!(conn, |c| matching!(projects::table.into_boxed(), filter)
        .filter(projects::id.gt(after.unwrap_or(0)))
        .order(projects::id)
        .limit(limit)
        .select(Project::as_select())
        .load(c)
        .await)?)
}

/// Projects by path, the first `offset` left out.
///
/// # Errors
/// When the database does not answer.
pub async fn page(conn: &mut Conn, filter: &Filter<'_>, offset: i64, limit: i64) -> Result<Vec<Project>> {
    Ok(on_backend!(conn, |c| matching!(projects::table.into_boxed(), filter)
        .order(projects::full_path)
        .offset(offset)
        .limit(limit)
        .select(Project::as_select())
        .load(c)
        .await)?)
}

/// Projects in an order, the first `offset` left out.
///
/// # Errors
/// When the database does not answer.
pub async fn ordered(
    conn: &mut Conn,
    filter: &Filter<'_>,
    order: Order,
    descending: bool,
    offset: i64,
    limit: i64,
) -> Result<Vec<Project>> {
    Ok(on_backend!(conn, |c| {
        let query = matching!(projects::table.into_boxed(), filter);
        let query = match (order, descending) {
            (Order::Id, false) => query.order(projects::id.asc()),
            (Order::Id, true) => query.order(projects::id.desc()),
            (Order::Title, false) => query.order((projects::title.asc(), projects::id.asc())),
            (Order::Title, true) => query.order((projects::title.desc(), projects::id.desc())),
            (Order::Path, false) => query.order((projects::path.asc(), projects::id.asc())),
            (Order::Path, true) => query.order((projects::path.desc(), projects::id.desc())),
            (Order::UpdatedAt, false) => query.order((projects::updated_at.asc(), projects::id.asc())),
            (Order::UpdatedAt, true) => query.order((projects::updated_at.desc(), projects::id.desc())),
        };
        query.offset(offset).limit(limit).select(Project::as_select()).load(c).await
    })?)
}

/// How many projects there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(conn: &mut Conn, filter: &Filter<'_>) -> Result<i64> {
    Ok(on_backend!(conn, |c| matching!(projects::table.into_boxed(), filter).count().get_result(c).await)?)
}
