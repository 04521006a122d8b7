//! The placeholders, what they stand for, and a way to insert them.

use burgee_domain::gitlab::placeholder::Placeholder;
use leptos::prelude::*;

use super::{Typed, data::EditorData};
use crate::islands::copy::when_hydrated;

/// All eleven.
#[component]
pub(crate) fn Palette(data: StoredValue<EditorData>, typed: Typed) -> impl IntoView {
    let hydrated = when_hydrated();
    let (values, is_group) = data.with_value(|data| (data.values.clone(), data.is_group));
    let example = values.as_ref().and_then(|values| values.get(Placeholder::ProjectTitle)).unwrap_or("one project");
    let about = match (&values, is_group) {
        (Some(_), false) => {
            "Each stands for something of this project. Choose one to put it where the cursor is.".to_owned()
        }
        (Some(_), true) => {
            format!(
                "Each stands for something of the project that shows the badge. These values are those of {example}."
            )
        }
        (None, _) => {
            "Each stands for something of the project that shows the badge. There is no project here yet.".to_owned()
        }
    };
    let row = move |placeholder: Placeholder| {
        let token = placeholder.token();
        let insert = move |_| typed.insert(&placeholder.token());
        let value = values.as_ref().and_then(|values| values.get(placeholder)).map(str::to_owned);
        let value = match value {
            Some(value) => view! { <bdi title=value.clone()>{value.clone()}</bdi> }.into_any(),
            None => view! { <span class="no-value">"no value yet"</span> }.into_any(),
        };
        view! {
            <li>
                // Without script it is nothing but the text to type.
                <button type="button" class="token-button" disabled=move || hydrated().is_none() on:click=insert>
                    <span class="visually-hidden">"Insert "</span>
                    <code>{token}</code>
                </button>
                {value}
            </li>
        }
    };
    view! {
        <section class="card pad stack-s palette" aria-labelledby="palette-title">
            <h3 id="palette-title">"Placeholders"</h3>
            <p class="hint">{about}</p>
            <ul>{Placeholder::ALL.map(row)}</ul>
        </section>
    }
}
