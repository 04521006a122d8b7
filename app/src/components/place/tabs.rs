//! The pages of a project or group, side by side.

use leptos::prelude::*;

use super::page_below;
use crate::site::Site;

/// One of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// What is running where.
    Overview,
    /// The versions that there are.
    Releases,
    /// What was built.
    Builds,
    /// A single run, which no tab leads to.
    Run,
    /// The list of badges.
    Badges,
    /// The Badge Builder.
    Builder,
    /// Who may do what.
    Members,
    /// Name, visibility and the like.
    Settings,
}

impl Tab {
    /// As the tab says it, and as the page's heading says it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Releases => "Releases",
            Self::Builds => "Builds",
            Self::Run => "Runs",
            Self::Badges => "Badges",
            Self::Builder => "Badge Builder",
            Self::Members => "Members",
            Self::Settings => "Settings",
        }
    }

    fn address(self, site: &Site, full_path: &str) -> String {
        match self {
            Self::Overview | Self::Run => site.place(full_path),
            Self::Releases => page_below(site, full_path, "releases"),
            Self::Builds => page_below(site, full_path, "builds"),
            Self::Badges => page_below(site, full_path, "badges"),
            Self::Builder => page_below(site, full_path, "badge-builder"),
            Self::Members => page_below(site, full_path, "members"),
            Self::Settings => page_below(site, full_path, "settings"),
        }
    }
}

/// Links to `tabs`, `here` marked. `kind` is what the pages are about.
pub(super) fn tabs(site: &Site, kind: &'static str, full_path: &str, tabs: &[Tab], here: Tab) -> AnyView {
    let tab = |&tab: &Tab| {
        view! {
            <li>
                <a href=tab.address(site, full_path) aria-current=(tab == here).then_some("page")>
                    {tab.title()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=kind>
            <ul>{tabs.iter().map(tab).collect_view()}</ul>
        </nav>
    }
    .into_any()
}
