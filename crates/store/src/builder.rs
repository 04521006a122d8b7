//! What the Badge Builder offers for a project: its environments and tenants, and what each choice would show.

pub mod branches;
pub mod builds;

use std::collections::{BTreeMap, BTreeSet};

use burgee_domain::release_badge::Shown;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    conn::on_backend,
    environments::Environment,
    projects::Project,
    runs,
    schema::{environments, runs as table, tenants},
    tenants::Tenant,
};

/// Everything to choose from.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// The space's environments: first those in which the project has run, then the others.
    pub environments: Vec<Environment>,
    /// How many of them the project has run in.
    pub used_environments: usize,
    /// The tenants for whom the project has run, by name.
    pub tenants: Vec<Tenant>,
    /// What each choice shows; choices that show nothing are left out.
    pub cells: Vec<Cell>,
}

/// What a choice of environment and tenant shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The environment.
    pub environment_id: i64,
    /// The tenant; none means untenanted runs only.
    pub tenant_id: Option<i64>,
    /// The latest run that did not fail.
    pub shown: Option<Shown>,
    /// The latest run.
    pub shown_with_failures: Option<Shown>,
}

/// Looks at one cell: environment, tenant, the latest run that did not fail, the latest run.
type Look = (i64, Option<i64>, Option<i64>, Option<i64>);

/// What can be chosen for a project, and what it would show.
///
/// # Errors
/// When the database does not answer.
pub async fn choices(conn: &mut Conn, project: &Project) -> Result<Choices> {
    let mut looks = untenanted(conn, project).await?;
    let tenants = tenants_of(conn, project).await?;
    if !tenants.is_empty() {
        looks.extend(tenanted(conn, project).await?);
    }
    looks.retain(|(_, _, good, any)| good.is_some() || any.is_some());
    let used: BTreeSet<i64> = looks.iter().map(|(environment, ..)| *environment).collect();
    let mut environments: Vec<Environment> = on_backend!(conn, |c| environments::table
        .filter(environments::space_id.eq(project.space_id))
        .order(environments::id)
        .select(Environment::as_select())
        .load(c)
        .await)?;
    environments.sort_by_key(|environment| !used.contains(&environment.id));
    Ok(Choices { environments, used_environments: used.len(), tenants, cells: cells(conn, looks).await? })
}

/// Whether the project has run in any environment.
///
/// # Errors
/// When the database does not answer.
pub async fn has_deployment(conn: &mut Conn, project: &Project) -> Result<bool> {
    let query = table::table
        .filter(table::project_id.eq(project.id))
        .filter(table::environment_id.is_not_null())
        .select(table::id);
    Ok(on_backend!(conn, |c| query.first::<i64>(c).await.optional())?.is_some())
}

async fn cells(conn: &mut Conn, looks: Vec<Look>) -> Result<Vec<Cell>> {
    let ids: BTreeSet<i64> = looks.iter().flat_map(|(_, _, good, any)| [*good, *any]).flatten().collect();
    let runs = runs::by_ids(conn, &ids.into_iter().collect::<Vec<_>>()).await?;
    let shown: BTreeMap<i64, Shown> = runs
        .into_iter()
        .map(|run| (run.id, Shown { release: run.release, build: run.build, status: run.status }))
        .collect();
    let show = |id: Option<i64>| id.and_then(|id| shown.get(&id)).cloned();
    let cells = looks.into_iter().map(|(environment_id, tenant_id, good, any)| Cell {
        environment_id,
        tenant_id,
        shown: show(good),
        shown_with_failures: show(any),
    });
    Ok(cells.collect())
}

/// The tenants for whom the project has run: one look-up in an index for each of the space's tenants.
async fn tenants_of(conn: &mut Conn, project: &Project) -> Result<Vec<Tenant>> {
    let has_run = table::table
        .filter(table::tenant_id.eq(tenants::id.nullable()))
        .filter(table::project_id.eq(project.id))
        .select(table::id);
    Ok(on_backend!(conn, |c| tenants::table
        .filter(tenants::space_id.eq(project.space_id))
        .filter(diesel::dsl::exists(has_run))
        .order(tenants::name)
        .select(Tenant::as_select())
        .load(c)
        .await)?)
}

/// The latest run of a cell as a subquery, narrowed by `$filter`. See [`crate::latest`] for why the orders name
/// what is constant, and why there are ranges of one value.
macro_rules! latest_in_cell {
    ($project:expr, $order:expr $(, $filter:expr)+) => {
        table::table
            .filter(table::project_id.eq($project.id))
            .filter(table::environment_id.eq(environments::id.nullable()))
            $(.filter($filter))+
            .order($order)
            .limit(1)
            .select(table::id)
            .single_value()
    };
}

async fn untenanted(conn: &mut Conn, project: &Project) -> Result<Vec<Look>> {
    let by_failure = (table::tenant_id.desc(), table::is_failure.desc(), table::id.desc());
    let good = latest_in_cell!(project, by_failure, table::tenant_id.is_null(), table::is_failure.le(false));
    let by_tenant = (table::tenant_id.desc(), table::id.desc());
    let any = latest_in_cell!(project, by_tenant, table::tenant_id.is_null());
    let query = environments::table
        .filter(environments::space_id.eq(project.space_id))
        .order(environments::id)
        .select((environments::id, good, any));
    let looks: Vec<(i64, Option<i64>, Option<i64>)> = on_backend!(conn, |c| query.load(c).await)?;
    Ok(looks.into_iter().map(|(environment, good, any)| (environment, None, good, any)).collect())
}

async fn tenanted(conn: &mut Conn, project: &Project) -> Result<Vec<Look>> {
    let this = || tenants::id.nullable();
    let by_failure = (table::tenant_id.desc(), table::is_failure.desc(), table::id.desc());
    let good = latest_in_cell!(project, by_failure, table::tenant_id.eq(this()), table::is_failure.le(false));
    let by_tenant = (table::tenant_id.desc(), table::id.desc());
    let any = latest_in_cell!(project, by_tenant, table::tenant_id.between(this(), this()));
    let query = environments::table
        .inner_join(tenants::table.on(tenants::space_id.eq(environments::space_id)))
        .filter(environments::space_id.eq(project.space_id))
        .order((environments::id, tenants::id))
        .select((environments::id, tenants::id.nullable(), good, any));
    Ok(on_backend!(conn, |c| query.load(c).await)?)
}
