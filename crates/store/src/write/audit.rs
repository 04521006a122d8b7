//! In debug builds, every write on SQLite is held against what triggers saw: a function that changes a record and does not
//! say so ([`Conn::changed`]) fails its write. So every test that writes is a test of this, too.

use burgee_coherence::{Change, Changes};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};
use diesel_async::SimpleAsyncConnection;

use crate::{Conn, Link, Result, StoreError};

/// What must have been noted when a table's row changes: `event` in the trigger's words, and rows of kind and id.
const RULES: &[(&str, &str, &str)] = &[
    ("groups", "INSERT", "SELECT 'n', coalesce(NEW.space_id, NEW.id)"),
    ("groups", "UPDATE", "SELECT 'n', coalesce(NEW.space_id, NEW.id)"),
    ("groups", "DELETE", "SELECT 'i', 0"),
    ("projects", "INSERT", "SELECT 'n', NEW.space_id UNION SELECT 'p', NEW.id"),
    ("projects", "UPDATE", "SELECT 'p', NEW.id"),
    (
        "projects",
        "UPDATE OF name, title, slug, path, full_path, visibility, badges_enabled",
        "SELECT 'n', NEW.space_id WHERE (NEW.name, NEW.title, NEW.slug, NEW.path, NEW.full_path, NEW.visibility, NEW.badges_enabled) \
         IS NOT (OLD.name, OLD.title, OLD.slug, OLD.path, OLD.full_path, OLD.visibility, OLD.badges_enabled)",
    ),
    ("projects", "DELETE", "SELECT 'i', 0"),
    ("environments", "INSERT", "SELECT 'n', NEW.space_id"),
    ("environments", "UPDATE", "SELECT 'n', NEW.space_id"),
    ("environments", "DELETE", "SELECT 'n', OLD.space_id"),
    ("tenants", "INSERT", "SELECT 'n', NEW.space_id"),
    ("tenants", "UPDATE", "SELECT 'n', NEW.space_id"),
    ("tenants", "DELETE", "SELECT 'n', OLD.space_id"),
    ("aliases", "INSERT", "SELECT 'i', 0"),
    ("aliases", "UPDATE", "SELECT 'i', 0"),
    ("aliases", "DELETE", "SELECT 'i', 0"),
    ("releases", "INSERT", "SELECT 'p', NEW.project_id"),
    ("releases", "UPDATE", "SELECT 'p', NEW.project_id"),
    ("releases", "DELETE", "SELECT 'p', OLD.project_id"),
    ("builds", "INSERT", "SELECT 'p', NEW.project_id"),
    ("builds", "UPDATE", "SELECT 'p', NEW.project_id"),
    ("builds", "DELETE", "SELECT 'p', OLD.project_id"),
    ("jobs", "INSERT", "SELECT 'p', NEW.project_id UNION SELECT 'n', space_id FROM projects WHERE id = NEW.project_id"),
    ("jobs", "UPDATE", "SELECT 'p', NEW.project_id UNION SELECT 'n', space_id FROM projects WHERE id = NEW.project_id"),
    ("jobs", "DELETE", "SELECT 'p', OLD.project_id"),
    ("runs", "INSERT", "SELECT 'p', NEW.project_id"),
    ("runs", "UPDATE", "SELECT 'p', NEW.project_id"),
    // Runs end with their project, environment or tenant.
    ("runs", "DELETE", "SELECT 'p', OLD.project_id WHERE OLD.environment_id IS NULL AND OLD.tenant_id IS NULL"),
    ("variables", "INSERT", VARIABLE_NEW),
    ("variables", "UPDATE", VARIABLE_NEW),
    ("variables", "DELETE", VARIABLE_OLD),
    ("badges", "INSERT", "SELECT 'p', NEW.project_id WHERE NEW.project_id IS NOT NULL"),
    ("badges", "UPDATE", "SELECT 'p', NEW.project_id WHERE NEW.project_id IS NOT NULL"),
    ("badges", "DELETE", "SELECT 'p', OLD.project_id WHERE OLD.project_id IS NOT NULL"),
    ("users", "INSERT", "SELECT 'a', 0"),
    ("users", "UPDATE", "SELECT 'a', 0"),
    ("users", "DELETE", "SELECT 'a', 0"),
    ("members", "INSERT", "SELECT 'a', 0"),
    ("members", "UPDATE", "SELECT 'a', 0"),
    ("members", "DELETE", "SELECT 'a', 0"),
    ("tokens", "INSERT", "SELECT 'a', 0"),
    ("tokens", "UPDATE OF name, secret_hash, scopes, is_limited, user_id, expires_at, revoked_at", "SELECT 'a', 0"),
    ("tokens", "DELETE", "SELECT 'a', 0"),
    ("token_targets", "INSERT", "SELECT 'a', 0"),
    ("token_targets", "DELETE", "SELECT 'a', 0"),
    // One that has ended opens nothing.
    ("sessions", "DELETE", "SELECT 'a', 0 WHERE OLD.expires_at > strftime('%Y-%m-%d %H:%M:%f', 'now')"),
];

const VARIABLE_NEW: &str = "SELECT 'p', coalesce(NEW.project_id, (SELECT project_id FROM releases WHERE id = NEW.release_id), \
     (SELECT project_id FROM builds WHERE id = NEW.build_id), (SELECT project_id FROM runs WHERE id = NEW.run_id))";
/// Nothing if the owner has gone as well, which has a rule of its own.
const VARIABLE_OLD: &str = "SELECT 'p', owner FROM (SELECT coalesce((SELECT id FROM projects WHERE id = OLD.project_id), \
     (SELECT project_id FROM releases WHERE id = OLD.release_id), (SELECT project_id FROM builds WHERE id = OLD.build_id), \
     (SELECT project_id FROM runs WHERE id = OLD.run_id)) AS owner) WHERE owner IS NOT NULL";

#[derive(QueryableByName, Debug)]
struct Seen {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
}

impl Seen {
    fn change(&self) -> Change {
        match self.kind.as_str() {
            "p" => Change::Project(self.id),
            "n" => Change::Naming { space: self.id },
            "a" => Change::Access,
            _ => Change::Instance,
        }
    }
}

/// Sets the triggers, if they are not yet there.
pub(super) async fn begin(conn: &mut Conn) -> Result<()> {
    let Link::Sqlite(c) = conn.link() else { return Ok(()) };
    let is_set = diesel::sql_query("SELECT name AS kind, 0 AS id FROM temp.sqlite_schema WHERE name = 'audit'");
    let is_set: Vec<Seen> = diesel_async::RunQueryDsl::load(is_set, &mut **c).await?;
    if !is_set.is_empty() {
        return Ok(());
    }
    let mut statements =
        "CREATE TEMP TABLE audit (kind TEXT NOT NULL, id INTEGER NOT NULL, UNIQUE (kind, id));".to_owned();
    for (number, (table, event, rows)) in RULES.iter().enumerate() {
        statements.push_str(&format!(
            "CREATE TEMP TRIGGER audit_{number} AFTER {event} ON main.{table} \
             BEGIN INSERT OR IGNORE INTO audit {rows}; END;"
        ));
    }
    Ok(c.batch_execute(&statements).await?)
}

/// Fails unless everything that the triggers saw was noted.
pub(super) async fn end(conn: &mut Conn, noted: &Changes) -> Result<()> {
    let Link::Sqlite(c) = conn.link() else { return Ok(()) };
    let seen: Vec<Seen> =
        diesel_async::RunQueryDsl::load(diesel::sql_query("SELECT kind, id FROM audit"), &mut **c).await?;
    c.batch_execute("DELETE FROM audit").await?;
    match seen.iter().find(|seen| !noted.include(seen.change())) {
        None => Ok(()),
        Some(missed) => Err(StoreError::Panicked(format!(
            "a write changed {:?} and noted only \"{noted}\": call Conn::changed where it does so",
            missed.change()
        ))),
    }
}
