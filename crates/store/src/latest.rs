//! "The latest run of this project in this environment": one look-up in an index, whatever the history.

use burgee_domain::{release_badge::Shown, status::RunStatus};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::Word,
    conn::on_backend,
    schema::{builds, releases, runs},
};

/// Which run is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) project_id: i64,
    pub(crate) environment_id: i64,
    /// None means untenanted runs only.
    pub(crate) tenant_id: Option<i64>,
    /// Whether failed, errored, canceled and timed-out runs count.
    pub(crate) include_failed: bool,
}

/// The run that a release badge shows.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = runs)]
pub(crate) struct Latest {
    pub(crate) id: i64,
    #[diesel(select_expression = releases::version.nullable())]
    pub(crate) release: Option<String>,
    #[diesel(select_expression = builds::number.nullable())]
    pub(crate) build: Option<String>,
    #[diesel(deserialize_as = Word)]
    pub(crate) status: RunStatus,
}

impl From<Latest> for Shown {
    fn from(run: Latest) -> Self {
        Self { release: run.release, build: run.build, status: run.status }
    }
}

/// The boxed query for a [`Wanted`]. "Latest" is the greatest id, and each index ends in it.
///
/// The order names columns that are constant, and the last of them is compared by a range of one value: both for
/// PostgreSQL's sake. It does not take `IS NULL` for a constant, and would sort; and where `=` makes all columns
/// constant, it may prefer to walk the primary key backwards until a run fits, through a long history if the
/// last fitting run is old. Ordered so, only the right index will do.
macro_rules! latest_run {
    ($wanted:expr) => {{
        let query = runs::table
            .left_join(releases::table)
            .left_join(builds::table)
            .filter(runs::project_id.eq($wanted.project_id))
            .filter(runs::environment_id.eq($wanted.environment_id))
            .limit(1)
            .select(Latest::as_select())
            .into_boxed();
        let query = match ($wanted.tenant_id, $wanted.include_failed) {
            (Some(tenant_id), true) => query.filter(runs::tenant_id.between(tenant_id, tenant_id)),
            (Some(tenant_id), false) => query.filter(runs::tenant_id.eq(tenant_id)),
            (None, _) => query.filter(runs::tenant_id.is_null()),
        };
        if $wanted.include_failed {
            query.order((runs::tenant_id.desc(), runs::id.desc()))
        } else {
            query.filter(runs::is_failure.le(false)).order((
                runs::tenant_id.desc(),
                runs::is_failure.desc(),
                runs::id.desc(),
            ))
        }
    }};
}
pub(crate) use latest_run;

/// Looks the run up.
pub(crate) async fn find(conn: &mut Conn, wanted: Wanted) -> Result<Option<Latest>> {
    Ok(on_backend!(conn, |c| latest_run!(wanted).first(c).await.optional())?)
}
