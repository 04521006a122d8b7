//! Whoever calls the API: a token with its scopes and limits, or a signed-in administrator.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header, request::Parts},
};
use burgee_domain::scope::Scope;
use burgee_store::{Conn, reports::Target, tokens::Token};

use crate::{
    auth::{
        session,
        token::{self, Dead, bearer},
    },
    respond::Problem,
    state::App,
};

/// A caller who is known.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    /// By `Authorization: Bearer`.
    Token(Token),
    /// By the session cookie of the pages.
    Admin {
        /// The account's name.
        name: String,
    },
}

impl Caller {
    /// The name under which runs are reported.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Token(token) => &token.name,
            Self::Admin { name } => name,
        }
    }

    /// Refuses a token that has none of the scopes.
    pub(crate) fn require(&self, any_of: &[Scope]) -> Result<(), Problem> {
        let Self::Token(token) = self else { return Ok(()) };
        if any_of.iter().any(|scope| token.may(*scope)) {
            return Ok(());
        }
        let needed = any_of.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" or ");
        let has = token.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ");
        Err(Problem::forbidden(format!("this needs a token with the scope {needed}; this token has {has}")))
    }

    /// Any scope that lets one read.
    pub(crate) fn require_read(&self) -> Result<(), Problem> {
        self.require(&[Scope::RunsRead, Scope::RunsWrite, Scope::ProjectsWrite])
    }

    /// Whether the token's limits leave the target within reach.
    pub(crate) fn reaches(&self, target: &Target) -> bool {
        match self {
            Self::Admin { .. } => true,
            Self::Token(token) => token.covers(target),
        }
    }

    /// Whether the token is limited to some spaces or projects.
    pub(crate) fn is_limited(&self) -> bool {
        matches!(self, Self::Token(token) if !token.is_unlimited())
    }

    /// Refuses tokens that are limited to some spaces or projects, for what concerns the whole instance.
    pub(crate) fn require_whole_instance(&self) -> Result<(), Problem> {
        if self.is_limited() {
            Err(Problem::forbidden("this token is limited to some spaces or projects"))
        } else {
            Ok(())
        }
    }
}

async fn by_token(conn: &mut Conn, secret: &str) -> Result<Caller, Problem> {
    match token::find(conn, secret).await? {
        Ok(token) => Ok(Caller::Token(token)),
        Err(Dead::Unknown) => Err(Problem::unauthenticated("the token is not known here")),
        Err(Dead::Revoked) => Err(Problem::unauthenticated("the token was revoked")),
        Err(Dead::Expired) => Err(Problem::unauthenticated("the token has expired")),
    }
}

impl<S> FromRequestParts<S> for Caller
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = App::from_ref(state);
        if parts.headers.contains_key(header::AUTHORIZATION) {
            return match bearer(&parts.headers) {
                Some(secret) => app.store.look_up(async |conn| by_token(conn, &secret).await).await,
                None => Err(Problem::unauthenticated("Authorization must be \"Bearer <token>\"")),
            };
        }
        match app.store.look_up(async |conn| session::find(conn, &parts.headers).await).await? {
            Some(user) if user.is_admin => Ok(Self::Admin { name: user.username }),
            _ => Err(Problem::unauthenticated(
                "send \"Authorization: Bearer <token>\"; make a token on the Tokens page or with burgee token create",
            )),
        }
    }
}
