//! What became of a release or build as a whole, where that is worth a word.

use leptos::prelude::*;

use crate::run::Tone;

/// The word for a release's or build's own status; nothing while it is simply active.
pub(crate) fn status(status: &str) -> Option<AnyView> {
    let tone = match status {
        "canceled" | "rejected" => Tone::Bad,
        "deployed" => Tone::Ok,
        _ => return None,
    };
    let word = status.to_owned();
    Some(view! { <span class=format!("tag {}", tone.class())>{word}</span> }.into_any())
}
