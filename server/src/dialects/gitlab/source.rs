//! The project or group that a request is about, and whether the caller may see and change it (`spec/dialects.md` B4,
//! B10).

use burgee_domain::{change::Visibility, role::Role, url_text::encode_segment};
use burgee_store::{
    Conn, StoreError,
    badges::{Listing, Owner},
    gitlab,
    groups::Group,
    members::MemberOf,
    projects::Project,
};

use super::{PREFIX, call::Call, error::ApiError};

/// Which of the two a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Project,
    Group,
}

/// A request about a project or group.
pub(super) struct Request {
    pub(super) kind: Kind,
    pub(super) call: Call,
}

/// The project or group.
pub(super) enum Source {
    Project(Project),
    Group(Group),
}

impl Source {
    pub(super) fn owner(&self) -> Owner {
        match self {
            Self::Project(project) => Owner::Project(project.id),
            Self::Group(group) => Owner::Group(group.id),
        }
    }

    pub(super) async fn listing(&self, conn: &mut Conn) -> Result<Listing, StoreError> {
        match self {
            Self::Project(project) => Listing::of_project(conn, project).await,
            Self::Group(group) => Ok(Listing::Group(group.id)),
        }
    }

    pub(super) fn members(&self) -> MemberOf {
        match self {
            Self::Project(project) => MemberOf::Project(project.id),
            Self::Group(group) => MemberOf::Group(group.id),
        }
    }

    pub(super) fn full_path(&self) -> &str {
        match self {
            Self::Project(project) => &project.full_path,
            Self::Group(group) => &group.full_path,
        }
    }
}

/// A source, and what the caller is there.
pub(super) struct Found {
    pub(super) source: Source,
    pub(super) role: Option<Role>,
}

impl Found {
    /// Refuses who may not change it: it takes a maintainer for a project, an owner for a group.
    pub(super) fn require_change(&self, call: &Call) -> Result<(), ApiError> {
        let needed = match self.source {
            Source::Project(_) => Role::Maintainer,
            Source::Group(_) => Role::Owner,
        };
        if self.role >= Some(needed) { Ok(()) } else { Err(call.refusal()) }
    }
}

impl Request {
    /// The source, if the caller may see it. One that may not be seen is not there.
    pub(super) async fn find(&self, conn: &mut Conn) -> Result<Found, ApiError> {
        let id = self.call.params.text("id").unwrap_or_default();
        if let Some(found) = self.look_up(conn, id).await? {
            return Ok(found);
        }
        // Only a path can be an old one.
        if let Some(path) = gitlab::moved_to(conn, id).await?
            && let Some(found) = self.look_up(conn, &path).await?
        {
            return Err(self.moved(found.source.full_path()));
        }
        Err(self.absent())
    }

    async fn look_up(&self, conn: &mut Conn, id: &str) -> Result<Option<Found>, ApiError> {
        let subject = &self.call.subject;
        Ok(match self.kind {
            Kind::Project => {
                let Some(project) = gitlab::find_project(conn, id).await? else { return Ok(None) };
                let role = subject.role_in_project(conn, &project).await?;
                let is_visible = role.is_some() || project.visibility == Visibility::Public;
                is_visible.then_some(Found { source: Source::Project(project), role })
            }
            Kind::Group => {
                let Some(group) = gitlab::find_group(conn, id).await? else { return Ok(None) };
                let role = subject.role_in_group(conn, &group).await?;
                let is_visible = role.is_some() || subject.sees_group(conn, &group).await?;
                is_visible.then_some(Found { source: Source::Group(group), role })
            }
        })
    }

    fn absent(&self) -> ApiError {
        ApiError::not_found(match self.kind {
            Kind::Project => "Project",
            Kind::Group => "Group",
        })
    }

    /// The same address with the new path in place of the old.
    fn moved(&self, full_path: &str) -> ApiError {
        if !self.call.method.is_safe() {
            return ApiError::moved_and_not_read();
        }
        let below = self.call.path.strip_prefix(PREFIX).unwrap_or(&self.call.path);
        let mut segments: Vec<&str> = below.split('/').collect();
        let id = encode_segment(full_path);
        if let Some(segment) = segments.get_mut(2) {
            *segment = &id;
        }
        let query = self.call.query.as_deref().map(|query| format!("?{query}")).unwrap_or_default();
        ApiError::moved(self.call.peer.public.url(&format!("{PREFIX}{}{query}", segments.join("/"))))
    }
}
