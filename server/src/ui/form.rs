//! The fields of a form that a browser sent.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use burgee_app::form::FieldError;

use crate::{respond::Problem, web::body::LIMIT};

/// Extractor: decoded fields, in order; a name may occur several times.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// A field's text, empty when it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every text of a field.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a checkbox is ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Problem::too_large(LIMIT))?;
        Ok(Self(url::form_urlencoded::parse(&bytes).into_owned().collect()))
    }
}

/// Puts an error beside its field and goes on with nothing.
pub(crate) fn note<T>(errors: &mut Vec<FieldError>, field: &str, label: &str, result: Result<T, String>) -> Option<T> {
    result.map_err(|detail| errors.push(FieldError::new(field, format!("{label} {detail}.")))).ok()
}
