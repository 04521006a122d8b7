//! A fresh store for each test, on each engine.

use std::{future::Future, str::FromStr};

use burgee_domain::report::RunReport;
use burgee_store::{Change, DatabaseUrl, Link, Options, Result, Store, StoreError, reports};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::sql_query;
use diesel_async::RunQueryDsl;
use serde_json::Value;

/// Makes `name::sqlite` and `name::postgres` of a test that takes a store.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($store:ident) $body:block)+) => { $(
        $(#[$meta])*
        async fn $name($store: burgee_store::Store) $body

        mod $name {
            #[test]
            fn sqlite() {
                crate::support::on_sqlite(super::$name);
            }

            #[test]
            fn postgres() {
                crate::support::on_postgres(super::$name);
            }
        }
    )+ };
}
pub(crate) use on_both_engines;

/// Runs a test on a SQLite file of its own.
pub(crate) fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Store) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("burgee.db"));
    runtime().block_on(async { test(migrated(url).await).await });
}

/// Runs a test on a PostgreSQL database of its own, which is dropped afterwards even if the test fails.
pub(crate) fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(Store) -> F) {
    let database = Database::create();
    runtime().block_on(async { test(migrated(database.url()).await).await });
}

pub(crate) async fn open(url: DatabaseUrl) -> Store {
    Store::open(&Options { url, readers: None }).await.unwrap()
}

async fn migrated(url: DatabaseUrl) -> Store {
    let store = open(url).await;
    store.migrate().await.unwrap();
    store
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// A database on the test server.
pub(crate) struct Database {
    name: String,
}

impl Database {
    pub(crate) fn create() -> Self {
        let unique = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let name = format!("burgee_test_{}_{unique}", std::process::id());
        administer(&format!("create database {name}"));
        Self { name }
    }

    pub(crate) fn url(&self) -> DatabaseUrl {
        let mut url = url::Url::parse(&server()).unwrap();
        url.set_path(&self.name);
        DatabaseUrl::from_str(url.as_str()).unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        administer(&format!("drop database if exists {} with (force)", self.name));
    }
}

fn server() -> String {
    std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names no PostgreSQL server to test on: run the tests through tools/with-postgres.sh")
}

fn administer(statement: &str) {
    runtime().block_on(async {
        let (client, connection) = tokio_postgres::connect(&server(), tokio_postgres::NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(statement).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
    });
}

/// A time that is the same in every test: `seconds` after the year 2026 began.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap() + TimeDelta::seconds(seconds)
}

/// A report from its JSON.
pub(crate) fn report(json: &Value) -> RunReport {
    RunReport::parse("", json).unwrap()
}

/// Keeps a report, in a transaction of its own.
pub(crate) async fn apply_at(store: &Store, json: Value, seconds: i64) -> Result<reports::Applied> {
    let report = report(&json);
    store.write(async move |conn| reports::apply(conn, &report, Some("ci"), at(seconds)).await).await
}

/// Keeps a report that must be kept.
pub(crate) async fn apply(store: &Store, json: Value) -> reports::Applied {
    apply_at(store, json, 0).await.unwrap()
}

/// Asks a question on a connection for reading.
macro_rules! ask {
    ($store:expr, |$conn:ident| $question:expr) => {
        $store.read(async |$conn| $question.await).await.unwrap()
    };
}
pub(crate) use ask;

/// Changes something in a transaction of its own.
macro_rules! change {
    ($store:expr, |$conn:ident| $change:expr) => {
        $store.write(async move |$conn| $change.await).await
    };
}
pub(crate) use change;

/// Runs a statement that no function of the store's is for. It is in PostgreSQL's words.
pub(crate) async fn execute(store: &Store, statement: String) {
    let write = store.write(async move |conn| {
        conn.changed(Change::Instance);
        match conn.link() {
            // SQLite has no literals for times.
            Link::Sqlite(c) => sql_query(statement.replace("timestamp '", "'")).execute(&mut **c).await?,
            Link::Postgres(c) => sql_query(statement).execute(&mut **c).await?,
        };
        Ok::<_, StoreError>(())
    });
    write.await.unwrap();
}
