//! Which named values hold for a run, a build or a release: each its own first, then those of what it belongs to
//! (`spec/dialects.md` C4). Names count in any case, as in BuildMaster's filters.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{Conn, Result, conn::on_backend, schema::variables, variables::Variable};

/// Whose value it is, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The run's own.
    Run,
    /// Its build's.
    Build,
    /// Its release's.
    Release,
    /// Its project's.
    Project,
}

/// A value that holds, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The value.
    pub variable: Variable,
    /// Whose it is.
    pub origin: Origin,
}

/// What is asked about, with everything that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The run.
    pub run_id: Option<i64>,
    /// The build.
    pub build_id: Option<i64>,
    /// The release.
    pub release_id: Option<i64>,
    /// The project.
    pub project_id: i64,
}

type Row = (Option<i64>, Option<i64>, Option<i64>, Variable);

/// The query for everything that may hold: an `OR` of look-ups in an index. No record has the id that stands for nothing.
macro_rules! in_context {
    ($context:expr) => {{
        const NOBODY: i64 = -1;
        let context: Context = $context;
        let is_owner = variables::project_id
            .eq(context.project_id)
            .or(variables::release_id.eq(context.release_id.unwrap_or(NOBODY)))
            .or(variables::build_id.eq(context.build_id.unwrap_or(NOBODY)))
            .or(variables::run_id.eq(context.run_id.unwrap_or(NOBODY)));
        variables::table.filter(is_owner).select((
            variables::run_id,
            variables::build_id,
            variables::release_id,
            Variable::as_select(),
        ))
    }};
}
pub(crate) use in_context;

/// The values that hold there, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn effective(conn: &mut Conn, context: Context) -> Result<Vec<Effective>> {
    let rows: Vec<Row> = on_backend!(conn, |c| in_context!(context).load(c).await)?;
    let mut found: Vec<Effective> = rows.into_iter().map(owned).collect();
    found.sort_by_key(|effective| std::cmp::Reverse(effective.origin));
    // Farthest first, so the nearest is put in last and stays.
    let nearest: BTreeMap<String, Effective> =
        found.into_iter().map(|effective| (effective.variable.name.to_lowercase(), effective)).collect();
    Ok(nearest.into_values().collect())
}

fn owned((run_id, build_id, release_id, variable): Row) -> Effective {
    let origin = match (run_id, build_id, release_id) {
        (Some(_), _, _) => Origin::Run,
        (None, Some(_), _) => Origin::Build,
        (None, None, Some(_)) => Origin::Release,
        (None, None, None) => Origin::Project,
    };
    Effective { variable, origin }
}
