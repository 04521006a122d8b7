//! People who may sign in.

use burgee_coherence::{Change, Dependencies};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result, StoreError,
    column::{Stamp, stored},
    conn::on_backend,
    memo::remembered,
    schema::users,
};

/// Somebody who may sign in.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct User {
    /// Burgee's own id.
    pub id: i64,
    /// The name to sign in with.
    pub username: String,
    /// The password's hash, in PHC form.
    pub password_hash: String,
    /// Whether the user may do everything.
    pub is_admin: bool,
    /// When the account was made.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id).field("username", &self.username).finish_non_exhaustive()
    }
}

/// Makes an account.
///
/// # Errors
/// [`StoreError::Conflict`] when the name is taken.
pub async fn create(
    conn: &mut Conn,
    username: &str,
    password_hash: &str,
    is_admin: bool,
    now: DateTime<Utc>,
) -> Result<User> {
    let new = (
        users::username.eq(username),
        users::password_hash.eq(password_hash),
        users::is_admin.eq(is_admin),
        users::created_at.eq(stored(now)),
    );
    conn.changed(Change::Access);
    let created: Option<User> = on_backend!(conn, |c| diesel::insert_into(users::table)
        .values(new)
        .on_conflict_do_nothing()
        .returning(User::as_returning())
        .get_result(c)
        .await
        .optional())?;
    created.ok_or_else(|| StoreError::conflict("username", format!("there already is a user \"{username}\"")))
}

/// The user with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut Conn, id: i64) -> Result<Option<User>> {
    let on_access = |_: &User| Dependencies::default().and_access();
    remembered(conn, format!("user {id}"), on_access, async |conn| read(conn, id).await).await
}

async fn read(conn: &mut Conn, id: i64) -> Result<Option<User>> {
    Ok(on_backend!(conn, |c| users::table
        .filter(users::id.eq(id))
        .select(User::as_select())
        .first(c)
        .await
        .optional())?)
}

/// The user with this name.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, username: &str) -> Result<Option<User>> {
    Ok(on_backend!(conn, |c| users::table
        .filter(users::username.eq(username))
        .select(User::as_select())
        .first(c)
        .await
        .optional())?)
}

/// Everybody, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut Conn) -> Result<Vec<User>> {
    Ok(on_backend!(conn, |c| users::table.order(users::username).select(User::as_select()).load(c).await)?)
}

/// The first account of an administrator.
///
/// # Errors
/// When the database does not answer.
pub async fn first_admin(conn: &mut Conn) -> Result<Option<User>> {
    Ok(on_backend!(conn, |c| users::table
        .filter(users::is_admin.eq(true))
        .order(users::id)
        .select(User::as_select())
        .first(c)
        .await
        .optional())?)
}

/// Whether anybody is an administrator: until then, Burgee is to be set up.
///
/// # Errors
/// When the database does not answer.
pub async fn has_admin(conn: &mut Conn) -> Result<bool> {
    Ok(first_admin(conn).await?.is_some())
}

/// Gives an account another password; whether there is such an account.
///
/// # Errors
/// When the database does not answer.
pub async fn set_password_hash(conn: &mut Conn, id: i64, password_hash: &str) -> Result<bool> {
    conn.changed(Change::Access);
    let query = diesel::update(users::table.filter(users::id.eq(id))).set(users::password_hash.eq(password_hash));
    Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
}

/// Deletes an account with its sessions and tokens; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut Conn, id: i64) -> Result<bool> {
    conn.changed(Change::Access);
    let query = diesel::delete(users::table.filter(users::id.eq(id)));
    Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
}
