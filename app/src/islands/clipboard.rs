//! Copying a field's text, also where the browser has no clipboard to offer (plain HTTP).

use leptos::{prelude::document, wasm_bindgen::JsCast};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Selects the whole field `id`, so that whatever happens the visitor can copy by hand.
pub(crate) fn select(id: &str) -> Option<HtmlTextAreaElement> {
    let field = document().get_element_by_id(id)?.dyn_into::<HtmlTextAreaElement>().ok()?;
    // Only a field that can be focused can be selected; both fail harmlessly.
    let _ = field.focus();
    field.select();
    Some(field)
}

/// Copies the field's text. `false` means that the visitor has to press the keys; the text is selected.
pub(crate) async fn copy(id: &str) -> bool {
    let Some(field) = select(id) else { return false };
    write(&field.value()).await || exec_copy()
}

/// The modern way: needs a secure context and the visitor's consent.
async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = window.navigator().clipboard();
    window.is_secure_context() && !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// The old way: copies what is selected.
fn exec_copy() -> bool {
    document().dyn_into::<HtmlDocument>().is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}

/// The keys that copy, as this visitor's keyboard has them.
pub(crate) fn keys() -> &'static str {
    let is_mac =
        web_sys::window().and_then(|window| window.navigator().platform().ok()).is_some_and(|p| p.starts_with("Mac"));
    if is_mac { "Press \u{2318}C" } else { "Press Ctrl+C" }
}
