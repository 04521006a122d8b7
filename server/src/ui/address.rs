//! Where the pages of a place are.

use burgee_domain::url_text::encode_path;

/// The address of a release's page. The version stands last, since it may have slashes.
pub(crate) fn release(project: &str, version: &str) -> String {
    address(project, &format!("releases/{version}"))
}

/// The address of a build's page: by Burgee's own id, since its number is unique in its release only.
pub(crate) fn build(project: &str, id: i64) -> String {
    address(project, &format!("builds/{id}"))
}

/// The address of a run's page.
pub(crate) fn run(project: &str, id: i64) -> String {
    address(project, &format!("runs/{id}"))
}

/// The address of a place's page, or of the place itself.
pub(crate) fn address(full_path: &str, page: &str) -> String {
    let place = encode_path(full_path);
    if page.is_empty() { format!("/{place}") } else { format!("/{place}/-/{}", encode_path(page)) }
}
