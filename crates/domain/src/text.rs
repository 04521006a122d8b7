//! Text that people and tools send: names, versions, values. What is refused, and how text is made safe for XML.

/// Longest name, version or number that is kept, in characters.
pub const NAME_MAX: usize = 500;
/// Longest URL that is kept, in bytes.
pub const URL_MAX: usize = 2048;
/// Longest variable value that is kept, in bytes.
pub const VALUE_MAX: usize = 16 * 1024;

/// A name as it is kept: surrounding white space removed.
///
/// # Errors
/// A sentence that completes "`field` …": empty, too long, or with characters that no page, log line or
/// URL can show.
pub fn name(given: &str) -> Result<String, String> {
    let name = given.trim();
    if name.is_empty() {
        return Err("must not be empty".to_owned());
    }
    if name.chars().count() > NAME_MAX {
        return Err(format!("must have at most {NAME_MAX} characters"));
    }
    if name.chars().any(char::is_control) {
        return Err("must not contain control characters such as tabs or line breaks".to_owned());
    }
    Ok(name.to_owned())
}

/// An `http` or `https` URL, without surrounding white space, otherwise as it was given.
///
/// # Errors
/// A sentence that completes "`field` …".
pub fn http_url(given: &str) -> Result<String, String> {
    let text = given.trim();
    if text.len() > URL_MAX {
        return Err(format!("must have at most {URL_MAX} bytes"));
    }
    if text.chars().any(char::is_control) {
        return Err("must not contain control characters or line breaks".to_owned());
    }
    let url = url::Url::parse(text).map_err(|error| format!("must be an http or https URL: {error}"))?;
    match url.scheme() {
        "http" | "https" => Ok(text.to_owned()),
        scheme => Err(format!("must be an http or https URL, not {scheme}:")),
    }
}

/// The host that a URL leads to, as a reader should be told it: without whatever is written to look like one.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    url::Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// The text without the characters that XML 1.0 cannot carry at all (most control characters, surrogate
/// stand-ins, `U+FFFE`, `U+FFFF`), so that whatever was reported, the SVG is well-formed.
#[must_use]
pub fn xml_safe(text: &str) -> String {
    text.chars().filter(|&c| matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

#[cfg(test)]
mod tests {
    use super::{host, http_url, name, xml_safe};

    #[test]
    fn names_are_trimmed_and_bounded() {
        assert_eq!(name("  Web Shop "), Ok("Web Shop".to_owned()));
        assert!(name(" ").is_err());
        assert!(name("a\u{0}b").is_err());
        assert!(name(&"x".repeat(500)).is_ok());
        assert!(name(&"x".repeat(501)).is_err());
    }

    #[test]
    fn only_web_urls_are_links() {
        assert!(http_url("https://ci.example.org/1").is_ok());
        for bad in ["javascript:alert(1)", "data:text/html,x", "ci.example.org", "http://"] {
            assert!(http_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_host_is_where_the_url_really_leads() {
        assert_eq!(host("https://ci.example.org:8080/1"), Some("ci.example.org".to_owned()));
        assert_eq!(host("https://ci.example.org@evil.example/"), Some("evil.example".to_owned()));
        assert_eq!(host("nonsense"), None);
    }

    #[test]
    fn xml_safe_drops_only_what_xml_cannot_carry() {
        assert_eq!(xml_safe("a\u{0}\u{1b}b\tc\u{FFFE}é🚢"), "ab\tcé🚢");
    }
}
