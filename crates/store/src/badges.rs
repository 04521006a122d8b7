//! GitLab's list of badges of a project or group: names, links and images, as they were given (`spec/dialects.md` B2,
//! B3).

use burgee_coherence::Change;
use chrono::{DateTime, SubsecRound, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::{Stamp, stored},
    conn::on_backend,
    groups,
    projects::Project,
    schema::badges,
};

/// A badge.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = badges)]
pub struct Badge {
    /// Burgee's own id.
    pub id: i64,
    /// The project that it belongs to, if to a project.
    pub project_id: Option<i64>,
    /// The group that it belongs to, if to a group.
    pub group_id: Option<i64>,
    /// What people call it.
    pub name: Option<String>,
    /// Where a click leads, placeholders and all.
    pub link_url: String,
    /// Where the image is, placeholders and all.
    pub image_url: String,
    /// When it was added.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[diesel(deserialize_as = Stamp)]
    pub updated_at: DateTime<Utc>,
}

/// Whose badge it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A project's.
    Project(i64),
    /// A space's or group's.
    Group(i64),
}

/// Whose list of badges is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// A project's own and those of every group above it; made by [`Listing::of_project`].
    Project {
        /// The project.
        id: i64,
        /// The space and groups above it.
        above: Vec<i64>,
    },
    /// A group's own, and no others.
    Group(i64),
}

impl Listing {
    /// A project's list. The groups above are looked up beforehand: as ids in the list's own statement they let
    /// PostgreSQL go by two indexes, where a subquery would have it read every badge.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_project(conn: &mut Conn, project: &Project) -> Result<Self> {
        let above = groups::above(conn, &project.full_path).await?;
        Ok(Self::Project { id: project.id, above: above.into_iter().map(|group| group.id).collect() })
    }
}

/// What a badge is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// What people call it.
    pub name: Option<String>,
    /// Where a click leads.
    pub link_url: String,
    /// Where the image is.
    pub image_url: String,
}

/// The boxed query for a [`Listing`], narrowed to a name.
macro_rules! listed {
    ($listing:expr, $name:expr) => {{
        let query = badges::table.into_boxed();
        let query = match $listing {
            Listing::Project { id, above } => {
                query.filter(badges::project_id.eq(id).or(badges::group_id.eq_any(above)))
            }
            Listing::Group(id) => query.filter(badges::group_id.eq(id)),
        };
        match $name {
            Some(name) => query.filter(badges::name.eq($crate::identifier::askable(name))),
            None => query,
        }
    }};
}
pub(crate) use listed;

/// A page of a list: in the order in which they were added, those with this very name only.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    conn: &mut Conn,
    listing: &Listing,
    name: Option<&str>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Badge>> {
    Ok(on_backend!(conn, |c| listed!(listing, name)
        .order((badges::created_at, badges::id))
        .offset(offset)
        .limit(limit)
        .select(Badge::as_select())
        .load(c)
        .await)?)
}

/// Badges of whatever list with an address that has a query, in which a key may stand: those after this id, in the order of
/// their ids.
///
/// # Errors
/// When the database does not answer.
pub async fn with_query(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Badge>> {
    Ok(on_backend!(conn, |c| badges::table
        .filter(badges::id.gt(after))
        .filter(badges::image_url.like("%?%").or(badges::link_url.like("%?%")))
        .order(badges::id)
        .limit(limit)
        .select(Badge::as_select())
        .load(c)
        .await)?)
}

/// How many there are in the whole list.
///
/// # Errors
/// When the database does not answer.
pub async fn count(conn: &mut Conn, listing: &Listing, name: Option<&str>) -> Result<i64> {
    Ok(on_backend!(conn, |c| listed!(listing, name).count().get_result(c).await)?)
}

/// A badge of this owner itself: through a project, a group's badge is not found (B3).
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut Conn, owner: Owner, id: i64) -> Result<Option<Badge>> {
    let found: Option<Badge> = on_backend!(conn, |c| badges::table
        .filter(badges::id.eq(id))
        .select(Badge::as_select())
        .first(c)
        .await
        .optional())?;
    Ok(found.filter(|badge| match owner {
        Owner::Project(id) => badge.project_id == Some(id),
        Owner::Group(id) => badge.group_id == Some(id),
    }))
}

/// Adds a badge.
///
/// # Errors
/// When the database does not answer.
pub async fn create(conn: &mut Conn, owner: Owner, content: &Content, now: DateTime<Utc>) -> Result<Badge> {
    let (project_id, group_id) = match owner {
        Owner::Project(id) => (Some(id), None),
        Owner::Group(id) => (None, Some(id)),
    };
    let new = (
        badges::project_id.eq(project_id),
        badges::group_id.eq(group_id),
        badges::name.eq(&content.name),
        badges::link_url.eq(&content.link_url),
        badges::image_url.eq(&content.image_url),
        badges::created_at.eq(stored(now)),
        badges::updated_at.eq(stored(now)),
    );
    note_change(conn, owner);
    Ok(on_backend!(conn, |c| diesel::insert_into(badges::table)
        .values(new)
        .returning(Badge::as_returning())
        .get_result(c)
        .await)?)
}

/// Changes to a badge; what is `None` stays, whatever others have made of it meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Default, AsChangeset)]
#[diesel(table_name = badges)]
pub struct Changes {
    /// What people call it; `Some(None)` takes the name away.
    pub name: Option<Option<String>>,
    /// Where a click leads.
    pub link_url: Option<String>,
    /// Where the image is.
    pub image_url: Option<String>,
}

impl From<Content> for Changes {
    fn from(content: Content) -> Self {
        Self { name: Some(content.name), link_url: Some(content.link_url), image_url: Some(content.image_url) }
    }
}

impl Changes {
    fn differ_from(&self, badge: &Badge) -> bool {
        self.name.as_ref().is_some_and(|name| *name != badge.name)
            || self.link_url.as_ref().is_some_and(|url| *url != badge.link_url)
            || self.image_url.as_ref().is_some_and(|url| *url != badge.image_url)
    }
}

/// Changes a badge; none if there is no such badge. `updated_at` stays if nothing differs.
///
/// # Errors
/// When the database does not answer.
pub async fn change(
    conn: &mut Conn,
    owner: Owner,
    id: i64,
    changes: &Changes,
    now: DateTime<Utc>,
) -> Result<Option<Badge>> {
    let Some(badge) = get(conn, owner, id).await? else { return Ok(None) };
    if !changes.differ_from(&badge) {
        return Ok(Some(badge));
    }
    note_change(conn, owner);
    Ok(on_backend!(conn, |c| diesel::update(badges::table.filter(badges::id.eq(id)))
        .set((changes, badges::updated_at.eq(stored(now))))
        .returning(Badge::as_returning())
        .get_result(c)
        .await
        .optional())?)
}

/// What became of a deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Yes,
    /// There is no such badge.
    NotFound,
    /// It has been changed since the time that was named.
    Changed,
}

/// Removes a badge, unless it has been changed after `unmodified_since`, compared in whole seconds as HTTP dates are.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(
    conn: &mut Conn,
    owner: Owner,
    id: i64,
    unmodified_since: Option<DateTime<Utc>>,
) -> Result<Deleted> {
    let Some(badge) = get(conn, owner, id).await? else { return Ok(Deleted::NotFound) };
    if unmodified_since.is_some_and(|since| badge.updated_at.trunc_subsecs(0) > since) {
        return Ok(Deleted::Changed);
    }
    note_change(conn, owner);
    on_backend!(conn, |c| diesel::delete(badges::table.filter(badges::id.eq(id))).execute(c).await)?;
    Ok(Deleted::Yes)
}

/// Notes that a project's badges have changed. Nothing that is cached depends on a group's.
fn note_change(conn: &mut Conn, owner: Owner) {
    if let Owner::Project(id) = owner {
        conn.changed(Change::Project(id));
    }
}
