//! One build: how it went, stage by stage.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::builds::BuildLine;
use crate::{
    components::{
        facts::{self, Fact},
        notice,
        outcome::Outcome,
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

/// What a build's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildPage {
    /// The project.
    pub head: ProjectHead,
    /// The build, with its latest run, by which CI badges go.
    pub build: BuildLine,
    /// When the first of its runs began.
    pub started_at: Option<DateTime<Utc>>,
    /// When the last of its runs ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// What it went through, in the order of the first run of each.
    pub stages: Vec<Stage>,
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

/// A stage, job or environment that a build went through.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// What it is called.
    pub name: String,
    /// The latest run there.
    pub latest: RunLine,
    /// How many runs there were.
    pub runs: usize,
}

/// `GET /{full_path}/-/builds/{id}`, `?before=` for older runs.
#[must_use]
pub fn render(site: &Site, page: BuildPage) -> String {
    render_document(site, || Content {
        title: format!("Build #{} · {}", page.build.number, page.head.title),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: BuildPage) -> AnyView {
    let BuildPage { head, build, started_at, finished_at, stages, runs, newer, older, variables, badges } = page;
    let project = head.full_path.as_str();
    let outcome = build.latest.as_ref().map(|run| {
        let outcome =
            Outcome { status: run.status, queued_at: None, started_at, finished_at, reported_at: run.reported_at };
        outcome.view(site)
    });
    let follows = if build.is_withdrawn() {
        "This build is passed over by badges that do not name it by its number."
    } else {
        "As this build stands: its latest run counts."
    };
    let has_more_runs = stages.iter().any(|stage| stage.runs > 1) || newer.is_some() || older.is_some();
    let list = Runs { heading: "All runs", within: Within::Build, project, runs: &runs, newer, older };
    view! {
        {head.header(Tab::Builds).view(site)}
        <div class="head">
            <h1>"Build " <bdi>{format!("#{}", build.number)}</bdi> {tag::status(&build.status)}</h1>
            {made_for(site, project, &build)}
        </div>
        {outcome}
        <div class="columns about">
            {if stages.is_empty() {
                notice::empty("No run yet", "As soon as a run of this build is reported, it shows here.", None)
            } else {
                way(site, project, &stages)
            }}
            <div class="stack">
                <section class="stack-s" aria-labelledby="facts">
                    <h2 id="facts">"About this build"</h2>
                    {facts::card(facts(site, project, &build))}
                </section>
                {own_badge::section(site, &head, &badges, follows)}
            </div>
        </div>
        {variables::section(&variables)}
        {has_more_runs.then(|| list.section(site))}
    }
    .into_any()
}

fn made_for(site: &Site, project: &str, build: &BuildLine) -> Option<AnyView> {
    let version = build.release.as_ref()?;
    let canceled = (build.release_status.as_deref() == Some("canceled")).then_some(", which was canceled");
    Some(
        view! { <p class="lede">"of release " {facts::link(version, site.release(project, version))} {canceled}</p> }
            .into_any(),
    )
}

fn facts(site: &Site, project: &str, build: &BuildLine) -> Vec<Fact> {
    let release = build.release.as_ref();
    let release = release.map(|version| ("Release", facts::link(version, site.release(project, version))));
    let branch = build.latest.as_ref().and_then(|run| run.branch.as_ref());
    let branch = branch.map(|branch| ("Branch", facts::name(branch)));
    let status = Some(("Status", build.status.clone().into_any()));
    let first = Some(("First report", run_view::time(build.created_at, site)));
    let last = build.latest.as_ref().map(|run| ("Last report", run_view::time(run.reported_at, site)));
    [release, branch, status, first, last].into_iter().flatten().collect()
}

/// The stages one below the other, as the build went through them.
fn way(site: &Site, project: &str, stages: &[Stage]) -> AnyView {
    let heading = if stages.iter().any(|stage| stage.latest.stage.is_some()) { "Stages" } else { "Jobs" };
    let stage = |stage: &Stage| {
        let run = &stage.latest;
        let more = [&run.job, &run.environment, &run.tenant].into_iter().flatten();
        let more: Vec<&str> = more.map(String::as_str).filter(|name| *name != stage.name).collect();
        let more = (!more.is_empty()).then(|| view! { <bdi>{more.join(" · ")}</bdi> " · " });
        let again = (stage.runs > 1).then(|| format!(" · run {} times", stage.runs));
        view! {
            <li class="line">
                <div class="line-text">
                    <p class="line-name">
                        <bdi>{stage.name.clone()}</bdi>
                    </p>
                    <p class="hint">{more} {run_view::time(run.at(), site)} {again}</p>
                </div>
                <span class="line-took hint">{run.duration(site.now)}</span>
                <span class="line-status">{run_view::linked_status(site, project, run)}</span>
                {run_view::run_link(run, "Open")}
            </li>
        }
    };
    view! {
        <section class="stack-s" aria-labelledby="stages">
            <h2 id="stages">{heading}</h2>
            <ol class="card lines stages">{stages.iter().map(stage).collect_view()}</ol>
        </section>
    }
    .into_any()
}
