//! The twelve endpoints (`spec/dialects.md` B1, B3): six for projects, and the same six for groups.

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use burgee_domain::gitlab::{
    badge_url::{self, NAME_MAX},
    placeholder::Values,
};
use burgee_store::{
    Conn,
    badges::{self, Changes, Content, Deleted},
    projects::{self, Filter, Order},
};
use chrono::{DateTime, NaiveDateTime, Utc};

use super::{
    entity::{Badge, RenderedBadge},
    error::ApiError,
    pagination::Paging,
    source::{Request, Source},
    values,
};

type Answer = Result<Response, ApiError>;

/// `GET /badges`: a project's own and those of every group above it; a group's own only.
pub(super) async fn list(request: Request) -> Answer {
    let mut params = request.call.params.read();
    let name = params.text("name");
    let paging = Paging::read(&mut params);
    params.finish()?;
    request
        .call
        .app
        .store
        .read(async |conn| {
            let source = request.find(conn).await?.source;
            let project = values_of(&request, conn, &source).await?;
            let listing = source.listing(conn).await?;
            let total = badges::count(conn, &listing, name.as_deref()).await?;
            let found = badges::list(conn, &listing, name.as_deref(), paging.offset(), paging.limit()).await?;
            let items: Vec<Badge> = found.into_iter().map(|badge| Badge::new(badge, project.as_ref())).collect();
            Ok(paging.respond(&request.call, total, &items))
        })
        .await
}

/// `GET /badges/{badge_id}`
pub(super) async fn show(request: Request) -> Answer {
    let id = badge_id(&request)?;
    request
        .call
        .app
        .store
        .read(async |conn| {
            let source = request.find(conn).await?.source;
            let badge = badges::get(conn, source.owner(), id).await?.ok_or_else(ApiError::nothing)?;
            let project = values_of(&request, conn, &source).await?;
            Ok(Json(Badge::new(badge, project.as_ref())).into_response())
        })
        .await
}

/// `GET /badges/render`: as it would look. It only reads, and still takes somebody who may change the source.
pub(super) async fn render(request: Request) -> Answer {
    let (link_url, image_url) = required_urls(&request)?;
    request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            found.require_change(&request.call)?;
            let project = values_of(&request, conn, &found.source).await?;
            let Content { link_url, image_url, .. } = whole(None, link_url, image_url)?;
            Ok(Json(RenderedBadge::new(None, link_url, image_url, project.as_ref())).into_response())
        })
        .await
}

/// `POST /badges`
pub(super) async fn create(request: Request) -> Answer {
    let mut params = request.call.params.read();
    let (link_url, image_url) = (params.required("link_url"), params.required("image_url"));
    let name = params.text("name");
    params.finish()?;
    let (owner, content, project) = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            found.require_change(&request.call)?;
            let content = whole(name, link_url, image_url)?;
            let project = values_of(&request, conn, &found.source).await?;
            Ok::<_, ApiError>((found.source.owner(), content, project))
        })
        .await?;
    let badge =
        request.call.app.store.write(async move |conn| badges::create(conn, owner, &content, Utc::now()).await).await?;
    Ok((StatusCode::CREATED, Json(Badge::new(badge, project.as_ref()))).into_response())
}

/// `PUT /badges/{badge_id}`: what is not named stays.
pub(super) async fn update(request: Request) -> Answer {
    let mut params = request.call.params.read();
    let id = params.id("badge_id");
    let (link_url, image_url, name) =
        (params.nullable("link_url"), params.nullable("image_url"), params.nullable("name"));
    params.finish()?;
    let (owner, changes, project) = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            found.require_change(&request.call)?;
            let owner = found.source.owner();
            badges::get(conn, owner, id).await?.ok_or_else(ApiError::nothing)?;
            // A URL that is `null` is a blank one.
            let changes =
                checked(name, link_url.map(Option::unwrap_or_default), image_url.map(Option::unwrap_or_default))?;
            let project = values_of(&request, conn, &found.source).await?;
            Ok::<_, ApiError>((owner, changes, project))
        })
        .await?;
    let changed = request
        .call
        .app
        .store
        .write(async move |conn| badges::change(conn, owner, id, &changes, Utc::now()).await)
        .await?;
    let badge = changed.ok_or_else(ApiError::nothing)?;
    Ok(Json(Badge::new(badge, project.as_ref())).into_response())
}

/// `DELETE /badges/{badge_id}`
pub(super) async fn remove(request: Request) -> Answer {
    let id = badge_id(&request)?;
    let found = request
        .call
        .app
        .store
        .read(async |conn| {
            let found = request.find(conn).await?;
            found.require_change(&request.call)?;
            Ok::<_, ApiError>(found)
        })
        .await?;
    let (owner, since) = (found.source.owner(), unmodified_since(&request.call.headers));
    let deleted = request.call.app.store.write(async move |conn| badges::delete(conn, owner, id, since).await).await?;
    match deleted {
        Deleted::Yes => Ok(StatusCode::NO_CONTENT.into_response()),
        Deleted::NotFound => Err(ApiError::nothing()),
        Deleted::Changed => Err(ApiError::precondition_failed()),
    }
}

fn badge_id(request: &Request) -> Result<i64, ApiError> {
    let mut params = request.call.params.read();
    let id = params.id("badge_id");
    params.finish().map(|()| id)
}

fn required_urls(request: &Request) -> Result<(String, String), ApiError> {
    let mut params = request.call.params.read();
    let urls = (params.required("link_url"), params.required("image_url"));
    params.finish().map(|()| urls)
}

/// A whole badge, or everything that is wrong with it (B7).
fn whole(name: Option<String>, link_url: String, image_url: String) -> Result<Content, ApiError> {
    let checked = checked(Some(name), Some(link_url), Some(image_url))?;
    Ok(Content {
        name: checked.name.flatten(),
        link_url: checked.link_url.unwrap_or_default(),
        image_url: checked.image_url.unwrap_or_default(),
    })
}

/// What is kept of what was given, or everything that is wrong with it (B7).
fn checked(
    name: Option<Option<String>>,
    link_url: Option<String>,
    image_url: Option<String>,
) -> Result<Changes, ApiError> {
    let mut wrong = Vec::new();
    let mut url = |field, given: Option<String>| {
        let checked = badge_url::check(given.as_deref()?).map(ToOwned::to_owned);
        checked.map_err(|error| wrong.push((field, error.to_string()))).ok()
    };
    let (link_url, image_url) = (url("link_url", link_url), url("image_url", image_url));
    if name.iter().flatten().any(|name| name.chars().count() > NAME_MAX) {
        wrong.push(("name", format!("is too long (maximum is {NAME_MAX} characters)")));
    }
    if wrong.is_empty() { Ok(Changes { name, link_url, image_url }) } else { Err(ApiError::invalid(wrong)) }
}

/// What the placeholders stand for: in a group, those of the first project directly in it that the caller may see.
async fn values_of(request: &Request, conn: &mut Conn, source: &Source) -> Result<Option<Values>, ApiError> {
    let (app, public) = (&request.call.app, &request.call.peer.public);
    match source {
        Source::Project(project) => Ok(Some(values::of_project(app, public, project))),
        Source::Group(group) => {
            let reach = request.call.subject.reach(conn).await?;
            let filter = Filter { directly_in: Some(group.id), reach: Some(&reach), ..Filter::default() };
            let first = projects::ordered(conn, &filter, Order::Id, false, 0, 1).await?.pop();
            Ok(first.map(|project| values::of_project(app, public, &project)))
        }
    }
}

/// `If-Unmodified-Since`, as HTTP writes it or as RFC 3339 does; what cannot be read is passed over.
fn unmodified_since(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get(header::IF_UNMODIFIED_SINCE)?.to_str().ok()?.trim();
    NaiveDateTime::parse_from_str(text, "%a, %d %b %Y %H:%M:%S GMT")
        .map(|time| time.and_utc())
        .or_else(|_| DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc)))
        .ok()
}
