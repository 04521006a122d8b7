//! `/setup/{token}`: the first account, made by whoever can read the terminal in which Burgee started.

use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use axum_extra::extract::cookie::CookieJar;
use burgee_app::{
    form::FieldError,
    pages::setup::{self, SetupForm, SetupPage},
};
use burgee_domain::text;
use burgee_store::users;
use chrono::Utc;

use super::{
    Visit,
    form::{Form, note},
    visit::Answer,
};
use crate::{
    auth::{password, session},
    first_start,
};

/// `GET /setup/{token}`
pub(crate) async fn show(visit: Visit, Path(token): Path<String>) -> Answer {
    if !first_start::is_open(&visit.app, &token).await? {
        return Ok(closed(&visit));
    }
    let form = SetupForm { token, username: visit.app.settings.admin_username.clone(), errors: Vec::new() };
    Ok(visit.page(StatusCode::OK, setup::render(&visit.site, SetupPage::Open(form))))
}

/// `POST /setup/{token}`
pub(crate) async fn submit(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    if !first_start::is_open(&visit.app, &token).await? {
        return Ok(closed(&visit));
    }
    let mut errors = Vec::new();
    let username = note(&mut errors, "username", "The name", text::name(form.text("username")));
    let chosen = form.text("password").to_owned();
    note(&mut errors, "password", "The password", password::check_strength(&chosen));
    if form.text("password_again") != chosen {
        errors.push(FieldError::new("password_again", "The two passwords differ."));
    }
    let (Some(username), true) = (username, errors.is_empty()) else {
        let form = SetupForm { token, username: form.text("username").to_owned(), errors };
        let html = setup::render(&visit.site, SetupPage::Open(form));
        return Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, html));
    };
    let hash = match password::hash(chosen).await {
        Ok(hash) => hash,
        Err(error) => return Ok(crate::respond::Problem::internal(&error).into_response()),
    };
    let user_id = visit
        .app
        .store
        .write(async move |conn| {
            // Whoever else had the link may have been faster.
            if users::has_admin(conn).await? {
                return Ok(None);
            }
            let id = users::create(conn, &username, &hash, true, Utc::now()).await?.id;
            first_start::close(conn).await?;
            Ok(Some(id))
        })
        .await?;
    let Some(user_id) = user_id else { return Ok(closed(&visit)) };
    let cookie = session::begin(&visit.app, visit.public(), user_id).await?;
    Ok((CookieJar::new().add(cookie), visit.redirect("/")).into_response())
}

fn closed(visit: &Visit) -> axum::response::Response {
    visit.page(StatusCode::NOT_FOUND, setup::render(&visit.site, SetupPage::Closed))
}
