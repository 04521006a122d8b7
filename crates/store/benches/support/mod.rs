//! What the benchmarks share: two databases on each engine, and how two medians are compared.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use burgee_store::{Conn, DatabaseUrl, Link, Store, StoreError};
use diesel::sql_query;
use diesel_async::RunQueryDsl;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The larger may take this much longer.
const WANTED: f64 = 1.3;

/// Compares a small with a large database, on SQLite and on PostgreSQL if there is a server.
pub(crate) fn on_both_engines<C, F>(compare: C) -> Outcome<()>
where
    C: Fn(DatabaseUrl, DatabaseUrl) -> F,
    F: Future<Output = Outcome<()>>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    let file = |name: &str| DatabaseUrl::Sqlite(folder.path().join(name));
    runtime.block_on(compare(file("small.db"), file("large.db")))?;
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(server) => runtime.block_on(compare_on_postgres(&server, compare)),
        Err(_) => {
            println!("PostgreSQL: left out; run through tools/with-postgres.sh to measure it as well.");
            Ok(())
        }
    }
}

async fn compare_on_postgres<C, F>(server: &str, compare: C) -> Outcome<()>
where
    C: FnOnce(DatabaseUrl, DatabaseUrl) -> F,
    F: Future<Output = Outcome<()>>,
{
    let names =
        [format!("burgee_bench_small_{}", std::process::id()), format!("burgee_bench_large_{}", std::process::id())];
    let mut urls = Vec::new();
    for name in &names {
        administer(server, &format!("create database {name}")).await?;
        let mut url = url::Url::parse(server)?;
        url.set_path(name);
        urls.push(DatabaseUrl::Postgres(url.to_string()));
    }
    let outcome = compare(urls[0].clone(), urls[1].clone()).await;
    for name in &names {
        administer(server, &format!("drop database {name} with (force)")).await?;
    }
    outcome
}

async fn administer(server: &str, statement: &str) -> Outcome<()> {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    Ok(client.batch_execute(statement).await?)
}

/// Prints both medians and their ratio.
pub(crate) fn report(what: &str, small: Duration, large: Duration) {
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    let verdict = if ratio <= WANTED { "good" } else { "TOO MUCH" };
    println!("{what}: {small:.1?} and {large:.1?}, ratio {ratio:.2} (wanted at most {WANTED}: {verdict})");
}

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Runs one statement.
pub(crate) async fn execute(conn: &mut Conn, statement: &str) -> burgee_store::Result<()> {
    conn.changed(burgee_store::Change::Instance);
    match conn.link() {
        // SQLite has no literals for times.
        Link::Sqlite(c) => sql_query(statement.replace("timestamp '", "'")).execute(&mut **c).await?,
        Link::Postgres(c) => sql_query(statement).execute(&mut **c).await?,
    };
    Ok(())
}

/// Asks something, and how long the answer took.
#[expect(clippy::allow_attributes, reason = "not every benchmark uses all of this module")]
#[allow(dead_code, reason = "not every benchmark uses all of this module")]
pub(crate) async fn timed<T>(
    store: &Store,
    ask: impl AsyncFnOnce(&mut Conn) -> burgee_store::Result<T>,
) -> Outcome<(T, Duration)> {
    let answer = store
        .look_up(async |conn| {
            let begun = Instant::now();
            let answer = ask(conn).await?;
            Ok::<_, StoreError>((answer, begun.elapsed()))
        })
        .await?;
    Ok(answer)
}
