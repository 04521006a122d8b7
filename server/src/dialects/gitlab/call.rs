//! A request to GitLab's API, read in the order of `spec/dialects.md` B5: who calls (B4), then the parameters.

use axum::{
    body::Bytes,
    extract::{FromRef, FromRequest, FromRequestParts, OriginalUri, RawPathParams, Request},
    http::{HeaderMap, Method, header, request::Parts},
};
use burgee_domain::scope::Scope;
use burgee_store::{
    Conn,
    access::{Person, Subject},
    tokens::Token,
    users::User,
};

use super::{error::ApiError, params::Params};
use crate::{
    auth::{
        session, subject,
        token::{self, Dead, bearer, private_token},
    },
    state::App,
    web::peer::Peer,
};

/// Everything about one request.
pub(super) struct Call {
    pub(super) app: App,
    pub(super) peer: Peer,
    pub(super) method: Method,
    /// The path as it was asked for.
    pub(super) path: String,
    /// The query, still encoded.
    pub(super) query: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) params: Params,
    /// Whose roles count.
    pub(super) subject: Subject,
    /// Their account. A token that acts as no user in particular is an administrator without one.
    pub(super) account: Option<User>,
}

impl Call {
    /// Whether nobody is known to call.
    pub(super) fn is_anonymous(&self) -> bool {
        self.subject.person == Person::Nobody
    }

    /// What is refused to strangers: 401 for nobody, 403 for those who are known.
    pub(super) fn refusal(&self) -> ApiError {
        if self.is_anonymous() { ApiError::unauthorized() } else { ApiError::forbidden() }
    }

    /// Refuses nobody.
    pub(super) fn require_somebody(&self) -> Result<(), ApiError> {
        if self.is_anonymous() { Err(ApiError::unauthorized()) } else { Ok(()) }
    }
}

impl<S> FromRequest<S> for Call
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let app = App::from_ref(state);
        let (mut parts, body) = request.into_parts();
        let Ok(peer) = Peer::from_request_parts(&mut parts, state).await;
        let Ok(OriginalUri(uri)) = OriginalUri::from_request_parts(&mut parts, state).await;
        let body = Bytes::from_request(Request::from_parts(parts.clone(), body), state)
            .await
            .map_err(|_| ApiError::too_large())?;
        let mut params = read_params(&mut parts, &body, state).await?;
        let (subject, account) = app.store.look_up(async |conn| authenticate(conn, &parts, &params).await).await?;
        if !parts.method.is_safe() && subject.person == Person::Nobody {
            return Err(ApiError::unauthorized());
        }
        add_path(&mut params, &mut parts, state).await?;
        Ok(Self {
            app,
            peer,
            method: parts.method,
            path: uri.path().to_owned(),
            query: uri.query().map(ToOwned::to_owned),
            headers: parts.headers,
            params,
            subject,
            account,
        })
    }
}

/// Query and body. A body without a type is taken for a form, as clients that send one by hand expect.
async fn read_params<S: Send + Sync>(parts: &mut Parts, body: &Bytes, state: &S) -> Result<Params, ApiError> {
    let mut params = Params::default();
    params.add_pairs(url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()));
    if body.is_empty() {
        return Ok(params);
    }
    let given = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "" | "application/x-www-form-urlencoded" => params.add_pairs(url::form_urlencoded::parse(body)),
        "application/json" => params.add_json(body)?,
        "multipart/form-data" => add_multipart(&mut params, parts, body, state).await?,
        _ => return Err(ApiError::content_type(given)),
    }
    Ok(params)
}

/// `curl --form`.
async fn add_multipart<S: Send + Sync>(
    params: &mut Params,
    parts: &Parts,
    body: &Bytes,
    state: &S,
) -> Result<(), ApiError> {
    let unreadable = || ApiError::parameters("message body does not match declared format");
    let request = Request::from_parts(parts.clone(), body.clone().into());
    let mut form = axum::extract::Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        params.add(&name, &field.text().await.map_err(|_| unreadable())?);
    }
    Ok(())
}

/// What the path names wins over everything else.
async fn add_path<S: Send + Sync>(params: &mut Params, parts: &mut Parts, state: &S) -> Result<(), ApiError> {
    // A path that is no UTF-8 leads nowhere.
    let named = RawPathParams::from_request_parts(parts, state).await.map_err(|_| ApiError::no_route())?;
    for (name, value) in &named {
        params.add(name, value);
    }
    Ok(())
}

/// Who calls: by `private_token`, by header, by bearer token, by the cookie of the pages, in this order (B4). A token
/// that is there must be good, even where nobody would need one. `JOB-TOKEN` and deploy tokens count for nothing.
async fn authenticate(conn: &mut Conn, parts: &Parts, params: &Params) -> Result<(Subject, Option<User>), ApiError> {
    let param = |name| params.text(name).map(|text| text.trim().to_owned());
    let given = [param("private_token"), private_token(&parts.headers), bearer(&parts.headers), param("access_token")];
    if let Some(secret) = given.into_iter().flatten().find(|secret| !secret.is_empty()) {
        return by_token(conn, &secret, &parts.method).await;
    }
    let user = session::find(conn, &parts.headers).await?;
    Ok((user.as_ref().map_or(Subject::NOBODY, subject::of_user), user))
}

async fn by_token(conn: &mut Conn, secret: &str, method: &Method) -> Result<(Subject, Option<User>), ApiError> {
    let token = match token::find(conn, secret).await? {
        Ok(token) => token,
        Err(Dead::Unknown) => return Err(ApiError::unauthorized()),
        Err(Dead::Expired) => return Err(ApiError::token_expired()),
        Err(Dead::Revoked) => return Err(ApiError::token_revoked()),
    };
    require_scope(&token, method)?;
    subject::of_token(conn, &token).await?.ok_or_else(ApiError::unauthorized)
}

/// `api` allows everything, `read_api` what only reads. *Derived:* what is named as missing for reading.
fn require_scope(token: &Token, method: &Method) -> Result<(), ApiError> {
    let reads = method.is_safe();
    if token.may(Scope::Api) || (reads && token.may(Scope::ReadApi)) {
        return Ok(());
    }
    Err(ApiError::insufficient_scope(if reads { "api read_api" } else { "api" }))
}
