//! What the pages of one project have in common: where it is, and how it is opened to others.

use burgee_domain::change::Visibility;
use leptos::prelude::*;

use crate::site::Site;

/// A page that a breadcrumb or a choice leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name as shown.
    pub name: String,
    /// The full path, as people read it.
    pub full_path: String,
}

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
    /// Whether release badges are served to anybody.
    pub badges_enabled: bool,
}

impl ProjectHead {
    /// A page below this project: `settings`, `badge-builder`.
    pub(crate) fn page(&self, site: &Site, page: &str) -> String {
        format!("{}/-/{page}", site.place(&self.full_path))
    }

    /// Where this page is. `here` is the page's name; without it, the page is the project's own.
    pub(crate) fn crumbs(&self, site: &Site, here: Option<&'static str>) -> AnyView {
        let link = |name: &str, href: String| {
            let name = name.to_owned();
            view! {
                <li>
                    <a href=href>
                        <bdi>{name}</bdi>
                    </a>
                </li>
            }
        };
        let above = self.above.iter().map(|place| link(&place.name, site.place(&place.full_path))).collect_view();
        let own = here.map(|_| link(&self.title, site.place(&self.full_path)));
        let last = here.map_or_else(|| self.title.clone(), str::to_owned);
        view! {
            <nav class="crumbs" aria-label="Breadcrumbs">
                <ol>
                    {link("Projects", site.link("/"))} {above} {own}
                    <li>
                        <bdi aria-current="page">{last}</bdi>
                    </li>
                </ol>
            </nav>
        }
        .into_any()
    }
}
