//! Which badges hold a token in their addresses, so that one who revokes it knows what will break.
//!
//! Only a token's hash is kept, so every text that may be a key is hashed and compared.

use burgee_app::pages::revoke_token::KeyUse;
use burgee_domain::{badge_key, change::Visibility};
use burgee_store::{
    Conn, StoreError,
    access::Subject,
    badges::{self, Badge},
    groups, projects, tokens,
};

use crate::auth::secret;

/// Badges that are read at once.
const PAGE: i64 = 1_000;
/// Most badges that are looked at, beginning with the oldest.
const SEARCHED_MAX: i64 = 50_000;
/// Most badges that are named.
const NAMED_MAX: usize = 50;

/// The badges that use a token.
#[derive(Default)]
pub(super) struct Uses {
    /// Those that the visitor may see.
    pub(super) named: Vec<KeyUse>,
    /// How many more there are.
    pub(super) others: usize,
}

/// Looks for the badges whose image or link holds this token.
pub(super) async fn find(conn: &mut Conn, token: i64, visitor: &Subject) -> Result<Uses, StoreError> {
    let mut uses = Uses::default();
    let Some(hash) = tokens::secret_hash(conn, token).await? else { return Ok(uses) };
    let mut after = 0;
    for _ in 0..SEARCHED_MAX / PAGE {
        let page = badges::with_query(conn, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for badge in page.into_iter().filter(|badge| holds(badge, &hash)) {
            let place = if uses.named.len() < NAMED_MAX { place(conn, &badge, visitor).await? } else { None };
            match place {
                Some(full_path) => uses.named.push(KeyUse { badge: badge.name, full_path }),
                None => uses.others += 1,
            }
        }
    }
    Ok(uses)
}

fn holds(badge: &Badge, hash: &[u8]) -> bool {
    [&badge.image_url, &badge.link_url]
        .into_iter()
        .any(|address| badge_key::in_address(address).any(|text| secret::hash(&text) == hash))
}

/// The full path of the place whose badge it is, if the visitor may see that.
async fn place(conn: &mut Conn, badge: &Badge, visitor: &Subject) -> Result<Option<String>, StoreError> {
    if let Some(id) = badge.project_id {
        let Some(project) = projects::get(conn, id).await? else { return Ok(None) };
        let is_seen =
            project.visibility == Visibility::Public || visitor.role_in_project(conn, &project).await?.is_some();
        return Ok(is_seen.then_some(project.full_path));
    }
    let Some(id) = badge.group_id else { return Ok(None) };
    let Some(group) = groups::get(conn, id).await? else { return Ok(None) };
    let is_seen = visitor.sees_group(conn, &group).await?;
    Ok(is_seen.then_some(group.full_path))
}
