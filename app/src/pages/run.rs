//! One run: what ran, how it went, and everything that was reported about it.

use burgee_domain::text;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    components::{
        facts::{self, Fact},
        outcome::Outcome,
        own_badge::{self, OwnBadge},
        place::{ProjectHead, Tab},
        run as run_view,
        runs::{Runs, Within},
        variables::{self, VariableLine},
    },
    document::{Content, render as render_document},
    run::RunLine,
    site::Site,
};

/// What a run's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPage {
    /// The project.
    pub head: ProjectHead,
    /// The run.
    pub run: RunLine,
    /// When it was created.
    pub queued_at: Option<DateTime<Utc>>,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
    /// The name of the token that reported it first.
    pub reported_by: Option<String>,
    /// The reporting tool's own id of it.
    pub external_id: Option<String>,
    /// Test coverage in percent.
    pub coverage: Option<f64>,
    /// The run that it repeats.
    pub repeats: Option<Repeated>,
    /// The runs that repeat it, newest first.
    pub reruns: Vec<RunLine>,
    /// The values that hold for it.
    pub variables: Vec<VariableLine>,
    /// Its badges.
    pub badges: Vec<OwnBadge>,
    /// The id of the run before in the same environment, or else of the same job.
    pub previous: Option<i64>,
    /// The id of the run after.
    pub next: Option<i64>,
}

/// A run that another repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The reporting tool's id of it.
    pub external_id: String,
    /// Burgee's id of it, if it was reported.
    pub id: Option<i64>,
}

/// `GET /{full_path}/-/runs/{id}`
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "taken as every page's render takes what it shows")]
pub fn render(site: &Site, page: RunPage) -> String {
    render_document(site, || Content {
        title: format!("{} · {}", Heading::of(&page.run).text(), page.head.title),
        islands: false,
        nav: true,
        main: main(site, &page),
    })
}

fn main(site: &Site, page: &RunPage) -> AnyView {
    let RunPage { head, run, .. } = page;
    let outcome = Outcome {
        status: run.status,
        queued_at: page.queued_at,
        started_at: run.started_at,
        finished_at: run.finished_at,
        reported_at: run.reported_at,
    };
    let follows = "As this run stands. In a README they always show the latest run.";
    let project = head.full_path.as_str();
    let again =
        Runs { heading: "Repeated by", within: Within::Build, project, runs: &page.reruns, newer: None, older: None };
    view! {
        {head.header(Tab::Run).view(site)}
        <div class="head">
            <div class="row">
                <div>
                    <h1>{Heading::of(run).view()}</h1>
                </div>
                {open_outside(run)}
            </div>
        </div>
        {outcome.view(site)}
        <div class="columns about">
            <section class="stack-s" aria-labelledby="facts">
                <h2 id="facts">"What ran"</h2>
                {facts::card(facts(site, page))}
            </section>
            {own_badge::section(site, head, &page.badges, follows)}
        </div>
        {variables::section(&page.variables)}
        {(!page.reruns.is_empty()).then(|| again.section(site))}
        {neighbours(site, page)}
    }
    .into_any()
}

/// The page's heading: names in it may run in either direction.
struct Heading(Vec<Part>);

enum Part {
    Words(String),
    Name(String),
}

impl Heading {
    fn of(run: &RunLine) -> Self {
        use Part::{Name, Words};
        let words = |text: &str| Words(text.to_owned());
        let what = match (&run.release, &run.build) {
            (Some(version), _) => Some(Name(version.clone())),
            (None, Some(number)) => Some(Name(format!("#{number}"))),
            (None, None) => None,
        };
        let build = run.build.as_ref().map(|number| Name(format!("#{number}")));
        Self(match (&run.environment, &run.job, what) {
            (Some(environment), _, Some(what)) => {
                vec![words("Deployment of "), what, words(" to "), Name(environment.clone())]
            }
            (Some(environment), _, None) => vec![words("Run in "), Name(environment.clone())],
            (None, Some(job), what) => {
                let mut parts = vec![words("Job "), Name(job.clone())];
                match (build, what) {
                    (Some(build), _) => parts.extend([words(", build "), build]),
                    (None, Some(what)) => parts.extend([words(" of "), what]),
                    (None, None) => {}
                }
                parts
            }
            (None, None, Some(what)) => match build {
                Some(build) => vec![words("Build "), build],
                None => vec![words("Run of "), what],
            },
            (None, None, None) => vec![Words(format!("Run {}", run.id))],
        })
    }

    fn text(&self) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Words(text) | Part::Name(text) => text.as_str(),
            })
            .collect()
    }

    fn view(self) -> AnyView {
        let part = |part: Part| match part {
            Part::Words(text) => text.into_any(),
            Part::Name(text) => view! { <bdi>{text}</bdi> }.into_any(),
        };
        self.0.into_iter().map(part).collect_view().into_any()
    }
}

/// The way to the tool that reported it.
fn open_outside(run: &RunLine) -> Option<AnyView> {
    let url = run.safe_url()?;
    let text = text::host(&url).map_or_else(|| "Open the run".to_owned(), |host| format!("Open at {host}"));
    Some(
        view! {
            <a class="button primary out" href=url rel="external noreferrer">
                <bdi>{text}</bdi>
            </a>
        }
        .into_any(),
    )
}

fn facts(site: &Site, page: &RunPage) -> Vec<Fact> {
    let (run, project) = (&page.run, page.head.full_path.as_str());
    let named = |name: &'static str, text: &Option<String>| text.as_ref().map(|text| (name, facts::name(text)));
    let release = run.release.as_ref().map(|version| ("Release", facts::link(version, site.release(project, version))));
    let build = run.build.as_ref().zip(run.build_id);
    let build = build.map(|(number, id)| ("Build", facts::link(&format!("#{number}"), site.build(project, id))));
    let coverage = page.coverage.map(|percent| ("Coverage", format!("{percent:.2} %").into_any()));
    let repeats = page.repeats.as_ref().map(|repeated| {
        let name = match repeated.id {
            Some(id) => facts::link(&repeated.external_id, site.run(project, id)),
            None => facts::name(&repeated.external_id),
        };
        ("Repeats", name)
    });
    let by = page.reported_by.as_ref().map(|name| view! { " by " <bdi>{name.clone()}</bdi> });
    let reported = view! { {run_view::time(page.created_at, site)} {by} }.into_any();
    let changed = (run.reported_at != page.created_at).then(|| ("Last report", run_view::time(run.reported_at, site)));
    [
        release,
        build,
        named("Environment", &run.environment),
        named("Tenant", &run.tenant),
        named("Stage", &run.stage),
        named("Job", &run.job),
        named("Branch", &run.branch),
        coverage,
        repeats,
        named("External id", &page.external_id),
        Some(("Reported", reported)),
        changed,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn neighbours(site: &Site, page: &RunPage) -> Option<AnyView> {
    if page.previous.is_none() && page.next.is_none() {
        return None;
    }
    let among = match (&page.run.environment, &page.run.job) {
        (Some(environment), _) => format!(" in {environment}"),
        (None, Some(job)) => format!(" of {job}"),
        (None, None) => String::new(),
    };
    let link = |id: Option<i64>, rel: &'static str, word: &'static str| {
        let among = among.clone();
        id.map(|id| {
            view! {
                <a class="button" rel=rel href=site.run(&page.head.full_path, id)>
                    <span>{word} <bdi>{among}</bdi></span>
                </a>
            }
        })
    };
    Some(
        view! {
            <nav class="pager" aria-label="Neighbouring runs">
                {link(page.previous, "prev", "Previous run")} {link(page.next, "next", "Next run")}
            </nav>
        }
        .into_any(),
    )
}
