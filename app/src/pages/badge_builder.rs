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

mod keys;

pub use keys::{Key, KeyCard, KeyKind};

/// A kind of badge that can be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuilderTab {
    /// Which release is in an environment.
    Release,
    /// How the latest matching build is.
    Build,
    /// How a job or pipeline ended last.
    Job,
    /// Pipeline, coverage, latest release.
    Project,
}

impl BuilderTab {
    /// Every tab, in the order in which they stand side by side.
    pub const ALL: [Self; 4] = [Self::Release, Self::Build, Self::Job, Self::Project];

    /// The value of `tab` in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Build => "build",
            Self::Job => "job",
            Self::Project => "project",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Release => "Release",
            Self::Build => "CI build",
            Self::Job => "Job / pipeline",
            Self::Project => "Project badges",
        }
    }

    /// What its badges say, and whose addresses they have.
    const fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::Release => ("What is running where", "Octopus Deploy"),
            Self::Build => ("The latest build that matches", "BuildMaster"),
            Self::Job => ("How it ended last", "Concourse"),
            Self::Project => ("Pipeline, coverage, release", "GitLab"),
        }
    }

    /// What is missing, and what brings it.
    const fn nothing(self) -> (&'static str, &'static str) {
        match self {
            Self::Release => (
                "No environment yet",
                "A release badge shows what is running in an environment. Report a deployment that names one, and it can be chosen here.",
            ),
            Self::Build => (
                "No build yet",
                "A CI badge shows how the latest build is. Report a run that names its “build”, and its “release” if it has one, and it can be chosen here.",
            ),
            Self::Job => (
                "No job yet",
                "This badge shows how a job ended last, or the worst job of the pipeline. Report a run that names its “job”, and it can be chosen here.",
            ),
            Self::Project => (
                "No branch and no release yet",
                "These badges show the pipeline and the coverage of a branch, and the latest release. Report a run with the variable “Branch” or a “release”, and it can be chosen here.",
            ),
        }
    }
}

/// What the Badge Builder's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct BuilderPage {
    /// The project.
    pub head: ProjectHead,
    /// The kind of badge.
    pub tab: BuilderTab,
    /// What the builder works with, its choice already taken from the query string; without anything to choose, nothing.
    pub data: Option<BuilderData>,
    /// The keys that the badge may carry, if it can carry one.
    pub keys: Option<KeyCard>,
    /// What taking the choice from the query string had to say.
    pub notices: Vec<String>,
}

/// `GET /{full_path}/-/badge-builder`, and `POST` of a key that is no good.
#[must_use]
pub fn render(site: &Site, page: BuilderPage) -> String {
    render_document(site, || Content {
        title: format!("Badge Builder · {}", page.head.title),
        islands: page.data.is_some(),
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: BuilderPage) -> AnyView {
    let BuilderPage { head, tab, data, keys, notices } = page;
    // CI badges are shown by their key, whatever the project's settings are; those of jobs by a token.
    let needs_badges = matches!(tab, BuilderTab::Release | BuilderTab::Project);
    let off = (!head.badges_enabled && needs_badges).then(|| badges_off(site, &head));
    let builder = match data {
        Some(data) => view! {
            {keys.map(|keys| keys.view(site))}
            <BadgeBuilder data=data />
        }
        .into_any(),
        None => {
            let (heading, text) = tab.nothing();
            let back = view! { <a class="button" href=site.place(&head.full_path)>"Back to the project"</a> };
            notice::empty(heading, text, Some(back.into_any()))
        }
    };
    view! {
        {head.header(Tab::Builder).view(site)}
        <div class="head">
            <h1>"Badge Builder"</h1>
            <p class="lede">
                "Choose what to show; the preview is the very image that readers of your README will get."
            </p>
        </div>
        {kinds(site, &head, tab)}
        {off}
        {notices.into_iter().map(notice::remark).collect_view()}
        {builder}
    }
    .into_any()
}

/// The kinds of badges, side by side.
fn kinds(site: &Site, head: &ProjectHead, here: BuilderTab) -> AnyView {
    let page = head.page(site, "badge-builder");
    let kind = |tab: BuilderTab| {
        let (says, whose) = tab.says();
        view! {
            <li>
                <a href=format!("{page}?tab={}", tab.as_str()) aria-current=(tab == here).then_some("page")>
                    <b>{tab.title()}</b>
                    <span>{says}</span>
                    <small>{whose} " addresses"</small>
                </a>
            </li>
        }
    };
    view! {
        <nav class="kinds" aria-label="Kind of badge">
            <ul>{BuilderTab::ALL.map(kind)}</ul>
        </nav>
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
