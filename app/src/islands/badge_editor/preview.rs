//! The picture, on a light and on a dark page.

use std::time::Duration;

use burgee_domain::gitlab::badge_url::{render, without_scheme};
use leptos::prelude::*;

use super::{
    Typed,
    data::{EditorData, Shown},
};

/// How long nothing is typed before another picture is asked for: not every letter is worth a request.
const PAUSE: Duration = Duration::from_millis(350);

/// Both pages, or why there is no picture on them.
#[component]
pub(crate) fn Preview(data: StoredValue<EditorData>, typed: Typed) -> impl IntoView {
    let settled = RwSignal::new(typed.image_url.text.get_untracked());
    let mut settle = debounce(PAUSE, move |text| settled.set(text));
    Effect::new(move |before: Option<()>| {
        let text = typed.image_url.text.get();
        // At first there is nothing to wait for.
        if before.is_some() { settle(text) } else { settled.set(text) }
    });
    let shown = Memo::new(move |_| settled.with(|text| data.with_value(|data| Shown::of(text, data))));
    let alt = Memo::new(move |_| {
        let name = typed.name.text.with(|name| name.trim().to_owned());
        if !name.is_empty() {
            return name;
        }
        let url = settled.with(|text| data.with_value(|data| render(text.trim(), data.values.as_ref())));
        without_scheme(&url).to_owned()
    });
    let picture = move || match shown.get() {
        Shown::Picture(src) => view! {
            <img class="badge-image" src=src alt=move || alt.get() referrerpolicy="no-referrer" />
        }
        .into_any(),
        Shown::Elsewhere(_) => view! { <span class="no-picture">"not loaded"</span> }.into_any(),
        Shown::Nothing => view! { <span class="no-picture">"no image yet"</span> }.into_any(),
    };
    let says = move || match shown.get() {
        Shown::Elsewhere(host) => view! {
            <div class="preview-says elsewhere">
                <p>
                    "Images from "
                    <bdi class="path">{host}</bdi>
                    " are shown once the badge is saved, or on request."
                </p>
                // Sends what is typed; incomplete fields are no reason not to look at the image.
                <button name="action" value="preview" formnovalidate>
                    "Show image"
                </button>
            </div>
        }
        .into_any(),
        Shown::Picture(_) => view! {
            <p class="preview-says">"Readers get it straight from its host; Burgee does not fetch it."</p>
        }
        .into_any(),
        Shown::Nothing => {
            view! { <p class="preview-says">"It shows here as soon as its URL is complete."</p> }.into_any()
        }
    };
    view! {
        <section class="card preview" aria-label="Preview">
            <div class="stage">
                <div class="day">
                    {picture}
                    <small>"on a light page"</small>
                </div>
                <div class="night">
                    {picture}
                    <small>"on a dark page"</small>
                </div>
            </div>
            {says}
        </section>
    }
}
