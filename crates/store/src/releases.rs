//! Releases: the versions that were reported.

use burgee_coherence::Change;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::{Stamp, stored},
    conn::on_backend,
    identifier::askable,
    schema::releases,
};

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

/// The id of a release, which is created if there is none.
pub(crate) async fn ensure(conn: &mut Conn, project_id: i64, version: &str, now: DateTime<Utc>) -> Result<i64> {
    loop {
        let query = releases::table
            .filter(releases::project_id.eq(project_id))
            .filter(releases::version.eq(version))
            .select(releases::id);
        if let Some(id) = on_backend!(conn, |c| query.first(c).await.optional())? {
            return Ok(id);
        }
        let new = (
            releases::project_id.eq(project_id),
            releases::version.eq(version),
            releases::created_at.eq(stored(now)),
            releases::updated_at.eq(stored(now)),
        );
        let created: Option<i64> = on_backend!(conn, |c| diesel::insert_into(releases::table)
            .values(new)
            .on_conflict_do_nothing()
            .returning(releases::id)
            .get_result(c)
            .await
            .optional())?;
        if let Some(id) = created {
            conn.changed(Change::Project(project_id));
            return Ok(id);
        }
    }
}
