//! Executions: the runs of a build.

use burgee_domain::status::RunStatus;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::Word,
    conn::on_backend,
    identifier::plain_id,
    schema::{projects, runs},
};

/// What badges and links need to know of a run.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = runs)]
pub(super) struct Execution {
    pub(super) id: i64,
    #[diesel(deserialize_as = Word)]
    pub(super) status: RunStatus,
    /// Where the reporting tool shows it.
    pub(super) url: Option<String>,
}

/// A run that `$ExecutionId` may mean, and its build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) run: i64,
    pub(super) build: i64,
}

/// Most runs that are looked at for one id: each project may have one that was reported with it.
const CANDIDATES_MAX: i64 = 16;

/// The latest run of a build. Compared by a range of one value where `=` would be: see `crate::latest` for why.
macro_rules! latest_of_build {
    ($build:expr) => {
        runs::table
            .filter(runs::build_id.between($build, $build))
            .order((runs::build_id.desc(), runs::id.desc()))
            .select(Execution::as_select())
    };
}

pub(super) async fn latest(conn: &mut Conn, build: i64) -> Result<Option<Execution>> {
    Ok(on_backend!(conn, |c| latest_of_build!(build).first(c).await.optional())?)
}

/// The latest run of a build in the stage that it came to first: that of its earliest run which names one. Of a build whose
/// runs name no stage, the latest run.
pub(super) async fn latest_in_first_stage(conn: &mut Conn, build: i64) -> Result<Option<Execution>> {
    let first: Option<Option<String>> = on_backend!(conn, |c| runs::table
        .filter(runs::build_id.between(build, build))
        .filter(runs::stage.is_not_null())
        .order((runs::build_id, runs::id))
        .select(runs::stage)
        .first(c)
        .await
        .optional())?;
    match first.flatten() {
        Some(stage) => {
            Ok(on_backend!(conn, |c| latest_of_build!(build).filter(runs::stage.eq(&stage)).first(c).await.optional())?)
        }
        None => latest(conn, build).await,
    }
}

pub(super) async fn get(conn: &mut Conn, id: i64) -> Result<Option<Execution>> {
    Ok(on_backend!(conn, |c| runs::table
        .filter(runs::id.eq(id))
        .select(Execution::as_select())
        .first(c)
        .await
        .optional())?)
}

/// The runs of builds that an id may mean, of these projects or of all. The id that a run was reported with wins over
/// Burgee's own, as the old ids of applications do, and of several the latest.
pub(super) async fn named(conn: &mut Conn, id: &str, projects: Option<&[i64]>) -> Result<Vec<Candidate>> {
    // By way of the projects, since the index over these ids begins with the project.
    let rows: Vec<(i64, Option<i64>)> = on_backend!(conn, |c| {
        let query = projects::table
            .inner_join(runs::table)
            .filter(runs::external_id.eq(id))
            .filter(runs::build_id.is_not_null())
            .order(runs::id.desc())
            .select((runs::id, runs::build_id))
            .limit(CANDIDATES_MAX)
            .into_boxed();
        let query = match projects {
            Some(ids) => query.filter(projects::id.eq_any(ids)),
            None => query,
        };
        query.load(c).await
    })?;
    let mut found: Vec<Candidate> = rows.into_iter().filter_map(Candidate::of).collect();
    if let Some(own) = plain_id(id) {
        let row: Option<(i64, Option<i64>)> = on_backend!(conn, |c| runs::table
            .filter(runs::id.eq(own))
            .select((runs::id, runs::build_id))
            .first(c)
            .await
            .optional())?;
        found.extend(row.and_then(Candidate::of));
    }
    Ok(found)
}

impl Candidate {
    fn of((run, build): (i64, Option<i64>)) -> Option<Self> {
        build.map(|build| Self { run, build })
    }
}
