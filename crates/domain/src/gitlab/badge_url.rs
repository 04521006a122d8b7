//! Link and image URLs of badges: which are taken (`spec/dialects.md` B7), and how they look once their placeholders
//! are replaced (B9).
//!
//! Placeholders are not replaced before the check, so one may stand in path, query or fragment, and never in the host.
//! *Derived, our choices:* an IPv6 host in brackets is taken; a URL without host (`http:x`, `http:///x`) is not.

use std::net::Ipv6Addr;

use crate::gitlab::placeholder::{self, Values};

/// Most bytes of a URL. GitLab has no limit of its own; browsers and servers end near here.
pub const MAX_BYTES: usize = 8 * 1024;
/// Most characters of a badge's name. *Unconfirmed:* what GitLab's column is said to hold.
pub const NAME_MAX: usize = 255;

/// Why a URL is not taken. Its text completes "`link_url` …" and is exactly what GitLab says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Nothing, or nothing but white space.
    #[error("must be a valid URL")]
    Blank,
    /// A line break, a placeholder in the host, or otherwise no URL.
    #[error("is blocked: URI is invalid")]
    Invalid,
    /// `javascript:`, `data:`, a path, a word.
    #[error("is blocked: Only allowed schemes are http, https")]
    Scheme,
    /// The host begins with something that no name and no address begins with.
    #[error("is blocked: Hostname or IP address invalid")]
    Host,
    /// More than [`MAX_BYTES`].
    #[error("is too long (maximum is 8192 characters)")]
    TooLong,
}

/// The URL as it is kept: without surrounding white space, otherwise as it was given.
///
/// # Errors
/// Why it is not taken.
pub fn check(given: &str) -> Result<&str, UrlError> {
    let url = given.trim();
    if url.is_empty() {
        return Err(UrlError::Blank);
    }
    if url.len() > MAX_BYTES {
        return Err(UrlError::TooLong);
    }
    if url.chars().any(char::is_control) {
        return Err(UrlError::Invalid);
    }
    let parts = Parts::of(url);
    let host = parts.authority.map(host_and_port);
    if parts.scheme.is_some_and(|scheme| !is_scheme(scheme))
        || host.is_some_and(|(host, port)| !is_readable(host, port))
    {
        return Err(UrlError::Invalid);
    }
    if !parts.scheme.is_some_and(|scheme| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))) {
        return Err(UrlError::Scheme);
    }
    match host {
        None | Some(("", _)) => Err(UrlError::Invalid),
        Some((host, _)) if begins_well(host) => Ok(url),
        Some(_) => Err(UrlError::Host),
    }
}

/// What `rendered_link_url` and `rendered_image_url` hold: placeholders replaced, then everything percent-encoded that
/// has no place in its part of a URL. `%` itself has none, so what was encoded already is encoded once more
/// (*derived*). Without a project the URL stays as it is.
#[must_use]
pub fn render(url: &str, project: Option<&Values>) -> String {
    match project {
        Some(values) => escape(&placeholder::replace(url, values)),
        None => url.to_owned(),
    }
}

/// The URL as people say it: what a badge without a name is called by.
#[must_use]
pub fn without_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

/// Scheme, host and port as a Content-Security-Policy names them, if they can be named there: neither an address in
/// brackets nor a host with odd characters can.
#[must_use]
pub fn policy_source(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let is_plain = |host: &str| host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let can_be_named = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(is_plain);
    can_be_named.then(|| url.origin().ascii_serialization())
}

/// The five parts of a URL, as RFC 3986 (appendix B) takes any text apart.
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Self {
        let (rest, fragment) = split_optional(url, '#');
        let (rest, query) = split_optional(rest, '?');
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, after)) if !scheme.is_empty() && !scheme.contains('/') => (Some(scheme), after),
            _ => (None, rest),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(after) => {
                let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
                (Some(authority), path)
            }
            None => (None, rest),
        };
        Self { scheme, authority, path, query, fragment }
    }
}

fn split_optional(text: &str, separator: char) -> (&str, Option<&str>) {
    text.split_once(separator).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'))
}

/// Host and port, without user name and password.
fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (host, None),
    }
}

fn is_readable(host: &str, port: Option<&str>) -> bool {
    let strange = |c: char| c.is_whitespace() || "<>{}/\\?#@\"".contains(c);
    let is_port =
        |port: &str| port.is_empty() || (port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok());
    !host.contains(strange) && port.is_none_or(is_port)
}

fn begins_well(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match address {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => host.starts_with(char::is_alphanumeric),
    }
}

/// Percent-encodes what has no place in its part of the URL, as Addressable's `URI.escape` does.
fn escape(url: &str) -> String {
    let parts = Parts::of(url);
    let mut escaped = String::with_capacity(url.len() + 16);
    if let Some(scheme) = parts.scheme {
        encode(&mut escaped, scheme, b"+-.");
        escaped.push(':');
    }
    if let Some(authority) = parts.authority {
        escaped.push_str("//");
        encode(&mut escaped, authority, b"-._~!$&'()*+,;=:@[]");
    }
    encode(&mut escaped, parts.path, b"-._~!$&'()*+,;=:@/");
    for (mark, part) in [('?', parts.query), ('#', parts.fragment)] {
        if let Some(part) = part {
            escaped.push(mark);
            encode(&mut escaped, part, b"-._~!$&'()*+,;=:@/?");
        }
    }
    escaped
}

/// Letters, digits and `legal` stay.
fn encode(into: &mut String, part: &str, legal: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || legal.contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::gitlab::placeholder::Placeholder;

    #[test]
    fn http_and_https_are_taken_without_the_white_space_around_them() {
        for url in [
            "http://example.com",
            "https://example.com/a b?c=d#e",
            "HTTPS://example.com",
            "http://localhost:8080/x.svg",
            "http://10.0.0.1/x.svg",
            "http://user:word@example.com/",
            "http://[2001:db8::1]:8080/x.svg",
            "http://\u{fc}n\u{ef}code.example/x.svg",
            "http://example/img.svg",
            "http://example.com?x",
            "http://example.com:/x",
        ] {
            assert_eq!(check(&format!(" \n{url}\t ")), Ok(url));
        }
    }

    #[test]
    fn each_placeholder_may_stand_in_path_query_and_fragment() {
        for placeholder in Placeholder::ALL {
            let token = placeholder.token();
            assert!(check(&format!("http://example.com/{token}?a={token}#{token}")).is_ok());
        }
    }

    #[test]
    fn a_placeholder_in_the_host_is_no_url() {
        assert_eq!(check("https://%{gitlab_server}/x"), Err(UrlError::Invalid));
        assert_eq!(check("https://a.%{gitlab_server}"), Err(UrlError::Invalid));
    }

    #[test]
    fn other_schemes_are_blocked() {
        for url in [
            "javascript:alert(1)",
            "data:image/svg+xml,x",
            "ftp://example.com/x",
            "whatever",
            "/a/b",
            "//example.com/x",
            "a/b:c",
        ] {
            assert_eq!(check(url), Err(UrlError::Scheme), "{url}");
        }
    }

    #[test]
    fn blank_broken_strange_and_long_ones_say_what_they_are() {
        assert_eq!(check(" \r\n"), Err(UrlError::Blank));
        for url in [
            "http://exa\nmple.com",
            "http://example.com/\r\nx",
            "http://exa mple.com",
            "http://",
            "http:x",
            "http:///x",
            "http://example.com:x/",
            "http://example.com:99999/",
            "1http://example.com",
            "http://a\0b/",
        ] {
            assert_eq!(check(url), Err(UrlError::Invalid), "{url:?}");
        }
        for url in ["http://-example.com", "http://.example.com/", "http://[x]/", "http://$/"] {
            assert_eq!(check(url), Err(UrlError::Host), "{url}");
        }
        assert_eq!(check(&format!("http://example.com/{}", "x".repeat(MAX_BYTES))), Err(UrlError::TooLong));
    }

    #[test]
    fn what_is_rendered_is_escaped_part_by_part() {
        let values = Values::new([(Placeholder::ProjectPath, Some("a b/\u{e9}".to_owned()))]);
        for (url, rendered) in [
            ("http://e.com/%{project_path}?p=%{project_path}", "http://e.com/a%20b/%C3%A9?p=a%20b/%C3%A9"),
            ("http://e.com/%{foo}", "http://e.com/%25%7Bfoo%7D"),
            ("http://e.com/a%20b", "http://e.com/a%2520b"),
            ("http://e.com/x?a[]=[1]#f|g", "http://e.com/x?a%5B%5D=%5B1%5D#f%7Cg"),
            ("http://[::1]:80/~(x)*'", "http://[::1]:80/~(x)*'"),
        ] {
            assert_eq!(render(url, Some(&values)), rendered);
        }
    }

    #[test]
    fn without_a_project_nothing_changes() {
        assert_eq!(render("http://e.com/%{project_path} x", None), "http://e.com/%{project_path} x");
    }

    #[test]
    fn a_policy_names_scheme_host_and_port() {
        assert_eq!(policy_source("https://u:p@Img.example.com/a").as_deref(), Some("https://img.example.com"));
        assert_eq!(
            policy_source("http://b\u{fc}cher.example:8080/").as_deref(),
            Some("http://xn--bcher-kva.example:8080")
        );
        assert_eq!(policy_source("http://[::1]/"), None);
        assert_eq!(policy_source("data:x"), None);
        // A browser reads `\` as `/`.
        assert_eq!(policy_source("http://good.example\\@evil.example/").as_deref(), Some("http://good.example"));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_rendered_in_plain_characters(url in "https?://[a-z]{1,8}/\\PC{0,40}") {
            if let Ok(url) = check(&url) {
                let rendered = render(url, Some(&Values::default()));
                prop_assert!(rendered.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b)), "{}", rendered);
            }
        }

        #[test]
        fn any_text_is_judged(text in any::<String>()) {
            let _ = check(&text);
            let _ = render(&text, Some(&Values::default()));
            let _ = policy_source(&text);
        }

        #[test]
        fn a_policy_source_never_breaks_out_of_its_header(url in "https?://\\PC{0,30}") {
            if let Some(source) = policy_source(&url) {
                prop_assert!(source.bytes().all(|b| b.is_ascii_graphic() && !b";,'\"".contains(&b)), "{}", source);
            }
        }
    }
}
