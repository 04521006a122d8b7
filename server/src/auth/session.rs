//! Signed-in people: a random cookie, kept as a hash, revocable by deleting its row.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use burgee_store::{StoreError, sessions, users::User};
use chrono::{TimeDelta, Utc};
use cookie::time::Duration;

use crate::{auth::secret, config::public_url::PublicUrl, state::App};

const COOKIE: &str = "burgee_session";

/// Signs a person in: the cookie to set.
pub(crate) async fn begin(app: &App, public: &PublicUrl, user_id: i64) -> Result<Cookie<'static>, StoreError> {
    let secret = secret::random();
    let days = i64::from(app.settings.session_days);
    let (hash, expires) = (secret::hash(&secret), Utc::now() + TimeDelta::days(days));
    app.store
        .write(move |conn| {
            Box::pin(async move {
                sessions::purge(conn, Utc::now()).await?;
                sessions::create(conn, &hash, user_id, Utc::now(), expires).await
            })
        })
        .await?;
    let mut cookie = cookie(public, secret);
    cookie.set_max_age(Duration::days(days));
    Ok(cookie)
}

/// Signs out: the session is gone, and the cookie that takes the browser's away.
pub(crate) async fn end(app: &App, public: &PublicUrl, jar: &CookieJar) -> Result<Cookie<'static>, StoreError> {
    if let Some(cookie) = jar.get(COOKIE) {
        let hash = secret::hash(cookie.value());
        app.store.write(move |conn| Box::pin(async move { sessions::delete(conn, &hash).await })).await?;
    }
    let mut gone = cookie(public, String::new());
    gone.make_removal();
    Ok(gone)
}

/// Whoever is signed in with these cookies.
pub(crate) async fn find(app: &App, headers: &HeaderMap) -> Result<Option<User>, StoreError> {
    let jar = CookieJar::from_headers(headers);
    let Some(cookie) = jar.get(COOKIE) else { return Ok(None) };
    let hash = secret::hash(cookie.value());
    let found = sessions::find(&mut app.store.read().await?, &hash, Utc::now()).await?;
    Ok(found.map(|(_, user)| user))
}

fn cookie(public: &PublicUrl, value: String) -> Cookie<'static> {
    let path = if public.base_path().is_empty() { "/" } else { public.base_path() };
    Cookie::build((COOKIE, value))
        .path(path.to_owned())
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(public.is_secure())
        .build()
}
