//! Releases: the versions that were reported.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{Conn, Result, column::Stamp, conn::on_backend, identifier::askable, schema::releases};

/// A version of a project.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = releases)]
pub struct Release {
    /// Burgee's own id; greater is later.
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The version, exactly as reported.
    pub version: String,
    /// `active`, `deployed` or `canceled`.
    pub status: String,
    /// When it was first reported.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[diesel(deserialize_as = Stamp)]
    pub updated_at: DateTime<Utc>,
}

/// The release of exactly this version.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, project_id: i64, version: &str) -> Result<Option<Release>> {
    Ok(on_backend!(conn, |c| releases::table
        .filter(releases::project_id.eq(project_id))
        .filter(releases::version.eq(askable(version)))
        .select(Release::as_select())
        .first(c)
        .await
        .optional())?)
}

/// A project's releases, newest first, those before `before` (an id) only.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut Conn, project_id: i64, before: Option<i64>, limit: i64) -> Result<Vec<Release>> {
    // See `crate::latest` for why this is no `=`.
    Ok(on_backend!(conn, |c| releases::table
        .filter(releases::project_id.between(project_id, project_id))
        .filter(releases::id.lt(before.unwrap_or(i64::MAX)))
        .order((releases::project_id.desc(), releases::id.desc()))
        .limit(limit)
        .select(Release::as_select())
        .load(c)
        .await)?)
}
