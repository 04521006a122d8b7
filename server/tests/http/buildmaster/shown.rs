//! What a CI badge shows, and builds to show.

use serde_json::{Value, json};

use crate::support::{Answer, TestServer, accessible_name};

/// The badge's address.
pub(super) const IMAGE: &str = "/api/ci-badges/image";
/// The link's.
pub(super) const LINK: &str = "/api/ci-badges/link";
/// What is said about every key that is no good.
pub(super) const FORBIDDEN: &str = "The specified API key does not have the proper permissions to perform this action.";

/// Makes the key `badges`, with these arguments besides.
#[track_caller]
pub(super) fn key(server: &TestServer, arguments: &[&str]) {
    let made = server.create_token(&[&["--scope", "ci-badges", "--value", "badges"], arguments].concat());
    assert_eq!(made, "badges");
}

/// Reports a run of a build of the project `web`, with these members besides.
#[track_caller]
pub(super) fn build(server: &TestServer, more: &Value) {
    let mut run = json!({"project": "web", "build": 1, "status": "succeeded"});
    run.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    server.report(&run);
}

/// What the badge says to the key `badges`, besides `build`; the filters as they stand in an address.
#[track_caller]
pub(super) fn says(server: &TestServer, filters: &str) -> String {
    state(&server.get(&format!("{IMAGE}?key=badges&{filters}")))
}

/// What a badge says besides `build`.
#[track_caller]
pub(super) fn state(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer}");
    accessible_name(answer).strip_prefix("build: ").unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Wants the refusal of a bad key, which is always the same.
#[track_caller]
pub(super) fn forbidden(answer: &Answer) {
    assert_eq!(answer.status, 403, "{answer}");
    assert_eq!(answer.text(), FORBIDDEN);
    assert_eq!(answer.header("cache-control"), "no-store");
}
