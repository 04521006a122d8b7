//! `POST /theme`: the switch in the header. A cookie, so that the server sends the right page at once.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use burgee_app::site::Theme;
use cookie::time::Duration;

use super::{
    Visit,
    form::Form,
    visit::{THEME_COOKIE, own_path},
};

/// `POST /theme`
pub(crate) async fn submit(visit: Visit, form: Form) -> Response {
    let theme: Theme = form.text("theme").parse().unwrap_or_default();
    let base = visit.public().base_path();
    let cookie = Cookie::build((THEME_COOKIE, theme.as_str()))
        .path(if base.is_empty() { "/" } else { base }.to_owned())
        .max_age(Duration::days(365))
        .same_site(SameSite::Lax)
        .http_only(true)
        .secure(visit.public().is_secure())
        .build();
    let jar = CookieJar::new().add(cookie);
    (jar, visit.redirect(own_path(form.text("return_to")))).into_response()
}
