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

fn server() -> String {
    env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names no PostgreSQL server to test on: run the tests through tools/with-postgres.sh")
}

fn administer(statement: &str) {
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
