//! Who may see a pipeline's badges, and which pipelines stand in somebody's feed (A6, A7).

use axum::http::{HeaderMap, header};
use burgee_domain::{change::Visibility, scope::Scope};
use burgee_store::{Conn, access::Person, projects::Project};

use super::refusal::Refusal;
use crate::auth::{subject::Viewer, token};

/// The scopes of tokens in a header that see badges.
const VIEWERS: [Scope; 3] = [Scope::Api, Scope::ReadApi, Scope::BadgesRead];
/// The scopes of tokens that read the feed. A badge token opens badges and nothing else.
const READERS: [Scope; 3] = [Scope::Api, Scope::ReadApi, Scope::RunsRead];

/// Whether everybody may see the badges.
pub(super) fn is_exposed(pipeline: &Project) -> bool {
    pipeline.visibility == Visibility::Public || pipeline.badges_enabled
}

/// Who is let in to a pipeline's badges.
pub(super) enum Admitted {
    /// Everybody.
    Everyone,
    /// This viewer.
    Viewer(Viewer),
}

/// Lets everybody see the badges of an exposed pipeline, and of others those who have a role there or come with a badge
/// token for it.
pub(super) async fn authorize(
    conn: &mut Conn,
    pipeline: &Project,
    badge_token: Option<&str>,
    request: &HeaderMap,
) -> Result<Admitted, Refusal> {
    if is_exposed(pipeline) {
        return Ok(Admitted::Everyone);
    }
    let of_token = match badge_token {
        Some(secret) => Viewer::by_token(conn, secret, &[Scope::BadgesRead]).await?,
        None => Viewer::NOBODY,
    };
    let of_headers = Viewer::find(conn, request, &VIEWERS).await?;
    let mut refusal = Refusal::NotAuthorized;
    for viewer in [of_token, of_headers] {
        if viewer.subject.role_in_project(conn, pipeline).await?.is_some() {
            return Ok(Admitted::Viewer(viewer));
        }
        if viewer.subject.person != Person::Nobody {
            refusal = Refusal::Forbidden;
        }
    }
    Err(refusal)
}

/// Who reads the feed. Build monitors that know nothing of tokens send one as the password of HTTP Basic.
pub(super) async fn reader(conn: &mut Conn, request: &HeaderMap) -> Result<Viewer, Refusal> {
    let viewer = Viewer::find(conn, request, &READERS).await?;
    if viewer.subject.person == Person::Nobody
        && (token::in_headers(request).is_some() || request.contains_key(header::AUTHORIZATION))
    {
        return Err(Refusal::NotAuthorized);
    }
    Ok(viewer)
}
