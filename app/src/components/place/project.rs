//! A project's head.

use burgee_domain::change::Visibility;

use super::{Header, Place, Tab, page_below, visibility_word};
use crate::site::Site;

/// A project, as every page about it needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectHead {
    /// The name that people use.
    pub title: String,
    /// The full path, space first: `harbour/lines/timetable-api`.
    pub full_path: String,
    /// The space, then the groups below it.
    pub above: Vec<Place>,
    /// Who may see its page.
    pub visibility: Visibility,
    /// Whether badges of its releases and runs are served to anybody.
    pub badges_enabled: bool,
    /// Whether the visitor may change it: as its maintainer or owner, or as an administrator.
    pub may_change: bool,
}

impl ProjectHead {
    /// A page below this project: `settings`, `badge-builder`.
    pub(crate) fn page(&self, site: &Site, page: &str) -> String {
        page_below(site, &self.full_path, page)
    }

    /// The header of the page that `tab` leads to.
    pub(crate) fn header(&self, tab: Tab) -> Header<'_> {
        let badges = if self.badges_enabled { "badges on" } else { "badges off" };
        let mut tabs = vec![Tab::Overview, Tab::Releases, Tab::Builds, Tab::Badges];
        if self.may_change {
            // While badges are off, the builder has nothing to build.
            tabs.extend((self.badges_enabled || tab == Tab::Builder).then_some(Tab::Builder));
            tabs.extend([Tab::Members, Tab::Settings]);
        }
        Header {
            kind: "Project",
            facts: format!("{} · {badges}", visibility_word(self.visibility)),
            ..Header::new(&self.title, &self.full_path, &self.above, tabs, tab)
        }
    }
}
