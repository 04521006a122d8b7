//! Which requests are the same question.

use std::{borrow::Cow, fmt::Write, net::SocketAddr};

use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::CookieJar;
use sha2::{Digest, Sha256};

use crate::{auth::session, config::Settings, web::peer};

/// A request's question: the dialect's reading of its URL, and, for answers that differ by them, who asks and where.
pub(crate) struct Question<'a> {
    text: Cow<'a, str>,
    request: &'a HeaderMap,
    peer: SocketAddr,
    settings: &'a Settings,
}

impl<'a> Question<'a> {
    pub(crate) const fn new(
        text: Cow<'a, str>,
        request: &'a HeaderMap,
        peer: SocketAddr,
        settings: &'a Settings,
    ) -> Self {
        Self { text, request, peer, settings }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The question of this caller, or at this host.
    pub(crate) fn varied(&self, by_credential: bool, by_host: bool) -> String {
        let mut key = self.text.clone().into_owned();
        // Writing into a string does not fail.
        if by_credential {
            let _ = write!(key, "\n{}", Credential::of(self.request).0);
        }
        // If the public URL is configured, it is the same for every request.
        if by_host && self.settings.public_url.is_none() {
            let _ = write!(key, "\n{}", peer::public_url(self.settings, self.request, self.peer));
        }
        key
    }

    /// The longest key: what two requests must share to share a computation.
    pub(crate) fn whole(&self) -> Box<str> {
        self.varied(true, true).into()
    }
}

/// A request's credentials, hashed; the same for all requests without any.
struct Credential(String);

impl Credential {
    fn of(request: &HeaderMap) -> Self {
        const HEADERS: [&str; 4] = ["authorization", "private-token", "x-apikey", "job-token"];
        let mut hash = Sha256::new();
        let mut any = false;
        for name in HEADERS {
            for value in request.get_all(name) {
                hash.update(name);
                hash.update(value.len().to_le_bytes());
                hash.update(value);
                any = true;
            }
        }
        if request.contains_key(header::COOKIE)
            && let Some(cookie) = CookieJar::from_headers(request).get(session::COOKIE)
        {
            hash.update("cookie");
            hash.update(cookie.value());
            any = true;
        }
        Self(if any { hex::encode(hash.finalize()) } else { String::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credential(pairs: &[(&'static str, &'static str)]) -> String {
        Credential::of(&pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect()).0
    }

    #[test]
    fn requests_with_other_credentials_are_other_questions() {
        assert_eq!(credential(&[]), credential(&[("cookie", "burgee_theme=dark"), ("accept", "x")]));
        let differing = [
            credential(&[]),
            credential(&[("authorization", "Bearer a")]),
            credential(&[("private-token", "Bearer a")]),
            credential(&[("x-apikey", "a")]),
            credential(&[("cookie", "burgee_session=a")]),
            credential(&[("cookie", "burgee_session=b")]),
        ];
        for (index, one) in differing.iter().enumerate() {
            assert!(differing[index + 1..].iter().all(|other| other != one), "{index}");
        }
    }
}
