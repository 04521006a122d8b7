//! The lock that keeps transactions over many records from waiting for each other in a circle.

use diesel::sql_query;
use diesel_async::RunQueryDsl;

use crate::{Conn, Result};

/// The key of the advisory lock on PostgreSQL: "report" in ASCII.
const REPORTS: i64 = 0x72_65_70_6f_72_74;

/// How many reports a transaction will apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// One: records are touched in an order that everybody keeps.
    One,
    /// Several: each in order, but not all together.
    Many,
}

/// Lets single reports run side by side and a batch only alone, until the transaction ends. SQLite has one
/// writer anyway.
pub(crate) async fn reports(conn: &mut Conn, extent: Extent) -> Result<()> {
    let Conn::Postgres(c) = conn else { return Ok(()) };
    let function = match extent {
        Extent::One => "pg_advisory_xact_lock_shared",
        Extent::Many => "pg_advisory_xact_lock",
    };
    sql_query(format!("select {function}({REPORTS})")).execute(&mut **c).await?;
    Ok(())
}
