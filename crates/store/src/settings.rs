//! Single values that the whole instance shares.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{Conn, Result, conn::on_backend, schema::settings};

/// The value of `key`, if it is set.
///
/// # Errors
/// When the database does not answer.
pub async fn get(conn: &mut Conn, key: &str) -> Result<Option<String>> {
    let query = settings::table.filter(settings::key.eq(key)).select(settings::value);
    Ok(on_backend!(conn, |c| query.first(c).await.optional())?)
}

/// Sets `key`.
///
/// # Errors
/// When the database does not answer.
pub async fn set(conn: &mut Conn, key: &str, value: &str) -> Result<()> {
    on_backend!(conn, |c| diesel::insert_into(settings::table)
        .values((settings::key.eq(key), settings::value.eq(value)))
        .on_conflict(settings::key)
        .do_update()
        .set(settings::value.eq(value))
        .execute(c)
        .await)?;
    Ok(())
}

/// Sets `key` if nobody has yet, and says which value it has now.
///
/// # Errors
/// When the database does not answer.
pub async fn get_or_set(conn: &mut Conn, key: &str, value: &str) -> Result<String> {
    on_backend!(conn, |c| diesel::insert_into(settings::table)
        .values((settings::key.eq(key), settings::value.eq(value)))
        .on_conflict_do_nothing()
        .execute(c)
        .await)?;
    Ok(get(conn, key).await?.unwrap_or_else(|| value.to_owned()))
}

/// Removes `key`; whether it was set.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(conn: &mut Conn, key: &str) -> Result<bool> {
    let query = diesel::delete(settings::table.filter(settings::key.eq(key)));
    Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
}
