//! One project: what runs in each environment, and what ran lately.

use leptos::prelude::*;

use crate::{
    components::{
        badge::{self, BadgeLine},
        notice,
        place::{Header, ProjectHead, Tab},
        run as run_view,
        runs::{Runs, Within},
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
    let heading = if first_page { "Recent runs" } else { "Older runs" };
    let header =
        Header { below: badge::row(&badges), aside: request_access(site, &head, access), ..head.header(Tab::Overview) };
    view! {
        {header.view(site)}
        {(first_page && !environments.is_empty()).then(|| now(site, &head.full_path, environments))}
        {if runs.is_empty() {
            notice::empty("No run yet", "As soon as a run of this project is reported, it shows here.", None)
        } else {
            Runs { heading, within: Within::Project, project: &head.full_path, runs: &runs, newer, older }.section(site)
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

fn now(site: &Site, project: &str, environments: Vec<EnvironmentNow>) -> AnyView {
    view! {
        <section class="stack-s" aria-labelledby="environments">
            <h2 id="environments">"Environments"</h2>
            <ul class="environments">
                {environments.into_iter().map(|environment| environment_card(site, project, environment)).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

fn environment_card(site: &Site, project: &str, environment: EnvironmentNow) -> AnyView {
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
            <p class="version">{run_view::headline(site, project, &run)}</p>
            <p>{run_view::linked_status(site, project, &run)}</p>
            <p class="hint">
                {run_view::time(run.at(), site)} {took.map(|took| format!(" · took {took}"))} {tenant}
            </p>
            {run_view::run_link(&run, "Open the run")}
        </li>
    }
    .into_any()
}
