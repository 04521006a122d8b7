//! `/{path}`: the pages of spaces, groups and projects. What stands after `/-/` is a page of the project.

use axum::{extract::Path, response::IntoResponse};
use burgee_domain::change::Visibility;
use burgee_store::{Conn, StoreError, groups, projects::Project};

use super::{Visit, builder, dashboard, form::Form, project, settings, visit::Answer};
use crate::api::{self, projects::by_path};

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
    let mut conn = visit.app.store.read().await?;
    if let Some(found) = visible_project(&visit, &mut conn, path.place).await? {
        return match path.page {
            "" => project::show(&visit, &mut conn, found).await,
            "settings" => settings::show(&visit, &mut conn, found).await,
            "badge-builder" => builder::show(&visit, &mut conn, found).await,
            _ => Err(visit.hidden()),
        };
    }
    let group = groups::find_by_path(&mut conn, path.place).await?.filter(|_| path.page.is_empty());
    match group {
        Some(group) if visit.is_admin() || group.visibility == Visibility::Public => {
            dashboard::show_group(&visit, &mut conn, group).await
        }
        _ => Err(visit.hidden()),
    }
}

/// `POST /{path}`
pub(crate) async fn submit(visit: Visit, Path(path): Path<String>, form: Form) -> Answer {
    if is_api(&path) {
        return Ok(api::unknown_address().await.into_response());
    }
    let path = split(&path);
    let found = visible_project(&visit, &mut visit.app.store.read().await?, path.place).await?;
    match (path.page, found) {
        ("settings", Some(project)) => settings::submit(&visit, project, &form).await,
        _ => Err(visit.hidden()),
    }
}

/// Programs that ask below `/api` for what is not there get a problem, not a page.
fn is_api(path: &str) -> bool {
    path == "api" || path.starts_with("api/")
}

/// The project at a path, if this visitor may see it.
async fn visible_project(visit: &Visit, conn: &mut Conn, path: &str) -> Result<Option<Project>, StoreError> {
    let found = by_path(conn, path).await?;
    Ok(found.filter(|project| visit.is_admin() || project.visibility == Visibility::Public))
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
