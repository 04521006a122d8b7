//! Builds: the numbers that were reported.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::Stamp,
    conn::on_backend,
    identifier::askable,
    schema::{builds, releases},
};

/// A build of a project.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = builds)]
pub struct Build {
    /// Burgee's own id; greater is later.
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The release, if it has one.
    pub release_id: Option<i64>,
    /// The release's version.
    #[diesel(select_expression = releases::version.nullable())]
    pub release: Option<String>,
    /// The number, exactly as reported; unique in its release.
    pub number: String,
    /// `active`, `deployed` or `rejected`.
    pub status: String,
    /// When it was first reported.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[diesel(deserialize_as = Stamp)]
    pub updated_at: DateTime<Utc>,
}

/// A release's build by its number; without a release, the build of this number that has none.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, project_id: i64, release_id: Option<i64>, number: &str) -> Result<Option<Build>> {
    Ok(on_backend!(conn, |c| {
        let query = builds::table
            .left_join(releases::table)
            .filter(builds::project_id.eq(project_id))
            .filter(builds::number.eq(askable(number)))
            .select(Build::as_select())
            .into_boxed();
        let query = match release_id {
            Some(id) => query.filter(builds::release_id.eq(id)),
            None => query.filter(builds::release_id.is_null()),
        };
        query.first(c).await.optional()
    })?)
}

/// A release's builds, newest first, those before `before` (an id) only; without a release, those that have none.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    conn: &mut Conn,
    project_id: i64,
    release_id: Option<i64>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Build>> {
    Ok(on_backend!(conn, |c| {
        let query = builds::table
            .left_join(releases::table)
            .filter(builds::project_id.eq(project_id))
            .filter(builds::id.lt(before.unwrap_or(i64::MAX)))
            .order((builds::project_id.desc(), builds::release_id.desc(), builds::id.desc()))
            .limit(limit)
            .select(Build::as_select())
            .into_boxed();
        let query = match release_id {
            Some(id) => query.filter(builds::release_id.eq(id)),
            None => query.filter(builds::release_id.is_null()),
        };
        query.load(c).await
    })?)
}
