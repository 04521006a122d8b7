//! How an engine would answer the hot look-ups: its own explanation, for tests and for the curious.

use burgee_domain::buildmaster_badge::Filters;
use diesel::{
    backend::Backend,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Integer, Text},
};
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Link, Result,
    badges::{Badge, Listing, listed},
    buildmaster::{newest_build, own_value_is, value_is},
    builds::{Build, Of, listed_builds},
    concourse::{Finished, last_of_all, last_original, next_build, of_each_job, pipeline_below, reruns},
    effective_variables::{Context, in_context},
    identifier::askable,
    latest::{Latest, Wanted, latest_run},
    projects::{Project, called},
    release_badge::{
        Cell, Query as BadgeQuery,
        resolve::{Aliased, Names, Place, places},
    },
    runs::{
        Filter, Run,
        around::{later, still_tenanted, still_there, still_untenanted},
        joined, listed_runs,
    },
    schema::{badges, builds, environments, jobs, projects, releases, runs, tenants, variables},
    sql::{first_known, lower},
    variables::Variable,
};

/// A query with the engine's word for "explain" before it.
struct Explained<Q, T> {
    word: &'static str,
    query: Q,
    row: std::marker::PhantomData<T>,
}

impl<Q, T> Explained<Q, T> {
    const fn new(word: &'static str, query: Q) -> Self {
        Self { word, query, row: std::marker::PhantomData }
    }
}

impl<Q, T> QueryId for Explained<Q, T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query, T> Query for Explained<Q, T> {
    type SqlType = T;
}

impl<DB: Backend, Q: QueryFragment<DB>, T> QueryFragment<DB> for Explained<Q, T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.word);
        self.query.walk_ast(out.reborrow())
    }
}

/// The engine's plan for a query, line by line: `$query` is compiled once for each engine.
macro_rules! plan {
    ($conn:expr, $query:expr) => {
        match $conn.link() {
            Link::Sqlite(c) => {
                let query = Explained::<_, (Integer, Integer, Integer, Text)>::new("EXPLAIN QUERY PLAN ", $query);
                let rows: Vec<(i32, i32, i32, String)> = query.load(&mut **c).await?;
                Ok(rows.into_iter().map(|(_, _, _, line)| line).collect())
            }
            Link::Postgres(c) => Ok(Explained::<_, Text>::new("EXPLAIN ", $query).load(&mut **c).await?),
        }
    };
}

/// The engine's plan for [`crate::release_badge::latest`], line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(conn: &mut Conn, cell: Cell, include_failed: bool) -> Result<Vec<String>> {
    let wanted: Wanted = cell.wanted(include_failed);
    plan!(conn, latest_run!(wanted))
}

/// The engine's plan for finding what a badge's URL names, line by line; in the space with this id and path.
///
/// # Errors
/// When the database does not answer.
pub async fn names(conn: &mut Conn, query: &BadgeQuery<'_>, space: (i64, &str)) -> Result<Vec<String>> {
    let names = Names::of(query);
    let aliased = Aliased::without_aliases(space);
    plan!(conn, places!(names, aliased))
}

/// The engine's plan for [`crate::badges::list`] of everything, line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn badges(conn: &mut Conn, listing: &Listing) -> Result<Vec<String>> {
    plan!(conn, listed!(listing, None::<&str>).order((badges::created_at, badges::id)).select(Badge::as_select()))
}

/// The engine's plan for what [`crate::concourse::find_pipeline`] asks about groups, line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn concourse_pipeline(conn: &mut Conn, space_id: i64, name: &str) -> Result<Vec<String>> {
    plan!(conn, pipeline_below!(space_id, name, "").limit(1))
}

/// The engine's plan for the runs that [`crate::concourse::jobs`] asks for, line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn concourse_jobs(conn: &mut Conn, pipeline_id: i64) -> Result<Vec<String>> {
    let pipelines = [pipeline_id];
    plan!(conn, of_each_job!(&pipelines[..]))
}

/// The engine's plan for the reruns that [`crate::concourse::jobs`] asks for, line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn concourse_reruns(conn: &mut Conn, pipeline_id: i64, external_id: &str) -> Result<Vec<String>> {
    let (pipelines, external_ids) = ([pipeline_id], [external_id]);
    plan!(conn, reruns!(&pipelines[..], &external_ids[..]))
}

/// The engine's plan for the latest build that [`crate::buildmaster::find`] looks for, of one project or of all, and of a
/// release or of none, line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn buildmaster_build(
    conn: &mut Conn,
    filters: &Filters,
    project: Option<i64>,
    of_release: bool,
) -> Result<Vec<String>> {
    plan!(conn, newest_build!(filters, project, of_release))
}

/// The engine's plan for the projects that an application's name means, line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn buildmaster_application(conn: &mut Conn, name: &str, paths: &[String]) -> Result<Vec<String>> {
    plan!(conn, called!(name, paths))
}

/// The engine's plan for [`crate::runs::list`], line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn runs(conn: &mut Conn, filter: &Filter) -> Result<Vec<String>> {
    plan!(conn, listed_runs!(filter, Some(1_000_000), 25))
}

/// The engine's plan for [`crate::builds::list`], line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn builds(conn: &mut Conn, of: Of) -> Result<Vec<String>> {
    plan!(conn, listed_builds!(of, Some(1_000_000), 25))
}

/// The engine's plan for the two questions of [`crate::runs::still_in_environments`], line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn still_in_environments(conn: &mut Conn, release_ids: &[i64], has_tenant: bool) -> Result<Vec<String>> {
    if has_tenant { plan!(conn, still_tenanted!(release_ids)) } else { plan!(conn, still_untenanted!(release_ids)) }
}

/// The engine's plan for [`crate::effective_variables::effective`], line by line.
///
/// # Errors
/// When the database does not answer.
pub async fn effective_variables(conn: &mut Conn, context: Context) -> Result<Vec<String>> {
    plan!(conn, in_context!(context))
}
