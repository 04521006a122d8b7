//! Pieces about runs: status, time, a cell of the dashboard.

use burgee_domain::{ago::ago, status::RunStatus};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::icon;
use crate::{
    run::{RunLine, Tone},
    site::Site,
};

/// The status in words, with its picture.
pub(crate) fn status(status: RunStatus) -> AnyView {
    let tone = Tone::of(status);
    view! {
        <span class=format!("status {}", tone.class())>
            {icon::status(tone)}
            {status.words()}
        </span>
    }
    .into_any()
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
