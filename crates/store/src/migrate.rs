//! Migrations: embedded in the program, one folder for each engine with the same names, run under a lock.

use std::collections::BTreeSet;

use diesel::{
    backend::Backend,
    migration::{Migration, MigrationSource},
    prelude::*,
};
use diesel_async::{AsyncMigrationHarness, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{
    Conn, Engine, Result, StoreError,
    conn::on_backend,
    engine::{PostgresPools, SqlitePools},
};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The key of the advisory lock on PostgreSQL: "burgee" in ASCII.
const LOCK: i64 = 0x62_75_72_67_65_65;

diesel::table! {
    // Diesel's own list of what has run.
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// The migrations of `engine`, oldest first. Both engines have the same.
///
/// # Errors
/// Never, unless the program was built wrong.
pub fn migration_names(engine: Engine) -> Result<Vec<String>> {
    match engine {
        Engine::Sqlite => names::<diesel::sqlite::Sqlite>(&SQLITE, |migration| migration.name().to_string()),
        Engine::Postgres => names::<diesel::pg::Pg>(&POSTGRES, |migration| migration.name().to_string()),
    }
}

/// Migrates a file, inside one transaction that keeps every other writer out.
pub(crate) async fn sqlite(pools: &SqlitePools) -> Result<()> {
    let mut conn = pools.writer().await?;
    conn.sync().immediate_transaction(|conn| run(conn, SQLITE)).map_err(|Failed(error)| error)
}

/// Migrates a server's database, under a lock that ends with its connection.
pub(crate) async fn postgres(pools: &PostgresPools) -> Result<()> {
    let mut conn = pools.connect().await?;
    let lock = format!("select pg_advisory_lock({LOCK})");
    diesel::sql_query(lock).execute(&mut conn).await?;
    let migrated = tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        let outcome = run(&mut harness, POSTGRES);
        (harness.into_inner(), outcome)
    });
    let (mut conn, outcome) = migrated.await.map_err(|error| StoreError::Panicked(error.to_string()))?;
    // Closing the connection would do as well, but only once the server has noticed.
    diesel::sql_query(format!("select pg_advisory_unlock({LOCK})")).execute(&mut conn).await?;
    outcome.map_err(|Failed(error)| error)
}

/// Whether all migrations have run, and no others.
pub(crate) async fn check(conn: &mut Conn) -> Result<()> {
    let known: BTreeSet<String> = match conn.engine() {
        Engine::Sqlite => versions::<diesel::sqlite::Sqlite>(&SQLITE)?,
        Engine::Postgres => versions::<diesel::pg::Pg>(&POSTGRES)?,
    };
    let query = __diesel_schema_migrations::table.select(__diesel_schema_migrations::version);
    let applied: std::result::Result<Vec<String>, _> = on_backend!(conn, |c| query.load(c).await);
    let applied = match applied {
        Ok(applied) => applied,
        Err(error) if error.to_string().contains("__diesel_schema_migrations") => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    refuse_newer(&known, &applied)?;
    if applied.len() < known.len() {
        return Err(StoreError::Migration(
            "the database's tables are older than this program: migrations have to run first".to_owned(),
        ));
    }
    Ok(())
}

/// An error on its way out of a transaction.
struct Failed(StoreError);

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Self {
        Self(error.into())
    }
}

fn run<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> std::result::Result<(), Failed> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        Failed(StoreError::Migration(format!("a migration failed and was undone: {error}")))
    };
    let known = versions::<DB>(&migrations).map_err(Failed)?;
    let applied = conn.applied_migrations().map_err(failed)?;
    let applied: Vec<String> = applied.iter().map(ToString::to_string).collect();
    refuse_newer(&known, &applied).map_err(Failed)?;
    for version in conn.run_pending_migrations(migrations).map_err(failed)? {
        tracing::info!(migration = %version, "migrated the database");
    }
    Ok(())
}

fn refuse_newer(known: &BTreeSet<String>, applied: &[String]) -> Result<()> {
    match applied.iter().find(|version| !known.contains(*version)) {
        None => Ok(()),
        Some(version) => Err(StoreError::Migration(format!(
            "the database is newer than this program (it has had migration {version}): start the newer program, or restore a backup"
        ))),
    }
}

fn versions<DB: Backend>(migrations: &EmbeddedMigrations) -> Result<BTreeSet<String>> {
    Ok(names::<DB>(migrations, |migration| migration.name().version().to_string())?.into_iter().collect())
}

fn names<DB: Backend>(
    migrations: &EmbeddedMigrations,
    name: impl Fn(&dyn Migration<DB>) -> String,
) -> Result<Vec<String>> {
    let found = migrations.migrations().map_err(|error| StoreError::Migration(error.to_string()))?;
    let mut names: Vec<String> = found.iter().map(|migration| name(&**migration)).collect();
    names.sort();
    Ok(names)
}
