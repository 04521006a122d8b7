//! The badge as it will be served, on a light and on a dark page.

use burgee_domain::url_text::encode_query;
use leptos::prelude::*;

use super::{Drawn, Legend};

/// The picture as an address that needs no request.
pub(crate) fn data_url(svg: &str) -> String {
    format!("data:image/svg+xml,{}", encode_query(svg))
}

/// Both pictures, what they say, and what the colours mean. What only the server can draw is asked of it.
#[component]
pub(crate) fn Preview(drawn: Memo<Drawn>, name: &'static str, legend: Legend) -> impl IntoView {
    let src = Memo::new(move |_| drawn.with(|drawn| drawn.badge.as_ref().map(|badge| data_url(&badge.svg()))));
    let alt = Memo::new(move |_| {
        let words = |drawn: &Drawn| drawn.badge.as_ref().map(|badge| format!("{}: {}", badge.label(), badge.message()));
        drawn.with(words).unwrap_or_default()
    });
    let is_unknown = move || src.with(Option::is_none);
    let status = move || drawn.with(|drawn| drawn.status.clone());
    let says = move || {
        if is_unknown() {
            view! { "Too far back to be known here. Press “Show”, and the server draws it." }.into_any()
        } else {
            view! {
                "It says "
                <q>
                    <bdi>{move || alt.get()}</bdi>
                </q>
                ". "
                <bdi>{status}</bdi>
                "."
            }
            .into_any()
        }
    };
    let meaning = move |&(class, words): &(&'static str, &'static str)| view! { <li class=class>{words}</li> };
    view! {
        <section class="card preview" aria-label="Preview">
            <div class="stage">
                <div class="day">
                    <img id="preview-light" hidden=is_unknown src=move || src.get() alt=move || alt.get() />
                    <small>"on a light page"</small>
                </div>
                <div class="night">
                    <img id="preview-dark" hidden=is_unknown src=move || src.get() alt=move || alt.get() />
                    <small>"on a dark page"</small>
                </div>
            </div>
            <p class="preview-says" aria-live="polite" id="preview-says">
                {says}
            </p>
            <ul class=format!("legend of-{name}") aria-label="What the colours mean">
                {legend.iter().map(meaning).collect_view()}
            </ul>
        </section>
    }
}
