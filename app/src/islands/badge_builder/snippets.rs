//! The texts to paste.

use burgee_domain::snippet::Snippet;
use leptos::prelude::*;

use super::Drawn;
use crate::islands::snippet_box::SnippetBox;

/// How many stand open; the others are folded away.
const OPEN: usize = 3;

/// Markdown, HTML, URL, and more; and the way to the project's list of badges.
#[component]
pub(crate) fn Snippets(drawn: Memo<Drawn>) -> impl IntoView {
    // Which formats there are never changes; what they say does.
    let first = drawn.with_untracked(|drawn| drawn.snippets.clone());
    if first.is_empty() {
        return view! {
            <section class="card empty" id="no-snippets">
                <h2>"No texts to paste yet"</h2>
                <p>"Every address of this badge carries a key. Choose one above, and the texts stand here."</p>
            </section>
        }
        .into_any();
    }
    let more = first[OPEN..].iter().map(|snippet| snippet.name.as_str()).collect::<Vec<_>>().join(", ");
    let snippet_box = move |(index, Snippet { id, name, .. }): (usize, Snippet)| {
        let text = move || {
            drawn.with(|drawn| drawn.snippets.get(index).map(|snippet| snippet.text.clone()).unwrap_or_default())
        };
        view! { <SnippetBox id=id name=name text=Signal::derive(text) /> }
    };
    let mut boxes = first.into_iter().enumerate().map(snippet_box);
    let usual = boxes.by_ref().take(OPEN).collect_view();
    let rest = boxes.collect_view();
    view! {
        <section class="card pad stack" aria-label="Texts to paste">
            {usual}
            <details class="fold">
                <summary>{format!("More formats: {more}")}</summary>
                <div class="stack">{rest}</div>
            </details>
            <p class="hint" hidden=move || drawn.with(|drawn| drawn.list.is_none())>
                "Or "
                <a id="add-to-list" href=move || drawn.with(|drawn| drawn.list.clone())>
                    "add it to this project’s badges"
                </a>
                ", which its page and GitLab’s API show."
            </p>
        </section>
    }
    .into_any()
}
