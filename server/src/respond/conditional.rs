//! Conditional requests: whether the client already has an answer (RFC 9110, 13.1.2).

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use super::encoding::Encoding;

/// The strong validator of a body.
pub(crate) fn etag(body: &[u8]) -> HeaderValue {
    let text = format!("\"{}\"", &hex::encode(Sha256::digest(body))[..32]);
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// The validator of the same body in a content coding: each representation has its own.
pub(crate) fn of_coding(etag: &HeaderValue, coding: Encoding) -> Option<HeaderValue> {
    let text = etag.to_str().ok()?.strip_suffix('"')?;
    HeaderValue::from_str(&format!("{text}-{}\"", coding.as_str())).ok()
}

/// Whether `If-None-Match` names the validator: `*`, or a list in which weak marks do not count.
pub(crate) fn has(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let etag = etag.as_bytes();
    request.get_all(header::IF_NONE_MATCH).iter().any(|line| {
        line.as_bytes()
            .split(|byte| *byte == b',')
            .map(<[u8]>::trim_ascii)
            .any(|candidate| candidate == b"*" || candidate.strip_prefix(b"W/").unwrap_or(candidate) == etag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_weak_tags_and_the_asterisk_match() {
        let etag = etag(b"<svg/>");
        let text = etag.to_str().unwrap();
        let has = |value: &str| {
            let mut request = HeaderMap::new();
            request.insert(header::IF_NONE_MATCH, value.parse().unwrap());
            has(&request, &etag)
        };
        for held in [text.to_owned(), format!("W/{text}"), format!("\"x\", {text}"), "*".to_owned()] {
            assert!(has(&held), "{held}");
        }
        assert!(!has("\"x\"") && !has(""));
    }

    #[test]
    fn each_coding_has_a_validator_of_its_own() {
        let etag = HeaderValue::from_static("\"abc\"");
        assert_eq!(of_coding(&etag, Encoding::Gzip).unwrap(), "\"abc-gzip\"");
        assert_eq!(of_coding(&etag, Encoding::Brotli).unwrap(), "\"abc-br\"");
    }
}
