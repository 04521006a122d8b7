//! `burgee token …`: API tokens, from the command line.

use burgee_domain::{scope::Scope, slug};
use burgee_store::{
    Conn, StoreError, groups, projects,
    tokens::{self, NewToken, Token, TokenTarget},
    users,
};
use chrono::{TimeDelta, Utc};

use super::{Outcome, block_on, open, say, until_noticed};
use crate::{api::projects::by_path, auth::secret::Made, cli::TokenCreateArgs, config::StoreSettings};

/// `burgee token create`: prints the secret and nothing else.
pub(crate) fn create(arguments: &TokenCreateArgs) -> Outcome {
    block_on(async {
        let store = open(&arguments.store).await?;
        let TokenCreateArgs { name, scopes, spaces, projects, user, value, .. } = arguments.clone();
        if value.is_some() && scopes.iter().any(|scope| !Scope::BADGES.contains(scope)) {
            return Err(format!(
                "--value goes with the scopes {} alone: what was chosen by hand can be guessed, and must not be good for \
                 more than badges",
                Scope::BADGES.map(Scope::as_str).join(" and ")
            ));
        }
        let is_chosen = value.is_some();
        let made = Made::of(value);
        let (secret, hash) = (made.text.clone(), made.hash());
        if user.is_some() && scopes.iter().any(|scope| !Scope::GITLAB.contains(scope)) {
            return Err(
                "--user goes with the scopes api and read_api only: reports and settings are nobody's in particular"
                    .to_owned(),
            );
        }
        let now = Utc::now();
        let expires_at = arguments.expires_in.map(|days| now + TimeDelta::days(i64::from(days)));
        store
            .write(async move |conn| {
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
                    prefix: &made.prefix,
                    hint: &made.hint,
                    scopes: &scopes,
                    user_id,
                    expires_at,
                    targets: &targets,
                };
                tokens::create(conn, &new, now).await
            })
            .await
            .map_err(|error: StoreError| error.to_string())?;
        // A random token was never asked for before, so no server remembers that there is none.
        if is_chosen {
            until_noticed().await;
        }
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
        let listed = store
            .read(async |conn| {
                let mut listed = Vec::new();
                for token in tokens::list(conn, None).await? {
                    listed.push((limits(conn, &token).await?, token));
                }
                Ok(listed)
            })
            .await;
        for (limits, token) in listed.map_err(|error: StoreError| error.to_string())? {
            let scopes = token.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(",");
            let now = Utc::now();
            let state = match (token.revoked_at, token.expires_at) {
                (Some(_), _) => "revoked",
                (None, Some(end)) if end <= now => "expired",
                _ => "active",
            };
            let used =
                token.last_used_at.map_or("never used".to_owned(), |used| format!("last used {}", used.format("%F")));
            let shown = token.shown();
            say(&format!("{}\t{}\t{shown}\t{scopes}\t{limits}\t{state}\t{used}", token.id, token.name));
        }
        Ok(())
    })
}

/// Where a token may be used.
async fn limits(conn: &mut Conn, token: &Token) -> Result<String, StoreError> {
    if token.is_unlimited() {
        return Ok("everywhere".to_owned());
    }
    let mut paths = Vec::new();
    for target in &token.targets {
        paths.extend(match target {
            TokenTarget::Group(id) => groups::get(conn, *id).await?.map(|group| group.full_path),
            TokenTarget::Project(id) => projects::get(conn, *id).await?.map(|project| project.full_path),
        });
    }
    Ok(if paths.is_empty() { "nowhere".to_owned() } else { format!("only {}", paths.join(",")) })
}

/// `burgee token revoke`: by id, or by a name that only one living token has.
pub(crate) fn revoke(settings: &StoreSettings, which: &str) -> Outcome {
    let which = which.to_owned();
    block_on(async {
        let store = open(settings).await?;
        let revoked = store
            .write(async move |conn| match find_living(conn, &which).await? {
                Ok(id) => Ok(tokens::revoke(conn, id, Utc::now()).await?.then_some(()).ok_or(which)),
                Err(detail) => Err(StoreError::Conflict { field: "token", detail }),
            })
            .await
            .map_err(|error: StoreError| error.to_string())?;
        until_noticed().await;
        revoked.map_err(|which| format!("the token {which} has been revoked already"))
    })
}

/// The id of the token that is meant, or a sentence. A number is an id, if there is a token with it.
async fn find_living(conn: &mut Conn, which: &str) -> Result<Result<i64, String>, StoreError> {
    let all = tokens::list(conn, None).await?;
    if let Some(token) = which.parse().ok().and_then(|id: i64| all.iter().find(|token| token.id == id)) {
        return Ok(Ok(token.id));
    }
    let named: Vec<&Token> = all.iter().filter(|token| token.name == which && token.revoked_at.is_none()).collect();
    Ok(match named.as_slice() {
        [] => Err(format!("there is no token {which}")),
        [token] => Ok(token.id),
        several => {
            let ids = several.iter().map(|token| token.id.to_string()).collect::<Vec<_>>().join(", ");
            Err(format!("several tokens are called {which}: revoke one by its id ({ids})"))
        }
    })
}
