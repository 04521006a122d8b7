//! One request for a page: who looks, what every page needs to know, and how the page goes out.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use burgee_app::site::{Site, Theme, Viewer};
use burgee_domain::url_text::encode_query;
use burgee_store::{StoreError, access::Subject, users::User};
use chrono::Utc;

use super::{errors::Refusal, key::PageKey};
use crate::{
    assets,
    auth::{secret, session, subject},
    config::public_url::PublicUrl,
    state::App,
    web::{peer::Peer, security},
};

/// The request behind a page.
pub(crate) struct Visit {
    pub(crate) app: App,
    /// Who is signed in.
    pub(crate) user: Option<User>,
    /// The address under which links are made.
    pub(crate) peer: Peer,
    /// What every page needs to know.
    pub(crate) site: Site,
    pub(crate) jar: CookieJar,
    /// A key in the address that opens pages.
    pub(super) key: Option<PageKey>,
    /// The query string, decoded.
    pub(crate) query: Vec<(String, String)>,
}

impl Visit {
    /// A visit by somebody who is not known, or not known yet.
    pub(super) fn anonymous(app: App, peer: Peer, jar: CookieJar, uri: &Uri) -> Self {
        let query = uri.query().unwrap_or_default();
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let site = Site {
            base_path: peer.public.base_path().to_owned(),
            public_url: peer.public.to_string(),
            assets_hash: assets::HASH.to_owned(),
            nonce: secret::random(),
            theme: theme(&jar),
            viewer: None,
            now: Utc::now(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            current_path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        };
        Self { app, user: None, peer, site, jar, key: None, query }
    }

    /// The address under which links are made.
    pub(crate) fn public(&self) -> &PublicUrl {
        &self.peer.public
    }

    /// A query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whose roles count.
    pub(crate) fn subject(&self) -> Subject {
        self.user.as_ref().map_or(Subject::NOBODY, subject::of_user)
    }

    /// Whether the visitor may see and change everything.
    pub(crate) fn is_admin(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.is_admin)
    }

    /// Refuses visitors who have not signed in.
    pub(crate) fn require_user(&self) -> Result<&User, Refusal> {
        self.user.as_ref().ok_or_else(|| self.hidden())
    }

    /// What is answered for what is not there, and for what this visitor may not see: the same. Somebody who
    /// has not signed in is asked to, and comes back here afterwards.
    pub(crate) fn hidden(&self) -> Refusal {
        match &self.user {
            Some(_) => Refusal::page(self, StatusCode::NOT_FOUND, None),
            None => {
                Refusal::from(self.redirect(&format!("/sign-in?return_to={}", encode_query(&self.site.current_path))))
            }
        }
    }

    /// Sends a page.
    pub(crate) fn page(&self, status: StatusCode, html: String) -> Response {
        self.page_with_images(status, html, &[])
    }

    /// Sends a page that shows pictures from these origins, too.
    pub(crate) fn page_with_images(&self, status: StatusCode, html: String, sources: &[String]) -> Response {
        let mut response = (status, html).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        security::add_page_headers(headers, &self.site.nonce, sources);
        if self.key.is_some() {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        response
    }

    /// Sends the browser on to one of Burgee's own pages, with a GET.
    pub(crate) fn redirect(&self, path: &str) -> Response {
        match HeaderValue::from_str(&self.site.link(path)) {
            Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        }
    }
}

/// A path of Burgee's own that was handed through a form or query; anything that could lead elsewhere becomes
/// the start page.
pub(crate) fn own_path(given: &str) -> &str {
    let is_own = given.starts_with('/')
        && !given.starts_with("//")
        && !given.contains('\\')
        && given.bytes().all(|b| b.is_ascii_graphic());
    if is_own { given } else { "/" }
}

/// The cookie that holds the visitor's choice of theme.
pub(crate) const THEME_COOKIE: &str = "burgee_theme";

fn theme(jar: &CookieJar) -> Theme {
    jar.get(THEME_COOKIE).and_then(|cookie| cookie.value().parse().ok()).unwrap_or_default()
}

impl<S> FromRequestParts<S> for Visit
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let app = App::from_ref(state);
        let Ok(peer) = Peer::from_request_parts(parts, state).await;
        let jar = CookieJar::from_headers(&parts.headers);
        let mut visit = Self::anonymous(app, peer, jar, &parts.uri);
        let (user, key) = visit
            .app
            .store
            .look_up(async |conn| {
                let user = session::find(conn, &parts.headers).await?;
                Ok::<_, StoreError>((user, PageKey::find(conn, &parts.method, &visit.query).await?))
            })
            .await?;
        visit.site.viewer = user.as_ref().map(|user| Viewer { name: user.username.clone(), is_admin: user.is_admin });
        (visit.user, visit.key) = (user, key);
        Ok(visit)
    }
}

/// The result of a page's handler.
pub(crate) type Answer = Result<Response, Refusal>;

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn there_is_no_way_out() {
        for (given, path) in [
            ("/default/web-shop?x=1", "/default/web-shop?x=1"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
        ] {
            assert_eq!(own_path(given), path);
        }
    }
}
