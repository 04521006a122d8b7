//! `/{full_path}/-/badges`: the badges of a project or group, by hand.

mod gather;
mod presets;

use axum::{http::StatusCode, response::Response};
use burgee_app::{
    form::FieldError,
    pages::badges::{self as page, BadgeForm, BadgesPage, url_problem},
};
use burgee_domain::{
    gitlab::badge_url::{self, NAME_MAX},
    url_text::encode_segment,
};
use burgee_store::{
    Conn,
    badges::{self, Badge, Changes, Content, Deleted},
};
use chrono::Utc;

pub(super) use self::{
    gather::{image_sources, lines_of_project},
    presets::PUBLIC_KEY,
};
use super::{Visit, address::address, form::Form, seen::Seen, visit::Answer};

/// `GET`, with `?edit={id}`, `?remove={id}` or `?preset={id}`, or with `name`, `link_url` and `image_url` for the form of a
/// new badge.
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: &Seen) -> Answer {
    let mut page = gather::page(visit, conn, seen).await?;
    page.done = visit.parameter("done").and_then(done).map(ToOwned::to_owned);
    if visit.query.iter().any(|(name, _)| matches!(name.as_str(), "edit" | "remove" | "preset" | "image_url")) {
        seen.require_change(visit)?;
    }
    if let Some(id) = visit.parameter("edit") {
        page.form = own(visit, conn, seen, id).await.map(form_of)?;
    }
    if let Some(id) = visit.parameter("remove") {
        page.removing = Some(own(visit, conn, seen, id).await?.id);
    }
    let chosen = visit.parameter("preset").map(encode_segment);
    if let Some(preset) = page.presets.iter().find(|preset| Some(&preset.id) == chosen.as_ref()) {
        page.form = BadgeForm {
            id: None,
            name: preset.badge_name.clone(),
            link_url: preset.link_url.clone(),
            image_url: preset.image_url.clone(),
        };
    }
    if let Some(image_url) = visit.parameter("image_url") {
        let given = |name| visit.parameter(name).unwrap_or_default().to_owned();
        page.form =
            BadgeForm { id: None, name: given("name"), link_url: given("link_url"), image_url: image_url.to_owned() };
    }
    Ok(answer(visit, StatusCode::OK, page))
}

/// `POST`: field `action`.
pub(super) async fn submit(visit: &Visit, seen: &Seen, form: &Form) -> Answer {
    seen.require_change(visit)?;
    let id = form.text("id");
    match form.text("action") {
        "create" => create(visit, seen, form).await,
        "update" => update(visit, seen, id, form).await,
        "remove" => remove(visit, seen, id).await,
        "preview" => {
            let mut page = visit.app.store.read(async |conn| gather::page(visit, conn, seen).await).await?;
            page.form = typed(form);
            page.preview = true;
            gather::allow_typed_image(&mut page);
            Ok(answer(visit, StatusCode::OK, page))
        }
        _ => Err(visit.hidden()),
    }
}

/// What was done, by the word in the address that one comes back to.
fn done(word: &str) -> Option<&'static str> {
    Some(match word {
        "added" => "The badge was added.",
        "saved" => "The badge was saved.",
        "removed" => "The badge was removed.",
        _ => return None,
    })
}

async fn create(visit: &Visit, seen: &Seen, form: &Form) -> Answer {
    let content = match read(form) {
        Ok(content) => content,
        Err(errors) => return refuse(visit, seen, form, errors).await,
    };
    let owner = seen.owner();
    visit.app.store.write(async move |conn| badges::create(conn, owner, &content, Utc::now()).await).await?;
    Ok(back(visit, seen, "added"))
}

async fn update(visit: &Visit, seen: &Seen, id: &str, form: &Form) -> Answer {
    let id = visit.app.store.read(async |conn| own(visit, conn, seen, id).await).await?.id;
    let changes = match read(form) {
        Ok(content) => Changes::from(content),
        Err(errors) => return refuse(visit, seen, form, errors).await,
    };
    let owner = seen.owner();
    let changed =
        visit.app.store.write(async move |conn| badges::change(conn, owner, id, &changes, Utc::now()).await).await?;
    if changed.is_some() { Ok(back(visit, seen, "saved")) } else { Err(visit.hidden()) }
}

async fn remove(visit: &Visit, seen: &Seen, id: &str) -> Answer {
    let (owner, id) = (seen.owner(), id.parse::<i64>().unwrap_or_default());
    let deleted = visit.app.store.write(async move |conn| badges::delete(conn, owner, id, None).await).await?;
    if deleted == Deleted::Yes { Ok(back(visit, seen, "removed")) } else { Err(visit.hidden()) }
}

/// One of the place's own badges.
async fn own(visit: &Visit, conn: &mut Conn, seen: &Seen, id: &str) -> Result<Badge, super::errors::Refusal> {
    let id = id.parse().map_err(|_| visit.hidden())?;
    badges::get(conn, seen.owner(), id).await?.ok_or_else(|| visit.hidden())
}

fn form_of(badge: Badge) -> BadgeForm {
    BadgeForm {
        id: Some(badge.id),
        name: badge.name.unwrap_or_default(),
        link_url: badge.link_url,
        image_url: badge.image_url,
    }
}

fn typed(form: &Form) -> BadgeForm {
    BadgeForm {
        id: form.text("id").parse().ok(),
        name: form.text("name").to_owned(),
        link_url: form.text("link_url").to_owned(),
        image_url: form.text("image_url").to_owned(),
    }
}

/// What the form asks for, or every field that is wrong.
fn read(form: &Form) -> Result<Content, Vec<FieldError>> {
    let mut errors = Vec::new();
    let name = form.text("name").trim();
    if name.chars().count() > NAME_MAX {
        errors.push(FieldError::new("name", format!("The name may have at most {NAME_MAX} characters.")));
    }
    if name.contains('\0') {
        errors.push(FieldError::new("name", "The name contains a character that cannot be kept."));
    }
    let mut url = |field: &str| match badge_url::check(form.text(field)) {
        Ok(url) => url.to_owned(),
        Err(error) => {
            errors.push(FieldError::new(field, url_problem(error)));
            String::new()
        }
    };
    let (link_url, image_url) = (url("link_url"), url("image_url"));
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Content { name: Some(name.to_owned()).filter(|name| !name.is_empty()), link_url, image_url })
}

async fn refuse(visit: &Visit, seen: &Seen, form: &Form, errors: Vec<FieldError>) -> Answer {
    let mut page = visit.app.store.read(async |conn| gather::page(visit, conn, seen).await).await?;
    page.form = typed(form);
    page.errors = errors;
    Ok(answer(visit, StatusCode::UNPROCESSABLE_ENTITY, page))
}

fn back(visit: &Visit, seen: &Seen, word: &str) -> Response {
    visit.redirect(&format!("{}?done={word}", address(seen.full_path(), "badges")))
}

fn answer(visit: &Visit, status: StatusCode, page: BadgesPage) -> Response {
    let sources = page.allowed_hosts.clone();
    visit.page_with_images(status, page::render(&visit.site, page), &sources)
}
