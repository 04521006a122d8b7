//! The names that reports use, as the writer knows them from earlier reports.
//!
//! Only the one thread that writes has this memory, and only inside of a transaction, so it is right as long as every write
//! that goes past it makes it forget: this process's own writes by [`Conn::changed`](crate::Conn::changed), another
//! process's by [`crate::write`], which looks for them when it begins a transaction. What a failed write has created is
//! forgotten with everything else.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use burgee_domain::{instance_vars::InstanceVars, report::RunReport};
use chrono::{DateTime, Utc};

use crate::{
    Conn, Result,
    environments::{self, Environment},
    groups::{self, Group},
    projects::{self, Project},
    tenants::{self, Tenant},
};

/// Most names of a kind that are remembered.
const MAX: usize = 4096;

/// What names mean.
#[derive(Default)]
pub(crate) struct Names {
    /// By the group above and the name.
    groups: HashMap<(Option<i64>, String), Arc<Group>>,
    /// By group, name and instance.
    project_ids: HashMap<(i64, String, String), i64>,
    projects: HashMap<i64, Arc<Project>>,
    /// By space and name, as tenants.
    environments: HashMap<(i64, String), Arc<Environment>>,
    tenants: HashMap<(i64, String), Arc<Tenant>>,
}

impl Names {
    /// Replaces a project that is remembered.
    pub(crate) fn renew(&mut self, project: &Arc<Project>) {
        if let Some(known) = self.projects.get_mut(&project.id) {
            known.clone_from(project);
        }
    }

    fn project(&self, key: &(i64, String, String)) -> Option<Arc<Project>> {
        self.projects.get(self.project_ids.get(key)?).cloned()
    }
}

fn remember<K: Eq + Hash, V>(map: &mut HashMap<K, V>, key: K, value: V) {
    if map.len() >= MAX {
        map.clear();
    }
    map.insert(key, value);
}

/// Where a report belongs.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) project: Arc<Project>,
    pub(crate) environment: Option<Arc<Environment>>,
    pub(crate) tenant: Option<Arc<Tenant>>,
}

/// Finds where a report belongs; what does not exist yet is created.
pub(crate) async fn ensure(conn: &mut Conn, report: &RunReport, now: DateTime<Utc>) -> Result<Place> {
    let mut above = group(conn, None, &report.space, now).await?;
    for name in &report.groups {
        above = group(conn, Some(&above), name, now).await?;
    }
    let project = project(conn, &above, &report.project, &report.instance_vars, now).await?;
    let environment = match &report.environment {
        Some(name) => Some(environment(conn, project.space_id, name, now).await?),
        None => None,
    };
    let tenant = match &report.tenant {
        Some(name) => Some(tenant(conn, project.space_id, name, now).await?),
        None => None,
    };
    Ok(Place { project, environment, tenant })
}

async fn group(conn: &mut Conn, parent: Option<&Group>, name: &str, now: DateTime<Utc>) -> Result<Arc<Group>> {
    let key = (parent.map(|parent| parent.id), name.to_owned());
    if let Some(known) = conn.names().groups.get(&key) {
        return Ok(Arc::clone(known));
    }
    let group = Arc::new(groups::ensure(conn, parent, name, now).await?);
    remember(&mut conn.names().groups, key, Arc::clone(&group));
    Ok(group)
}

async fn project(
    conn: &mut Conn,
    group: &Group,
    name: &str,
    instance: &InstanceVars,
    now: DateTime<Utc>,
) -> Result<Arc<Project>> {
    let key = (group.id, name.to_owned(), instance.canonical());
    if let Some(known) = conn.names().project(&key) {
        return Ok(known);
    }
    let project = Arc::new(projects::ensure(conn, group, name, instance, now).await?);
    let names = conn.names();
    remember(&mut names.project_ids, key, project.id);
    remember(&mut names.projects, project.id, Arc::clone(&project));
    Ok(project)
}

async fn environment(conn: &mut Conn, space_id: i64, name: &str, now: DateTime<Utc>) -> Result<Arc<Environment>> {
    let key = (space_id, name.to_owned());
    if let Some(known) = conn.names().environments.get(&key) {
        return Ok(Arc::clone(known));
    }
    let environment = Arc::new(environments::ensure(conn, space_id, name, now).await?);
    remember(&mut conn.names().environments, key, Arc::clone(&environment));
    Ok(environment)
}

async fn tenant(conn: &mut Conn, space_id: i64, name: &str, now: DateTime<Utc>) -> Result<Arc<Tenant>> {
    let key = (space_id, name.to_owned());
    if let Some(known) = conn.names().tenants.get(&key) {
        return Ok(Arc::clone(known));
    }
    let tenant = Arc::new(tenants::ensure(conn, space_id, name, now).await?);
    remember(&mut conn.names().tenants, key, Arc::clone(&tenant));
    Ok(tenant)
}
