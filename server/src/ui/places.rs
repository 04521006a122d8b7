//! `/{path}`: the pages of spaces, groups and projects. What stands after `/-/` is a page of theirs.

use axum::{extract::Path, response::IntoResponse};
use burgee_store::{Conn, StoreError, gitlab};

use super::{
    Visit,
    address::address,
    badges, builder, builds, dashboard,
    form::Form,
    group_settings, members, project, releases, runs,
    seen::{Seen, SeenProject},
    settings,
    visit::Answer,
};
use crate::api;

/// A path, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct PagePath<'a> {
    /// The full path of the space, group or project.
    place: &'a str,
    /// What stands after `/-/`, or nothing.
    page: &'a str,
}

fn split(path: &str) -> PagePath<'_> {
    let path = path.trim_matches('/');
    let (place, page) = path.split_once("/-/").unwrap_or((path, ""));
    PagePath { place, page }
}

/// `GET /{path}`
pub(crate) async fn show(visit: Visit, Path(path): Path<String>) -> Answer {
    if is_api(&path) {
        return Ok(api::unknown_address().await.into_response());
    }
    let path = split(&path);
    visit
        .app
        .store
        .read(async |conn| {
            let Some(seen) = Seen::find(&visit, conn, path.place).await? else {
                return match moved(&visit, conn, path.place).await? {
                    Some(now) => Ok(visit.redirect(&address(&now, path.page))),
                    None => Err(visit.hidden()),
                };
            };
            if !seen.opens(path.page) {
                return Err(visit.hidden());
            }
            match (path.page, seen) {
                ("", Seen::Project(seen)) => project::show(&visit, conn, seen).await,
                ("", Seen::Group(seen)) => dashboard::show_group(&visit, conn, seen).await,
                ("badges", seen) => badges::show(&visit, conn, &seen).await,
                ("members", seen) => members::show(&visit, conn, &seen).await,
                ("settings", Seen::Project(seen)) => settings::show(&visit, conn, seen).await,
                ("settings", Seen::Group(seen)) => group_settings::show(&visit, conn, seen).await,
                ("badge-builder", Seen::Project(seen)) => builder::show(&visit, conn, seen).await,
                (page, Seen::Project(seen)) => show_reported(&visit, conn, seen, page).await,
                _ => Err(visit.hidden()),
            }
        })
        .await
}

/// A page of something that was reported about a project.
async fn show_reported(visit: &Visit, conn: &mut Conn, seen: SeenProject, page: &str) -> Answer {
    match page.split_once('/').unwrap_or((page, "")) {
        ("releases", "") => match visit.parameter("version") {
            Some(version) => releases::show(visit, conn, seen, version).await,
            None => releases::list(visit, conn, seen).await,
        },
        ("releases", version) => releases::show(visit, conn, seen, version).await,
        ("builds", "") => builds::list(visit, conn, seen).await,
        ("builds", id) => builds::show(visit, conn, seen, id).await,
        ("runs", id) => runs::show(visit, conn, seen, id).await,
        _ => Err(visit.hidden()),
    }
}

/// `POST /{path}`
pub(crate) async fn submit(visit: Visit, Path(path): Path<String>, form: Form) -> Answer {
    if is_api(&path) {
        return Ok(api::unknown_address().await.into_response());
    }
    let path = split(&path);
    let found = visit.app.store.read(async |conn| Seen::find(&visit, conn, path.place).await).await?;
    let Some(seen) = found else { return Err(visit.hidden()) };
    match (path.page, seen) {
        ("badges", seen) => badges::submit(&visit, &seen, &form).await,
        ("members", seen) => members::submit(&visit, &seen, &form).await,
        ("request-access", seen) => members::request_access(&visit, &seen).await,
        ("settings", Seen::Project(seen)) => settings::submit(&visit, seen, &form).await,
        ("badge-builder", Seen::Project(seen)) => builder::submit(&visit, seen, &form).await,
        ("settings", Seen::Group(seen)) => group_settings::submit(&visit, seen, &form).await,
        _ => Err(visit.hidden()),
    }
}

/// Where a place is now whose space was renamed, if this visitor may see it.
async fn moved(visit: &Visit, conn: &mut Conn, path: &str) -> Result<Option<String>, StoreError> {
    let Some(now) = gitlab::moved_to(conn, path).await? else { return Ok(None) };
    Ok(Seen::find(visit, conn, &now).await?.map(|seen| seen.full_path().to_owned()))
}

/// Programs that ask below `/api` for what is not there get a problem, not a page.
fn is_api(path: &str) -> bool {
    path == "api" || path.starts_with("api/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dash_parts_places_from_pages() {
        assert_eq!(split("default/web-shop"), PagePath { place: "default/web-shop", page: "" });
        assert_eq!(split("default/a/b/-/settings/"), PagePath { place: "default/a/b", page: "settings" });
    }
}
