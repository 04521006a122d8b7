//! The controls that the tabs' forms are made of. Each is sent as a field of the form, and tells at once what was chosen.

use burgee_domain::badge::Style;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::preview::data_url;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// As addresses name it.
    pub id: String,
    /// As people name it.
    pub name: String,
}

impl Choice {
    pub(super) fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }

    /// Something that people call as addresses do.
    pub(super) fn plain(name: &str) -> Self {
        Self::new(name, name)
    }
}

/// What a control shows, and what happens when it is changed.
#[derive(Clone, Copy)]
pub(super) struct Bound {
    pub(super) value: Signal<String>,
    pub(super) set: Callback<String>,
}

/// A control of one text in the choice.
pub(super) fn bound<T: Send + Sync + 'static>(
    chosen: RwSignal<T>,
    get: impl Fn(&T) -> String + Send + Sync + 'static,
    set: impl Fn(&mut T, String) + Send + Sync + 'static,
) -> Bound {
    Bound {
        value: derived(move || chosen.with(&get)),
        set: Callback::new(move |value| chosen.update(|chosen| set(chosen, value))),
    }
}

/// What is worked out anew whenever something changes. Boxed, since each kind of closure would bring a memo's code anew
/// into the browser.
pub(super) fn derived<T: Clone + PartialEq + Send + Sync + 'static>(
    get: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<T> {
    fn memo<T: Clone + PartialEq + Send + Sync + 'static>(get: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
        Memo::new(move |_| get()).into()
    }
    memo(Box::new(get))
}

/// The options of a `<select>`, which may change.
pub(super) fn options(choices: Signal<Vec<Choice>>, value: Signal<String>) -> impl IntoView + use<> {
    move || {
        let selected = value.get();
        let option = |Choice { id, name }: Choice| {
            let is_selected = id == selected;
            view! {
                <option value=id selected=is_selected prop:selected=is_selected>
                    {name}
                </option>
            }
        };
        choices.get().into_iter().map(option).collect_view()
    }
}

/// A `<select>` with its label; `id` is its id, `name` the field's name.
pub(super) fn select(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    choices: Signal<Vec<Choice>>,
    bound: Bound,
) -> AnyView {
    let about = format!("{id}-hint");
    let has_hint = !hint.is_empty();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                name=name
                aria-describedby=has_hint.then(|| about.clone())
                on:change=move |event| bound.set.run(event_target_value(&event))
            >
                {options(choices, bound.value)}
            </select>
            {has_hint
                .then(|| {
                    view! {
                        <p class="hint" id=about>
                            {hint}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}

/// A line of text, or a number from 1 to `max`.
pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    /// What holds while nothing is typed.
    pub(super) placeholder: &'static str,
    /// The greatest number; text without one.
    pub(super) max: Option<u16>,
}

impl Line {
    pub(super) fn view(self, bound: Bound) -> AnyView {
        let Self { name, label, hint, placeholder, max } = self;
        let about = format!("{name}-hint");
        let has_hint = !hint.is_empty();
        view! {
            <div class="field">
                <label for=name>{label}</label>
                <input
                    id=name
                    name=name
                    type=if max.is_some() { "number" } else { "text" }
                    min=max.map(|_| 1)
                    max=max
                    maxlength=max.is_none().then_some(256)
                    dir=max.is_none().then_some("auto")
                    value=bound.value.get_untracked()
                    prop:value=move || bound.value.get()
                    placeholder=placeholder
                    aria-describedby=has_hint.then(|| about.clone())
                    on:input=move |event| bound.set.run(event_target_value(&event))
                />
                {has_hint
                    .then(|| {
                        view! {
                            <p class="hint" id=about>
                                {hint}
                            </p>
                        }
                    })}
            </div>
        }
        .into_any()
    }
}

/// A few short choices side by side: value and words of each.
pub(super) fn segments(
    name: &'static str,
    legend: &'static str,
    hint: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    bound: Bound,
) -> AnyView {
    let radio = move |(value, words): (&'static str, &'static str)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    value=value
                    id=format!("{name}-{value}")
                    checked=bound.value.get_untracked() == value
                    prop:checked=move || bound.value.get() == value
                    on:change=move |_| bound.set.run(value.to_owned())
                />
                <span>{words}</span>
            </label>
        }
    };
    let about = format!("{name}-hint");
    let described = about.clone();
    view! {
        <fieldset aria-describedby=described>
            <legend>{legend}</legend>
            <div class="seg">{choices.into_iter().map(radio).collect_view()}</div>
            <p class="hint" id=about>
                {hint}
            </p>
        </fieldset>
    }
    .into_any()
}

/// Every style with a sample: this very badge in it, where it is known.
pub(super) fn styles(bound: Bound, sample: Callback<Style, Option<String>>) -> AnyView {
    let radio = move |style: Style| {
        let is_chosen = move || bound.value.get() == style.as_str();
        let src = derived(move || sample.run(style).map(|svg| data_url(&svg)));
        view! {
            <label>
                <input
                    type="radio"
                    name="style"
                    value=style.as_str()
                    id=format!("style-{style}")
                    checked=bound.value.get_untracked() == style.as_str()
                    prop:checked=is_chosen
                    on:change=move |_| bound.set.run(style.as_str().to_owned())
                />
                <span>{style.as_str()}</span>
                <img alt="" hidden=move || src.with(Option::is_none) src=move || src.get() />
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>"Style"</legend>
            <div class="samples">{Style::ALL.map(radio)}</div>
        </fieldset>
    }
    .into_any()
}
