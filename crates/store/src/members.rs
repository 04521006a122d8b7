//! Who has which role in which group or project, and who asks for one. A role in a group holds for everything below it.

use burgee_coherence::Change;
use burgee_domain::role::Role;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::{MaybeStamp, Stamp, Word, stored},
    conn::on_backend,
    groups::Group,
    schema::{groups, members, users},
};

/// Where somebody is a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberOf {
    /// A space or group, and everything below it.
    Group(i64),
    /// A project.
    Project(i64),
}

/// A membership, or the wish for one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = members)]
pub struct Member {
    /// The user.
    pub user_id: i64,
    /// The user's name.
    #[diesel(select_expression = users::username)]
    pub username: String,
    /// The role.
    #[diesel(deserialize_as = Word)]
    pub role: Role,
    /// Since when.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When it was asked for, while nobody has granted it yet.
    #[diesel(deserialize_as = MaybeStamp)]
    pub requested_at: Option<DateTime<Utc>>,
}

/// Narrows a boxed statement to one place.
macro_rules! of_place {
    ($query:expr, $place:expr) => {
        match $place {
            MemberOf::Group(id) => $query.filter(members::group_id.eq(id)),
            MemberOf::Project(id) => $query.filter(members::project_id.eq(id)),
        }
    };
}

macro_rules! joined {
    () => {
        members::table
            .inner_join(users::table.on(users::id.eq(members::user_id)))
            .select(Member::as_select())
            .into_boxed()
    };
}

/// The members of a place itself, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut Conn, place: MemberOf) -> Result<Vec<Member>> {
    Ok(on_backend!(conn, |c| of_place!(joined!(), place)
        .filter(members::requested_at.is_null())
        .order(users::username)
        .load(c)
        .await)?)
}

/// Those who ask to become members of a place, the longest waiting first.
///
/// # Errors
/// When the database does not answer.
pub async fn requests(conn: &mut Conn, place: MemberOf) -> Result<Vec<Member>> {
    Ok(on_backend!(conn, |c| of_place!(joined!(), place)
        .filter(members::requested_at.is_not_null())
        .order(members::id)
        .load(c)
        .await)?)
}

/// The members that a place has from the groups above it, outermost group first.
///
/// # Errors
/// When the database does not answer.
pub async fn inherited(conn: &mut Conn, above: &[Group]) -> Result<Vec<(Group, Member)>> {
    let mut found = Vec::new();
    for group in above {
        found.extend(list(conn, MemberOf::Group(group.id)).await?.into_iter().map(|member| (group.clone(), member)));
    }
    Ok(found)
}

/// One user's membership in, or request for, a place itself.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, place: MemberOf, user_id: i64) -> Result<Option<Member>> {
    Ok(on_backend!(conn, |c| of_place!(joined!(), place)
        .filter(members::user_id.eq(user_id))
        .first(c)
        .await
        .optional())?)
}

/// The greatest role that a user has in any of these places.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn greatest_role(
    conn: &mut Conn,
    user_id: i64,
    group_paths: &[&str],
    project_id: Option<i64>,
) -> Result<Option<Role>> {
    let above = groups::table.filter(groups::full_path.eq_any(group_paths)).select(groups::id.nullable());
    let query = members::table
        .filter(members::user_id.eq(user_id))
        .filter(members::requested_at.is_null())
        .filter(members::group_id.eq_any(above).or(members::project_id.eq(project_id)))
        .select(members::role);
    let roles: Vec<String> = on_backend!(conn, |c| query.load(c).await)?;
    Ok(roles.iter().filter_map(|role| role.parse().ok()).max())
}

/// Makes a user a member, or gives a member another role; a request is granted by it. Whether it made one.
///
/// # Errors
/// When the database does not answer.
pub async fn set(conn: &mut Conn, place: MemberOf, user_id: i64, role: Role, now: DateTime<Utc>) -> Result<bool> {
    conn.changed(Change::Access);
    let changed = on_backend!(conn, |c| of_place!(
        diesel::update(members::table.filter(members::user_id.eq(user_id))).into_boxed(),
        place
    )
    .set((members::role.eq(role.as_str()), members::requested_at.eq(None::<chrono::NaiveDateTime>)))
    .execute(c)
    .await)?;
    if changed > 0 {
        return Ok(false);
    }
    insert(conn, place, user_id, role, now, None).await
}

/// Notes that a user asks to become a member; whether that is new. Who is a member already stays one.
///
/// # Errors
/// When the database does not answer.
pub async fn request(conn: &mut Conn, place: MemberOf, user_id: i64, now: DateTime<Utc>) -> Result<bool> {
    insert(conn, place, user_id, Role::Developer, now, Some(now)).await
}

/// Ends a membership or a request; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(conn: &mut Conn, place: MemberOf, user_id: i64) -> Result<bool> {
    conn.changed(Change::Access);
    Ok(on_backend!(conn, |c| of_place!(
        diesel::delete(members::table.filter(members::user_id.eq(user_id))).into_boxed(),
        place
    )
    .execute(c)
    .await)?
        > 0)
}

async fn insert(
    conn: &mut Conn,
    place: MemberOf,
    user_id: i64,
    role: Role,
    now: DateTime<Utc>,
    requested_at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let (group_id, project_id) = match place {
        MemberOf::Group(id) => (Some(id), None),
        MemberOf::Project(id) => (None, Some(id)),
    };
    let new = (
        members::user_id.eq(user_id),
        members::group_id.eq(group_id),
        members::project_id.eq(project_id),
        members::role.eq(role.as_str()),
        members::created_at.eq(stored(now)),
        members::requested_at.eq(requested_at.map(stored)),
    );
    conn.changed(Change::Access);
    Ok(on_backend!(conn, |c| diesel::insert_into(members::table)
        .values(new)
        .on_conflict_do_nothing()
        .execute(c)
        .await)?
        > 0)
}
