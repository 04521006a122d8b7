//! What is running where: every project, its environments, its CI.

use burgee_domain::url_text::encode_query;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    components::{
        cell,
        header::sign_in_link,
        notice,
        place::{GroupHead, Header, Place, Tab},
        run as run_view,
    },
    document::{Content, render as render_document},
    islands::CopyBox,
    run::RunLine,
    site::Site,
};

pub use crate::run::CiCell;

/// What the dashboard shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DashboardPage {
    /// The space or group that the page is about; `None` for all.
    pub place: Option<GroupHead>,
    /// The spaces there are. Offered as a choice among all projects if there is more than one.
    pub spaces: Vec<Place>,
    /// What was typed into the filter.
    pub query: String,
    /// The environments that have a column.
    pub environments: Vec<String>,
    /// The projects of this page of the list.
    pub projects: Vec<ProjectRow>,
    /// How many projects there are in all, after filtering.
    pub total: u64,
    /// When anything was last reported.
    pub last_report: Option<DateTime<Utc>>,
    /// The path and query below the base path of the page before.
    pub previous: Option<String>,
    /// The path and query below the base path of the page after.
    pub next: Option<String>,
    /// How to report a first run: for somebody who may, while there is nothing.
    pub first_report: Option<FirstReport>,
}

/// A project's row.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectRow {
    /// The name that people use.
    pub title: String,
    /// The full path.
    pub full_path: String,
    /// The latest run in each of [`DashboardPage::environments`], in the same order.
    pub cells: Vec<Option<RunLine>>,
    /// The latest build's jobs, if any were reported.
    pub ci: Option<CiCell>,
}

/// The way to a first run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstReport {
    /// A command line, ready to paste.
    pub curl: String,
}

/// `GET /`, `/{space}`, `/{group path}`: query parameters `q` and the server's own for paging.
#[must_use]
pub fn render(site: &Site, page: DashboardPage) -> String {
    render_document(site, || Content {
        title: page.place.as_ref().map_or_else(|| "Projects".to_owned(), |place| place.name.clone()),
        islands: page.first_report.is_some(),
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: DashboardPage) -> AnyView {
    let nothing_at_all = page.projects.is_empty() && page.query.is_empty();
    let head = match &page.place {
        Some(place) => group_head(site, &page, place, nothing_at_all),
        None => head(site, &page, nothing_at_all),
    };
    view! {
        {head}
        {match &page.first_report {
            Some(first) if nothing_at_all => first_steps(site, first),
            _ if nothing_at_all => nothing_public(site),
            _ if page.projects.is_empty() => not_found(site, &page),
            _ => table(site, &page),
        }}
        {(page.previous.is_some() || page.next.is_some()).then(|| pager(site, page.previous, page.next))}
    }
    .into_any()
}

fn head(site: &Site, page: &DashboardPage, nothing_at_all: bool) -> AnyView {
    view! {
        <div class="head">
            <div class="row">
                <div>
                    <h1>"What is running where"</h1>
                    {(!nothing_at_all).then(|| view! { <p class="lede">{facts(site, page)}</p> })}
                </div>
                {(!nothing_at_all).then(|| filter(site, page))}
            </div>
            {(page.spaces.len() > 1).then(|| spaces(site, page))}
        </div>
    }
    .into_any()
}

fn group_head(site: &Site, page: &DashboardPage, place: &GroupHead, nothing_at_all: bool) -> AnyView {
    let more = (!nothing_at_all).then(|| view! { " · " {facts(site, page)} }.into_any());
    let aside = (!nothing_at_all).then(|| filter(site, page));
    Header { more, aside, ..place.header(Tab::Overview) }.view(site)
}

/// How many projects there are, and how fresh what is known of them is.
fn facts(site: &Site, page: &DashboardPage) -> AnyView {
    let count = if page.total == 1 { "1 project".to_owned() } else { format!("{} projects", page.total) };
    let last = page.last_report.map(|at| view! { " · last report " {run_view::time(at, site)} });
    view! { {count} {last} }.into_any()
}

/// Where the list of `path`'s projects is; without, that of all.
fn list(site: &Site, path: Option<&str>) -> String {
    path.map_or_else(|| site.link("/"), |path| site.place(path))
}

/// Where this list is.
fn own_list(site: &Site, page: &DashboardPage) -> String {
    list(site, page.place.as_ref().map(|place| place.full_path.as_str()))
}

fn filter(site: &Site, page: &DashboardPage) -> AnyView {
    view! {
        <form class="tools" method="get" role="search" action=own_list(site, page)>
            <input
                type="search"
                name="q"
                id="q"
                value=page.query.clone()
                placeholder="Filter projects"
                aria-label="Filter projects"
                dir="auto"
            />
            <button>"Filter"</button>
        </form>
    }
    .into_any()
}

fn spaces(site: &Site, page: &DashboardPage) -> AnyView {
    let query = if page.query.is_empty() { String::new() } else { format!("?q={}", encode_query(&page.query)) };
    let link = |place: Option<&Place>| {
        let href = format!("{}{query}", list(site, place.map(|place| place.full_path.as_str())));
        let name = place.map_or_else(|| "All spaces".to_owned(), |place| place.name.clone());
        view! {
            <li>
                <a class="chip" href=href aria-current=place.is_none().then_some("true")>
                    <bdi>{name}</bdi>
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label="Spaces">
            <ul class="chips">{link(None)} {page.spaces.iter().map(|place| link(Some(place))).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn table(site: &Site, page: &DashboardPage) -> AnyView {
    let has_ci = page.projects.iter().any(|project| project.ci.is_some());
    let columns =
        page.environments.iter().map(|name| view! { <th scope="col"><bdi>{name.clone()}</bdi></th> }).collect_view();
    view! {
        <div class="card scroll" role="region" aria-label="Projects and environments" tabindex="0">
            <table class="board">
                <thead>
                    <tr>
                        <th scope="col">"Project"</th>
                        {columns}
                        {has_ci.then(|| view! { <th scope="col">"CI"</th> })}
                    </tr>
                </thead>
                <tbody>{page.projects.iter().map(|project| row(site, project, has_ci)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(site: &Site, project: &ProjectRow, has_ci: bool) -> AnyView {
    let page = site.place(&project.full_path);
    let cells = project.cells.iter().map(|cell| match cell {
        Some(run) => view! { <td>{cell::run(site, run, site.run(&project.full_path, run.id))}</td> }.into_any(),
        None => view! { <td>{cell::nothing("no deployment")}</td> }.into_any(),
    });
    let ci = has_ci.then(|| {
        let build = |ci: &CiCell| ci.build_id.map_or_else(|| page.clone(), |id| site.build(&project.full_path, id));
        let cell = project.ci.as_ref().map_or_else(|| cell::nothing("no build"), |ci| cell::ci(site, ci, build(ci)));
        view! { <td>{cell}</td> }
    });
    view! {
        <tr>
            <th scope="row" class="proj">
                <a href=page.clone()>
                    <bdi>{project.title.clone()}</bdi>
                </a>
                <span class="path">
                    <bdi>{project.full_path.clone()}</bdi>
                </span>
            </th>
            {cells.collect_view()}
            {ci}
        </tr>
    }
    .into_any()
}

fn pager(site: &Site, previous: Option<String>, next: Option<String>) -> AnyView {
    view! {
        <nav class="pager" aria-label="Pages">
            {previous.map(|path| view! { <a class="button" rel="prev" href=site.link(&path)>"Previous"</a> })}
            {next.map(|path| view! { <a class="button" rel="next" href=site.link(&path)>"Next"</a> })}
        </nav>
    }
    .into_any()
}

fn first_steps(site: &Site, first: &FirstReport) -> AnyView {
    view! {
        <section class="card first-steps">
            <div class="head">
                <h2>"Report your first run"</h2>
                <p class="lede">
                    "Burgee shows what your delivery tools tell it. One request is enough to see something here."
                </p>
            </div>
            <ol>
                <li>
                    <p>"Run this in a terminal, or in your pipeline. The token in it may report runs, and nothing else."</p>
                    <CopyBox id="curl".to_owned() name="Command".to_owned() text=first.curl.clone() />
                </li>
                <li>
                    <p>"Reload this page. The project, its environment and its release appear by themselves."</p>
                </li>
                <li>
                    <p>
                        "Make a " <a href=site.link("/tokens")>"token of its own"</a>
                        " for each pipeline: it can be limited to a project, and revoked alone."
                    </p>
                </li>
            </ol>
            <p class="hint">
                "Only looking around? Run " <code>"burgee demo"</code>
                " instead: a server of its own, with a small harbour of projects."
            </p>
        </section>
    }
    .into_any()
}

fn nothing_public(site: &Site) -> AnyView {
    if site.viewer.is_some() {
        return notice::empty(
            "Nothing reported yet",
            "As soon as a delivery tool reports a run, its project shows here.",
            None,
        );
    }
    let sign_in = view! {
        <a class="button primary" href=sign_in_link(site)>
            "Sign in"
        </a>
    };
    notice::empty(
        "Nothing is public here",
        "Projects that are open to everybody show here. Sign in to see the others.",
        Some(sign_in.into_any()),
    )
}

fn not_found(site: &Site, page: &DashboardPage) -> AnyView {
    let all = view! {
        <a class="button" href=own_list(site, page)>
            "Show all projects"
        </a>
    };
    let text = format!("No project's name or path contains \u{201c}{}\u{201d}.", page.query);
    notice::empty("Nothing found", &text, Some(all.into_any()))
}
