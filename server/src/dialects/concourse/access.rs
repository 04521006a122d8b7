//! Who may see a pipeline's badges, and which pipelines stand in somebody's feed (A6, A7).

use axum::http::{HeaderMap, header};
use burgee_domain::{change::Visibility, scope::Scope};
use burgee_store::{
    access::{Person, Subject},
    projects::Project,
};

use super::refusal::Refusal;
use crate::{
    auth::{subject, token},
    state::App,
};

/// The scopes of tokens in a header that see badges.
const VIEWERS: [Scope; 3] = [Scope::Api, Scope::ReadApi, Scope::BadgesRead];
/// The scopes of tokens that read the feed. A badge token opens badges and nothing else.
const READERS: [Scope; 3] = [Scope::Api, Scope::ReadApi, Scope::RunsRead];

/// Whether everybody may see the badges.
pub(super) fn is_exposed(pipeline: &Project) -> bool {
    pipeline.visibility == Visibility::Public || pipeline.badges_enabled
}

/// Lets everybody see the badges of an exposed pipeline, and of others those who have a role there or come with a badge
/// token for it.
pub(super) async fn authorize(
    app: &App,
    pipeline: &Project,
    badge_token: Option<&str>,
    request: &HeaderMap,
) -> Result<(), Refusal> {
    if is_exposed(pipeline) {
        return Ok(());
    }
    let of_token = match badge_token {
        Some(secret) => by_badge_token(app, secret).await?,
        None => Subject::NOBODY,
    };
    let of_headers = subject::of_viewer(app, request, &VIEWERS).await?;
    let mut refusal = Refusal::NotAuthorized;
    for subject in [of_token, of_headers] {
        if subject.role_in_project(&mut app.store.read().await?, pipeline).await?.is_some() {
            return Ok(());
        }
        if subject.person != Person::Nobody {
            refusal = Refusal::Forbidden;
        }
    }
    Err(refusal)
}

async fn by_badge_token(app: &App, secret: &str) -> Result<Subject, Refusal> {
    match token::find(app, secret).await? {
        Ok(token) if token.may(Scope::BadgesRead) => {
            Ok(subject::of_token(app, &token).await?.map_or(Subject::NOBODY, |(subject, _)| subject))
        }
        _ => Ok(Subject::NOBODY),
    }
}

/// Whoever reads the feed. Build monitors that know nothing of tokens send one as the password of HTTP Basic.
pub(super) async fn reader(app: &App, request: &HeaderMap) -> Result<Subject, Refusal> {
    let subject = subject::of_viewer(app, request, &READERS).await?;
    if subject.person == Person::Nobody
        && (token::in_headers(request).is_some() || request.contains_key(header::AUTHORIZATION))
    {
        return Err(Refusal::NotAuthorized);
    }
    Ok(subject)
}
