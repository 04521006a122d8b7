//! `burgee token …`: API tokens, from the command line.

use burgee_domain::{scope::Scope, slug};
use burgee_store::{
    Conn, StoreError, groups,
    tokens::{self, NewToken, TokenTarget},
    users,
};
use chrono::{TimeDelta, Utc};

use super::{Outcome, block_on, open, say};
use crate::{api::projects::by_path, auth::secret, cli::TokenCreateArgs, config::StoreSettings};

/// `burgee token create`: prints the secret and nothing else.
pub(crate) fn create(arguments: &TokenCreateArgs) -> Outcome {
    block_on(async {
        let store = open(&arguments.store).await?;
        let TokenCreateArgs { name, scopes, spaces, projects, user, value, .. } = arguments.clone();
        if value.is_some() && scopes.iter().any(|scope| *scope != Scope::CiBadges) {
            return Err(
                "--value goes with the scope ci-badges alone: what was chosen by hand can be guessed, and must not be \
                 good for more than badges"
                    .to_owned(),
            );
        }
        let secret = value.unwrap_or_else(secret::new_token);
        let (hash, hint) = (secret::hash(&secret), secret::hint(&secret));
        if user.is_some() && scopes.iter().any(|scope| !Scope::GITLAB.contains(scope)) {
            return Err(
                "--user goes with the scopes api and read_api only: reports and settings are nobody's in particular"
                    .to_owned(),
            );
        }
        let now = Utc::now();
        let expires_at = arguments.expires_in.map(|days| now + TimeDelta::days(i64::from(days)));
        store
            .write(move |conn| {
                Box::pin(async move {
                    // A chosen value may have been given before.
                    if tokens::find(conn, &hash).await?.is_some() {
                        let detail = "there is, or was, a token with this value: choose another".to_owned();
                        return Err(StoreError::Conflict { field: "value", detail });
                    }
                    let targets = find_targets(conn, &spaces, &projects).await?;
                    let user_id = match &user {
                        Some(name) => Some(find_user(conn, name).await?),
                        None => None,
                    };
                    let new = NewToken {
                        name: &name,
                        secret_hash: &hash,
                        hint: &hint,
                        scopes: &scopes,
                        user_id,
                        expires_at,
                        targets: &targets,
                    };
                    tokens::create(conn, &new, now).await
                })
            })
            .await
            .map_err(|error: StoreError| error.to_string())?;
        say(&secret);
        Ok(())
    })
}

/// The limits of a new token. A space that does not exist yet is made, since a token often comes before the
/// first report; a project's path has its space in front, or means the space `default`.
pub(crate) async fn find_targets(
    conn: &mut Conn,
    spaces: &[String],
    projects: &[String],
) -> Result<Vec<TokenTarget>, StoreError> {
    let mut targets = Vec::new();
    for space in spaces.iter().filter(|_| projects.is_empty()) {
        targets.push(TokenTarget::Group(groups::ensure(conn, None, space, Utc::now()).await?.id));
    }
    for path in projects {
        targets.push(TokenTarget::Project(find_project(conn, spaces, path).await?));
    }
    Ok(targets)
}

async fn find_user(conn: &mut Conn, name: &str) -> Result<i64, StoreError> {
    let found = users::find(conn, name).await?;
    let none = || StoreError::Conflict { field: "user", detail: format!("there is no account called {name}") };
    found.map(|user| user.id).ok_or_else(none)
}

async fn find_project(conn: &mut Conn, spaces: &[String], path: &str) -> Result<i64, StoreError> {
    let below = spaces.first().map_or(burgee_domain::report::DEFAULT_SPACE, String::as_str);
    let path = path.trim_matches('/');
    for candidate in [path.to_owned(), format!("{}/{path}", slug::path_segment(below))] {
        if let Some(project) = by_path(conn, &candidate).await? {
            return Ok(project.id);
        }
    }
    let detail = format!("there is no project {path}: report a run of it first, or limit the token to its space");
    Err(StoreError::Conflict { field: "project", detail })
}

/// `burgee token list`
pub(crate) fn list(settings: &StoreSettings) -> Outcome {
    block_on(async {
        let store = open(settings).await?;
        let mut conn = store.read().await.map_err(|error| error.to_string())?;
        for token in tokens::list(&mut conn, None).await.map_err(|error| error.to_string())? {
            let scopes = token.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(",");
            let now = Utc::now();
            let state = match (token.revoked_at, token.expires_at) {
                (Some(_), _) => "revoked",
                (None, Some(end)) if end <= now => "expired",
                _ => "active",
            };
            let used =
                token.last_used_at.map_or("never used".to_owned(), |used| format!("last used {}", used.format("%F")));
            say(&format!("{}\t{}\t…{}\t{scopes}\t{state}\t{used}", token.id, token.name, token.hint));
        }
        Ok(())
    })
}

/// `burgee token revoke`
pub(crate) fn revoke(settings: &StoreSettings, id: i64) -> Outcome {
    block_on(async {
        let store = open(settings).await?;
        let revoked = store
            .write(move |conn| Box::pin(async move { tokens::revoke(conn, id, Utc::now()).await }))
            .await
            .map_err(|error: StoreError| error.to_string())?;
        if revoked { Ok(()) } else { Err(format!("there is no token {id}")) }
    })
}
