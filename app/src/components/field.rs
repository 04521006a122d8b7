//! One labelled field of a form, with its hint and its error.

use leptos::prelude::*;

use crate::form::{FieldError, error_of};

/// An `<input>` with all that belongs to it. The field's name is its id too.
pub(crate) struct TextField {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) hint: Option<&'static str>,
    pub(crate) autocomplete: &'static str,
    pub(crate) required: bool,
    pub(crate) minlength: Option<u16>,
    pub(crate) autofocus: bool,
}

impl TextField {
    /// A required line of text.
    pub(crate) fn new(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            kind: "text",
            value: String::new(),
            hint: None,
            autocomplete: "off",
            required: true,
            minlength: None,
            autofocus: false,
        }
    }

    /// The field, marked if `errors` has something about it.
    pub(crate) fn view(self, errors: &[FieldError]) -> AnyView {
        let error = error_of(errors, self.name);
        let about = describedby(self.name, self.hint.is_some(), error.is_some());
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                <input
                    id=self.name
                    name=self.name
                    type=self.kind
                    value=self.value
                    autocomplete=self.autocomplete
                    required=self.required
                    minlength=self.minlength
                    autofocus=self.autofocus
                    dir=(self.kind == "text").then_some("auto")
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=about
                />
                {hint_and_error(self.name, self.hint, error)}
            </div>
        }
        .into_any()
    }
}

/// The ids for `aria-describedby`, if there is anything to point at.
pub(crate) fn describedby(name: &str, hint: bool, error: bool) -> Option<String> {
    match (error, hint) {
        (true, true) => Some(format!("{name}-error {name}-hint")),
        (true, false) => Some(format!("{name}-error")),
        (false, true) => Some(format!("{name}-hint")),
        (false, false) => None,
    }
}

/// What stands under a field.
pub(crate) fn hint_and_error(name: &str, hint: Option<&'static str>, error: Option<String>) -> AnyView {
    view! {
        {error.map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
        {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
    }
    .into_any()
}
