//! Migrations: the same on both engines, safe to run at once, and honest about what does not fit.

use std::collections::BTreeMap;

use burgee_store::{Change, Conn, Engine, Link, Store, StoreError, groups, migration_names};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Bool, Text},
};
use diesel_async::RunQueryDsl;

use crate::support::{Database, ask, on_both_engines, open, runtime};

on_both_engines! {
    async fn a_migrated_store_is_ready_and_holds_the_default_space(store) {
        store.ready().await.unwrap();
        let spaces = ask!(store, |conn| groups::spaces(conn));
        assert_eq!(spaces.len(), 1);
        assert_eq!((spaces[0].id, spaces[0].name.as_str(), spaces[0].slug.as_str()), (1, "Default", "default"));
    }

    async fn migrating_again_changes_nothing(store) {
        store.migrate().await.unwrap();
        store.ready().await.unwrap();
    }

    async fn a_database_that_is_newer_than_the_program_is_refused_in_words(store) {
        let sql = "insert into __diesel_schema_migrations (version) values ('29991231000000')";
        store.write(async move |conn| { execute(conn, sql).await }).await.unwrap();
        for error in [store.migrate().await.unwrap_err(), store.ready().await.unwrap_err()] {
            assert!(matches!(&error, StoreError::Migration(detail) if detail.contains("newer than this program")), "{error}");
        }
    }
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = migration_names(Engine::Sqlite).unwrap();
    assert_eq!(names, migration_names(Engine::Postgres).unwrap());
    assert!(!names.is_empty());
}

#[test]
fn two_processes_may_migrate_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = burgee_store::DatabaseUrl::Sqlite(folder.path().join("burgee.db"));
    runtime().block_on(migrate_at_once(url));
}

#[test]
fn two_processes_may_migrate_a_new_server_at_once() {
    let database = Database::create();
    runtime().block_on(migrate_at_once(database.url()));
}

async fn migrate_at_once(url: burgee_store::DatabaseUrl) {
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move {
                let store = open(url).await;
                store.migrate().await.unwrap();
                store.ready().await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[test]
fn a_store_that_is_not_migrated_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(async {
        let store = open(burgee_store::DatabaseUrl::Sqlite(folder.path().join("burgee.db"))).await;
        assert!(matches!(store.ready().await, Err(StoreError::Migration(_))));
    });
}

#[test]
fn both_engines_end_with_the_same_tables_and_columns() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create();
    runtime().block_on(async {
        let sqlite = open(burgee_store::DatabaseUrl::Sqlite(folder.path().join("burgee.db"))).await;
        let postgres = open(database.url()).await;
        sqlite.migrate().await.unwrap();
        postgres.migrate().await.unwrap();
        let (sqlite, postgres) = (columns(&sqlite, SQLITE).await, columns(&postgres, POSTGRES).await);
        assert_eq!(sqlite, postgres);
        assert!(sqlite.len() > 100, "only {} columns were seen", sqlite.len());
    });
}

#[test]
fn both_engines_end_with_the_same_indexes() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create();
    runtime().block_on(async {
        let sqlite = open(burgee_store::DatabaseUrl::Sqlite(folder.path().join("burgee.db"))).await;
        let postgres = open(database.url()).await;
        sqlite.migrate().await.unwrap();
        postgres.migrate().await.unwrap();
        let in_sqlite =
            "select name as value from sqlite_master where type = 'index' and sql is not null order by name";
        let in_postgres = "select indexname::text as value from pg_indexes where schemaname = 'public' \
                           and indexname not like '%\\_pkey' and indexname not like '%\\_key' order by indexname";
        assert_eq!(values(&sqlite, in_sqlite).await, {
            let mut names = values(&postgres, in_postgres).await;
            names.sort();
            names
        });
    });
}

const SQLITE: &str = "select m.name as table_name, c.name as column_name, c.type as type_name, c.\"notnull\" = 0 as nullable \
    from sqlite_master m join pragma_table_info(m.name) c \
    where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like '\\_\\_%' escape '\\'";
const POSTGRES: &str = "select table_name::text, column_name::text, data_type::text as type_name, is_nullable = 'YES' as nullable \
    from information_schema.columns where table_schema = 'public' and table_name not like '\\_\\_%'";

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    value: String,
}

/// Every column's normalised type, by table and name.
async fn columns(store: &Store, query: &str) -> BTreeMap<(String, String), (String, bool)> {
    let load = async |conn: &mut Conn| match conn.link() {
        Link::Sqlite(c) => sql_query(query).load(&mut **c).await,
        Link::Postgres(c) => sql_query(query).load(&mut **c).await,
    };
    let rows: Vec<Column> = store.read(async |conn| Ok::<_, StoreError>(load(conn).await?)).await.unwrap();
    let normal = |name: &str| match name.to_lowercase().as_str() {
        "integer" => "bigint".to_owned(),
        "bytea" => "blob".to_owned(),
        "timestamp without time zone" => "timestamp".to_owned(),
        other => other.to_owned(),
    };
    rows.into_iter().map(|c| ((c.table_name, c.column_name), (normal(&c.type_name), c.nullable))).collect()
}

async fn values(store: &Store, query: &str) -> Vec<String> {
    let load = async |conn: &mut Conn| match conn.link() {
        Link::Sqlite(c) => sql_query(query).load(&mut **c).await,
        Link::Postgres(c) => sql_query(query).load(&mut **c).await,
    };
    let rows: Vec<Name> = store.read(async |conn| Ok::<_, StoreError>(load(conn).await?)).await.unwrap();
    rows.into_iter().map(|row| row.value).collect()
}

async fn execute(conn: &mut Conn, sql: &str) -> burgee_store::Result<()> {
    conn.changed(Change::Instance);
    match conn.link() {
        Link::Sqlite(c) => sql_query(sql).execute(&mut **c).await?,
        Link::Postgres(c) => sql_query(sql).execute(&mut **c).await?,
    };
    Ok(())
}
