//! The Badge Builder: choices on the left, the badge and the texts to paste on the right.
//!
//! The server renders it as a form that asks for the same page with another query string; once the browser
//! has taken over, every choice redraws the badge at once and is noted in the address.

mod choices;
mod data;
mod preview;
mod snippets;

use leptos::{prelude::*, wasm_bindgen::JsValue};

pub use self::data::{BuilderData, Choice, Chosen, Latest};
use self::{choices::Choices, preview::Preview, snippets::Snippets};
use super::copy::when_hydrated;

/// The whole builder.
#[island]
pub fn BadgeBuilder(
    /// What it works with.
    data: BuilderData,
) -> impl IntoView {
    let chosen = RwSignal::new(data.chosen.clone());
    let data = StoredValue::new(data);
    let hydrated = when_hydrated();
    Effect::new(move |before: Option<()>| {
        let query = chosen.with(Chosen::query);
        if before.is_some() {
            remember(&query);
        }
    });
    view! {
        <div class="builder" id="badge-builder" data-hydrated=hydrated>
            <Choices data=data chosen=chosen />
            <div class="builder-result">
                <Preview data=data chosen=chosen />
                <Snippets data=data chosen=chosen />
            </div>
        </div>
    }
}

/// Notes the choice in the address, so that it can be shared and survives a reload.
fn remember(query: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Refused only when a script does it hundreds of times in a row: then the address is a bit behind.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(query));
    }
}
