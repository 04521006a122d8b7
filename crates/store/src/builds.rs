//! Builds: what was made of a project, with or without a release.

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
    /// The release that it was made for, if any.
    pub release_id: Option<i64>,
    /// That release's version.
    #[diesel(select_expression = releases::version.nullable())]
    pub release: Option<String>,
    /// That release's status.
    #[diesel(select_expression = releases::status.nullable())]
    pub release_status: Option<String>,
    /// The number, exactly as reported; unique in its release only.
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

/// Which builds to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All of a project.
    Project(i64),
    /// Those made for a release.
    Release(i64),
    /// Those of a project that were made for no release.
    NoRelease(i64),
}

/// The boxed query for [`list`]. See [`crate::latest`] for why there are ranges of one value, and why the orders name them.
macro_rules! listed_builds {
    ($of:expr, $before:expr, $limit:expr) => {{
        let query = builds::table
            .left_join(releases::table)
            .filter(builds::id.lt($before.unwrap_or(i64::MAX)))
            .limit($limit)
            .select(Build::as_select())
            .into_boxed();
        match $of {
            Of::Project(id) => {
                query.filter(builds::project_id.between(id, id)).order((builds::project_id.desc(), builds::id.desc()))
            }
            Of::Release(id) => {
                query.filter(builds::release_id.between(id, id)).order((builds::release_id.desc(), builds::id.desc()))
            }
            Of::NoRelease(id) => query
                .filter(builds::project_id.between(id, id))
                .filter(builds::release_id.is_null())
                .order((builds::project_id.desc(), builds::release_id.desc(), builds::id.desc())),
        }
    }};
}
pub(crate) use listed_builds;

/// The build with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut Conn, id: i64) -> Result<Option<Build>> {
    Ok(on_backend!(conn, |c| builds::table
        .left_join(releases::table)
        .filter(builds::id.eq(id))
        .select(Build::as_select())
        .first(c)
        .await
        .optional())?)
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

/// Builds, newest first, those before `before` (an id) only.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut Conn, of: Of, before: Option<i64>, limit: i64) -> Result<Vec<Build>> {
    Ok(on_backend!(conn, |c| listed_builds!(of, before, limit).load(c).await)?)
}
