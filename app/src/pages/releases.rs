//! A project's releases.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    components::{
        notice,
        place::{ProjectHead, Tab},
        run as run_view,
        runs::pager,
        tag,
    },
    document::{Content, render as render_document},
    run::RunLine,
    site::Site,
};

/// What the list of releases shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleasesPage {
    /// The project.
    pub head: ProjectHead,
    /// The releases, newest first.
    pub releases: Vec<ReleaseLine>,
    /// The path and query below the base path of the page with newer releases.
    pub newer: Option<String>,
    /// The path and query below the base path of the page with older releases.
    pub older: Option<String>,
}

/// A release as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseLine {
    /// The version.
    pub version: String,
    /// `active`, `deployed` or `canceled`.
    pub status: String,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
    /// Its latest run.
    pub latest: Option<RunLine>,
    /// The runs that are still the latest in their environments.
    pub now: Vec<RunLine>,
}

/// `GET /{full_path}/-/releases`, `?before=` for older ones.
#[must_use]
pub fn render(site: &Site, page: ReleasesPage) -> String {
    render_document(site, || Content {
        title: format!("Releases · {}", page.head.title),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: ReleasesPage) -> AnyView {
    let ReleasesPage { head, releases, newer, older } = page;
    view! {
        {head.header(Tab::Releases).view(site)}
        <div class="head">
            <h1 id="releases">{Tab::Releases.title()}</h1>
        </div>
        {if releases.is_empty() {
            notice::empty("No release here", "A run that names its release shows here with where it is now.", None)
        } else {
            table(site, &head.full_path, &releases)
        }}
        {pager(site, newer, older)}
    }
    .into_any()
}

fn table(site: &Site, project: &str, releases: &[ReleaseLine]) -> AnyView {
    let row = |release: &ReleaseLine| {
        let now = release.now.iter().map(|run| place(site, project, run)).collect_view();
        let at = release.latest.as_ref().map_or(release.created_at, RunLine::at);
        view! {
            <tr>
                <th scope="row" class="name">
                    <a class="headline" href=site.release(project, &release.version)>
                        <bdi>{release.version.clone()}</bdi>
                    </a>
                    {tag::status(&release.status)}
                </th>
                <td>
                    <ul class="now">{now}</ul>
                </td>
                <td>{release.latest.as_ref().map(|run| run_view::linked_status(site, project, run))}</td>
                <td class="nowrap">{run_view::time(at, site)}</td>
                <td class="nowrap">{run_view::time(release.created_at, site)}</td>
            </tr>
        }
    };
    view! {
        <div class="card scroll" role="region" aria-labelledby="releases" tabindex="0">
            <table>
                <caption class="visually-hidden">"Releases, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Release"</th>
                        <th scope="col">"Now in"</th>
                        <th scope="col">"Latest run"</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"First report"</th>
                    </tr>
                </thead>
                <tbody>{releases.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// An environment that a release is in, in the colour of how it got there.
fn place(site: &Site, project: &str, run: &RunLine) -> AnyView {
    let environment = run.environment.clone().unwrap_or_default();
    let tenant = run.tenant.clone().map(|tenant| view! { <span class="sub"><bdi>{tenant}</bdi></span> });
    view! {
        <li>
            <a class="place" href=site.run(project, run.id)>
                {run_view::mark(run.status)}
                <span>
                    <bdi>{environment}</bdi>
                    {tenant}
                </span>
            </a>
        </li>
    }
    .into_any()
}
