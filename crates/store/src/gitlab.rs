//! Names as GitLab's API takes them (`spec/dialects.md` B10): the id that a record had in GitLab, Burgee's own id, or the
//! full path.

use crate::{
    Conn, Result, aliases,
    groups::{self, Group},
    identifier::askable,
    projects::{self, Project},
};

/// The project that `:id` names. An old id from GitLab wins over an own id, so that imported URLs stay right.
///
/// # Errors
/// When the database does not answer.
pub async fn find_project(conn: &mut Conn, id: &str) -> Result<Option<Project>> {
    let id = askable(id);
    if let Some(aliased) = aliases::resolve(conn, DIALECT, ["", id, "", ""]).await?.project {
        return projects::get(conn, aliased).await;
    }
    match numeric(id) {
        Some(id) => projects::get(conn, id).await,
        // A project's path has a slash: without one it is nobody's.
        None if id.contains('/') => projects::find_by_path(conn, id).await,
        None => Ok(None),
    }
}

/// The space or group that `:id` names.
///
/// # Errors
/// When the database does not answer.
pub async fn find_group(conn: &mut Conn, id: &str) -> Result<Option<Group>> {
    let id = askable(id);
    if let Some(aliased) = aliases::resolve(conn, DIALECT, [id, "", "", ""]).await?.group {
        return groups::get(conn, aliased).await;
    }
    match numeric(id) {
        Some(id) => groups::get(conn, id).await,
        None => groups::find_by_path(conn, id).await,
    }
}

/// Where the place at `path` is now, if its space has been renamed since.
///
/// # Errors
/// When the database does not answer.
pub async fn moved_to(conn: &mut Conn, path: &str) -> Result<Option<String>> {
    let path = askable(path);
    let (space, rest) = path.find('/').map_or((path, ""), |at| path.split_at(at));
    let now = groups::formerly_at(conn, space).await?;
    Ok(now.map(|group| format!("{}{rest}", group.full_path)))
}

/// What aliases call this dialect.
const DIALECT: &str = "gitlab";

/// Digits only. A number that is too large to be an id is nobody's.
fn numeric(id: &str) -> Option<i64> {
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| id.parse().unwrap_or(0))
}
