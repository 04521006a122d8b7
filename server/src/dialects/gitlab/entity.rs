//! GitLab's objects, with its names and the order of its keys (`spec/dialects.md` B2), and the fields that Burgee knows.

use burgee_domain::{
    change::Visibility,
    gitlab::{badge_url, placeholder::Values},
    role::Role,
    url_text::encode_path,
};
use burgee_store::{badges, groups::Group, members::Member, projects::Project, users::User};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::config::public_url::PublicUrl;

/// A badge that is not kept: what `render` answers.
#[derive(Debug, Serialize)]
pub(super) struct RenderedBadge {
    name: Option<String>,
    link_url: String,
    image_url: String,
    rendered_link_url: String,
    rendered_image_url: String,
}

impl RenderedBadge {
    pub(super) fn new(name: Option<String>, link_url: String, image_url: String, project: Option<&Values>) -> Self {
        Self {
            name,
            rendered_link_url: badge_url::render(&link_url, project),
            rendered_image_url: badge_url::render(&image_url, project),
            link_url,
            image_url,
        }
    }
}

/// A badge.
#[derive(Debug, Serialize)]
pub(super) struct Badge {
    #[serde(flatten)]
    rendered: RenderedBadge,
    id: i64,
    kind: &'static str,
}

impl Badge {
    pub(super) fn new(badge: badges::Badge, project: Option<&Values>) -> Self {
        Self {
            id: badge.id,
            kind: if badge.project_id.is_some() { "project" } else { "group" },
            rendered: RenderedBadge::new(badge.name, badge.link_url, badge.image_url, project),
        }
    }
}

/// Who somebody is, as far as others are told.
#[derive(Debug, Serialize)]
pub(super) struct BasicUser {
    id: i64,
    username: String,
    name: String,
    state: &'static str,
    avatar_url: Option<String>,
}

impl BasicUser {
    pub(super) fn new(id: i64, username: &str) -> Self {
        Self { id, username: username.to_owned(), name: username.to_owned(), state: "active", avatar_url: None }
    }
}

/// The caller's own account.
#[derive(Debug, Serialize)]
pub(super) struct CurrentUser {
    #[serde(flatten)]
    user: BasicUser,
    created_at: Option<String>,
    is_admin: bool,
}

impl CurrentUser {
    pub(super) fn new(user: &User) -> Self {
        let created_at = Some(time(user.created_at));
        Self { user: BasicUser::new(user.id, &user.username), created_at, is_admin: user.is_admin }
    }

    /// An administrator without an account: an instance that is only used by tokens.
    pub(super) fn nameless_administrator() -> Self {
        Self { user: BasicUser::new(0, "administrator"), created_at: None, is_admin: true }
    }
}

/// A member.
#[derive(Debug, Serialize)]
pub(super) struct MemberEntity {
    #[serde(flatten)]
    user: BasicUser,
    access_level: i64,
    created_at: String,
    expires_at: Option<String>,
}

impl MemberEntity {
    pub(super) fn new(member: &Member) -> Self {
        Self {
            user: BasicUser::new(member.user_id, &member.username),
            access_level: member.role.access_level(),
            created_at: time(member.created_at),
            expires_at: None,
        }
    }
}

/// Somebody who asks to become a member.
#[derive(Debug, Serialize)]
pub(super) struct AccessRequester {
    #[serde(flatten)]
    user: BasicUser,
    created_at: String,
    requested_at: Option<String>,
}

impl AccessRequester {
    pub(super) fn new(member: &Member) -> Self {
        Self {
            user: BasicUser::new(member.user_id, &member.username),
            created_at: time(member.created_at),
            requested_at: member.requested_at.map(time),
        }
    }
}

/// The group that a project is in.
#[derive(Debug, Serialize)]
struct Namespace {
    id: i64,
    name: String,
    path: String,
    kind: &'static str,
    full_path: String,
    parent_id: Option<i64>,
    avatar_url: Option<String>,
    web_url: String,
}

/// A project.
#[derive(Debug, Serialize)]
pub(super) struct ProjectEntity {
    id: i64,
    description: Option<String>,
    name: String,
    name_with_namespace: String,
    path: String,
    path_with_namespace: String,
    created_at: String,
    default_branch: Option<String>,
    tag_list: [String; 0],
    topics: [String; 0],
    web_url: String,
    avatar_url: Option<String>,
    last_activity_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<Namespace>,
    archived: bool,
    visibility: Visibility,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Permissions>,
}

/// What the caller is in a project.
#[derive(Debug, Serialize)]
struct Permissions {
    project_access: Option<AccessLevel>,
    group_access: Option<AccessLevel>,
}

#[derive(Debug, Serialize)]
struct AccessLevel {
    access_level: i64,
}

impl ProjectEntity {
    /// `above` are the space and the groups above the project, outermost first.
    pub(super) fn new(public: &PublicUrl, project: Project, above: &[&Group]) -> Self {
        let mut names: Vec<&str> = above.iter().map(|group| group.name.as_str()).collect();
        names.push(&project.title);
        let namespace = above.last().map(|group| Namespace {
            id: group.id,
            name: group.name.clone(),
            path: group.slug.clone(),
            kind: "group",
            full_path: group.full_path.clone(),
            parent_id: group.parent_id,
            avatar_url: None,
            web_url: web_url(public, &group.full_path),
        });
        Self {
            name_with_namespace: names.join(" / "),
            id: project.id,
            description: None,
            web_url: web_url(public, &project.full_path),
            name: project.title,
            path: project.path,
            path_with_namespace: project.full_path,
            created_at: time(project.created_at),
            default_branch: project.default_branch,
            tag_list: [],
            topics: [],
            avatar_url: None,
            last_activity_at: time(project.updated_at),
            namespace,
            archived: false,
            visibility: project.visibility,
            permissions: None,
        }
    }

    /// With the role that the caller has there.
    pub(super) fn with_role(mut self, role: Option<Role>) -> Self {
        let project_access = role.map(|role| AccessLevel { access_level: role.access_level() });
        self.permissions = Some(Permissions { project_access, group_access: None });
        self
    }

    /// `simple=true`.
    pub(super) fn simple(mut self) -> Self {
        self.permissions = None;
        self
    }
}

/// A group or space.
#[derive(Debug, Serialize)]
pub(super) struct GroupEntity {
    id: i64,
    web_url: String,
    name: String,
    path: String,
    description: Option<String>,
    visibility: Visibility,
    avatar_url: Option<String>,
    full_name: String,
    full_path: String,
    created_at: String,
    parent_id: Option<i64>,
}

impl GroupEntity {
    /// `above` are the groups above it, outermost first.
    pub(super) fn new(public: &PublicUrl, group: Group, above: &[&Group]) -> Self {
        let mut names: Vec<&str> = above.iter().map(|group| group.name.as_str()).collect();
        names.push(&group.name);
        Self {
            full_name: names.join(" / "),
            id: group.id,
            web_url: public.url(&format!("/{}", encode_path(&group.full_path))),
            name: group.name,
            path: group.slug,
            description: None,
            visibility: group.visibility,
            avatar_url: None,
            full_path: group.full_path,
            created_at: time(group.created_at),
            parent_id: group.parent_id,
        }
    }
}

fn web_url(public: &PublicUrl, full_path: &str) -> String {
    public.url(&format!("/{}", encode_path(full_path)))
}

/// As GitLab writes times.
fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
