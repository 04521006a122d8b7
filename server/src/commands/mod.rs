//! What each command does.

pub(crate) mod config;
pub(crate) mod demo;
pub(crate) mod member;
pub(crate) mod migrate;
pub(crate) mod report;
pub(crate) mod serve;
pub(crate) mod token;
pub(crate) mod user;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use burgee_store::{Options, Store};

use crate::config::StoreSettings;

/// The command did not do its work.
pub(crate) const FAILED: u8 = 1;
/// The command line or a setting is wrong.
pub(crate) const WRONG_USE: u8 = 2;

/// A command's result; the error is a sentence for the person at the terminal.
pub(crate) type Outcome = Result<(), String>;

/// Prints a line on standard output. A closed pipe is nobody's error.
pub(crate) fn say(line: &str) {
    let _closed_pipe = writeln!(io::stdout(), "{line}");
}

/// Prints an error on standard error and gives the exit code.
pub(crate) fn complain(error: &str, code: u8) -> ExitCode {
    let _closed_pipe = writeln!(io::stderr(), "burgee: {error}");
    ExitCode::from(code)
}

/// Runs `work` on a new async runtime.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no async runtime: {error}"))?;
    runtime.block_on(work)
}

/// How long a running server may take to notice what a command wrote.
const NOTICED_WITHIN: std::time::Duration = std::time::Duration::from_millis(100);

/// Waits until a running server knows what this command has written, so that a revoked token no longer works when the
/// command ends.
pub(crate) async fn until_noticed() {
    tokio::time::sleep(NOTICED_WITHIN).await;
}

/// Opens the database and brings its tables up to date.
pub(crate) async fn open(settings: &StoreSettings) -> Result<Store, String> {
    let store = Store::open(&Options { url: settings.database()?, readers: settings.database_connections })
        .await
        .map_err(|error| error.to_string())?;
    store.migrate().await.map_err(|error| error.to_string())?;
    Ok(store)
}
