//! Signed-in people: a random cookie, kept as a hash, revocable by deleting its row.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use burgee_store::{Conn, StoreError, sessions, users::User};
use chrono::{DateTime, TimeDelta, Utc};
use cookie::time::Duration;

use crate::{auth::secret, config::public_url::PublicUrl, state::App};

/// The name of the session's cookie.
pub(crate) const COOKIE: &str = "burgee_session";

/// Signs a person in: the cookie to set.
pub(crate) async fn begin(app: &App, public: &PublicUrl, user_id: i64) -> Result<Cookie<'static>, StoreError> {
    let secret = secret::random();
    let days = i64::from(app.settings.session_days);
    let (hash, expires) = (secret::hash(&secret), Utc::now() + TimeDelta::days(days));
    app.store
        .write(async move |conn| {
            sessions::purge(conn, Utc::now()).await?;
            sessions::create(conn, &hash, user_id, Utc::now(), expires).await
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
        app.store.write(async move |conn| sessions::delete(conn, &hash).await).await?;
    }
    let mut gone = cookie(public, String::new());
    gone.make_removal();
    Ok(gone)
}

/// Whoever is signed in with these cookies.
pub(crate) async fn find(conn: &mut Conn, headers: &HeaderMap) -> Result<Option<User>, StoreError> {
    Ok(find_with_end(conn, headers).await?.map(|(user, _)| user))
}

/// The same, and when the session ends.
pub(crate) async fn find_with_end(
    conn: &mut Conn,
    headers: &HeaderMap,
) -> Result<Option<(User, DateTime<Utc>)>, StoreError> {
    let jar = CookieJar::from_headers(headers);
    let Some(cookie) = jar.get(COOKIE) else { return Ok(None) };
    let found = sessions::find(conn, &secret::hash(cookie.value()), Utc::now()).await?;
    Ok(found.map(|(session, user)| (user, session.expires_at)))
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
