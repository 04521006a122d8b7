//! A box with something to copy.

use leptos::prelude::*;

use super::{copy::when_hydrated, snippet_box::SnippetBox};

/// A text to copy, in a page that has nothing else to move.
#[island]
pub fn CopyBox(
    /// The short id that `snippet-…` and `copy-…` are made of.
    id: String,
    /// What the text is; the field's label.
    name: String,
    /// The text.
    text: String,
) -> impl IntoView {
    let hydrated = when_hydrated();
    view! {
        <div data-hydrated=hydrated>
            <SnippetBox id=id name=name text=Signal::derive(move || text.clone()) />
        </div>
    }
}
