//! One release: where it is now, what was built of it, and where it has been.

use leptos::prelude::*;

use super::{
    builds::{self, BuildLine},
    releases::ReleaseLine,
};
use crate::{
    components::{
        notice,
        own_badge::{self, OwnBadge},
        place::{ProjectHead, Tab},
        run as run_view,
        runs::{Runs, Within},
        tag,
        variables::{self, VariableLine},
    },
    document::{Content, render as render_document},
    run::RunLine,
    site::Site,
};

/// What a release's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleasePage {
    /// The project.
    pub head: ProjectHead,
    /// The release, with its latest run and where it is now.
    pub release: ReleaseLine,
    /// Its builds, newest first, as many as are shown.
    pub builds: Vec<BuildLine>,
    /// Whether it has more builds than these.
    pub has_more_builds: bool,
    /// Its runs, newest first.
    pub runs: Vec<RunLine>,
    /// The path and query below the base path of the page with newer runs.
    pub newer: Option<String>,
    /// The path and query below the base path of the page with older runs.
    pub older: Option<String>,
    /// The values that hold for it.
    pub variables: Vec<VariableLine>,
    /// Its badges.
    pub badges: Vec<OwnBadge>,
}

/// `GET /{full_path}/-/releases/{version}`, `?before=` for older runs.
#[must_use]
pub fn render(site: &Site, page: ReleasePage) -> String {
    render_document(site, || Content {
        title: format!("Release {} · {}", page.release.version, page.head.title),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: ReleasePage) -> AnyView {
    let ReleasePage { head, release, builds, has_more_builds, runs, newer, older, variables, badges } = page;
    let project = head.full_path.as_str();
    let follows = if release.status == "canceled" {
        "This release is passed over by CI badges that do not name it, and by the badge of the latest release."
    } else {
        "While this release is the latest. In a README they go on to the next one."
    };
    let is_first = newer.is_none();
    let history = Runs { heading: "History", within: Within::Release, project, runs: &runs, newer, older };
    view! {
        {head.header(Tab::Releases).view(site)}
        <div class="head">
            <h1>"Release " <bdi>{release.version.clone()}</bdi> {tag::status(&release.status)}</h1>
            <p class="lede">{facts(site, &release)}</p>
        </div>
        {is_first
            .then(|| {
                view! {
                    <div class="columns about">
                        {now(site, project, &release.now)}
                        {own_badge::section(site, &head, &badges, follows)}
                    </div>
                    {(!builds.is_empty()).then(|| built(site, project, &builds, has_more_builds))}
                    {variables::section(&variables)}
                }
            })}
        {if runs.is_empty() {
            notice::empty("No run yet", "As soon as a run of this release is reported, it shows here.", None)
        } else {
            history.section(site)
        }}
    }
    .into_any()
}

fn facts(site: &Site, release: &ReleaseLine) -> AnyView {
    let latest = release.latest.as_ref().map(|run| view! { " · last run " {run_view::time(run.at(), site)} });
    view! { "first reported " {run_view::time(release.created_at, site)} {latest} }.into_any()
}

fn now(site: &Site, project: &str, runs: &[RunLine]) -> AnyView {
    let line = |run: &RunLine| {
        let took = run.status.is_finished().then(|| run.duration(site.now)).flatten();
        let tenant = run.tenant.clone().map(|tenant| view! { <bdi>{tenant}</bdi> " · " });
        view! {
            <li class="line">
                <div class="line-text">
                    <p class="line-name">
                        <bdi>{run.environment.clone()}</bdi>
                    </p>
                    <p class="hint">{tenant} {run_view::time(run.at(), site)} {took.map(|took| format!(" · took {took}"))}</p>
                </div>
                <span class="line-status">{run_view::linked_status(site, project, run)}</span>
                {run_view::run_link(run, "Open")}
            </li>
        }
    };
    let nowhere = runs.is_empty().then(|| {
        view! { <p class="card pad hint">"In no environment now: it was never deployed, or others came after it."</p> }
    });
    view! {
        <section class="stack-s" aria-labelledby="now">
            <h2 id="now">"Now in"</h2>
            {nowhere}
            {(!runs.is_empty())
                .then(|| view! { <ul class="card lines">{runs.iter().map(line).collect_view()}</ul> })}
        </section>
    }
    .into_any()
}

fn built(site: &Site, project: &str, builds: &[BuildLine], has_more: bool) -> AnyView {
    let more = has_more.then(|| {
        let all = site.link(&crate::address::address(project, "builds"));
        view! {
            <p class="hint">
                "These are the latest. " <a href=all>"All builds of the project"</a>
            </p>
        }
    });
    view! {
        <section class="stack-s">
            <h2 id="builds">"Builds"</h2>
            {builds::table(site, project, builds, "builds", false)}
            {more}
        </section>
    }
    .into_any()
}
