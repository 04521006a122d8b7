//! Projects.

use std::sync::Arc;

use burgee_coherence::Change;
use burgee_domain::{
    change::{ProjectChange, Visibility},
    instance_vars::InstanceVars,
    report::ProjectFacts,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result, StoreError,
    aliases::{self, Owner},
    column::{Instance, Stamp, Word, stored},
    conn::{on_backend, on_each},
    groups::Group,
    identifier::{askable, own_id},
    schema::projects,
};

mod create;
mod list;

pub(crate) use create::{ensure, named};
pub use list::{Filter, Order, count, list, ordered, page};

/// A project.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = projects)]
pub struct Project {
    /// Burgee's own id; `Projects-<id>` in the Octopus dialect.
    pub id: i64,
    /// The space that it is in.
    pub space_id: i64,
    /// The group that it is in, which may be the space.
    pub group_id: i64,
    /// The name, exactly as first reported.
    pub name: String,
    /// Which instance of the name it is.
    #[diesel(deserialize_as = Instance)]
    pub instance_vars: InstanceVars,
    /// The name that people use.
    pub title: String,
    /// Its place in Octopus URLs, unique in the space.
    pub slug: String,
    /// The last segment of its path.
    pub path: String,
    /// The path, space first.
    pub full_path: String,
    /// Who may see its pages.
    #[diesel(deserialize_as = Word)]
    pub visibility: Visibility,
    /// Whether release badges are served to anybody.
    pub badges_enabled: bool,
    /// The branch that counts.
    pub default_branch: Option<String>,
    /// The last commit on it.
    pub commit_sha: Option<String>,
    /// The newest tag.
    pub latest_tag: Option<String>,
    /// When it was first reported.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When it last changed. A run does not change it.
    #[diesel(deserialize_as = Stamp)]
    pub updated_at: DateTime<Utc>,
}

/// The query of [`all_called`]: each of the three has an index.
macro_rules! called {
    ($name:expr, $paths:expr) => {
        projects::table
            .filter(projects::name.eq($name).or(projects::title.eq($name)).or(projects::full_path.eq_any($paths)))
            .select(Project::as_select())
    };
}
pub(crate) use called;

/// The project with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut Conn, id: i64) -> Result<Option<Project>> {
    Ok(on_backend!(conn, |c| projects::table
        .filter(projects::id.eq(id))
        .select(Project::as_select())
        .first(c)
        .await
        .optional())?)
}

/// The projects with these ids, in no order.
pub(crate) async fn by_ids(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Project>> {
    let mut found = Vec::with_capacity(ids.len());
    // SQLite takes a limited number of values in one statement.
    for ids in ids.chunks(500) {
        let some: Vec<Project> = on_backend!(conn, |c| projects::table
            .filter(projects::id.eq_any(ids))
            .select(Project::as_select())
            .load(c)
            .await)?;
        found.extend(some);
    }
    Ok(found)
}

/// The project at this path, space first.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_path(conn: &mut Conn, path: &str) -> Result<Option<Project>> {
    Ok(on_backend!(conn, |c| projects::table
        .filter(projects::full_path.eq(askable(path)))
        .select(Project::as_select())
        .first(c)
        .await
        .optional())?)
}

/// The projects with this name or title, or at one of these paths.
pub(crate) async fn all_called(conn: &mut Conn, name: &str, paths: &[String]) -> Result<Vec<Project>> {
    Ok(on_backend!(conn, |c| called!(name, paths).load(c).await)?)
}

/// The ids of the projects directly in these groups.
pub(crate) async fn ids_in_groups(conn: &mut Conn, group_ids: &[i64]) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    // SQLite takes a limited number of values in one statement.
    for ids in group_ids.chunks(500) {
        let query = projects::table.filter(projects::group_id.eq_any(ids)).select(projects::id);
        let some: Vec<i64> = on_backend!(conn, |c| query.load(c).await)?;
        found.extend(some);
    }
    Ok(found)
}

/// The project of a space that a URL names: by alias in the Octopus dialect, by `Projects-1`, by slug, or by its
/// path below the space, in this order.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, space: &Group, identifier: &str) -> Result<Option<Project>> {
    let identifier = askable(identifier);
    let alias = aliases::resolve(conn, "octopus", ["", identifier, "", ""]).await?.project;
    for id in [alias, own_id(identifier, "Projects")].into_iter().flatten() {
        if let Some(project) = get(conn, id).await?
            && project.space_id == space.id
        {
            return Ok(Some(project));
        }
    }
    match on_backend!(conn, |c| projects::table
        .filter(projects::space_id.eq(space.id))
        .filter(projects::slug.eq(identifier))
        .select(Project::as_select())
        .first(c)
        .await
        .optional())?
    {
        Some(project) => Ok(Some(project)),
        None => find_by_path(conn, &format!("{}/{identifier}", space.full_path)).await,
    }
}

/// Changes a project; none if there is no such project. `updated_at` stays if nothing differs.
///
/// # Errors
/// [`StoreError::Conflict`] when the slug or an alias is taken.
pub async fn change(conn: &mut Conn, id: i64, change: &ProjectChange, now: DateTime<Utc>) -> Result<Option<Project>> {
    let Some(project) = get(conn, id).await? else { return Ok(None) };
    aliases::change(conn, Owner::Project(id), &change.aliases).await?;
    let mut changed = project.clone();
    if let Some(slug) = &change.slug {
        free_slug(conn, &project, slug).await?;
        changed.slug.clone_from(slug);
    }
    if let Some(title) = &change.title {
        changed.title.clone_from(title);
    }
    changed.badges_enabled = change.badges_enabled.unwrap_or(project.badges_enabled);
    changed.visibility = change.visibility.unwrap_or(project.visibility);
    changed.default_branch = change.default_branch.clone().or(changed.default_branch);
    save(conn, &project, changed, now).await.map(Some)
}

/// The project after a report, if that says anything new about it. A late report only adds.
pub(crate) fn learnt(project: &Project, facts: &ProjectFacts, only_add: bool, now: DateTime<Utc>) -> Option<Project> {
    if *facts == ProjectFacts::default() {
        return None;
    }
    let learn = |stored: &mut Option<String>, given: &Option<String>| {
        if given.is_some() && !(only_add && stored.is_some()) {
            stored.clone_from(given);
        }
    };
    let mut changed = project.clone();
    if let Some(title) = facts.title.as_ref().filter(|_| !only_add) {
        changed.title.clone_from(title);
    }
    learn(&mut changed.default_branch, &facts.default_branch);
    learn(&mut changed.commit_sha, &facts.commit_sha);
    learn(&mut changed.latest_tag, &facts.latest_tag);
    if changed == *project {
        return None;
    }
    changed.updated_at = stored(now).and_utc();
    Some(changed)
}

/// Stores projects, each as it was and as [`learnt`] has changed it.
pub(crate) async fn save_learnt(conn: &mut Conn, projects: &[(Arc<Project>, Arc<Project>)]) -> Result<()> {
    for (before, project) in projects {
        note_change(conn, before, project);
    }
    on_each!(conn, projects, |c, (_, project)| saved!(project).execute(c).await)?;
    Ok(())
}

/// Deletes a project with everything that was reported about it; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut Conn, id: i64) -> Result<bool> {
    conn.changed(Change::Instance);
    let query = diesel::delete(projects::table.filter(projects::id.eq(id)));
    Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
}

/// The statement that stores what can change in a project.
macro_rules! saved {
    ($project:expr) => {
        diesel::update(projects::table.filter(projects::id.eq($project.id))).set((
            projects::title.eq(&$project.title),
            projects::slug.eq(&$project.slug),
            projects::visibility.eq($project.visibility.as_str()),
            projects::badges_enabled.eq($project.badges_enabled),
            projects::default_branch.eq(&$project.default_branch),
            projects::commit_sha.eq(&$project.commit_sha),
            projects::latest_tag.eq(&$project.latest_tag),
            projects::updated_at.eq($project.updated_at.naive_utc()),
        ))
    };
}
use saved;

async fn save(conn: &mut Conn, before: &Project, mut project: Project, now: DateTime<Utc>) -> Result<Project> {
    if *before == project {
        return Ok(project);
    }
    project.updated_at = stored(now).and_utc();
    note_change(conn, before, &Arc::new(project.clone()));
    on_backend!(conn, |c| saved!(project).execute(c).await)?;
    Ok(project)
}

/// Notes what differs, and what the project is from now on.
fn note_change(conn: &mut Conn, before: &Project, project: &Arc<Project>) {
    fn naming(project: &Project) -> (&str, &str, Visibility, bool) {
        (&project.title, &project.slug, project.visibility, project.badges_enabled)
    }
    conn.changed(Change::Project(project.id));
    if naming(before) != naming(project) {
        conn.changed(Change::Naming { space: project.space_id });
    }
    conn.names().renew(project);
}

async fn free_slug(conn: &mut Conn, project: &Project, slug: &str) -> Result<()> {
    let query = projects::table
        .filter(projects::space_id.eq(project.space_id))
        .filter(projects::slug.eq(slug))
        .select(projects::id);
    let owner: Option<i64> = on_backend!(conn, |c| query.first(c).await.optional())?;
    match owner {
        Some(owner) if owner != project.id => {
            let detail = format!("another project of this space already has the slug \"{slug}\"");
            Err(StoreError::conflict("slug", detail))
        }
        _ => Ok(()),
    }
}
