//! Where the pages of a place are.

use burgee_domain::url_text::encode_path;

/// The address of a place's page, or of the place itself.
pub(super) fn address(full_path: &str, page: &str) -> String {
    let place = encode_path(full_path);
    if page.is_empty() { format!("/{place}") } else { format!("/{place}/-/{}", encode_path(page)) }
}
