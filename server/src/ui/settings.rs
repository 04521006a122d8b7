//! `/{full_path}/-/settings`: title, visibility, and whether there are badges.

use axum::http::StatusCode;
use burgee_app::pages::settings::{self, SettingsForm, SettingsPage};
use burgee_domain::{
    change::{ProjectChange, Visibility},
    text,
};
use burgee_store::{Conn, projects};
use chrono::Utc;

use super::{
    Visit,
    address::address,
    form::{Form, note},
    seen::SeenProject,
    visit::Answer,
};

/// `GET`
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenProject) -> Answer {
    seen.require_change(visit)?;
    let head = seen.head(conn).await?;
    let saved = visit.parameter("saved").is_some();
    let page = SettingsPage { form: SettingsForm::from(&head), head, errors: Vec::new(), saved };
    Ok(visit.page(StatusCode::OK, settings::render(&visit.site, page)))
}

/// `POST`: saved and shown again, or shown again with what is wrong.
pub(super) async fn submit(visit: &Visit, seen: SeenProject, form: &Form) -> Answer {
    seen.require_change(visit)?;
    let mut errors = Vec::new();
    let title = note(&mut errors, "title", "The title", text::name(form.text("title")));
    let visibility = note(&mut errors, "visibility", "Visibility", Visibility::parse(form.text("visibility")));
    let badges_enabled = form.is_ticked("badges");
    let typed = SettingsForm {
        title: form.text("title").to_owned(),
        visibility: visibility.unwrap_or(seen.project.visibility),
        badges_enabled,
    };
    if !errors.is_empty() {
        let head = visit.app.store.read(async |conn| seen.head(conn).await).await?;
        let page = SettingsPage { head, form: typed, errors, saved: false };
        return Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, settings::render(&visit.site, page)));
    }
    let change = ProjectChange { title, visibility, badges_enabled: Some(badges_enabled), ..ProjectChange::default() };
    let project_id = seen.project.id;
    visit.app.store.write(async move |conn| projects::change(conn, project_id, &change, Utc::now()).await).await?;
    Ok(visit.redirect(&format!("{}?saved=1", address(&seen.project.full_path, "settings"))))
}
