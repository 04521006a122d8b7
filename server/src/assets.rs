//! The site's files, embedded in the binary: `/pkg/<hash>/…` from Trunk's build, kept by browsers for ever
//! since the hash names their content; and the icon.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

/// Names the content of the embedded files; part of their addresses.
pub(crate) const HASH: &str = env!("BURGEE_ASSETS_HASH");

#[derive(RustEmbed)]
#[folder = "../target/site/pkg"]
struct Site;

/// `GET /pkg/{hash}/{file}`. A hash of another version finds nothing: its page must be fetched again too.
pub(crate) async fn serve(Path((hash, file)): Path<(String, String)>) -> Response {
    match Site::get(&file).filter(|_| hash == HASH) {
        Some(EmbeddedFile { data, .. }) => {
            let headers = [
                (header::CONTENT_TYPE, content_type(&file)),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, Body::from(data.into_owned())).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /assets/favicon.svg`, and `/favicon.ico` for browsers that do not read the page.
pub(crate) async fn favicon() -> Response {
    let mut response = burgee_app::FAVICON_SVG.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

/// Whether the browser's part was built before this binary.
pub(crate) fn are_built() -> bool {
    Site::get("burgee-frontend.js").is_some() && Site::get("main.css").is_some()
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
