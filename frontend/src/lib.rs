//! What the browser loads: the islands of `burgee-app`, brought to life in pages that the server has rendered.

// The islands register themselves when they are linked, and only a used crate is linked.
#[expect(unused_imports, reason = "links the islands")]
use burgee_app::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the script in every page once this module is loaded: finds the page's islands and makes them interactive.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
