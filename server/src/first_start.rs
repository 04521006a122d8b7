//! The first start: how the first account comes to be, and a token for the first report.

use std::sync::atomic::Ordering;

use burgee_domain::scope::Scope;
use burgee_store::{
    Conn, StoreError, dashboard, settings,
    tokens::{self, NewToken},
    users,
};
use chrono::Utc;
use subtle::ConstantTimeEq;

use crate::{
    auth::{password, secret},
    config::public_url::PublicUrl,
    state::App,
};

/// The setting that holds the hash of the set-up link's token.
const SETUP: &str = "setup_token_hash";
/// The setting that holds the starter token: a `runs:write` token which the terminal and the empty dashboard
/// show. Its text is kept only until the first report has come in.
const STARTER: &str = "starter_token";

/// What to print at the start.
#[derive(Debug, Default)]
pub(crate) struct Welcome {
    /// The token of the set-up link, while there is no administrator.
    pub(crate) setup_token: Option<String>,
    /// The token for a first report, while there was none.
    pub(crate) starter_token: Option<String>,
}

/// Makes the first account if its password is configured, else a set-up link; and the starter token.
pub(crate) async fn prepare(app: &App) -> Result<Welcome, String> {
    let mut welcome = Welcome::default();
    let (has_admin, has_runs) = app
        .store
        .read(async |conn| Ok((users::has_admin(conn).await?, dashboard::last_report(conn).await?.is_some())))
        .await
        .map_err(words)?;
    if !has_admin {
        match &app.settings.admin_password {
            Some(chosen) => create_admin(app, chosen.reveal()).await?,
            None => welcome.setup_token = Some(open_setup(app).await.map_err(words)?),
        }
    }
    if !has_runs {
        welcome.starter_token = Some(starter_token(app).await.map_err(words)?);
    }
    Ok(welcome)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn words(error: StoreError) -> String {
    error.to_string()
}

async fn create_admin(app: &App, chosen: &str) -> Result<(), String> {
    let name = app.settings.admin_username.clone();
    let hash = password::hash(chosen.to_owned()).await?;
    app.store
        .write(async move |conn| {
            // Another process may have been faster.
            if !users::has_admin(conn).await? {
                users::create(conn, &name, &hash, true, Utc::now()).await?;
            }
            Ok(())
        })
        .await
        .map_err(words)
}

async fn open_setup(app: &App) -> Result<String, StoreError> {
    let token = secret::random();
    let hash = hex::encode(secret::hash(&token));
    app.store.write(async move |conn| settings::set(conn, SETUP, &hash).await).await?;
    Ok(token)
}

/// Whether this is the set-up link of the last start, and there is still no administrator.
pub(crate) async fn is_open(app: &App, token: &str) -> Result<bool, StoreError> {
    app.store
        .read(async |conn| {
            let Some(expected) = settings::get(conn, SETUP).await? else { return Ok(false) };
            let given = hex::encode(secret::hash(token));
            let is_right = bool::from(given.as_bytes().ct_eq(expected.as_bytes()));
            Ok(is_right && !users::has_admin(conn).await?)
        })
        .await
}

/// Ends the set-up link.
pub(crate) async fn close(conn: &mut Conn) -> Result<(), StoreError> {
    settings::remove(conn, SETUP).await.map(|_| ())
}

/// The starter token: the one of an earlier start, so that a line copied then still works, else a new one.
async fn starter_token(app: &App) -> Result<String, StoreError> {
    app.store
        .write(async |conn| {
            if let Some(token) = settings::get(conn, STARTER).await? {
                return Ok(token);
            }
            let token = secret::new_token();
            let new = NewToken {
                name: "first report",
                secret_hash: &secret::hash(&token),
                prefix: &secret::prefix(&token),
                hint: &secret::hint(&token),
                scopes: &[Scope::RunsWrite],
                user_id: None,
                expires_at: None,
                targets: &[],
            };
            tokens::create(conn, &new, Utc::now()).await?;
            settings::set(conn, STARTER, &token).await?;
            Ok(token)
        })
        .await
}

/// The starter token, while nothing has been reported.
pub(crate) async fn shown_starter_token(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    settings::get(conn, STARTER).await
}

/// Something has been reported: the starter token's text need not be kept any longer. Costs one write, once; the
/// token itself goes on working.
pub(crate) async fn forget_starter_token(app: &App) {
    if app.keeps_starter_token.swap(false, Ordering::Relaxed) {
        let forgotten = app.store.write(async |conn| settings::remove(conn, STARTER).await).await;
        if let Err(error) = forgotten {
            tracing::warn!(%error, "the starter token is still kept");
        }
    }
}

/// A command line that reports a first deployment; `wrap` stands where it may be broken.
pub(crate) fn curl(public: &PublicUrl, token: &str, wrap: &str) -> String {
    let url = public.url("/api/burgee/v1/runs");
    let body = r#"{"project": "Web Shop", "environment": "Production", "release": "1.0.0", "status": "succeeded"}"#;
    format!("curl {url}{wrap}-H 'Authorization: Bearer {token}'{wrap}-d '{body}'")
}
