//! Runs in a table, and the links between the pages of a list.

use leptos::prelude::*;

use super::run as run_view;
use crate::{run::RunLine, site::Site};

/// What all runs of a list have in common: only what differs stands in the first column.
#[derive(Clone, Copy)]
pub(crate) enum Within {
    /// Runs of a project, told apart by their releases.
    Project,
    /// Runs of a release, told apart by their builds.
    Release,
    /// Runs of a build, told apart by their own ids.
    Build,
}

/// A list of runs and what belongs around it.
pub(crate) struct Runs<'a> {
    /// What stands above it.
    pub(crate) heading: &'static str,
    /// What they have in common.
    pub(crate) within: Within,
    /// The full path of their project.
    pub(crate) project: &'a str,
    /// The runs, newest first.
    pub(crate) runs: &'a [RunLine],
    /// The path and query below the base path of the page with newer runs.
    pub(crate) newer: Option<String>,
    /// The path and query below the base path of the page with older runs.
    pub(crate) older: Option<String>,
}

impl Runs<'_> {
    /// The list under its heading.
    pub(crate) fn section(self, site: &Site) -> AnyView {
        let Self { heading, within, project, runs, newer, older } = self;
        let first = match within {
            Within::Project => "Release",
            Within::Release => "Build",
            Within::Build => "Number",
        };
        view! {
            <section class="stack-s">
                <h2 id="runs">{heading}</h2>
                <div class="card scroll" role="region" aria-labelledby="runs" tabindex="0">
                    <table>
                        <caption class="visually-hidden">{heading}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{first}</th>
                                <th scope="col">"Run"</th>
                                <th scope="col">"Environment"</th>
                                <th scope="col">"Job"</th>
                                <th scope="col">"When"</th>
                                <th scope="col">"Took"</th>
                                <th scope="col">
                                    <span class="visually-hidden">"Link"</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>{runs.iter().map(|run| row(site, project, within, run)).collect_view()}</tbody>
                    </table>
                </div>
                {pager(site, newer, older)}
            </section>
        }
        .into_any()
    }
}

fn row(site: &Site, project: &str, within: Within, run: &RunLine) -> AnyView {
    let build = matches!(within, Within::Project).then(|| run_view::build_below(site, project, run));
    let cell = |text: Option<&String>, sub: Option<&String>| {
        let text = text.map(|text| view! { <bdi>{text.clone()}</bdi> });
        let sub = sub.map(|sub| view! { <span class="sub"><bdi>{sub.clone()}</bdi></span> });
        view! { <td class="name">{text} {sub}</td> }
    };
    view! {
        <tr>
            <th scope="row" class="name">
                {match within {
                    Within::Project => run_view::headline(site, project, run),
                    Within::Release => run_view::build(site, project, run),
                    Within::Build => run_view::number(site, project, run),
                }}
                {build}
            </th>
            <td>{run_view::linked_status(site, project, run)}</td>
            {cell(run.environment.as_ref(), run.tenant.as_ref())}
            {cell(run.job.as_ref().or(run.stage.as_ref()), run.branch.as_ref())}
            <td class="nowrap">{run_view::time(run.at(), site)}</td>
            <td class="nowrap">{run.duration(site.now)}</td>
            <td class="nowrap end">{run_view::run_link(run, "Open")}</td>
        </tr>
    }
    .into_any()
}

/// Links to the neighbouring pages of a list, if there are any.
pub(crate) fn pager(site: &Site, newer: Option<String>, older: Option<String>) -> Option<AnyView> {
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {newer.map(|path| view! { <a class="button" rel="prev" href=site.link(&path)>"Newer"</a> })}
                {older.map(|path| view! { <a class="button" rel="next" href=site.link(&path)>"Older"</a> })}
            </nav>
        }
        .into_any()
    })
}
