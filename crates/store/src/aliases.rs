//! Ids that a record had in another system, so that old URLs still find it.

use std::collections::BTreeMap;

use burgee_coherence::Change;
use burgee_domain::change::AliasChanges;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{Conn, Result, StoreError, conn::on_backend, schema::aliases};

/// Whose alias it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A space's or group's.
    Group(i64),
    /// A project's.
    Project(i64),
    /// An environment's.
    Environment(i64),
    /// A tenant's.
    Tenant(i64),
}

impl Owner {
    const fn kind(self) -> &'static str {
        match self {
            Self::Group(_) => "space",
            Self::Project(_) => "project",
            Self::Environment(_) => "environment",
            Self::Tenant(_) => "tenant",
        }
    }

    const fn columns(self) -> Columns {
        let none = Columns { group_id: None, project_id: None, environment_id: None, tenant_id: None };
        match self {
            Self::Group(id) => Columns { group_id: Some(id), ..none },
            Self::Project(id) => Columns { project_id: Some(id), ..none },
            Self::Environment(id) => Columns { environment_id: Some(id), ..none },
            Self::Tenant(id) => Columns { tenant_id: Some(id), ..none },
        }
    }
}

#[derive(Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = aliases)]
struct Columns {
    group_id: Option<i64>,
    project_id: Option<i64>,
    environment_id: Option<i64>,
    tenant_id: Option<i64>,
}

/// Which table a list of ids is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Spaces and groups.
    Group,
    /// Projects.
    Project,
    /// Environments.
    Environment,
    /// Tenants.
    Tenant,
}

/// Narrows a boxed statement to an owner's aliases.
macro_rules! of_owner {
    ($query:expr, $owner:expr) => {
        match $owner {
            Owner::Group(id) => $query.filter(aliases::group_id.eq(id)),
            Owner::Project(id) => $query.filter(aliases::project_id.eq(id)),
            Owner::Environment(id) => $query.filter(aliases::environment_id.eq(id)),
            Owner::Tenant(id) => $query.filter(aliases::tenant_id.eq(id)),
        }
    };
}

/// A record's aliases by dialect.
///
/// # Errors
/// When the database does not answer.
pub async fn of(conn: &mut Conn, owner: Owner) -> Result<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> = on_backend!(conn, |c| {
        let query = aliases::table.select((aliases::dialect, aliases::alias)).into_boxed();
        of_owner!(query, owner).load(c).await
    })?;
    Ok(rows.into_iter().collect())
}

/// Many records' aliases: by id, then by dialect. Records without any are not in the answer.
///
/// # Errors
/// When the database does not answer.
pub async fn of_many(conn: &mut Conn, kind: Kind, ids: &[i64]) -> Result<BTreeMap<i64, BTreeMap<String, String>>> {
    let rows: Vec<(Option<i64>, String, String)> = on_backend!(conn, |c| {
        macro_rules! load {
            ($column:ident) => {
                aliases::table
                    .filter(aliases::$column.eq_any(ids))
                    .select((aliases::$column, aliases::dialect, aliases::alias))
                    .load(c)
                    .await
            };
        }
        match kind {
            Kind::Group => load!(group_id),
            Kind::Project => load!(project_id),
            Kind::Environment => load!(environment_id),
            Kind::Tenant => load!(tenant_id),
        }
    })?;
    let mut found: BTreeMap<i64, BTreeMap<String, String>> = BTreeMap::new();
    for (id, dialect, alias) in rows {
        found.entry(id.unwrap_or_default()).or_default().insert(dialect, alias);
    }
    Ok(found)
}

/// Sets and removes aliases of one record.
///
/// # Errors
/// [`StoreError::Conflict`] when another record of the same kind has the alias.
pub async fn change(conn: &mut Conn, owner: Owner, changes: &AliasChanges) -> Result<()> {
    for (dialect, alias) in changes {
        conn.changed(Change::Instance);
        on_backend!(conn, |c| {
            let query = diesel::delete(aliases::table.filter(aliases::dialect.eq(dialect))).into_boxed();
            of_owner!(query, owner).execute(c).await
        })?;
        if let Some(alias) = alias {
            let new = (owner.columns(), aliases::dialect.eq(dialect), aliases::alias.eq(alias));
            let inserted: usize = on_backend!(conn, |c| diesel::insert_into(aliases::table)
                .values(new)
                .on_conflict_do_nothing()
                .execute(c)
                .await)?;
            if inserted == 0 {
                let kind = owner.kind();
                let detail =
                    format!("another {kind} already has the {dialect} id \"{alias}\": take it away there first");
                return Err(StoreError::conflict("aliases", detail));
            }
        }
    }
    Ok(())
}

/// The ids behind aliases of one dialect, in the order space, project, environment, tenant.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Resolved {
    pub(crate) group: Option<i64>,
    pub(crate) project: Option<i64>,
    pub(crate) environment: Option<i64>,
    pub(crate) tenant: Option<i64>,
}

/// Looks up four aliases in one statement.
pub(crate) async fn resolve(
    conn: &mut Conn,
    dialect: &str,
    [space, project, environment, tenant]: [&str; 4],
) -> Result<Resolved> {
    let wanted = aliases::alias
        .eq(space)
        .or(aliases::alias.eq(project))
        .or(aliases::alias.eq(environment))
        .or(aliases::alias.eq(tenant));
    let rows: Vec<(String, Columns)> = on_backend!(conn, |c| aliases::table
        .filter(aliases::dialect.eq(dialect))
        .filter(wanted)
        .select((aliases::alias, Columns::as_select()))
        .load(c)
        .await)?;
    let mut resolved = Resolved::default();
    for (alias, columns) in rows {
        resolved.group = resolved.group.or(columns.group_id.filter(|_| alias == space));
        resolved.project = resolved.project.or(columns.project_id.filter(|_| alias == project));
        resolved.environment = resolved.environment.or(columns.environment_id.filter(|_| alias == environment));
        resolved.tenant = resolved.tenant.or(columns.tenant_id.filter(|_| alias == tenant));
    }
    Ok(resolved)
}
