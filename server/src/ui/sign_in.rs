//! `/sign-in`, `/sign-out`.

use std::time::Duration;

use axum::{http::StatusCode, response::IntoResponse};
use axum_extra::extract::cookie::CookieJar;
use burgee_app::pages::sign_in::{self, SignInPage, SignInProblem};
use burgee_store::users;

use super::{
    Visit,
    form::Form,
    visit::{Answer, own_path},
};
use crate::auth::{password, session};

/// `GET /sign-in`
pub(crate) async fn show(visit: Visit) -> Answer {
    let return_to = own_path(visit.parameter("return_to").unwrap_or("/")).to_owned();
    if visit.user.is_some() {
        return Ok(visit.redirect(&return_to));
    }
    page(&visit, StatusCode::OK, "", return_to, None).await
}

/// `POST /sign-in`
pub(crate) async fn submit(visit: Visit, form: Form) -> Answer {
    let (username, return_to) = (form.text("username").trim(), own_path(form.text("return_to")).to_owned());
    if let Err(wait) = visit.app.attempts.count(visit.peer.ip, username) {
        let problem = SignInProblem::TooManyAttempts { wait_seconds: whole_seconds(wait) };
        return page(&visit, StatusCode::TOO_MANY_REQUESTS, username, return_to, Some(problem)).await;
    }
    let user = visit.app.store.read(async |conn| users::find(conn, username).await).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let is_right = password::verify(form.text("password").to_owned(), hash).await;
    match user.filter(|_| is_right) {
        Some(user) => {
            let cookie = session::begin(&visit.app, visit.public(), user.id).await?;
            Ok((CookieJar::new().add(cookie), visit.redirect(&return_to)).into_response())
        }
        None => {
            let problem = Some(SignInProblem::WrongCredentials);
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, username, return_to, problem).await
        }
    }
}

/// `POST /sign-out`
pub(crate) async fn sign_out(visit: Visit) -> Answer {
    let gone = session::end(&visit.app, visit.public(), &visit.jar).await?;
    Ok((CookieJar::new().add(gone), visit.redirect("/sign-in")).into_response())
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    username: &str,
    return_to: String,
    problem: Option<SignInProblem>,
) -> Answer {
    let needs_setup = !visit.app.store.read(async |conn| users::has_admin(conn).await).await?;
    let page = SignInPage { username: username.to_owned(), return_to, problem, needs_setup };
    Ok(visit.page(status, sign_in::render(&visit.site, page)))
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}
