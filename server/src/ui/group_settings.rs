//! `/{full_path}/-/settings` of a space or group: name and visibility.

use axum::http::StatusCode;
use burgee_app::{
    form::FieldError,
    pages::group_settings::{self as page, GroupSettingsForm, GroupSettingsPage},
};
use burgee_domain::{
    change::{GroupChange, Visibility},
    text,
};
use burgee_store::{Conn, StoreError, groups};
use chrono::Utc;

use super::{
    Visit,
    address::address,
    form::{Form, note},
    seen::SeenGroup,
    visit::Answer,
};

/// `GET`
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenGroup) -> Answer {
    seen.require_change(visit)?;
    let head = seen.head(conn).await?;
    let form = GroupSettingsForm { name: head.name.clone(), visibility: head.visibility };
    let saved = visit.parameter("saved").is_some();
    let page = GroupSettingsPage { head, form, errors: Vec::new(), saved };
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

/// `POST`: saved and shown again, or shown again with what is wrong.
pub(super) async fn submit(visit: &Visit, seen: SeenGroup, form: &Form) -> Answer {
    seen.require_change(visit)?;
    let mut errors = Vec::new();
    let name = note(&mut errors, "name", "The name", text::name(form.text("name")));
    let visibility = note(&mut errors, "visibility", "Visibility", Visibility::parse(form.text("visibility")));
    if errors.is_empty() {
        let change = GroupChange { name, visibility, ..GroupChange::default() };
        let id = seen.group.id;
        let saved = visit.app.store.write(async move |conn| groups::change(conn, id, &change, Utc::now()).await).await;
        match saved {
            Ok(_) => return Ok(visit.redirect(&format!("{}?saved=1", address(&seen.group.full_path, "settings")))),
            Err(StoreError::Conflict { field, detail }) => errors.push(FieldError::new(field, sentence(&detail))),
            Err(error) => return Err(error.into()),
        }
    }
    let head = visit.app.store.read(async |conn| seen.head(conn).await).await?;
    let form = GroupSettingsForm {
        name: form.text("name").to_owned(),
        visibility: visibility.unwrap_or(seen.group.visibility),
    };
    let page = GroupSettingsPage { head, form, errors, saved: false };
    Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, page::render(&visit.site, page)))
}

/// The store's words as a sentence.
fn sentence(detail: &str) -> String {
    let mut characters = detail.chars();
    characters.next().map(|first| format!("{}{}.", first.to_uppercase(), characters.as_str())).unwrap_or_default()
}
