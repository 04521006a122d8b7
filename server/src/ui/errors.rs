//! Pages that say no.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use burgee_app::pages::error::{self, ErrorPage};
use burgee_store::StoreError;

use super::Visit;
use crate::respond::Problem;

/// An answer other than the page that was asked for. Boxed, since it travels as an error.
pub(crate) struct Refusal(Box<Response>);

impl Refusal {
    /// An error page.
    pub(crate) fn page(visit: &Visit, status: StatusCode, detail: Option<String>) -> Self {
        let html = error::render(&visit.site, ErrorPage { status: status.as_u16(), detail });
        Self::from(visit.page(status, html))
    }
}

impl From<Response> for Refusal {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl From<StoreError> for Refusal {
    /// The store fails before a page can be made; what is answered is plain, and the log says why.
    fn from(error: StoreError) -> Self {
        Self::from(Problem::from(error).into_response())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        *self.0
    }
}
