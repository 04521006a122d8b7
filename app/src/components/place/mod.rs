//! What the pages of one project, group or space have in common: its name, the way to it, and the tabs that lead to
//! its other pages.

mod group;
mod header;
mod project;
mod tabs;

use burgee_domain::change::Visibility;
use leptos::prelude::*;

pub use self::{group::GroupHead, project::ProjectHead};
pub(crate) use self::{header::Header, tabs::Tab};
use crate::site::Site;

/// A page that a breadcrumb or a choice leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name as shown.
    pub name: String,
    /// The full path, as people read it.
    pub full_path: String,
}

/// What a page is about, where that can be either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceHead {
    /// A project.
    Project(ProjectHead),
    /// A space, or a group below one.
    Group(GroupHead),
}

impl PlaceHead {
    /// The name that people use.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Project(head) => &head.title,
            Self::Group(head) => &head.name,
        }
    }

    /// Whether the visitor may change it.
    pub(crate) fn may_change(&self) -> bool {
        match self {
            Self::Project(head) => head.may_change,
            Self::Group(head) => head.may_change,
        }
    }

    /// "project" or "group".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Project(_) => "project",
            Self::Group(_) => "group",
        }
    }

    /// A page below this place: `members`, `badges`.
    pub(crate) fn page(&self, site: &Site, page: &str) -> String {
        match self {
            Self::Project(head) => head.page(site, page),
            Self::Group(head) => head.page(site, page),
        }
    }

    /// The header of one of its pages.
    pub(crate) fn header(&self, site: &Site, tab: Tab) -> AnyView {
        match self {
            Self::Project(head) => head.header(tab).view(site),
            Self::Group(head) => head.header(tab).view(site),
        }
    }
}

/// The visibility in a word.
fn visibility_word(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Private => "Private",
        Visibility::Public => "Public",
    }
}

/// A page below a place.
fn page_below(site: &Site, full_path: &str, page: &str) -> String {
    format!("{}/-/{page}", site.place(full_path))
}
