//! The texts to paste.

use burgee_domain::snippet::Snippet;
use leptos::prelude::*;

use super::data::{BuilderData, Chosen};
use crate::islands::snippet_box::SnippetBox;

/// How many stand open; the others are folded away.
const OPEN: usize = 3;

/// Markdown, HTML, URL, and more.
#[component]
pub(crate) fn Snippets(data: StoredValue<BuilderData>, chosen: RwSignal<Chosen>) -> impl IntoView {
    // Which formats there are never changes; what they say does.
    let texts = Memo::new(move |_| chosen.with(|chosen| data.with_value(|data| data.snippets(chosen))));
    let snippet_box = move |(index, Snippet { id, name, .. }): (usize, Snippet)| {
        let text = move || texts.with(|texts| texts.get(index).map(|snippet| snippet.text.clone()).unwrap_or_default());
        view! { <SnippetBox id=id name=name text=Signal::derive(text) /> }
    };
    let mut boxes = texts.get_untracked().into_iter().enumerate().map(snippet_box);
    let usual = boxes.by_ref().take(OPEN).collect_view();
    let more = boxes.collect_view();
    view! {
        <section class="card pad stack" aria-label="Texts to paste">
            {usual}
            <details class="fold">
                <summary>"More formats: reStructuredText, AsciiDoc, shields.io, PNG"</summary>
                <div class="stack">{more}</div>
            </details>
        </section>
    }
}
