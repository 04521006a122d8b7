//! The end: on SIGTERM or Ctrl-C no new requests are taken, and those under way are finished.

use std::io;

/// From now on SIGTERM and Ctrl-C do not end the process; the future resolves when the first of them comes.
///
/// # Errors
/// When the operating system does not let one listen.
#[cfg(unix)]
pub(crate) fn listen() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: finishing the requests under way");
    })
}

/// From now on Ctrl-C does not end the process; the future resolves when it comes.
///
/// # Errors
/// When the operating system does not let one listen.
#[cfg(not(unix))]
pub(crate) fn listen() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_ok() {
            tracing::info!("stopping: finishing the requests under way");
        }
    })
}
