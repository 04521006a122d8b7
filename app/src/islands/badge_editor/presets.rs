//! Badges to begin with: links that ask for the prefilled form, and fill it at once where they can.

use leptos::prelude::*;

use super::{
    Typed,
    data::{EditorData, Preset},
};

/// All presets, for a new badge only.
#[component]
pub(crate) fn Presets(data: StoredValue<EditorData>, typed: Typed) -> impl IntoView {
    let (address, id, presets) = data.with_value(|data| (data.address.clone(), data.form.id, data.presets.clone()));
    let link = move |preset: Preset| {
        let href = format!("{address}?preset={}", preset.id);
        let name = preset.name.clone();
        let fill = move |event: leptos::ev::MouseEvent| {
            // With a key held, the link is wanted in another tab.
            if event.ctrl_key() || event.meta_key() || event.shift_key() {
                return;
            }
            event.prevent_default();
            typed.name.fill(&preset.badge_name);
            typed.link_url.fill(&preset.link_url);
            typed.image_url.fill(&preset.image_url);
        };
        view! {
            <li>
                <a class="chip" href=href on:click=fill>
                    <bdi>{name}</bdi>
                </a>
            </li>
        }
    };
    (id.is_none() && !presets.is_empty()).then(|| {
        view! {
            <div class="presets" role="group" aria-labelledby="presets-title">
                <p class="label" id="presets-title">
                    "Begin with"
                </p>
                <ul class="chips">{presets.into_iter().map(link).collect_view()}</ul>
            </div>
        }
    })
}
