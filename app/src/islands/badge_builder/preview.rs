//! The badge as it will be served, on a light and on a dark page.

use burgee_domain::{release_badge::NO_DEPLOYMENT, url_text::encode_query};
use leptos::prelude::*;

use super::data::{BuilderData, Chosen};

/// The picture as an address that needs no request.
pub(crate) fn data_url(svg: &str) -> String {
    format!("data:image/svg+xml,{}", encode_query(svg))
}

/// Both pictures, what they say, and what the colours mean.
#[component]
pub(crate) fn Preview(data: StoredValue<BuilderData>, chosen: RwSignal<Chosen>) -> impl IntoView {
    let badge = Memo::new(move |_| {
        chosen.with(|chosen| data.with_value(|data| (data.badge(chosen), data.shown(chosen).map(|shown| shown.status))))
    });
    let src = Memo::new(move |_| badge.with(|(badge, _)| data_url(&badge.svg())));
    let alt = Memo::new(move |_| badge.with(|(badge, _)| format!("{}: {}", badge.label(), badge.message())));
    let status = move || badge.with(|(_, status)| status.map_or(NO_DEPLOYMENT, |status| status.words()));
    view! {
        <section class="card preview" aria-label="Preview">
            <div class="stage">
                <div class="day">
                    <img id="preview-light" src=move || src.get() alt=move || alt.get() />
                    <small>"on a light page"</small>
                </div>
                <div class="night">
                    <img id="preview-dark" src=move || src.get() alt=move || alt.get() />
                    <small>"on a dark page"</small>
                </div>
            </div>
            <p class="preview-says" aria-live="polite" id="preview-says">
                "It says "
                <q>
                    <bdi>{move || alt.get()}</bdi>
                </q>
                ". Status: "
                {status}
                "."
            </p>
            <ul class="legend" aria-label="What the colours mean">
                <li class="ok">"succeeded"</li>
                <li class="bad">"failed, canceled, timed out"</li>
                <li class="busy">"in progress"</li>
                <li class="none">"no deployment"</li>
            </ul>
        </section>
    }
}
