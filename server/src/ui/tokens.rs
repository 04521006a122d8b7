//! `/tokens`: API tokens. Administrators make and revoke any; others those that act as themselves in the GitLab API.

use std::collections::BTreeMap;

use axum::{extract::Path, http::StatusCode};
use burgee_app::{
    form::FieldError,
    pages::{
        revoke_token::{self, RevokePage},
        tokens::{self as page, CreatedToken, TokenForm, TokenLine, TokenState, TokensPage},
    },
};
use burgee_domain::{
    scope::{self, Scope},
    text,
};
use burgee_store::{
    Conn, StoreError, groups, projects,
    tokens::{self, NewToken, Token, TokenTarget},
    users,
};
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Visit,
    errors::Refusal,
    form::{Form, note},
    seen::Seen,
    token_uses,
    visit::Answer,
};
use crate::auth::secret::Made;

/// Most days of a token that expires.
const MAX_DAYS: i64 = 3650;

/// `GET /tokens`
pub(crate) async fn show(visit: Visit) -> Answer {
    visit.require_user()?;
    let done = visit.parameter("revoked").map(|_| "The token is revoked.".to_owned());
    let page = TokensPage { done, ..empty(&visit).await? };
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

/// `POST /tokens`: the secret is in the answer, and nowhere else ever again.
pub(crate) async fn create(visit: Visit, form: Form) -> Answer {
    visit.require_user()?;
    let mut errors = Vec::new();
    let new = read(&visit, &form, &mut errors).await?;
    let Some(new) = new.filter(|_| errors.is_empty()) else {
        let page = TokensPage { form: typed(&form), errors, ..empty(&visit).await? };
        return Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, page::render(&visit.site, page)));
    };
    let (name, is_chosen) = (new.name.clone(), new.value.is_some());
    let made = Made::of(new.value.clone());
    let (secret, hash) = (made.text.clone(), made.hash());
    let kept = visit
        .app
        .store
        .write(async move |conn| {
            // A chosen value may have been given before.
            if tokens::find(conn, &hash).await?.is_some() {
                return Ok(false);
            }
            let new = NewToken {
                name: &new.name,
                secret_hash: &hash,
                prefix: &made.prefix,
                hint: &made.hint,
                scopes: &new.scopes,
                user_id: new.user_id,
                expires_at: new.expires_at,
                targets: &new.targets,
            };
            tokens::create(conn, &new, Utc::now()).await.map(|_| true)
        })
        .await?;
    if !kept {
        let errors = vec![FieldError::new("value", "This value is taken, or was once. Choose another.")];
        let page = TokensPage { form: typed(&form), errors, ..empty(&visit).await? };
        return Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, page::render(&visit.site, page)));
    }
    let created = Some(CreatedToken { name, secret, is_chosen });
    let page = TokensPage { created, ..empty(&visit).await? };
    Ok(visit.page(StatusCode::OK, page::render(&visit.site, page)))
}

/// `GET /tokens/{id}/revoke`: what will break.
pub(crate) async fn ask(visit: Visit, Path(id): Path<i64>) -> Answer {
    let owner = owner(&visit)?;
    let line = lines(&visit, owner).await?.into_iter().find(|line| line.id == id);
    let Some(token) = line.filter(|line| line.state != TokenState::Revoked) else { return Err(visit.hidden()) };
    let uses = visit.app.store.read(async |conn| token_uses::find(conn, id, &visit.subject()).await).await?;
    let page = RevokePage { token, badges: uses.named, others: uses.others };
    Ok(visit.page(StatusCode::OK, revoke_token::render(&visit.site, page)))
}

/// `POST /tokens/{id}/revoke`
pub(crate) async fn revoke(visit: Visit, Path(id): Path<i64>) -> Answer {
    let owner = owner(&visit)?;
    let own = visit.app.store.read(async |conn| tokens::list(conn, owner).await).await?;
    if !own.iter().any(|token| token.id == id) {
        return Err(visit.hidden());
    }
    let revoked = visit.app.store.write(async move |conn| tokens::revoke(conn, id, Utc::now()).await).await?;
    if revoked { Ok(visit.redirect("/tokens?revoked=1")) } else { Err(visit.hidden()) }
}

/// Whose tokens the visitor deals with: an administrator with everybody's.
fn owner(visit: &Visit) -> Result<Option<i64>, Refusal> {
    let user = visit.require_user()?;
    Ok((!user.is_admin).then_some(user.id))
}

/// The page before anything was done.
async fn empty(visit: &Visit) -> Result<TokensPage, Refusal> {
    let owner = owner(visit)?;
    let form = if owner.is_none() { TokenForm::default() } else { TokenForm::for_user() };
    Ok(TokensPage { tokens: lines(visit, owner).await?, form, ..TokensPage::default() })
}

/// What the form asks for.
struct Wanted {
    user_id: Option<i64>,
    name: String,
    scopes: Vec<Scope>,
    /// The token itself, if it is not to be made at random.
    value: Option<String>,
    expires_at: Option<DateTime<Utc>>,
    targets: Vec<TokenTarget>,
}

async fn read(visit: &Visit, form: &Form, errors: &mut Vec<FieldError>) -> Result<Option<Wanted>, StoreError> {
    let name = note(errors, "name", "The name", text::name(form.text("name")));
    let scopes: Vec<Scope> = form.all("scope").filter_map(|scope| scope.parse().ok()).collect();
    if scopes.is_empty() {
        errors.push(FieldError::new("scope", "Choose at least one thing that the token may do."));
    }
    let value = chosen_value(form.text("value").trim(), &scopes, errors);
    visit
        .app
        .store
        .read(async |conn| {
            let user_id = acts_as(visit, conn, form.text("user").trim(), errors).await?;
            if user_id.is_some() && scopes.iter().any(|scope| !Scope::GITLAB.contains(scope)) {
                errors.push(FieldError::new(
                    "scope",
                    "A token that acts as somebody can only have the scopes api and read_api.",
                ));
            }
            let target = find_target(visit, conn, form.text("limited_to").trim(), errors).await?;
            let days = note(errors, "expires_days", "The number of days", parse_days(form.text("expires_days").trim()));
            let expires_at = days.flatten().map(|days| Utc::now() + TimeDelta::days(days));
            Ok(name.map(|name| Wanted {
                user_id,
                name,
                scopes,
                value,
                expires_at,
                targets: target.into_iter().collect(),
            }))
        })
        .await
}

/// The token's own text. Whoever guesses it has it, so it must be good for badges only.
fn chosen_value(text: &str, scopes: &[Scope], errors: &mut Vec<FieldError>) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if scopes.iter().any(|scope| !Scope::BADGES.contains(scope)) {
        let names = Scope::BADGES.map(Scope::as_str).join(" and ");
        let words =
            format!("Everybody can guess a chosen value, so it goes with the badge keys' scopes alone: {names}.");
        errors.push(FieldError::new("value", words));
        return None;
    }
    note(errors, "value", "The value", scope::chosen_value(text))
}

fn parse_days(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(days @ 1..=MAX_DAYS) => Ok(Some(days)),
        _ => Err(format!("must be 1 to {MAX_DAYS}, or empty for a token that does not expire")),
    }
}

/// The account that the token acts as: whom an administrator names, else the visitor.
async fn acts_as(
    visit: &Visit,
    conn: &mut Conn,
    name: &str,
    errors: &mut Vec<FieldError>,
) -> Result<Option<i64>, StoreError> {
    match &visit.user {
        Some(user) if !user.is_admin => Ok(Some(user.id)),
        _ if name.is_empty() => Ok(None),
        _ => {
            let found = users::find(conn, name).await?;
            if found.is_none() {
                errors.push(FieldError::new("user", format!("There is no account called “{name}”.")));
            }
            Ok(found.map(|user| user.id))
        }
    }
}

/// The space, group or project that a path names, if the visitor may see it.
async fn find_target(
    visit: &Visit,
    conn: &mut Conn,
    path: &str,
    errors: &mut Vec<FieldError>,
) -> Result<Option<TokenTarget>, StoreError> {
    let path = path.trim_matches('/');
    if path.is_empty() {
        return Ok(None);
    }
    match Seen::find(visit, conn, path).await? {
        Some(Seen::Project(seen)) => return Ok(Some(TokenTarget::Project(seen.project.id))),
        Some(Seen::Group(seen)) => return Ok(Some(TokenTarget::Group(seen.group.id))),
        None => {}
    }
    errors.push(FieldError::new("limited_to", "There is no space, group or project with this path."));
    Ok(None)
}

fn typed(form: &Form) -> TokenForm {
    TokenForm {
        name: form.text("name").to_owned(),
        scopes: form.all("scope").filter_map(|scope| scope.parse().ok()).collect(),
        value: form.text("value").to_owned(),
        user: form.text("user").to_owned(),
        limited_to: form.text("limited_to").to_owned(),
        expires_days: form.text("expires_days").to_owned(),
    }
}

async fn lines(visit: &Visit, owner: Option<i64>) -> Result<Vec<TokenLine>, StoreError> {
    visit
        .app
        .store
        .read(async |conn| {
            let names: BTreeMap<i64, String> =
                users::list(conn).await?.into_iter().map(|user| (user.id, user.username)).collect();
            let mut lines = Vec::new();
            for token in tokens::list(conn, owner).await? {
                lines.push(TokenLine {
                    limited_to: limits(conn, &token).await?,
                    state: state(&token),
                    shown: token.shown(),
                    user: token.user_id.and_then(|id| names.get(&id).cloned()),
                    id: token.id,
                    name: token.name,
                    scopes: token.scopes,
                    created_at: token.created_at,
                    last_used_at: token.last_used_at,
                });
            }
            Ok(lines)
        })
        .await
}

fn state(token: &Token) -> TokenState {
    match (token.revoked_at, token.expires_at) {
        (Some(_), _) => TokenState::Revoked,
        (None, Some(end)) if end <= Utc::now() => TokenState::Expired(end),
        (None, Some(end)) => TokenState::ActiveUntil(end),
        (None, None) => TokenState::Active,
    }
}

async fn limits(conn: &mut Conn, token: &Token) -> Result<Option<String>, StoreError> {
    let mut paths = Vec::new();
    for target in &token.targets {
        let path = match target {
            TokenTarget::Group(id) => groups::get(conn, *id).await?.map(|group| group.full_path),
            TokenTarget::Project(id) => projects::get(conn, *id).await?.map(|project| project.full_path),
        };
        paths.extend(path);
    }
    Ok(Some(paths.join(", ")).filter(|_| !token.is_unlimited()))
}
