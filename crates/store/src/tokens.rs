//! API tokens: what a machine may do, and where. Only a hash of the secret is kept.

use std::fmt::Write as _;

use burgee_coherence::{Change, Dependencies};
use burgee_domain::scope::Scope;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::{MaybeStamp, Stamp, stored},
    conn::on_backend,
    memo::remembered,
    reports::Target,
    schema::{token_targets, tokens},
};

/// What a token is limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenTarget {
    /// A space or group, with everything in it and everything that will be created in it.
    Group(i64),
    /// A project.
    Project(i64),
}

/// A token to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewToken<'a> {
    /// What people call it.
    pub name: &'a str,
    /// The secret's hash.
    pub secret_hash: &'a [u8],
    /// The secret's first characters, to tell tokens apart; all of a secret that is none.
    pub prefix: &'a str,
    /// Its last characters; nothing if the prefix is all.
    pub hint: &'a str,
    /// What it may do.
    pub scopes: &'a [Scope],
    /// Whom it acts as; it is deleted with them. Without one, an administrator.
    pub user_id: Option<i64>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// What it is limited to; empty means the whole instance.
    pub targets: &'a [TokenTarget],
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Burgee's own id.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// The secret's first characters; nothing of one that was made before these were kept.
    pub prefix: String,
    /// Its last characters; nothing if the prefix is all.
    pub hint: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Whom it acts as, if not as an administrator.
    pub user_id: Option<i64>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// What it is limited to; empty means the whole instance.
    pub targets: Vec<TokenTarget>,
    /// Whether it was made with limits; one whose targets have all been deleted may do nothing.
    limited: bool,
}

impl Token {
    /// Whether it has neither ended nor been taken back.
    #[must_use]
    pub fn is_alive(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether it may do `scope` at all.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Whether it may do nothing but show badges, so that it can be public.
    #[must_use]
    pub fn only_shows_badges(&self) -> bool {
        !self.scopes.is_empty() && self.scopes.iter().all(|scope| Scope::BADGES.contains(scope))
    }

    /// What people know it by: the secret's beginning and end, or all of one that is public anyway.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.hint.is_empty() { self.prefix.clone() } else { format!("{}…{}", self.prefix, self.hint) }
    }

    /// Whether it may touch the whole instance.
    #[must_use]
    pub const fn is_unlimited(&self) -> bool {
        !self.limited
    }

    /// Whether `target` lies within its limits. A project that is yet to be created lies within those of the
    /// groups above it, and never within another project's.
    #[must_use]
    pub fn covers(&self, target: &Target) -> bool {
        self.is_unlimited()
            || self.targets.iter().any(|limit| match limit {
                TokenTarget::Group(id) => target.groups.contains(id),
                TokenTarget::Project(id) => target.project == Some(*id),
            })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tokens)]
struct Row {
    id: i64,
    name: String,
    prefix: String,
    hint: String,
    scopes: String,
    user_id: Option<i64>,
    #[diesel(deserialize_as = Stamp)]
    created_at: DateTime<Utc>,
    #[diesel(deserialize_as = MaybeStamp)]
    expires_at: Option<DateTime<Utc>>,
    #[diesel(deserialize_as = MaybeStamp)]
    revoked_at: Option<DateTime<Utc>>,
    #[diesel(deserialize_as = MaybeStamp)]
    last_used_at: Option<DateTime<Utc>>,
    is_limited: bool,
}

type TargetRow = (i64, Option<i64>, Option<i64>);

impl Row {
    fn with(self, targets: &[TargetRow]) -> Token {
        let own = targets.iter().filter(|(token, ..)| *token == self.id);
        let targets = own.filter_map(|(_, group, project)| {
            group.map(TokenTarget::Group).or_else(|| project.map(TokenTarget::Project))
        });
        Token {
            id: self.id,
            name: self.name,
            prefix: self.prefix,
            hint: self.hint,
            // A scope that a newer version knew gives no right here.
            scopes: self.scopes.split_ascii_whitespace().filter_map(|scope| scope.parse().ok()).collect(),
            user_id: self.user_id,
            created_at: self.created_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
            last_used_at: self.last_used_at,
            targets: targets.collect(),
            limited: self.is_limited,
        }
    }
}

/// Makes a token.
///
/// # Errors
/// When the database does not answer.
pub async fn create(conn: &mut Conn, token: &NewToken<'_>, now: DateTime<Utc>) -> Result<Token> {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    let new = (
        tokens::name.eq(token.name),
        tokens::secret_hash.eq(token.secret_hash),
        tokens::prefix.eq(token.prefix),
        tokens::hint.eq(token.hint),
        tokens::scopes.eq(scopes.join(" ")),
        tokens::user_id.eq(token.user_id),
        tokens::is_limited.eq(!token.targets.is_empty()),
        tokens::created_at.eq(stored(now)),
        tokens::expires_at.eq(token.expires_at.map(stored)),
    );
    conn.changed(Change::Access);
    let row: Row = on_backend!(conn, |c| diesel::insert_into(tokens::table)
        .values(new)
        .returning(Row::as_returning())
        .get_result(c)
        .await)?;
    let mut targets = Vec::new();
    for target in token.targets {
        let (group, project) = match target {
            TokenTarget::Group(id) => (Some(*id), None),
            TokenTarget::Project(id) => (None, Some(*id)),
        };
        let new = (
            token_targets::token_id.eq(row.id),
            token_targets::group_id.eq(group),
            token_targets::project_id.eq(project),
        );
        on_backend!(conn, |c| diesel::insert_into(token_targets::table).values(new).execute(c).await)?;
        targets.push((row.id, group, project));
    }
    Ok(row.with(&targets))
}

/// The token with this secret, even if it has ended or was taken back (see [`Token::is_alive`]).
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, secret_hash: &[u8]) -> Result<Option<Token>> {
    let mut key = "token ".to_owned();
    for byte in secret_hash {
        // Writing into a string does not fail.
        let _ = write!(key, "{byte:02x}");
    }
    let on_access = |_: &Token| Dependencies::default().and_access();
    remembered(conn, key, on_access, async |conn| read(conn, secret_hash).await).await
}

async fn read(conn: &mut Conn, secret_hash: &[u8]) -> Result<Option<Token>> {
    let Some(row): Option<Row> = on_backend!(conn, |c| tokens::table
        .filter(tokens::secret_hash.eq(secret_hash))
        .select(Row::as_select())
        .first(c)
        .await
        .optional())?
    else {
        return Ok(None);
    };
    let targets = targets(conn, &[row.id]).await?;
    Ok(Some(row.with(&targets)))
}

/// The hash of a token's secret, to tell whether some text is it.
///
/// # Errors
/// When the database does not answer.
pub async fn secret_hash(conn: &mut Conn, id: i64) -> Result<Option<Vec<u8>>> {
    let query = tokens::table.filter(tokens::id.eq(id)).select(tokens::secret_hash);
    Ok(on_backend!(conn, |c| query.first(c).await.optional())?)
}

/// Every token, newest first; those of one user, or all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(conn: &mut Conn, user_id: Option<i64>) -> Result<Vec<Token>> {
    let rows: Vec<Row> = on_backend!(conn, |c| {
        let mut query = tokens::table.order(tokens::id.desc()).select(Row::as_select()).into_boxed();
        if let Some(user_id) = user_id {
            query = query.filter(tokens::user_id.eq(user_id));
        }
        query.load(c).await
    })?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let targets = targets(conn, &ids).await?;
    let mut tokens: Vec<Token> = rows.into_iter().map(|row| row.with(&targets)).collect();
    for token in &mut tokens {
        token.last_used_at = token.last_used_at.max(conn.uses().last(token.id));
    }
    Ok(tokens)
}

/// Takes a token back; whether there was one to take back.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(conn: &mut Conn, id: i64, now: DateTime<Utc>) -> Result<bool> {
    conn.changed(Change::Access);
    let query = diesel::update(tokens::table.filter(tokens::id.eq(id)).filter(tokens::revoked_at.is_null()))
        .set(tokens::revoked_at.eq(stored(now)));
    Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
}

/// Notes that a token was used. It is written with others soon, so that reading does not become writing.
pub fn note_use(conn: &Conn, id: i64) {
    conn.uses().note(id, Utc::now());
}

/// Writes when a token was last used.
pub(crate) async fn write_use(conn: &mut Conn, id: i64, at: DateTime<Utc>) -> Result<()> {
    let query = diesel::update(tokens::table.filter(tokens::id.eq(id))).set(tokens::last_used_at.eq(stored(at)));
    on_backend!(conn, |c| query.execute(c).await)?;
    Ok(())
}

async fn targets(conn: &mut Conn, tokens: &[i64]) -> Result<Vec<TargetRow>> {
    let query = token_targets::table.filter(token_targets::token_id.eq_any(tokens)).order(token_targets::id).select((
        token_targets::token_id,
        token_targets::group_id,
        token_targets::project_id,
    ));
    Ok(on_backend!(conn, |c| query.load(c).await)?)
}
