//! The sub-path of the public URL (`/badges`). A proxy may pass requests on with it or without it; both work.

use axum::{
    extract::Request,
    http::{
        Uri,
        uri::{Parts, PathAndQuery},
    },
};

/// The request with the base path taken off its target, if it is there.
pub(crate) fn strip<B>(base_path: &str, mut request: Request<B>) -> Request<B> {
    if let Some(uri) = stripped(base_path, request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

/// The path below the base path, as [`strip`] leaves it.
pub(crate) fn rest<'a>(base_path: &str, path: &'a str) -> &'a str {
    match path.strip_prefix(base_path) {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
    }
}

fn stripped(base_path: &str, uri: &Uri) -> Option<Uri> {
    if base_path.is_empty() {
        return None;
    }
    let target = uri.path_and_query()?;
    let rest = target.as_str().strip_prefix(base_path)?;
    let rest = match rest.as_bytes().first() {
        None => "/".to_owned(),
        Some(b'?') => format!("/{rest}"),
        Some(b'/') => rest.to_owned(),
        Some(_) => return None,
    };
    let mut parts = Parts::from(uri.clone());
    parts.path_and_query = Some(PathAndQuery::try_from(rest).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_taken_off_whole_segments_only() {
        for (given, routed) in [
            ("/badges", "/"),
            ("/badges/", "/"),
            ("/badges?q=1", "/?q=1"),
            ("/badges/default/web-shop?x=%2F", "/default/web-shop?x=%2F"),
            ("/badgesque/x", "/badgesque/x"),
            ("/default", "/default"),
        ] {
            let request = Request::builder().uri(given).body(()).unwrap();
            assert_eq!(rest("/badges", request.uri().path()), routed.split('?').next().unwrap());
            assert_eq!(strip("/badges", request).uri(), routed);
        }
    }
}
