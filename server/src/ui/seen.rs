//! A project or group that this visitor may see, and what they may do there.

use burgee_app::pages::{GroupHead, Place, PlaceHead, ProjectHead};
use burgee_domain::{change::Visibility, role::Role};
use burgee_store::{
    Conn, StoreError,
    badges::{Listing, Owner},
    groups::{self, Group},
    members::MemberOf,
    projects::Project,
};

use super::{Visit, errors::Refusal, key};
use crate::api::projects::by_path;

/// A project, as this visitor sees it.
pub(super) struct SeenProject {
    pub(super) project: Project,
    pub(super) role: Option<Role>,
    /// Whether it is seen by a key in the address alone.
    by_key: bool,
}

/// A space or group, as this visitor sees it.
pub(super) struct SeenGroup {
    pub(super) group: Group,
    pub(super) role: Option<Role>,
}

/// Either of them.
pub(super) enum Seen {
    Project(SeenProject),
    Group(SeenGroup),
}

impl SeenProject {
    /// The project at a path, if this visitor may see it.
    async fn find(visit: &Visit, conn: &mut Conn, path: &str) -> Result<Option<Self>, StoreError> {
        let Some(project) = by_path(conn, path).await? else { return Ok(None) };
        let role = visit.subject().role_in_project(conn, &project).await?;
        let is_visible = role.is_some() || project.visibility == Visibility::Public;
        let by_key = match &visit.key {
            Some(key) if !is_visible => key.opens(conn, &project).await?,
            _ => false,
        };
        Ok((is_visible || by_key).then_some(Self { project, role, by_key }))
    }

    /// Whether this visitor may change it.
    pub(super) fn may_change(&self) -> bool {
        self.role >= Some(Role::Maintainer)
    }

    /// Refuses those who may not change it.
    pub(super) fn require_change(&self, visit: &Visit) -> Result<(), Refusal> {
        if self.may_change() { Ok(()) } else { Err(visit.hidden()) }
    }

    /// What its pages show of it.
    pub(super) async fn head(&self, conn: &mut Conn) -> Result<ProjectHead, StoreError> {
        Ok(ProjectHead {
            title: self.project.title.clone(),
            full_path: self.project.full_path.clone(),
            above: above(conn, &self.project.full_path).await?,
            visibility: self.project.visibility,
            badges_enabled: self.project.badges_enabled,
            may_change: self.may_change(),
        })
    }
}

impl SeenGroup {
    /// The space or group at a path, if this visitor may see it.
    async fn find(visit: &Visit, conn: &mut Conn, path: &str) -> Result<Option<Self>, StoreError> {
        let Some(group) = groups::find_by_path(conn, path).await? else { return Ok(None) };
        let subject = visit.subject();
        let role = subject.role_in_group(conn, &group).await?;
        let is_visible = role.is_some() || subject.sees_group(conn, &group).await?;
        Ok(is_visible.then_some(Self { group, role }))
    }

    /// Whether this visitor may change it.
    pub(super) fn may_change(&self) -> bool {
        self.role >= Some(Role::Owner)
    }

    /// Refuses those who may not change it.
    pub(super) fn require_change(&self, visit: &Visit) -> Result<(), Refusal> {
        if self.may_change() { Ok(()) } else { Err(visit.hidden()) }
    }

    /// What its pages show of it.
    pub(super) async fn head(&self, conn: &mut Conn) -> Result<GroupHead, StoreError> {
        Ok(GroupHead {
            name: self.group.name.clone(),
            full_path: self.group.full_path.clone(),
            above: above(conn, &self.group.full_path).await?,
            visibility: self.group.visibility,
            may_change: self.may_change(),
        })
    }
}

impl Seen {
    /// What is at a path, if this visitor may see it.
    pub(super) async fn find(visit: &Visit, conn: &mut Conn, path: &str) -> Result<Option<Self>, StoreError> {
        if let Some(project) = SeenProject::find(visit, conn, path).await? {
            return Ok(Some(Self::Project(project)));
        }
        Ok(SeenGroup::find(visit, conn, path).await?.map(Self::Group))
    }

    pub(super) fn full_path(&self) -> &str {
        match self {
            Self::Project(seen) => &seen.project.full_path,
            Self::Group(seen) => &seen.group.full_path,
        }
    }

    /// Whether this page of it is open to the visitor. A key in the address opens some only.
    pub(super) fn opens(&self, page: &str) -> bool {
        match self {
            Self::Project(seen) => !seen.by_key || key::opens_page(page),
            Self::Group(_) => true,
        }
    }

    /// The visitor's role there.
    pub(super) fn role(&self) -> Option<Role> {
        match self {
            Self::Project(seen) => seen.role,
            Self::Group(seen) => seen.role,
        }
    }

    pub(super) fn require_change(&self, visit: &Visit) -> Result<(), Refusal> {
        match self {
            Self::Project(seen) => seen.require_change(visit),
            Self::Group(seen) => seen.require_change(visit),
        }
    }

    pub(super) async fn head(&self, conn: &mut Conn) -> Result<PlaceHead, StoreError> {
        Ok(match self {
            Self::Project(seen) => PlaceHead::Project(seen.head(conn).await?),
            Self::Group(seen) => PlaceHead::Group(seen.head(conn).await?),
        })
    }

    /// Whose badges they are.
    pub(super) fn owner(&self) -> Owner {
        match self {
            Self::Project(seen) => Owner::Project(seen.project.id),
            Self::Group(seen) => Owner::Group(seen.group.id),
        }
    }

    /// The list of its badges.
    pub(super) async fn listing(&self, conn: &mut Conn) -> Result<Listing, StoreError> {
        match self {
            Self::Project(seen) => Listing::of_project(conn, &seen.project).await,
            Self::Group(seen) => Ok(Listing::Group(seen.group.id)),
        }
    }

    /// Where its members are members.
    pub(super) fn members(&self) -> MemberOf {
        match self {
            Self::Project(seen) => MemberOf::Project(seen.project.id),
            Self::Group(seen) => MemberOf::Group(seen.group.id),
        }
    }
}

/// The space and groups above a place, outermost first.
async fn above(conn: &mut Conn, full_path: &str) -> Result<Vec<Place>, StoreError> {
    Ok(groups::above(conn, full_path).await?.into_iter().map(place).collect())
}

/// A group as links show it.
pub(super) fn place(group: Group) -> Place {
    Place { name: group.name, full_path: group.full_path }
}
