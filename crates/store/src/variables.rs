//! Named values of a project, a release, a build or a run.

use std::collections::BTreeMap;

use burgee_coherence::Change;
use burgee_domain::standing::VariableChange;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    conn::on_backend,
    runs::Run,
    schema::{builds, releases, runs, variables},
};

/// Whose value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[diesel(table_name = variables)]
struct NewVariable<'a> {
    project_id: Option<i64>,
    release_id: Option<i64>,
    build_id: Option<i64>,
    run_id: Option<i64>,
    name: &'a str,
    value: &'a str,
    sensitive: bool,
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
    let sensitive = change.sensitive.unwrap_or_else(|| stored.is_some_and(|variable| variable.sensitive));
    let variable = Variable { name: name.to_owned(), value: change.value.clone(), sensitive };
    set(conn, owner, &variable).await?;
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

/// Sets what is given and leaves the rest; whether anything changed, which the caller notes. A late report only adds.
pub(crate) async fn merge(
    conn: &mut Conn,
    owner: Owner,
    given: &BTreeMap<String, String>,
    only_add: bool,
) -> Result<bool> {
    if given.is_empty() {
        return Ok(false);
    }
    let stored = of(conn, owner).await?;
    let mut changed = false;
    for (name, value) in given {
        match stored.iter().find(|variable| variable.name == *name) {
            Some(variable) if only_add || variable.value == *value => {}
            before => {
                // What somebody has marked as sensitive stays so.
                let sensitive = before.is_some_and(|variable| variable.sensitive);
                set(conn, owner, &Variable { name: name.clone(), value: value.clone(), sensitive }).await?;
                changed = true;
            }
        }
    }
    Ok(changed)
}

async fn set(conn: &mut Conn, owner: Owner, variable: &Variable) -> Result<()> {
    let Variable { name, value, sensitive } = variable;
    let mut new = NewVariable {
        project_id: None,
        release_id: None,
        build_id: None,
        run_id: None,
        name,
        value,
        sensitive: *sensitive,
    };
    match owner {
        Owner::Project(id) => new.project_id = Some(id),
        Owner::Release(id) => new.release_id = Some(id),
        Owner::Build(id) => new.build_id = Some(id),
        Owner::Run(id) => new.run_id = Some(id),
    }
    // The conflict's target would have to name a partial index, which differs by owner; so update, then insert.
    let updated = on_backend!(conn, |c| {
        let query = diesel::update(variables::table.filter(variables::name.eq(name))).into_boxed();
        let query = of_owner!(query, owner);
        query.set((variables::value.eq(value), variables::sensitive.eq(*sensitive))).execute(c).await
    })?;
    if updated == 0 {
        let inserted = on_backend!(conn, |c| diesel::insert_into(variables::table)
            .values(&new)
            .on_conflict_do_nothing()
            .execute(c)
            .await)?;
        if inserted == 0 {
            return Box::pin(set(conn, owner, variable)).await;
        }
    }
    Ok(())
}
