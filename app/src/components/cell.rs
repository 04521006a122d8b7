//! The dashboard's cells: what is in an environment, how the latest build went.

use burgee_domain::status::RunStatus;
use leptos::prelude::*;

use super::run as run_view;
use crate::{
    run::{CiCell, RunLine, Tone},
    site::Site,
};

/// The latest run in an environment; leads to its page.
pub(crate) fn run(site: &Site, run: &RunLine, page: String) -> AnyView {
    view! {
        <a class=format!("cell {}", Tone::of(run.status).class()) href=page>
            <b>
                <bdi>{run.headline()}</bdi>
            </b>
            {run_view::status_and_time(run, site)} {run.tenant.clone().map(|tenant| view! { <span class="tenant"><bdi>{tenant}</bdi></span> })}
        </a>
    }
    .into_any()
}

/// The latest build; leads to its page.
pub(crate) fn ci(site: &Site, ci: &CiCell, page: String) -> AnyView {
    let word = match ci.status {
        RunStatus::Succeeded | RunStatus::Warned => "passing",
        RunStatus::Failed => "failing",
        other => other.words(),
    };
    let headline = ci.build.as_ref().map_or_else(|| word.to_owned(), |build| format!("#{build} {word}"));
    let jobs = (!ci.jobs.is_empty()).then(|| view! { <bdi>{ci.jobs.join(", ")}</bdi> " · " });
    view! {
        <a class=format!("cell {}", Tone::of(ci.status).class()) href=page>
            <b>
                <bdi>{headline}</bdi>
            </b>
            <span>{jobs} {run_view::time(ci.at, site)}</span>
        </a>
    }
    .into_any()
}

/// Nothing, in words.
pub(crate) fn nothing(words: &'static str) -> AnyView {
    view! {
        <span class=format!("cell {}", Tone::None.class())>
            <b>{words}</b>
        </span>
    }
    .into_any()
}
