//! Named values of a project, a release, a build or a run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use burgee_coherence::Change;
use burgee_domain::standing::VariableChange;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    conn::{on_backend, on_each},
    runs::Run,
    schema::{builds, releases, runs, variables},
};

/// Whose value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A project's.
    Project(i64),
    /// A release's.
    Release(i64),
    /// A build's.
    Build(i64),
    /// A run's that names neither: its values must not become another run's.
    Run(i64),
}

/// A named value.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = variables)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// Whether pages must not show it.
    pub sensitive: bool,
}

#[derive(Insertable)]
#[diesel(table_name = variables, treat_none_as_default_value = false)]
struct NewVariable<'a> {
    project_id: Option<i64>,
    release_id: Option<i64>,
    build_id: Option<i64>,
    run_id: Option<i64>,
    name: &'a str,
    value: &'a str,
    sensitive: bool,
}

impl<'a> NewVariable<'a> {
    fn of(owner: Owner, variable: &'a Variable) -> Self {
        let Variable { name, value, sensitive } = variable;
        let (project_id, release_id, build_id, run_id) = match owner {
            Owner::Project(id) => (Some(id), None, None, None),
            Owner::Release(id) => (None, Some(id), None, None),
            Owner::Build(id) => (None, None, Some(id), None),
            Owner::Run(id) => (None, None, None, Some(id)),
        };
        Self { project_id, release_id, build_id, run_id, name, value, sensitive: *sensitive }
    }
}

/// Narrows a boxed statement to an owner's variables.
macro_rules! of_owner {
    ($query:expr, $owner:expr) => {
        match $owner {
            Owner::Project(id) => $query.filter(variables::project_id.eq(id)),
            Owner::Release(id) => $query.filter(variables::release_id.eq(id)),
            Owner::Build(id) => $query.filter(variables::build_id.eq(id)),
            Owner::Run(id) => $query.filter(variables::run_id.eq(id)),
        }
    };
}

/// The values that hold for a run, by name: its build's, or else its release's, and below them its own.
///
/// # Errors
/// When the database does not answer.
pub async fn of_run(conn: &mut Conn, run: &Run) -> Result<Vec<Variable>> {
    let mut found: BTreeMap<String, Variable> = BTreeMap::new();
    let shared = run.build_id.map(Owner::Build).or(run.release_id.map(Owner::Release));
    for owner in [Some(Owner::Run(run.id)), shared].into_iter().flatten() {
        found.extend(of(conn, owner).await?.into_iter().map(|variable| (variable.name.clone(), variable)));
    }
    Ok(found.into_values().collect())
}

/// An owner's own values, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn of(conn: &mut Conn, owner: Owner) -> Result<Vec<Variable>> {
    Ok(on_backend!(conn, |c| {
        let query = variables::table.select(Variable::as_select()).order(variables::name).into_boxed();
        of_owner!(query, owner).load(c).await
    })?)
}

/// Sets one value; the variable as it now is.
///
/// # Errors
/// When the database does not answer.
pub async fn put(conn: &mut Conn, owner: Owner, name: &str, change: &VariableChange) -> Result<Variable> {
    let stored = of(conn, owner).await?.into_iter().find(|variable| variable.name == name);
    let sensitive = change.sensitive.unwrap_or_else(|| stored.as_ref().is_some_and(|variable| variable.sensitive));
    let variable = Variable { name: name.to_owned(), value: change.value.clone(), sensitive };
    match stored {
        Some(_) => update(conn, vec![(owner, &variable)]).await?,
        None => insert(conn, vec![(owner, &variable)]).await?,
    }
    note_change(conn, owner).await?;
    Ok(variable)
}

/// Takes one value away; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut Conn, owner: Owner, name: &str) -> Result<bool> {
    note_change(conn, owner).await?;
    let deleted = on_backend!(conn, |c| {
        let query = diesel::delete(variables::table.filter(variables::name.eq(name))).into_boxed();
        of_owner!(query, owner).execute(c).await
    })?;
    Ok(deleted > 0)
}

/// Notes that something of the owner's project has changed.
async fn note_change(conn: &mut Conn, owner: Owner) -> Result<()> {
    let project: Option<i64> = on_backend!(conn, |c| match owner {
        Owner::Project(id) => Ok(Some(id)),
        Owner::Release(id) =>
            releases::table.filter(releases::id.eq(id)).select(releases::project_id).first(c).await.optional(),
        Owner::Build(id) =>
            builds::table.filter(builds::id.eq(id)).select(builds::project_id).first(c).await.optional(),
        Owner::Run(id) => runs::table.filter(runs::id.eq(id)).select(runs::project_id).first(c).await.optional(),
    })?;
    conn.changed(project.map_or(Change::Instance, Change::Project));
    Ok(())
}

/// Values that a report brings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reported<'a> {
    pub(crate) owner: Owner,
    /// Whether the owner was created just now, so that it has no values yet.
    pub(crate) owner_is_new: bool,
    pub(crate) values: &'a BTreeMap<String, String>,
    /// Whether the report comes late, and leaves alone what is stored.
    pub(crate) only_add: bool,
}

/// Sets what reports bring, in their order, and leaves the rest; for each report, whether it changed anything, which the caller
/// notes.
pub(crate) async fn merge(conn: &mut Conn, reported: &[Reported<'_>]) -> Result<Vec<bool>> {
    let mut known = stored(conn, reported).await?;
    let mut set: BTreeMap<(Owner, &str), Variable> = BTreeMap::new();
    let mut changed = Vec::with_capacity(reported.len());
    for report in reported {
        let mut is_changed = false;
        for (name, value) in report.values {
            let before = set.get(&(report.owner, name.as_str())).or_else(|| known.get(&(report.owner, name.clone())));
            if before.is_some_and(|before| report.only_add || before.value == *value) {
                continue;
            }
            // What somebody has marked as sensitive stays so.
            let sensitive = before.is_some_and(|before| before.sensitive);
            set.insert((report.owner, name), Variable { name: name.clone(), value: value.clone(), sensitive });
            is_changed = true;
        }
        changed.push(is_changed);
    }
    let (updated, inserted): (Vec<_>, Vec<_>) = set
        .iter()
        .map(|((owner, _), variable)| (*owner, variable))
        .partition(|(owner, variable)| known.remove(&(*owner, variable.name.clone())).is_some());
    update(conn, updated).await?;
    insert(conn, inserted).await?;
    Ok(changed)
}

/// The stored values of the reports' owners.
async fn stored(conn: &mut Conn, reported: &[Reported<'_>]) -> Result<HashMap<(Owner, String), Variable>> {
    let owners: BTreeSet<Owner> =
        reported.iter().filter(|report| !report.owner_is_new).map(|report| report.owner).collect();
    let loaded: Vec<Vec<Variable>> = on_each!(conn, owners.iter().copied(), |c, owner| {
        let query = variables::table.select(Variable::as_select());
        match owner {
            Owner::Project(id) => query.filter(variables::project_id.eq(id)).load(c).await,
            Owner::Release(id) => query.filter(variables::release_id.eq(id)).load(c).await,
            Owner::Build(id) => query.filter(variables::build_id.eq(id)).load(c).await,
            Owner::Run(id) => query.filter(variables::run_id.eq(id)).load(c).await,
        }
    })?;
    let of_owners = owners.into_iter().zip(loaded);
    Ok(of_owners
        .flat_map(|(owner, loaded)| loaded.into_iter().map(move |variable| ((owner, variable.name.clone()), variable)))
        .collect())
}

async fn update(conn: &mut Conn, changed: Vec<(Owner, &Variable)>) -> Result<()> {
    on_each!(conn, changed, |c, (owner, variable)| {
        let query = diesel::update(variables::table.filter(variables::name.eq(&variable.name))).into_boxed();
        of_owner!(query, owner)
            .set((variables::value.eq(&variable.value), variables::sensitive.eq(variable.sensitive)))
            .execute(c)
            .await
    })?;
    Ok(())
}

async fn insert(conn: &mut Conn, new: Vec<(Owner, &Variable)>) -> Result<()> {
    on_each!(conn, new, |c, (owner, variable)| diesel::insert_into(variables::table)
        .values(NewVariable::of(owner, variable))
        .execute(c)
        .await)?;
    Ok(())
}
