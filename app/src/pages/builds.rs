//! A project's builds.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    components::{
        facts, notice,
        place::{ProjectHead, Tab},
        run as run_view,
        runs::pager,
        tag,
    },
    document::{Content, render as render_document},
    run::RunLine,
    site::Site,
};

/// What the list of builds shows.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildsPage {
    /// The project.
    pub head: ProjectHead,
    /// The builds, newest first.
    pub builds: Vec<BuildLine>,
    /// The path and query below the base path of the page with newer builds.
    pub newer: Option<String>,
    /// The path and query below the base path of the page with older builds.
    pub older: Option<String>,
}

/// A build as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildLine {
    /// Burgee's own id, by which its page is found.
    pub id: i64,
    /// The number, unique in its release.
    pub number: String,
    /// The version of the release that it was made for.
    pub release: Option<String>,
    /// The release's status.
    pub release_status: Option<String>,
    /// `active`, `deployed` or `rejected`.
    pub status: String,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
    /// Its latest run.
    pub latest: Option<RunLine>,
}

impl BuildLine {
    /// Whether badges pass it over.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.status == "rejected" || self.release_status.as_deref() == Some("canceled")
    }
}

/// `GET /{full_path}/-/builds`, `?before=` for older ones.
#[must_use]
pub fn render(site: &Site, page: BuildsPage) -> String {
    render_document(site, || Content {
        title: format!("Builds · {}", page.head.title),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: BuildsPage) -> AnyView {
    let BuildsPage { head, builds, newer, older } = page;
    view! {
        {head.header(Tab::Builds).view(site)}
        <div class="head">
            <h1 id="builds">{Tab::Builds.title()}</h1>
        </div>
        {if builds.is_empty() {
            notice::empty("No build here", "A run that names its build shows here with its latest status.", None)
        } else {
            table(site, &head.full_path, &builds, "builds", true)
        }}
        {pager(site, newer, older)}
    }
    .into_any()
}

/// The builds, under the heading with the id `heading`; with their releases if they may differ.
pub(super) fn table(
    site: &Site,
    project: &str,
    builds: &[BuildLine],
    heading: &'static str,
    with_release: bool,
) -> AnyView {
    let row = |build: &BuildLine| {
        let number = format!("#{}", build.number);
        let release = build.release.as_ref().map(|version| facts::link(version, site.release(project, version)));
        let release = with_release.then(|| view! { <td class="name">{release}</td> });
        let latest = build.latest.as_ref();
        let branch = latest.and_then(|run| run.branch.clone()).map(|branch| view! { <bdi>{branch}</bdi> });
        view! {
            <tr>
                <th scope="row" class="name">
                    <a class="headline" href=site.build(project, build.id)>
                        <bdi>{number}</bdi>
                    </a>
                    {tag::status(&build.status)}
                </th>
                <td>{latest.map(|run| run_view::linked_status(site, project, run))}</td>
                {release}
                <td class="name">{branch}</td>
                <td class="nowrap">{run_view::time(latest.map_or(build.created_at, RunLine::at), site)}</td>
            </tr>
        }
    };
    view! {
        <div class="card scroll" role="region" aria-labelledby=heading tabindex="0">
            <table>
                <caption class="visually-hidden">"Builds, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Build"</th>
                        <th scope="col">"Latest run"</th>
                        {with_release.then(|| view! { <th scope="col">"Release"</th> })}
                        <th scope="col">"Branch"</th>
                        <th scope="col">"When"</th>
                    </tr>
                </thead>
                <tbody>{builds.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
