//! Headers of every page: a strict Content-Security-Policy with a nonce of its own, and the usual rest.

use axum::http::{HeaderMap, HeaderValue, header};

/// What a page may load: Burgee's own files and nothing else; images also as data URLs, for the previews, and from the
/// origins that the page's badges name.
fn page_policy(nonce: &str, image_sources: &[String]) -> String {
    let images = image_sources.iter().map(|source| format!(" {source}")).collect::<String>();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:{images}; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Adds the headers of a page.
pub(crate) fn add_page_headers(headers: &mut HeaderMap, nonce: &str, image_sources: &[String]) {
    let policy = page_policy(nonce, image_sources);
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "private, no-cache"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
}
