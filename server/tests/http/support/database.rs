//! A PostgreSQL database for one test.

use std::{env, process, time::SystemTime};

use url::Url;

/// A database on the test server, dropped in the end even if the test fails.
pub(crate) struct PostgresDatabase {
    name: String,
}

impl PostgresDatabase {
    pub(crate) fn create() -> Self {
        let unique = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
        let name = format!("burgee_http_{}_{unique}", process::id());
        administer(&format!("create database {name}"));
        Self { name }
    }

    /// Runs a statement in it, behind the program's back.
    pub(crate) fn execute(&self, statement: &str) {
        run(&self.url(), statement);
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Begins a transaction in a session of its own, and leaves it open after this statement.
    pub(crate) fn begin(&self, statement: &str) -> Session {
        Session::begin(&self.url(), statement)
    }

    pub(crate) fn url(&self) -> String {
        let mut url: Url = server().parse().unwrap();
        url.set_path(&self.name);
        url.into()
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        administer(&format!("drop database if exists {} with (force)", self.name));
    }
}

/// A session whose transaction is open, with its locks, until this is dropped.
pub(crate) struct Session {
    // Dropping the client ends the session.
    client: Option<tokio_postgres::Client>,
    connection: Option<tokio::task::JoinHandle<Result<(), tokio_postgres::Error>>>,
    runtime: tokio::runtime::Runtime,
}

impl Session {
    fn begin(url: &str, statement: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (client, connection) = runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            let connection = tokio::spawn(connection);
            client.batch_execute(&format!("begin; {statement}")).await.unwrap();
            (client, connection)
        });
        Self { client: Some(client), connection: Some(connection), runtime }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.client.take());
        if let Some(connection) = self.connection.take() {
            let _ended = self.runtime.block_on(connection);
        }
    }
}

fn server() -> String {
    env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names no PostgreSQL server to test on: run the tests through tools/with-postgres.sh")
}

/// Runs a statement outside of any test's database.
pub(super) fn administer(statement: &str) {
    run(&server(), statement);
}

fn run(url: &str, statement: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(statement).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
    });
}
