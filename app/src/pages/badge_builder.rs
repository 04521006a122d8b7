//! The Badge Builder's page; the builder itself is an island.

use leptos::prelude::*;

use crate::{
    components::{
        notice,
        place::{ProjectHead, Tab},
    },
    document::{Content, render as render_document},
    islands::{BadgeBuilder, badge_builder::BuilderData},
    site::Site,
};

/// What the Badge Builder's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuilderPage {
    /// The project.
    pub head: ProjectHead,
    /// What the builder works with, its choice already taken from the query string.
    pub data: BuilderData,
    /// What [`BuilderData::choose`] had to say.
    pub notices: Vec<String>,
}

/// `GET /{full_path}/-/badge-builder`.
#[must_use]
pub fn render(site: &Site, page: BuilderPage) -> String {
    render_document(site, || Content {
        title: format!("Badge Builder · {}", page.head.title),
        islands: !page.data.environments.is_empty(),
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: BuilderPage) -> AnyView {
    let BuilderPage { head, data, notices } = page;
    let off = (!head.badges_enabled).then(|| badges_off(site, &head));
    let builder = if data.environments.is_empty() {
        notice::empty(
            "No environment yet",
            "A release badge shows what is running in an environment. Report a deployment that names one, and it can be chosen here.",
            Some(view! { <a class="button" href=site.place(&head.full_path)>"Back to the project"</a> }.into_any()),
        )
    } else {
        view! { <BadgeBuilder data=data /> }.into_any()
    };
    view! {
        {head.header(Tab::Builder).view(site)}
        <div class="head">
            <h1>"Badge Builder"</h1>
            <p class="lede">
                "Choose what to show; the preview is the very image that readers of your README will get."
            </p>
        </div>
        {off}
        {notices.into_iter().map(notice::remark).collect_view()}
        {builder}
    }
    .into_any()
}

fn badges_off(site: &Site, head: &ProjectHead) -> AnyView {
    let settings = head.page(site, "settings");
    notice::remark(view! {
        "Badges are off for this project: their addresses answer “not found”. Turn them on in the "
        <a href=settings>"settings"</a>
        "."
    })
}
