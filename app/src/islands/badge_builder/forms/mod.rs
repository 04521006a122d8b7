//! The tabs' forms. Without script they ask for the same page with another query string.

pub(super) mod build;
pub(super) mod job;
pub(super) mod project;
pub(super) mod release;

use leptos::prelude::*;

use super::{Drawn, Kind, Parts};

/// A form around its controls. Its button is only there without script, and where the server has to answer.
fn form<K: Kind>(parts: Parts<K>, hidden: &[(&'static str, &str)], controls: impl IntoView + 'static) -> AnyView {
    shell(parts.drawn, hidden, controls.into_any())
}

fn shell(drawn: Memo<Drawn>, hidden: &[(&'static str, &str)], controls: AnyView) -> AnyView {
    let is_known = move || drawn.with(|drawn| drawn.badge.is_some());
    let hidden = hidden
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=*name value=(*value).to_owned() /> })
        .collect_view();
    view! {
        <form class="card pad stack" method="get" autocomplete="off" aria-label="What the badge shows">
            {hidden}
            {controls}
            <button class="primary" class:without-script=is_known>
                "Show"
            </button>
        </form>
    }
    .into_any()
}
