//! `BURGEE_PUBLIC_URL`: the address that people use, with an optional path below which Burgee lives.

use std::{fmt, str::FromStr};

use url::Url;

/// Scheme, host and base path, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicUrl {
    /// `https://example.org`, as an `Origin` header has it.
    origin: String,
    /// `""` or `/badges`.
    base_path: String,
}

impl PublicUrl {
    /// What a request without configuration implies: this scheme and host, no base path.
    pub(crate) fn of_host(scheme: &str, host: &str) -> Self {
        Self { origin: format!("{scheme}://{host}"), base_path: String::new() }
    }

    /// `https://example.org`.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// `example.org`, without a port.
    pub(crate) fn host(&self) -> Option<&str> {
        let (_, host) = self.origin.split_once("://")?;
        // The colons inside an address in brackets are not a port's.
        let end = host.rfind(':').filter(|colon| !host[*colon..].contains(']')).unwrap_or(host.len());
        Some(&host[..end])
    }

    /// `""` or `/badges`.
    pub(crate) fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Whether browsers reach Burgee over TLS, so that cookies can be `Secure`.
    pub(crate) fn is_secure(&self) -> bool {
        self.origin.starts_with("https:")
    }

    /// The full address of a path that begins with `/`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.base_path)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.base_path)
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url =
            Url::parse(text).map_err(|error| format!("expected a URL such as https://example.org/badges: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err("expected http:// or https:// and a host".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err("expected only scheme, host, port and path".to_owned());
        }
        Ok(Self { origin: url.origin().ascii_serialization(), base_path: url.path().trim_end_matches('/').to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn a_sub_path_is_kept_without_its_last_slash() {
        let url: PublicUrl = "https://Example.org:443/tools/badges/".parse().unwrap();
        assert_eq!((url.origin(), url.base_path()), ("https://example.org", "/tools/badges"));
        assert_eq!(url.url("/x"), "https://example.org/tools/badges/x");
        assert!(url.is_secure());
    }

    #[test]
    fn the_host_has_no_port() {
        for (url, host) in [
            ("http://b.example:8080/x", "b.example"),
            ("https://b.example", "b.example"),
            ("http://[::1]:3000", "[::1]"),
        ] {
            assert_eq!(url.parse::<PublicUrl>().unwrap().host(), Some(host));
        }
    }

    #[test]
    fn what_is_not_a_public_url_says_why() {
        for bad in
            ["example.org", "ftp://example.org", "https://u:p@example.org", "https://example.org/?a=1", "https://"]
        {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
