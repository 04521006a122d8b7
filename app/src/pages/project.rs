//! One project: what runs in each environment, and what ran lately.

use leptos::prelude::*;

use crate::{
    components::{
        badge::{self, BadgeLine},
        notice,
        place::{Header, ProjectHead, Tab},
        run as run_view,
    },
    document::{Content, render as render_document},
    run::RunLine,
    site::Site,
};

/// What a project's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectPage {
    /// The project.
    pub head: ProjectHead,
    /// Its badges: its own, then those of the groups it is in.
    pub badges: Vec<BadgeLine>,
    /// What the visitor is to it.
    pub access: Access,
    /// Its environments, in the order in which they are shown.
    pub environments: Vec<EnvironmentNow>,
    /// Runs, newest first.
    pub runs: Vec<RunLine>,
    /// The path and query below the base path of the page with newer runs.
    pub newer: Option<String>,
    /// The path and query below the base path of the page with older runs.
    pub older: Option<String>,
}

/// What a visitor who has no role in a project can do about that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Nothing: the visitor has a role in it, is an administrator, or is not signed in.
    #[default]
    Settled,
    /// Ask for a role.
    MayRequest,
    /// Wait: the visitor has asked.
    Requested,
}

/// What is in an environment.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvironmentNow {
    /// The environment's name.
    pub name: String,
    /// The latest run there, however it ended.
    pub latest: Option<RunLine>,
}

/// `GET /{full_path}`. The button for those without a role posts to `/{full_path}/-/request-access`, without fields.
#[must_use]
pub fn render(site: &Site, page: ProjectPage) -> String {
    render_document(site, || Content {
        title: page.head.title.clone(),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: ProjectPage) -> AnyView {
    let ProjectPage { head, badges, access, environments, runs, newer, older } = page;
    let first_page = newer.is_none();
    let header =
        Header { below: badge::row(&badges), aside: request_access(site, &head, access), ..head.header(Tab::Overview) };
    view! {
        {header.view(site)}
        {(first_page && !environments.is_empty()).then(|| now(site, environments))}
        {if runs.is_empty() {
            notice::empty("No run yet", "As soon as a run of this project is reported, it shows here.", None)
        } else {
            recent(site, &runs, newer, older)
        }}
    }
    .into_any()
}

fn request_access(site: &Site, head: &ProjectHead, access: Access) -> Option<AnyView> {
    match access {
        Access::Settled => None,
        Access::MayRequest => Some(
            view! {
                <form method="post" action=head.page(site, "request-access")>
                    <button>"Request access"</button>
                </form>
            }
            .into_any(),
        ),
        Access::Requested => Some(view! { <p class="hint requested">"Access requested"</p> }.into_any()),
    }
}

fn now(site: &Site, environments: Vec<EnvironmentNow>) -> AnyView {
    view! {
        <section class="stack-s" aria-labelledby="environments">
            <h2 id="environments">"Environments"</h2>
            <ul class="environments">
                {environments.into_iter().map(|environment| environment_card(site, environment)).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

fn environment_card(site: &Site, environment: EnvironmentNow) -> AnyView {
    let name = view! {
        <h3>
            <bdi>{environment.name}</bdi>
        </h3>
    };
    let Some(run) = environment.latest else {
        return view! {
            <li class="card environment">
                {name} <p class="version none">"no deployment"</p>
                <p class="hint">"Nothing has been reported here yet."</p>
            </li>
        }
        .into_any();
    };
    let took = run.status.is_finished().then(|| run.duration(site.now)).flatten();
    let tenant = run.tenant.clone().map(|tenant| view! { " · " <bdi>{tenant}</bdi> });
    view! {
        <li class="card environment">
            {name}
            <p class="version">
                <bdi>{run.headline()}</bdi>
            </p>
            <p>{run_view::status(run.status)}</p>
            <p class="hint">
                {run_view::time(run.at(), site)} {took.map(|took| format!(" · took {took}"))} {tenant}
            </p>
            {run_view::run_link(&run, "Open the run")}
        </li>
    }
    .into_any()
}

fn recent(site: &Site, runs: &[RunLine], newer: Option<String>, older: Option<String>) -> AnyView {
    let heading = if newer.is_some() { "Older runs" } else { "Recent runs" };
    view! {
        <section class="stack-s">
            <h2 id="runs">{heading}</h2>
            <div class="card scroll" role="region" aria-labelledby="runs" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Release"</th>
                            <th scope="col">"Status"</th>
                            <th scope="col">"Environment"</th>
                            <th scope="col">"Job"</th>
                            <th scope="col">"When"</th>
                            <th scope="col">"Took"</th>
                            <th scope="col">
                                <span class="visually-hidden">"Link"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{runs.iter().map(|run| row(site, run)).collect_view()}</tbody>
                </table>
            </div>
            {(newer.is_some() || older.is_some()).then(|| pager(site, newer, older))}
        </section>
    }
    .into_any()
}

fn row(site: &Site, run: &RunLine) -> AnyView {
    // A run that has both shows its build under its release.
    let build = run
        .release
        .as_ref()
        .and(run.build.as_ref())
        .map(|build| view! { <span class="sub"><bdi>{format!("#{build}")}</bdi></span> });
    let headline = match (&run.release, &run.build) {
        (None, None) => "–".to_owned(),
        _ => run.headline(),
    };
    let cell = |text: Option<&String>, sub: Option<&String>| {
        let text = text.map(|text| view! { <bdi>{text.clone()}</bdi> });
        let sub = sub.map(|sub| view! { <span class="sub"><bdi>{sub.clone()}</bdi></span> });
        view! { <td class="name">{text} {sub}</td> }
    };
    view! {
        <tr>
            <th scope="row" class="name">
                <bdi>{headline}</bdi>
                {build}
            </th>
            <td>{run_view::status(run.status)}</td>
            {cell(run.environment.as_ref(), run.tenant.as_ref())}
            {cell(run.job.as_ref(), run.branch.as_ref())}
            <td class="nowrap">{run_view::time(run.at(), site)}</td>
            <td class="nowrap">{run.duration(site.now)}</td>
            <td class="nowrap end">{run_view::run_link(run, "Open")}</td>
        </tr>
    }
    .into_any()
}

/// Links to the neighbouring pages of a list.
pub(super) fn pager(site: &Site, newer: Option<String>, older: Option<String>) -> AnyView {
    view! {
        <nav class="pager" aria-label="Pages">
            {newer.map(|path| view! { <a class="button" rel="prev" href=site.link(&path)>"Newer"</a> })}
            {older.map(|path| view! { <a class="button" rel="next" href=site.link(&path)>"Older"</a> })}
        </nav>
    }
    .into_any()
}
