//! What a handler says about its answer.

use axum::http::Response;
use burgee_store::Dependencies;
use chrono::{DateTime, Utc};

use crate::auth::subject::Viewer;

/// How an answer may be kept in memory. A handler attaches it to its response; an answer without is not kept.
#[derive(Debug, Clone)]
pub(crate) struct Cacheable {
    pub(super) dependencies: Dependencies,
    pub(super) by_credential: bool,
    pub(super) by_host: bool,
    pub(super) ends_at: Option<DateTime<Utc>>,
    pub(super) token: Option<i64>,
}

impl Cacheable {
    /// The same for every caller, until one of `dependencies` changes.
    pub(crate) fn for_everyone(dependencies: Dependencies) -> Self {
        Self { dependencies, by_credential: false, by_host: false, ends_at: None, token: None }
    }

    /// Depends on the request's credentials, and so on accounts, tokens and roles as well.
    pub(crate) fn by_credential(self) -> Self {
        Self { dependencies: self.dependencies.and_access(), by_credential: true, ..self }
    }

    /// Was given to somebody: ends with their session or token, and is a use of that token.
    pub(crate) fn given_to(self, viewer: &Viewer) -> Self {
        Self {
            dependencies: self.dependencies.and_access(),
            ends_at: [self.ends_at, viewer.until].into_iter().flatten().min(),
            token: viewer.token.or(self.token),
            ..self
        }
    }

    /// Contains URLs that begin with the address that was asked.
    pub(crate) fn by_host(self) -> Self {
        Self { by_host: true, ..self }
    }

    /// Attaches this to a response.
    pub(crate) fn attach<B>(self, mut response: Response<B>) -> Response<B> {
        response.extensions_mut().insert(self);
        response
    }
}
