//! Where the pages of a place are, below the base path: `/harbour/web-shop/-/releases/1.4.0`.

use burgee_domain::url_text::{encode_path, encode_query};

/// The address of a place's page, or of the place itself.
#[must_use]
pub fn address(full_path: &str, page: &str) -> String {
    let place = encode_path(full_path);
    if page.is_empty() { format!("/{place}") } else { format!("/{place}/-/{}", encode_path(page)) }
}

/// The address of a release's page. The version stands last, since it may have slashes.
#[must_use]
pub fn release(project: &str, version: &str) -> String {
    if survives_as_path(version) {
        address(project, &format!("releases/{version}"))
    } else {
        format!("{}?version={}", address(project, "releases"), encode_query(version))
    }
}

/// The address of a build's page: by Burgee's own id, since its number is unique in its release only.
#[must_use]
pub fn build(project: &str, id: i64) -> String {
    address(project, &format!("builds/{id}"))
}

/// The address of a run's page.
#[must_use]
pub fn run(project: &str, id: i64) -> String {
    address(project, &format!("runs/{id}"))
}

/// Whether a version arrives as it is at the end of a path: browsers take dots for steps, others slashes for mistakes, and
/// what ends in `.svg` could be a badge's address.
fn survives_as_path(version: &str) -> bool {
    !version.ends_with(".svg") && version.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_stands_last_and_keeps_its_slashes() {
        assert_eq!(release("harbour/web shop", "1.4.0"), "/harbour/web%20shop/-/releases/1.4.0");
        assert_eq!(release("a/b", "feature/ä?#%2F"), "/a/b/-/releases/feature/%C3%A4%3F%23%252F");
    }

    #[test]
    fn a_version_that_no_path_would_keep_stands_in_the_query() {
        for (version, query) in [
            ("..", ".."),
            ("1/./2", "1%2F.%2F2"),
            ("/1", "%2F1"),
            ("1//2", "1%2F%2F2"),
            ("1/", "1%2F"),
            ("x/badges/main/pipeline.svg", "x%2Fbadges%2Fmain%2Fpipeline.svg"),
        ] {
            assert_eq!(release("a/b", version), format!("/a/b/-/releases?version={query}"));
        }
    }
}
