//! Lists of projects.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::Project;
use crate::{Conn, Result, conn::on_backend, identifier::askable, schema::projects};

/// Which projects to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Text that the title, name or path must hold, in any case.
    pub search: Option<&'a str>,
    /// The full path of the space or group that they must be in, at any depth.
    pub under: Option<&'a str>,
    /// Only those that everybody may see.
    pub public_only: bool,
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// The text in lower case, as far as the engine knows how.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Narrows a boxed query to a [`Filter`].
macro_rules! matching {
    ($query:expr, $filter:expr) => {{
        let mut query = $query;
        if let Some(search) = $filter.search {
            let pattern = format!("%{}%", escaped(search));
            query = query.filter(
                lower(projects::title)
                    .like(lower(pattern.clone()))
                    .escape('\\')
                    .or(lower(projects::name).like(lower(pattern.clone())).escape('\\'))
                    .or(lower(projects::full_path).like(lower(pattern)).escape('\\')),
            );
        }
        if let Some(under) = $filter.under {
            query = query.filter(projects::full_path.like(format!("{}/%", escaped(under))).escape('\\'));
        }
        if $filter.public_only {
            query = query.filter(projects::visibility.eq("public"));
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

/// How many projects there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(conn: &mut Conn, filter: &Filter<'_>) -> Result<i64> {
    Ok(on_backend!(conn, |c| matching!(projects::table.into_boxed(), filter).count().get_result(c).await)?)
}

/// The text with `LIKE`'s own characters escaped.
fn escaped(text: &str) -> String {
    askable(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
