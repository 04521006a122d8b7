//! What is wrong with a form that was sent, field by field.

use burgee_domain::check;
use serde::{Deserialize, Serialize};

/// A field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's `name`.
    pub field: String,
    /// A whole sentence, shown under the field.
    pub message: String,
}

impl FieldError {
    /// An error about the field called `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl From<check::FieldError> for FieldError {
    /// "must not be empty" at `/title` becomes "Title must not be empty."
    fn from(error: check::FieldError) -> Self {
        let field = error.pointer.trim_start_matches('/').to_owned();
        let mut name = field.replace('_', " ");
        if let Some(first) = name.get(..1) {
            let first = first.to_uppercase();
            name.replace_range(..1, &first);
        }
        let stop = if error.detail.ends_with(['.', '?', '!']) { "" } else { "." };
        Self { message: format!("{name} {}{stop}", error.detail), field }
    }
}

/// The message for one field.
pub(crate) fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}
