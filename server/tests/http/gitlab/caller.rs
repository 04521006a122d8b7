//! Somebody who asks the GitLab API.

use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::support::{Answer, Call, TestServer};

/// Somebody, by the token that comes with each request.
#[derive(Clone)]
pub(super) struct Caller<'a> {
    server: &'a TestServer,
    token: Option<String>,
}

impl<'a> Caller<'a> {
    pub(super) const fn anonymous(server: &'a TestServer) -> Self {
        Self { server, token: None }
    }

    pub(super) const fn with_token(server: &'a TestServer, token: String) -> Self {
        Self { server, token: Some(token) }
    }

    /// The token; anonymous has none.
    pub(super) fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// A request to a path below `/api/v4`.
    pub(super) fn call(&self, method: &str, path: &str) -> Call<'a> {
        let call = self.server.call(method, &format!("/api/v4{path}"));
        match &self.token {
            Some(token) => call.header("PRIVATE-TOKEN", token),
            None => call,
        }
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send()
    }

    /// `GET` with these parameters.
    pub(super) fn get_with(&self, path: &str, params: &[(&str, &str)]) -> Answer {
        self.get(&format!("{path}?{}", query(params)))
    }

    /// Sends a form, as `curl --data` does.
    pub(super) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.call("POST", path).form(fields).send()
    }

    /// Sends a form, as `curl --request PUT --data` does.
    pub(super) fn put(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.call("PUT", path).form(fields).send()
    }

    pub(super) fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path).send()
    }

    /// What a list that must be there holds.
    #[track_caller]
    pub(super) fn list(&self, path: &str) -> Vec<Value> {
        let answer = self.get(path).expect(200);
        answer.json().as_array().unwrap_or_else(|| panic!("no list: {answer}")).clone()
    }

    /// One member of everything in a list.
    #[track_caller]
    pub(super) fn each(&self, path: &str, member: &str) -> Vec<Value> {
        self.list(path).into_iter().map(|item| item[member].clone()).collect()
    }
}

/// Parameters as a query string has them.
pub(super) fn query(params: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(params).finish()
}
