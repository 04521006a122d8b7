//! Finding the project that a report names, and creating it.

use burgee_coherence::Change;
use burgee_domain::{instance_vars::InstanceVars, slug, text};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{Project, find_by_path};
use crate::{
    Conn, Result, StoreError,
    column::stored,
    conn::on_backend,
    groups::{self, Group},
    schema::projects,
};

/// Finds a project as a report names it: by exact name in the group, else by slug or path segment. An instance is found by
/// the name and its variables alone.
pub(crate) async fn named(
    conn: &mut Conn,
    group: &Group,
    name: &str,
    instance: &InstanceVars,
) -> Result<Option<Project>> {
    let mut found: Option<Project> = on_backend!(conn, |c| projects::table
        .filter(projects::group_id.eq(group.id))
        .filter(projects::name.eq(name))
        .filter(projects::instance_vars.eq(instance.canonical()))
        .select(Project::as_select())
        .first(c)
        .await
        .optional())?;
    if !instance.is_empty() {
        return Ok(found);
    }
    if found.is_none() {
        found = on_backend!(conn, |c| projects::table
            .filter(projects::space_id.eq(group.space()))
            .filter(projects::slug.eq(name))
            .filter(projects::group_id.eq(group.id))
            .select(Project::as_select())
            .first(c)
            .await
            .optional())?;
    }
    if found.is_none() && !name.contains('/') {
        found = find_by_path(conn, &format!("{}/{name}", group.full_path)).await?;
    }
    Ok(found)
}

/// Finds a project as a report names it, or creates it: private, and with badges off.
pub(crate) async fn ensure(
    conn: &mut Conn,
    group: &Group,
    name: &str,
    instance: &InstanceVars,
    now: DateTime<Utc>,
) -> Result<Project> {
    // Each turn ends in the project, or in a slug or path that somebody else has just taken.
    for _ in 0..100 {
        if let Some(project) = named(conn, group, name, instance).await? {
            return Ok(project);
        }
        if let Some(project) = create(conn, group, name, instance, now).await? {
            return Ok(project);
        }
    }
    Err(StoreError::conflict("project", format!("no slug is free for \"{name}\"")))
}

async fn create(
    conn: &mut Conn,
    group: &Group,
    name: &str,
    instance: &InstanceVars,
    now: DateTime<Utc>,
) -> Result<Option<Project>> {
    let (title, place) = match instance.words() {
        none if none.is_empty() => (name.to_owned(), name.to_owned()),
        words => (format!("{name} ({words})"), format!("{name}-{}", words.replace('/', "-"))),
    };
    let title: String = title.chars().take(text::NAME_MAX).collect();
    let slug = free_slug(conn, group.space(), &place).await?;
    let path = free_path(conn, group, &place).await?;
    let new = (
        projects::space_id.eq(group.space()),
        projects::group_id.eq(group.id),
        projects::name.eq(name),
        projects::instance_vars.eq(instance.canonical()),
        projects::title.eq(title),
        projects::slug.eq(slug),
        projects::full_path.eq(format!("{}/{path}", group.full_path)),
        projects::path.eq(path),
        projects::created_at.eq(stored(now)),
        projects::updated_at.eq(stored(now)),
    );
    let created: Option<Project> = on_backend!(conn, |c| diesel::insert_into(projects::table)
        .values(new)
        .on_conflict_do_nothing()
        .returning(Project::as_returning())
        .get_result(c)
        .await
        .optional())?;
    if let Some(project) = &created {
        conn.changed(Change::Project(project.id));
        conn.changed(Change::Naming { space: project.space_id });
    }
    Ok(created)
}

async fn free_slug(conn: &mut Conn, space_id: i64, name: &str) -> Result<String> {
    let base = slug::slugify(name);
    for slug in slug::candidates(&base) {
        let query = projects::table
            .filter(projects::space_id.eq(space_id))
            .filter(projects::slug.eq(&slug))
            .select(projects::id);
        let owner: Option<i64> = on_backend!(conn, |c| query.first(c).await.optional())?;
        if owner.is_none() {
            return Ok(slug);
        }
    }
    Ok(base)
}

async fn free_path(conn: &mut Conn, group: &Group, name: &str) -> Result<String> {
    let base = slug::path_segment(name);
    for path in slug::candidates(&base) {
        if !path_taken(conn, &format!("{}/{path}", group.full_path)).await? {
            return Ok(path);
        }
    }
    Ok(base)
}

/// Groups and projects share their paths, so that each path leads to one page.
async fn path_taken(conn: &mut Conn, full_path: &str) -> Result<bool> {
    Ok(find_by_path(conn, full_path).await?.is_some() || groups::find_by_path(conn, full_path).await?.is_some())
}
