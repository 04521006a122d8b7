//! The copy button.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::clipboard;

/// How long "Copied" stands there.
const SHOWN: Duration = Duration::from_secs(3);

/// Copies the field `snippet-{id}`. Only seen once it works.
#[component]
pub(crate) fn CopyButton(
    /// The short id of the snippet.
    id: String,
    /// What it copies, for those who hear it.
    name: String,
) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let field = format!("snippet-{id}");
    let copy = move |_| {
        let field = field.clone();
        spawn_local(async move {
            if clipboard::copy(&field).await {
                said.set(Some("Copied"));
                set_timeout(move || said.set(None), SHOWN);
            } else {
                said.set(Some(clipboard::keys()));
            }
        });
    };
    view! {
        <button
            type="button"
            class="copy"
            class:done=move || said.get() == Some("Copied")
            id=format!("copy-{id}")
            data-copy=id
            on:click=copy
        >
            <span aria-live="polite">{move || said.get().unwrap_or("Copy")}</span>
            <span class="visually-hidden">" " {name}</span>
        </button>
    }
}

/// `Some("")` as soon as the browser has taken over: for style sheets and tests.
pub(crate) fn when_hydrated() -> impl Fn() -> Option<&'static str> + Copy + Send + 'static {
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    move || hydrated.get().then_some("")
}
