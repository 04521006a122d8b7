//! A text to paste: read-only, selectable as a whole, with its copy button.

use leptos::prelude::*;

use super::{clipboard, copy::CopyButton};

/// The field `snippet-{id}` and the button `copy-{id}`.
#[component]
pub(crate) fn SnippetBox(
    /// The short id.
    id: String,
    /// What the text is; the field's label.
    name: String,
    /// The text.
    text: Signal<String>,
) -> impl IntoView {
    let field = format!("snippet-{id}");
    let own = field.clone();
    view! {
        <div class="snippet">
            <div class="snippet-top">
                <label for=field.clone()>{name.clone()}</label>
                <CopyButton id=id name=name />
            </div>
            <textarea
                id=field
                class="snippet-text"
                readonly
                rows="2"
                spellcheck="false"
                autocomplete="off"
                wrap="soft"
                dir="ltr"
                prop:value=move || text.get()
                on:focus=move |_| {
                    clipboard::select(&own);
                }
            >
                {inside_textarea(text.get_untracked())}
            </textarea>
        </div>
    }
}

/// Leptos writes a textarea's content into the page as it is, so it is escaped here. In the browser it leaves
/// the content alone: there the text changes as the `value` property.
fn inside_textarea(text: String) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text }
}
