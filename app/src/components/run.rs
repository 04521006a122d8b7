//! Pieces about runs: status, time, a cell of the dashboard.

use burgee_domain::{ago::ago, status::RunStatus};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::icon;
use crate::{
    run::{RunLine, Tone},
    site::Site,
};

/// The status as a picture with its words for those who do not see it.
pub(crate) fn mark(status: RunStatus) -> AnyView {
    let tone = Tone::of(status);
    let words = format!("{}: ", status.words());
    view! {
        <span class=format!("mark {}", tone.class()) title=status.words()>
            {icon::status(tone)}
            <span class="visually-hidden">{words}</span>
        </span>
    }
    .into_any()
}

/// The status as the link to the run's page.
pub(crate) fn linked_status(site: &Site, project: &str, run: &RunLine) -> AnyView {
    let place = run.environment.as_ref().or(run.job.as_ref());
    let of = match place {
        Some(place) => format!(" of {}, {place}", run.headline()),
        None => format!(" of {}", run.headline()),
    };
    let (tone, words) = (Tone::of(run.status), run.status.words());
    view! {
        <a class=format!("status {}", tone.class()) href=site.run(project, run.id)>
            {icon::status(tone)}
            <span>
                {words}
                <span class="visually-hidden">{of}</span>
            </span>
        </a>
    }
    .into_any()
}

/// What ran, as the link to its page: the release's, else the build's, else the run's own.
pub(crate) fn headline(site: &Site, project: &str, run: &RunLine) -> AnyView {
    match &run.release {
        Some(version) => headline_link(version.clone(), site.release(project, version)),
        None => build(site, project, run),
    }
}

/// The build as the link to its page, else the run itself.
pub(crate) fn build(site: &Site, project: &str, run: &RunLine) -> AnyView {
    match run.build.as_ref().zip(run.build_id) {
        Some((number, id)) => headline_link(format!("#{number}"), site.build(project, id)),
        None => number(site, project, run),
    }
}

/// The run as the link to its page.
pub(crate) fn number(site: &Site, project: &str, run: &RunLine) -> AnyView {
    headline_link(format!("Run {}", run.id), site.run(project, run.id))
}

fn headline_link(text: String, href: String) -> AnyView {
    view! {
        <a class="headline" href=href>
            <bdi>{text}</bdi>
        </a>
    }
    .into_any()
}

/// The build of a run that has a release, too, as a smaller link.
pub(crate) fn build_below(site: &Site, project: &str, run: &RunLine) -> Option<AnyView> {
    let (Some(_), Some(number), Some(id)) = (&run.release, &run.build, run.build_id) else { return None };
    let text = format!("#{number}");
    Some(
        view! {
            <span class="sub">
                <a href=site.build(project, id)>
                    <bdi>{text}</bdi>
                </a>
            </span>
        }
        .into_any(),
    )
}

/// "4 min ago", and the exact time for those who point at it.
pub(crate) fn time(at: DateTime<Utc>, site: &Site) -> AnyView {
    view! {
        <time datetime=at.format("%Y-%m-%dT%H:%M:%SZ").to_string() title=exact(at)>
            {ago(at, site.now)}
        </time>
    }
    .into_any()
}

/// `2026-11-20 14:03:12 UTC`.
pub(crate) fn exact(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Status and time of a run in one short line: "succeeded · 4 min ago", "running · 40 s".
pub(crate) fn status_and_time(run: &RunLine, site: &Site) -> AnyView {
    let words = run.status.words();
    let running = (!run.status.is_finished()).then(|| run.duration(site.now)).flatten();
    match running {
        Some(elapsed) => {
            let since = format!("since {}", exact(run.at()));
            view! { <span title=since>{words} " · " {elapsed}</span> }.into_any()
        }
        None => view! { <span>{words} " · " {time(run.at(), site)}</span> }.into_any(),
    }
}

/// The link to where a run is shown by the tool that reported it.
pub(crate) fn run_link(run: &RunLine, text: &'static str) -> Option<AnyView> {
    let of = format!(" of {}", run.headline());
    run.safe_url().map(|url| {
        view! {
            <a class="out" href=url rel="external noreferrer">
                {text}
                <span class="visually-hidden">{of}</span>
            </a>
        }
        .into_any()
    })
}
