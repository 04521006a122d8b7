//! The choice of who may see a place.

use burgee_domain::change::Visibility;
use leptos::prelude::*;

use super::field::{describedby, hint_and_error};
use crate::form::{FieldError, error_of};

/// What the choices mean for what is being set.
pub(crate) struct Meanings {
    /// Of "Private".
    pub(crate) private: &'static str,
    /// Of "Public".
    pub(crate) public: &'static str,
}

/// The field `visibility`: `private` or `public`.
pub(crate) fn field(chosen: Visibility, meanings: &Meanings, errors: &[FieldError]) -> AnyView {
    let error = error_of(errors, "visibility");
    let about = describedby("visibility", false, error.is_some());
    let radio = |value: Visibility, name: &'static str, meaning: &'static str| {
        let (id, hint) = (format!("visibility-{}", value.as_str()), format!("visibility-{}-hint", value.as_str()));
        view! {
            <div class="choice">
                <input
                    type="radio"
                    name="visibility"
                    id=id.clone()
                    value=value.as_str()
                    checked=value == chosen
                    aria-describedby=hint.clone()
                />
                <div>
                    <label for=id>{name}</label>
                    <p class="hint" id=hint>
                        {meaning}
                    </p>
                </div>
            </div>
        }
    };
    view! {
        <fieldset aria-describedby=about>
            <legend>"Visibility"</legend>
            {radio(Visibility::Private, "Private", meanings.private)}
            {radio(Visibility::Public, "Public", meanings.public)}
            {hint_and_error("visibility", None, error)}
        </fieldset>
    }
    .into_any()
}
