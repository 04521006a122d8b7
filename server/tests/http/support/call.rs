//! One HTTP request.

use serde_json::Value;
use ureq::{
    Agent,
    http::{Method, Request, request::Builder},
};

use super::Answer;

/// A request that is not sent yet.
#[must_use]
pub(crate) struct Call<'a> {
    agent: &'a Agent,
    request: Builder,
    body: Vec<u8>,
}

impl<'a> Call<'a> {
    pub(super) fn new(agent: &'a Agent, method: &str, url: &str) -> Self {
        Self { agent, request: Request::builder().method(method).uri(url), body: Vec::new() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.header("Content-Type", "application/json").body(body.to_string())
    }

    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.header("Content-Type", "application/x-www-form-urlencoded").body(body)
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    #[track_caller]
    pub(crate) fn send(self) -> Answer {
        let takes_body = matches!(self.request.method_ref().map(Method::as_str), Some("POST" | "PUT" | "PATCH"));
        let response = if takes_body {
            self.agent.run(self.request.body(self.body).unwrap())
        } else {
            self.agent.run(self.request.body(()).unwrap())
        };
        Answer::from(response.unwrap())
    }

    /// Sends it to a server that may go away meanwhile.
    pub(crate) fn try_send(self) -> Result<Answer, ureq::Error> {
        self.agent.run(self.request.body(self.body)?).and_then(Answer::read)
    }
}
