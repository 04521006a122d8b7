//! The top of every page about a project or group, the same on all of them: what it is in, its name, what there is to
//! know about it, and its tabs.

use leptos::prelude::*;

use super::{
    Place,
    tabs::{Tab, tabs},
};
use crate::site::Site;

/// What stands there.
pub(crate) struct Header<'a> {
    /// "Project", "Group" or "Space".
    pub(crate) kind: &'static str,
    /// The name that people use: the page's heading on the overview, elsewhere the way back to it.
    pub(crate) name: &'a str,
    /// The full path.
    pub(crate) full_path: &'a str,
    /// What it is in.
    pub(crate) above: &'a [Place],
    /// What follows the path: visibility and the like.
    pub(crate) facts: String,
    /// More of that, which is not only text.
    pub(crate) more: Option<AnyView>,
    /// What stands beside the name.
    pub(crate) aside: Option<AnyView>,
    /// What stands below the name: a project's badges.
    pub(crate) below: Option<AnyView>,
    /// Which pages there are for this visitor.
    pub(crate) tabs: Vec<Tab>,
    /// Which of them this is.
    pub(crate) here: Tab,
}

impl<'a> Header<'a> {
    /// A header with nothing but what all have.
    pub(super) fn new(name: &'a str, full_path: &'a str, above: &'a [Place], tabs: Vec<Tab>, here: Tab) -> Self {
        Self {
            kind: "",
            name,
            full_path,
            above,
            facts: String::new(),
            more: None,
            aside: None,
            below: None,
            tabs,
            here,
        }
    }

    /// The header itself. It holds the page's `<h1>` on the overview only.
    pub(crate) fn view(self, site: &Site) -> AnyView {
        let name = view! { <bdi>{self.name.to_owned()}</bdi> };
        let heading = if self.here == Tab::Overview {
            view! { <h1>{name}</h1> }.into_any()
        } else {
            let overview = site.place(self.full_path);
            view! {
                <p class="place-name">
                    <a href=overview>{name}</a>
                </p>
            }
            .into_any()
        };
        view! {
            <div class="head place-head">
                {crumbs(site, self.above)}
                <div class="row">
                    <div>
                        {heading}
                        <p class="lede">
                            <bdi class="path">{self.full_path.to_owned()}</bdi>
                            {format!(" · {}", self.facts)}
                            {self.more}
                        </p>
                    </div>
                    {self.aside}
                </div>
                {self.below}
                {tabs(site, self.kind, self.full_path, &self.tabs, self.here)}
            </div>
        }
        .into_any()
    }
}

/// What the place is in, from all projects down.
fn crumbs(site: &Site, above: &[Place]) -> AnyView {
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
    let above = above.iter().map(|place| link(&place.name, site.place(&place.full_path))).collect_view();
    view! {
        <nav class="crumbs" aria-label="Breadcrumbs">
            <ol>{link("Projects", site.link("/"))} {above}</ol>
        </nav>
    }
    .into_any()
}
