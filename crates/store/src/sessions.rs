//! Sessions: who is signed in. Only a hash of the cookie's secret is kept.

use burgee_coherence::Change;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::{Stamp, stored},
    conn::on_backend,
    schema::{sessions, users},
    users::User,
};

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// Burgee's own id.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// When it began.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: DateTime<Utc>,
    /// When it ends.
    #[diesel(deserialize_as = Stamp)]
    pub expires_at: DateTime<Utc>,
}

/// Begins a session.
///
/// # Errors
/// When the database does not answer.
pub async fn create(
    conn: &mut Conn,
    secret_hash: &[u8],
    user_id: i64,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Session> {
    let new = (
        sessions::secret_hash.eq(secret_hash),
        sessions::user_id.eq(user_id),
        sessions::created_at.eq(stored(now)),
        sessions::expires_at.eq(stored(expires_at)),
    );
    Ok(on_backend!(conn, |c| diesel::insert_into(sessions::table)
        .values(new)
        .returning(Session::as_returning())
        .get_result(c)
        .await)?)
}

/// The session with this secret, unless it has ended, and its user.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, secret_hash: &[u8], now: DateTime<Utc>) -> Result<Option<(Session, User)>> {
    Ok(on_backend!(conn, |c| sessions::table
        .inner_join(users::table)
        .filter(sessions::secret_hash.eq(secret_hash))
        .filter(sessions::expires_at.gt(stored(now)))
        .select((Session::as_select(), User::as_select()))
        .first(c)
        .await
        .optional())?)
}

/// Ends a session; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(conn: &mut Conn, secret_hash: &[u8]) -> Result<bool> {
    conn.changed(Change::Access);
    let query = diesel::delete(sessions::table.filter(sessions::secret_hash.eq(secret_hash)));
    Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
}

/// Ends every session of a user, as after a changed password.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_of_user(conn: &mut Conn, user_id: i64) -> Result<usize> {
    conn.changed(Change::Access);
    let query = diesel::delete(sessions::table.filter(sessions::user_id.eq(user_id)));
    Ok(on_backend!(conn, |c| query.execute(c).await)?)
}

/// Forgets the sessions that have ended; how many.
///
/// # Errors
/// When the database does not answer.
pub async fn purge(conn: &mut Conn, now: DateTime<Utc>) -> Result<usize> {
    let query = diesel::delete(sessions::table.filter(sessions::expires_at.le(stored(now))));
    Ok(on_backend!(conn, |c| query.execute(c).await)?)
}
