//! `POST /theme`: the switch in the header. A cookie, so that the server sends the right page at once.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use burgee_app::site::Theme;
use cookie::time::Duration;

use super::{Visit, form::Form, visit::own_path};

const COOKIE: &str = "burgee_theme";

/// The visitor's choice.
pub(crate) fn of(jar: &CookieJar) -> Theme {
    jar.get(COOKIE).and_then(|cookie| cookie.value().parse().ok()).unwrap_or_default()
}

/// `POST /theme`
pub(crate) async fn submit(visit: Visit, form: Form) -> Response {
    let theme: Theme = form.text("theme").parse().unwrap_or_default();
    let base = visit.public().base_path();
    let cookie = Cookie::build((COOKIE, theme.as_str()))
        .path(if base.is_empty() { "/" } else { base }.to_owned())
        .max_age(Duration::days(365))
        .same_site(SameSite::Lax)
        .http_only(true)
        .secure(visit.public().is_secure())
        .build();
    let jar = CookieJar::new().add(cookie);
    (jar, visit.redirect(own_path(form.text("return_to")))).into_response()
}
