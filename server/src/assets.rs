//! The site's files, embedded in the binary together with their compressed forms: `/pkg/<hash>/…` from Trunk's build,
//! kept by browsers for ever since the hash names their content; and the icon. `build.rs` prepares them.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::respond::{
    conditional,
    encoding::{self, Encoding},
};

/// Names the content of the embedded files; part of their URLs.
pub(crate) const HASH: &str = env!("BURGEE_ASSETS_HASH");

static SITE: &[Asset] = &include!(concat!(env!("OUT_DIR"), "/assets.rs"));
static FAVICON: Asset = include!(concat!(env!("OUT_DIR"), "/favicon.rs"));

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// An embedded file.
struct Asset {
    name: &'static str,
    identity: Representation,
    gzip: Representation,
    brotli: Representation,
}

/// An asset in one encoding.
#[derive(Clone, Copy)]
struct Representation {
    /// Strong: a hash of `body`, in quotes.
    etag: &'static str,
    body: &'static [u8],
}

impl Asset {
    /// The asset in the encoding that the request asks for, or 304 if the caller has it.
    fn response(&self, request: &HeaderMap, cache_control: HeaderValue) -> Response {
        let encoding = encoding::negotiate(request);
        let Representation { etag, body } = match encoding {
            Encoding::Identity => self.identity,
            Encoding::Gzip => self.gzip,
            Encoding::Brotli => self.brotli,
        };
        let mut response = Response::new(Body::empty());
        let etag = HeaderValue::from_static(etag);
        if conditional::has(request, &etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            *response.body_mut() = Body::from(body);
        }
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.content_type());
        if let Some(encoding) = encoding.header() {
            headers.insert(header::CONTENT_ENCODING, encoding);
        }
        headers.insert(header::CACHE_CONTROL, cache_control);
        headers.insert(header::ETAG, etag);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }

    fn content_type(&self) -> HeaderValue {
        HeaderValue::from_static(match self.name.rsplit('.').next() {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        })
    }
}

/// `GET /pkg/{hash}/{file}`. A hash of another version finds nothing: its page must be fetched again too.
pub(crate) async fn serve(Path((hash, file)): Path<(String, String)>, request: HeaderMap) -> Response {
    match find(&file).filter(|_| hash == HASH) {
        Some(asset) => asset.response(&request, IMMUTABLE),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /assets/favicon.svg`, and `/favicon.ico` for browsers that do not read the page.
pub(crate) async fn favicon(request: HeaderMap) -> Response {
    FAVICON.response(&request, FOR_A_DAY)
}

/// Whether the browser's part was built before this binary.
pub(crate) fn are_built() -> bool {
    find("burgee-frontend.js").is_some() && find("main.css").is_some()
}

fn find(name: &str) -> Option<&'static Asset> {
    SITE.iter().find(|asset| asset.name == name)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn compressed_assets_decompress_to_the_original() {
        for asset in SITE.iter().chain([&FAVICON]) {
            let mut body = Vec::new();
            flate2::read::GzDecoder::new(asset.gzip.body).read_to_end(&mut body).unwrap();
            assert_eq!(body, asset.identity.body, "{}", asset.name);
            body.clear();
            brotli::Decompressor::new(asset.brotli.body, 4096).read_to_end(&mut body).unwrap();
            assert_eq!(body, asset.identity.body, "{}", asset.name);
        }
    }
}
