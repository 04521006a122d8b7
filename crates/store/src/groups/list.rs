//! Lists of spaces and groups.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::Group;
use crate::{Conn, Result, access::Reach, conn::on_backend, identifier::like_escaped, schema::groups, sql::lower};

/// Which groups to list.
#[derive(Debug, Clone, Copy)]
pub struct ListFilter<'a> {
    /// Text that the name or path must hold, in any case.
    pub search: Option<&'a str>,
    /// What the visitor may see besides what is public.
    pub reach: &'a Reach,
    /// Only what is in `reach` by itself, not what is merely public.
    pub members_only: bool,
    /// Only spaces.
    pub top_level_only: bool,
}

/// Narrows a boxed query to a [`ListFilter`].
macro_rules! matching {
    ($query:expr, $filter:expr) => {{
        let mut query = $query;
        if let Some(search) = $filter.search {
            let pattern = format!("%{}%", like_escaped(search));
            let by_name = lower(groups::name).like(lower(pattern.clone())).escape('\\');
            query = query.filter(by_name.or(lower(groups::full_path).like(lower(pattern)).escape('\\')));
        }
        if $filter.top_level_only {
            query = query.filter(groups::parent_id.is_null());
        }
        let reach = $filter.reach;
        if !reach.everything {
            let within = groups::id.eq_any(&reach.groups);
            query = if $filter.members_only {
                query.filter(within)
            } else {
                query.filter(within.or(groups::id.eq_any(&reach.above)).or(groups::visibility.eq("public")))
            };
        }
        query
    }};
}

/// Spaces and groups by path, the first `offset` left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    conn: &mut Conn,
    filter: &ListFilter<'_>,
    descending: bool,
    offset: i64,
    limit: i64,
) -> Result<Vec<Group>> {
    Ok(on_backend!(conn, |c| {
        let query = matching!(groups::table.into_boxed(), filter);
        let query =
            if descending { query.order(groups::full_path.desc()) } else { query.order(groups::full_path.asc()) };
        query.offset(offset).limit(limit).select(Group::as_select()).load(c).await
    })?)
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(conn: &mut Conn, filter: &ListFilter<'_>) -> Result<i64> {
    Ok(on_backend!(conn, |c| matching!(groups::table.into_boxed(), filter).count().get_result(c).await)?)
}
