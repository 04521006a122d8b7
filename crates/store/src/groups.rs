//! Spaces, and the groups below them. A space is a group without parent.

use std::collections::BTreeSet;

use burgee_coherence::Change;
use burgee_domain::{
    change::{GroupChange, Visibility},
    slug,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result, StoreError,
    aliases::{self, Owner},
    column::{Stamp, Word, stored},
    conn::on_backend,
    identifier::{askable, like_escaped, own_id},
    path,
    schema::{former_paths, groups, projects},
    sql::substr,
};

mod list;

pub use list::{ListFilter, count, list};

/// A space or a group.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = groups)]
pub struct Group {
    /// Burgee's own id; `Spaces-<id>` in the Octopus dialect.
    pub id: i64,
    /// The group above; none for a space.
    pub parent_id: Option<i64>,
    /// The space above; none for a space. See [`Group::space`].
    pub space_id: Option<i64>,
    /// The name, as first reported.
    pub name: String,
    /// The last segment of its path.
    pub slug: String,
    /// The path, space first.
    pub full_path: String,
    /// Who may see it.
    #[diesel(deserialize_as = Word)]
    pub visibility: Visibility,
    /// When it was first reported.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[diesel(deserialize_as = Stamp)]
    pub updated_at: DateTime<Utc>,
}

impl Group {
    /// The id of the space that it is, or is in.
    #[must_use]
    pub fn space(&self) -> i64 {
        self.space_id.unwrap_or(self.id)
    }

    /// Whether the place at `path` is in it, at any depth.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        path.strip_prefix(self.full_path.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Every space, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn spaces(conn: &mut Conn) -> Result<Vec<Group>> {
    Ok(on_backend!(conn, |c| groups::table
        .filter(groups::parent_id.is_null())
        .order(groups::name)
        .select(Group::as_select())
        .load(c)
        .await)?)
}

/// The spaces and groups after this id, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn after(conn: &mut Conn, after: i64) -> Result<Vec<Group>> {
    Ok(on_backend!(conn, |c| groups::table
        .filter(groups::id.gt(after))
        .order(groups::id)
        .select(Group::as_select())
        .load(c)
        .await)?)
}

/// Every group below a space, by path.
///
/// # Errors
/// When the database does not answer.
pub async fn below(conn: &mut Conn, space_id: i64) -> Result<Vec<Group>> {
    Ok(on_backend!(conn, |c| groups::table
        .filter(groups::space_id.eq(space_id))
        .order(groups::full_path)
        .select(Group::as_select())
        .load(c)
        .await)?)
}

/// The space or group with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut Conn, id: i64) -> Result<Option<Group>> {
    Ok(on_backend!(conn, |c| groups::table
        .filter(groups::id.eq(id))
        .select(Group::as_select())
        .first(c)
        .await
        .optional())?)
}

/// The space or group at this path, space first.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_path(conn: &mut Conn, path: &str) -> Result<Option<Group>> {
    Ok(on_backend!(conn, |c| groups::table
        .filter(groups::full_path.eq(askable(path)))
        .select(Group::as_select())
        .first(c)
        .await
        .optional())?)
}

/// The spaces and groups at these paths, by path: so the outermost is first where they lie in each other.
///
/// # Errors
/// When the database does not answer.
pub async fn at_paths(conn: &mut Conn, paths: &[&str]) -> Result<Vec<Group>> {
    Ok(on_backend!(conn, |c| groups::table
        .filter(groups::full_path.eq_any(paths))
        .order(groups::full_path)
        .select(Group::as_select())
        .load(c)
        .await)?)
}

/// The space and groups above the place at `path`, outermost first.
///
/// # Errors
/// When the database does not answer.
pub async fn above(conn: &mut Conn, path: &str) -> Result<Vec<Group>> {
    let mut above = at_paths(conn, &path::above(path)).await?;
    above.sort_by_key(|group| group.full_path.len());
    Ok(above)
}

/// The spaces and groups above any of these places, outer before inner ones.
///
/// # Errors
/// When the database does not answer.
pub async fn above_all(conn: &mut Conn, paths: &[&str]) -> Result<Vec<Group>> {
    let above: BTreeSet<&str> = paths.iter().flat_map(|path| path::above(path)).collect();
    let above: Vec<&str> = above.into_iter().collect();
    let mut found = Vec::new();
    // SQLite takes a limited number of values in one statement.
    for paths in above.chunks(500) {
        found.extend(at_paths(conn, paths).await?);
    }
    found.sort_by_key(|group| group.full_path.len());
    Ok(found)
}

/// The spaces and groups with these ids, in no order.
pub(crate) async fn by_ids(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Group>> {
    let mut found = Vec::with_capacity(ids.len());
    // SQLite takes a limited number of values in one statement.
    for ids in ids.chunks(500) {
        let some: Vec<Group> = on_backend!(conn, |c| groups::table
            .filter(groups::id.eq_any(ids))
            .select(Group::as_select())
            .load(c)
            .await)?;
        found.extend(some);
    }
    Ok(found)
}

/// The ids of the groups below the one at `path`, at any depth.
pub(crate) async fn ids_below(conn: &mut Conn, path: &str) -> Result<Vec<i64>> {
    let pattern = format!("{}/%", like_escaped(path));
    let query = groups::table.filter(groups::full_path.like(pattern).escape('\\')).select(groups::id);
    Ok(on_backend!(conn, |c| query.load(c).await)?)
}

/// The space that was at this path before it was renamed.
pub(crate) async fn formerly_at(conn: &mut Conn, path: &str) -> Result<Option<Group>> {
    Ok(on_backend!(conn, |c| former_paths::table
        .inner_join(groups::table.on(groups::id.eq(former_paths::group_id)))
        .filter(former_paths::path.eq(path))
        .select(Group::as_select())
        .first(c)
        .await
        .optional())?)
}

/// The space that a URL names: by alias in the Octopus dialect, by `Spaces-1`, or by slug, in this order.
///
/// # Errors
/// When the database does not answer.
pub async fn find_space(conn: &mut Conn, identifier: &str) -> Result<Option<Group>> {
    let identifier = askable(identifier);
    let alias = aliases::resolve(conn, "octopus", [identifier, "", "", ""]).await?.group;
    for id in [alias, own_id(identifier, "Spaces")].into_iter().flatten() {
        if let Some(group) = get(conn, id).await?
            && group.parent_id.is_none()
        {
            return Ok(Some(group));
        }
    }
    // A space's path is its slug; a path with a slash is a group's.
    Ok(find_by_path(conn, identifier).await?.filter(|group| group.parent_id.is_none()))
}

/// Finds a group as a report names it: by exact name, else by slug.
pub(crate) async fn named(conn: &mut Conn, parent: Option<&Group>, name: &str) -> Result<Option<Group>> {
    let by_name: Option<Group> = on_backend!(conn, |c| {
        let query = groups::table.filter(groups::name.eq(name)).select(Group::as_select()).into_boxed();
        let query = match parent {
            Some(parent) => query.filter(groups::parent_id.eq(parent.id)),
            None => query.filter(groups::parent_id.is_null()),
        };
        query.first(c).await.optional()
    })?;
    match by_name {
        Some(group) => Ok(Some(group)),
        None if name.contains('/') => Ok(None),
        None => find_by_path(conn, &path_below(parent, name)).await,
    }
}

/// Finds a group as a report names it, or creates it.
///
/// # Errors
/// When the database does not answer.
pub async fn ensure(conn: &mut Conn, parent: Option<&Group>, name: &str, now: DateTime<Utc>) -> Result<Group> {
    if let Some(group) = named(conn, parent, name).await? {
        return Ok(group);
    }
    let segment = if parent.is_some() { slug::path_segment(name) } else { slug::slugify(name) };
    for segment in slug::candidates(&segment) {
        let full_path = path_below(parent, &segment);
        if (parent.is_none() && is_reserved(&segment)) || is_project(conn, &full_path).await? {
            continue;
        }
        let new = (
            groups::parent_id.eq(parent.map(|parent| parent.id)),
            groups::space_id.eq(parent.map(Group::space)),
            groups::name.eq(name),
            groups::slug.eq(&segment),
            groups::full_path.eq(&full_path),
            groups::created_at.eq(stored(now)),
            groups::updated_at.eq(stored(now)),
        );
        let created: Option<Group> = on_backend!(conn, |c| diesel::insert_into(groups::table)
            .values(new)
            .on_conflict_do_nothing()
            .returning(Group::as_returning())
            .get_result(c)
            .await
            .optional())?;
        if let Some(group) = created {
            // A new space may take the place of another that answered to this name.
            conn.changed(if parent.is_some() { Change::Naming { space: group.space() } } else { Change::Instance });
            return Ok(group);
        }
        // Either the path is taken, or somebody else has just created the group.
        if let Some(group) = named(conn, parent, name).await? {
            return Ok(group);
        }
    }
    Err(StoreError::conflict("space", format!("no path is free for \"{name}\"")))
}

/// Changes a space or group; none if there is no such. Only a space can be moved to another slug.
///
/// # Errors
/// [`StoreError::Conflict`] when the name, the slug or an alias is taken.
pub async fn change(conn: &mut Conn, id: i64, change: &GroupChange, now: DateTime<Utc>) -> Result<Option<Group>> {
    let Some(group) = get(conn, id).await? else { return Ok(None) };
    conn.changed(Change::Instance);
    aliases::change(conn, Owner::Group(id), &change.aliases).await?;
    let name = change.name.as_deref().unwrap_or(&group.name);
    let parent = match group.parent_id {
        Some(parent) => get(conn, parent).await?,
        None => None,
    };
    if let Some(other) = named(conn, parent.as_ref(), name).await?
        && other.id != id
        && other.name == name
    {
        let kind = if parent.is_some() { "group" } else { "space" };
        return Err(StoreError::conflict("name", format!("another {kind} is already called \"{name}\"")));
    }
    let slug = change.slug.as_deref().unwrap_or(&group.slug);
    if slug != group.slug {
        if parent.is_some() {
            return Err(StoreError::conflict("slug", "only a space can be moved to another slug"));
        }
        move_to(conn, &group, slug).await?;
    }
    let visibility = change.visibility.unwrap_or(group.visibility);
    Ok(Some(on_backend!(conn, |c| diesel::update(groups::table.filter(groups::id.eq(id)))
        .set((groups::name.eq(name), groups::visibility.eq(visibility.as_str()), groups::updated_at.eq(stored(now)),))
        .returning(Group::as_returning())
        .get_result(c)
        .await)?))
}

/// Deletes a space or group with everything in it; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut Conn, id: i64) -> Result<bool> {
    conn.changed(Change::Instance);
    let query = diesel::delete(groups::table.filter(groups::id.eq(id)));
    Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
}

/// Gives a space another slug, and everything below it another path. The old path is remembered.
async fn move_to(conn: &mut Conn, space: &Group, slug: &str) -> Result<()> {
    if is_reserved(slug) {
        return Err(StoreError::conflict("slug", format!("\"{slug}\" is the address of one of Burgee's own pages")));
    }
    if find_by_path(conn, slug).await?.is_some() {
        return Err(StoreError::conflict("slug", format!("another space already has the slug \"{slug}\"")));
    }
    let rest = i32::try_from(space.full_path.chars().count()).unwrap_or(i32::MAX).saturating_add(1);
    let (id, slug) = (space.id, slug.to_owned());
    on_backend!(conn, |c| {
        let taken = former_paths::path.eq(&slug).or(former_paths::path.eq(&space.full_path));
        diesel::delete(former_paths::table.filter(taken)).execute(c).await?;
        diesel::insert_into(former_paths::table)
            .values((former_paths::path.eq(&space.full_path), former_paths::group_id.eq(id)))
            .execute(c)
            .await?;
        let moved = slug.clone().into_sql::<diesel::sql_types::Text>().concat(substr(projects::full_path, rest));
        diesel::update(projects::table.filter(projects::space_id.eq(id)))
            .set(projects::full_path.eq(moved))
            .execute(c)
            .await?;
        let moved = slug.clone().into_sql::<diesel::sql_types::Text>().concat(substr(groups::full_path, rest));
        diesel::update(groups::table.filter(groups::space_id.eq(id)))
            .set(groups::full_path.eq(moved))
            .execute(c)
            .await?;
        diesel::update(groups::table.filter(groups::id.eq(id)))
            .set((groups::slug.eq(&slug), groups::full_path.eq(&slug)))
            .execute(c)
            .await?;
        Ok(())
    })
}

fn is_reserved(segment: &str) -> bool {
    slug::RESERVED.contains(&segment)
}

fn path_below(parent: Option<&Group>, segment: &str) -> String {
    parent.map_or_else(|| segment.to_owned(), |parent| format!("{}/{segment}", parent.full_path))
}

/// Groups and projects share their paths, so that each path leads to one page.
async fn is_project(conn: &mut Conn, full_path: &str) -> Result<bool> {
    let query = projects::table.filter(projects::full_path.eq(full_path)).select(projects::id);
    let found: Option<i64> = on_backend!(conn, |c| query.first(c).await.optional())?;
    Ok(found.is_some())
}
