//! Name, link and image, each with what there is to say about it; and the buttons.

use burgee_domain::gitlab::badge_url::NAME_MAX;
use leptos::prelude::*;

use super::{
    Field, Typed, Url,
    data::{EditorData, Remarks},
};
use crate::form::error_of;

/// The fields and the buttons.
#[component]
pub(crate) fn Fields(data: StoredValue<EditorData>, typed: Typed) -> impl IntoView {
    let (id, address) = data.with_value(|data| (data.form.id, data.address.clone()));
    let (action, save) = if id.is_some() { ("update", "Save changes") } else { ("create", "Add this badge") };
    view! {
        <NameField data=data field=typed.name />
        <UrlField data=data typed=typed url=Url::Link />
        <UrlField data=data typed=typed url=Url::Image />
        <div class="actions">
            // The first button is also what the Enter key presses.
            <button class="primary" name="action" value=action>
                {save}
            </button>
            // Stands for the live preview where there is none.
            <button class="without-script" name="action" value="preview" formnovalidate>
                "Preview"
            </button>
            {id.map(|_| view! { <a class="button" href=address>"Cancel"</a> })}
        </div>
    }
}

#[component]
fn NameField(data: StoredValue<EditorData>, field: Field) -> impl IntoView {
    let error = data.with_value(|data| error_of(&data.errors, "name"));
    let about = if error.is_some() { "name-error name-hint" } else { "name-hint" };
    view! {
        <div class="field">
            <label for="name">"Name"</label>
            <input
                id="name"
                name="name"
                type="text"
                maxlength=NAME_MAX.to_string()
                dir="auto"
                value=field.text.get_untracked()
                node_ref=field.input
                on:input=move |event| field.text.set(event_target_value(&event))
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=about
            />
            {error.map(|error| view! { <p class="error" id="name-error">{error}</p> })}
            <p class="hint" id="name-hint">
                "Read out, and shown when the image cannot be. May be empty."
            </p>
        </div>
    }
}

#[component]
fn UrlField(data: StoredValue<EditorData>, typed: Typed, url: Url) -> impl IntoView {
    let (name, label) = match url {
        Url::Link => ("link_url", "Link"),
        Url::Image => ("image_url", "Image"),
    };
    let field = typed.url(url);
    // What was wrong with the text that was sent says nothing about another one.
    let sent = field.text.get_untracked();
    let error = data.with_value(|data| error_of(&data.errors, name));
    let error = Memo::new(move |_| error.clone().filter(|_| field.text.with(|typed| *typed == sent)));
    let about = move || match error.get() {
        Some(_) => format!("{name}-error {name}-says"),
        None => format!("{name}-says"),
    };
    let remarks = Memo::new(move |_| {
        field.text.with(|typed| data.with_value(|data| Remarks::about(typed, data.values.as_ref())))
    });
    let resolved = move || {
        let url = remarks.with(|remarks| remarks.resolved.clone())?;
        Some(view! {
            <p class="resolved">
                "Here: "
                <bdi>{url}</bdi>
            </p>
        })
    };
    let hints = move || {
        // Once is enough.
        let hints = if error.get().is_some() { Vec::new() } else { remarks.with(|remarks| remarks.hints.clone()) };
        hints.into_iter().map(|hint| view! { <p class="caution">{hint}</p> }).collect_view()
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type="text"
                inputmode="url"
                class="url"
                required
                dir="ltr"
                spellcheck="false"
                autocapitalize="off"
                value=field.text.get_untracked()
                node_ref=field.input
                on:input=move |event| field.text.set(event_target_value(&event))
                on:focus=move |_| typed.focused.set(Some(url))
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=about
            />
            {move || error.get().map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
            <div class="says" id=format!("{name}-says") aria-live="polite">
                {resolved}
                {hints}
            </div>
        </div>
    }
}
