//! One request, one connection: asking for a second one while holding the first could wait for ever when all are lent.

#[cfg(debug_assertions)]
tokio::task_local! {
    static READING: ();
}

/// Runs `read`; debug builds panic if it is inside of another.
pub(crate) async fn forbidden<T>(read: impl Future<Output = T>) -> T {
    #[cfg(debug_assertions)]
    {
        assert!(READING.try_with(|()| ()).is_err(), "a read inside of a read: pass the connection on instead");
        READING.scope((), read).await
    }
    #[cfg(not(debug_assertions))]
    read.await
}
