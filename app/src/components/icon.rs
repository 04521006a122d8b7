//! The few pictures: the pennant, the theme switch's, and one for each colour of a status. All are decoration
//! beside words.

use leptos::prelude::*;

use crate::{run::Tone, site::Theme};

/// The pennant of the header.
pub(crate) fn pennant() -> AnyView {
    view! {
        <svg class="pennant" viewBox="0 0 26 22" aria-hidden="true">
            <path d="M3 1v20" stroke="currentColor" stroke-width="2" stroke-linecap="round"></path>
            <path d="M4 2h21l-6 5.5 6 5.5H4z" class="pennant-red"></path>
            <path d="M4 5.8h17l-1.9 1.7L21 9.2H4z" class="pennant-yellow"></path>
        </svg>
    }
    .into_any()
}

/// Half a disc, a sun or a moon.
pub(crate) fn theme(theme: Theme) -> AnyView {
    let path = match theme {
        Theme::System => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5zm0 1.5v9.5a4.75 4.75 0 0 1 0-9.5z",
        Theme::Light => {
            "M8 4.75a3.25 3.25 0 1 1 0 6.5 3.25 3.25 0 0 1 0-6.5zM7.25 1h1.5v2h-1.5zm0 12h1.5v2h-1.5zM1 7.25h2v1.5H1zm12 0h2v1.5h-2zM2.5 3.56 3.56 2.5l1.41 1.41-1.06 1.06zm8.53 8.53 1.06-1.06 1.41 1.41-1.06 1.06zM2.5 12.44l1.41-1.41 1.06 1.06-1.41 1.41zm8.53-8.53 1.41-1.41 1.06 1.06-1.41 1.41z"
        }
        Theme::Dark => "M6.2 1.9a6.3 6.3 0 1 0 7.9 7.9A5.2 5.2 0 0 1 6.2 1.9z",
    };
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=path fill="currentColor"></path>
        </svg>
    }
    .into_any()
}

/// A tick, a cross, a turning ring or a dash: shape as well as colour.
pub(crate) fn status(tone: Tone) -> AnyView {
    disc(match tone {
        Tone::Ok => "m4.6 8.3 2.3 2.3 4.5-5",
        Tone::Bad => "m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2",
        Tone::Busy => "M8 4.6v3.6l2.3 1.5",
        Tone::None => "M5 8h6",
    })
}

/// The letter i: something to know.
pub(crate) fn info() -> AnyView {
    disc("M8 7.6v3.6M8 4.8v.1")
}

fn disc(mark: &'static str) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="7" class="icon-disc"></circle>
            <path d=mark class="icon-mark"></path>
        </svg>
    }
    .into_any()
}
