//! A group's or space's head.

use burgee_domain::change::Visibility;

use super::{Header, Place, Tab, page_below, visibility_word};
use crate::site::Site;

/// A space, or a group below one, as every page about it needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupHead {
    /// The name that people use.
    pub name: String,
    /// The full path, space first: `harbour/lines`.
    pub full_path: String,
    /// The space, then the groups between it and this one; nothing above a space.
    pub above: Vec<Place>,
    /// Who may see its page.
    pub visibility: Visibility,
    /// Whether the visitor may change it: as its owner, or as an administrator.
    pub may_change: bool,
}

impl GroupHead {
    /// A page below this group: `settings`, `badges`.
    pub(crate) fn page(&self, site: &Site, page: &str) -> String {
        page_below(site, &self.full_path, page)
    }

    /// The header of the page that `tab` leads to.
    pub(crate) fn header(&self, tab: Tab) -> Header<'_> {
        let mut tabs = vec![Tab::Overview, Tab::Badges];
        if self.may_change {
            tabs.extend([Tab::Members, Tab::Settings]);
        }
        Header {
            kind: if self.above.is_empty() { "Space" } else { "Group" },
            facts: visibility_word(self.visibility).to_owned(),
            ..Header::new(&self.name, &self.full_path, &self.above, tabs, tab)
        }
    }
}
