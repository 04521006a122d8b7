//! A key in a page's address (`?key=…`): BuildMaster's link hands on the one that it was followed with, if that key may read
//! more than badges.
//!
//! It opens the pages of the projects within its reach to whoever has the link, as those of a public project are open: to
//! read, with no role, and neither settings, members nor the list of badges. Nothing but `GET` heeds it.

use axum::http::Method;
use burgee_domain::scope::Scope;
use burgee_store::{Conn, StoreError, access::Subject, projects::Project};

use crate::auth::{subject, token};

/// What such a key reaches.
pub(super) struct PageKey(Subject);

impl PageKey {
    /// The key in a request, if it has one that opens pages.
    pub(super) async fn find(
        conn: &mut Conn,
        method: &Method,
        query: &[(String, String)],
    ) -> Result<Option<Self>, StoreError> {
        let given = query.iter().find(|(name, _)| name == "key").filter(|_| method.is_safe());
        let Some((_, text)) = given else { return Ok(None) };
        let Ok(token) = token::find(conn, text).await? else { return Ok(None) };
        if !(token.may(Scope::CiBadges) && token.may(Scope::RunsRead)) {
            return Ok(None);
        }
        Ok(subject::of_token(conn, &token).await?.map(|(reach, _)| Self(reach)))
    }

    /// Whether it opens this project's pages.
    pub(super) async fn opens(&self, conn: &mut Conn, project: &Project) -> Result<bool, StoreError> {
        Ok(self.0.role_in_project(conn, project).await?.is_some())
    }
}

/// Whether a key opens this page of a project: its own page, and those of its releases, builds and runs.
pub(super) fn opens_page(page: &str) -> bool {
    matches!(page.split('/').next(), Some("" | "releases" | "builds" | "runs"))
}
