//! Writes: durable together, failing alone.

use burgee_store::{DatabaseUrl, Link, Options, Store, StoreError, settings};

use crate::support::{ask, change, on_both_engines, open, runtime};

on_both_engines! {
    async fn what_was_written_can_be_read(store) {
        change!(store, |conn| settings::set(conn, "colour", "blue")).unwrap();
        change!(store, |conn| settings::set(conn, "colour", "red")).unwrap();
        assert_eq!(ask!(store, |conn| settings::get(conn, "colour")).as_deref(), Some("red"));
        assert_eq!(change!(store, |conn| settings::get_or_set(conn, "colour", "green")).unwrap(), "red");
        assert!(change!(store, |conn| settings::remove(conn, "colour")).unwrap());
        assert_eq!(ask!(store, |conn| settings::get(conn, "colour")), None);
    }

    async fn a_failing_write_among_others_fails_alone(store) {
        let tasks: Vec<_> = (0..50)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move {
                    store
                        .write(async move |conn| {
                                settings::set(conn, &format!("key {n}"), "value").await?;
                                match n {
                                    10 => Err(StoreError::Conflict { field: "n", detail: "ten".to_owned() }),
                                    20 => panic!("twenty"),
                                    30 => broken(conn).await,
                                    _ => Ok(()),
                                }
                            })
                        .await
                })
            })
            .collect();
        for (n, task) in tasks.into_iter().enumerate() {
            let result = task.await.unwrap();
            match n {
                10 => assert!(matches!(result, Err(StoreError::Conflict { .. })), "{result:?}"),
                20 => assert!(matches!(&result, Err(StoreError::Panicked(text)) if text == "twenty"), "{result:?}"),
                30 => assert!(matches!(result, Err(StoreError::Database(_))), "{result:?}"),
                _ => result.unwrap(),
            }
            let kept = ask!(store, |conn| settings::get(conn, &format!("key {n}")));
            assert_eq!(kept.is_some(), ![10, 20, 30].contains(&n), "key {n}");
        }
        change!(store, |conn| settings::set(conn, "after", "all")).unwrap();
    }

    async fn a_panic_before_the_first_await_is_caught_as_well(store) {
        let result: burgee_store::Result<()> = store.write(async |_| panic!("at once")).await;
        assert!(matches!(&result, Err(StoreError::Panicked(text)) if text == "at once"), "{result:?}");
        change!(store, |conn| settings::set(conn, "after", "all")).unwrap();
    }

    async fn a_write_goes_on_when_its_caller_has_gone(store) {
        let writing = store.clone();
        let caller = tokio::spawn(async move {
            change!(writing, |conn| async {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                settings::set(conn, "key", "value").await
            })
        });
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        caller.abort();
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        assert_eq!(ask!(store, |conn| settings::get(conn, "key")).as_deref(), Some("value"));
    }
}

#[test]
fn concurrent_writes_share_transactions_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(async {
        let store = open(DatabaseUrl::Sqlite(folder.path().join("burgee.db"))).await;
        store.migrate().await.unwrap();
        let tasks: Vec<_> = (0..200)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move { change!(store, |conn| settings::set(conn, &n.to_string(), "x")) })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let stats = store.stats();
        assert_eq!(stats.writes, 200);
        assert!(stats.commits <= 50, "{} transactions for 200 writes", stats.commits);
    });
}

#[test]
fn a_connection_for_reading_refuses_to_write_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(async {
        let store = open(DatabaseUrl::Sqlite(folder.path().join("burgee.db"))).await;
        store.migrate().await.unwrap();
        assert!(store.read(async |conn| settings::set(conn, "key", "value").await).await.is_err());
    });
}

#[test]
fn two_processes_may_write_to_one_file() {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(async {
        let url = DatabaseUrl::Sqlite(folder.path().join("burgee.db"));
        let (first, second) = (open(url.clone()).await, open(url).await);
        first.migrate().await.unwrap();
        let write = |store: Store, name: &'static str| {
            tokio::spawn(async move {
                for n in 0..50 {
                    change!(store, |conn| settings::set(conn, &format!("{name} {n}"), "x")).unwrap();
                }
            })
        };
        let (one, other) = (write(first.clone(), "first"), write(second, "second"));
        one.await.unwrap();
        other.await.unwrap();
        assert!(ask!(first, |conn| settings::get(conn, "second 49")).is_some());
    });
}

#[test]
fn writes_outlive_the_store() {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(async {
        let url = DatabaseUrl::Sqlite(folder.path().join("burgee.db"));
        let store = open(url.clone()).await;
        store.migrate().await.unwrap();
        change!(store, |conn| settings::set(conn, "key", "value")).unwrap();
        drop(store);
        let store = open(url).await;
        assert_eq!(ask!(store, |conn| settings::get(conn, "key")).as_deref(), Some("value"));
    });
}

#[test]
fn an_unusable_address_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("text.db"), "this is no database, but quite a long text all the same".repeat(50))
        .unwrap();
    runtime().block_on(async {
        for (url, words) in [
            (format!("sqlite://{}/missing/burgee.db", folder.path().display()), "does not exist"),
            (folder.path().display().to_string(), "is a folder"),
            (folder.path().join("text.db").display().to_string(), "not a database"),
            ("postgres://me:s3cret@127.0.0.1:1/burgee".to_owned(), "refused"),
            ("postgres://me:s3cret@127.0.0.1:port/burgee".to_owned(), "port"),
            ("postgres://me:s3cret@127.0.0.1/burgee?sslmode=on".to_owned(), "sslmode"),
        ] {
            let url: DatabaseUrl = url.parse().unwrap();
            let error = Store::open(&Options { url, readers: None }).await.err().unwrap().to_string();
            assert!(error.contains(words) && !error.contains("s3cret"), "{error}");
        }
    });
}

async fn broken(conn: &mut burgee_store::Conn) -> burgee_store::Result<()> {
    use diesel_async::RunQueryDsl;
    let query = diesel::sql_query("select nonsense from nowhere");
    match conn.link() {
        Link::Sqlite(c) => query.execute(&mut **c).await?,
        Link::Postgres(c) => query.execute(&mut **c).await?,
    };
    Ok(())
}
