//! HTTP to the letter, whatever the dialect: validators, content codings, `HEAD`, preflights, and which requests share an
//! answer.

mod cache;
mod encodings;
mod head;
mod keys;
mod preflight;
mod validators;

use serde_json::json;

use crate::support::{Answer, TestServer};

/// Badges and feeds of every dialect that [`everything`] makes.
const BADGES: [&str; 13] = [
    "/api/default/projects/web/badge/production/latest_release",
    "/api/default/projects/web/badge/production/latest_release.svg?style=plastic",
    "/api/default/projects/web/badge/production/latest_release.json",
    "/api/default/projects/web/badge/production/latest_release.png",
    "/api/v1/teams/default/pipelines/web/badge",
    "/api/v1/teams/default/pipelines/web/jobs/unit/badge?title=x",
    "/api/v1/teams/default/cc.xml",
    "/cc.xml",
    "/api/ci-badges/image?key=badges&$ApplicationName=web",
    "/default/web/badges/main/pipeline.svg",
    "/default/web/badges/main/pipeline%2Esvg",
    "/default/web/badges/main/coverage.svg?style=flat-square",
    "/default/web/-/badges/release.svg",
];

/// Where no badge is.
const NO_BADGES: [&str; 11] = [
    "/api/default/projects/none/badge/production/latest_release",
    "/api/default/projects/none/badge/production/latest_release.json",
    "/api/default/projects/none/badge/production/latest_release.png",
    "/api/default/projects/web/badge/production/latest_release?style=nonsense",
    "/api/v1/teams/default/pipelines/none/badge",
    "/api/v1/teams/none/cc.xml",
    "/api/v1/teams/default/pipelines/web/badge?vars=nonsense",
    "/api/ci-badges/image?key=wrong",
    "/api/ci-badges/image",
    "/default/none/badges/main/pipeline.svg",
    "/api/v1/pipelines/web/jobs/unit/badge",
];

/// Whatever else there is to get.
const OTHERS: [&str; 19] = [
    "/",
    "/sign-in",
    "/default/web",
    "/nothing/here",
    "/sign-out",
    "/healthz",
    "/readyz",
    "/assets/favicon.svg",
    "/pkg/unknown/main.css",
    "/api/burgee/v1/runs",
    "/api/burgee/v1/nothing",
    "/api/v4/version",
    "/api/v4/projects",
    "/api/v4/projects/1/badges",
    "/api/v4/projects/99",
    "/api/v4/nothing",
    "/api/v3/projects",
    "/api/ci-badges/link?key=badges&$ApplicationName=web",
    "/api/ci-badges/link?key=wrong",
];

/// A public project with a badge in every dialect, and the key `badges`.
fn everything(server: &TestServer) {
    server.report(&json!({"project": "web", "environment": "Production", "release": "1.2.3", "status": "succeeded"}));
    server.report(&json!({
        "project": "web", "release": "1.2.3", "build": 7, "job": "unit", "status": "succeeded", "coverage": 80.0,
        "variables": {"Branch": "main"},
    }));
    server.change_project("default/web", &json!({"badges_enabled": true, "visibility": "public"}));
    server.run(&["token", "create", "--name", "badges", "--scope", "ci-badges", "--value", "badges"]).good();
}

/// The header's value, or what it is without.
fn value<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}
