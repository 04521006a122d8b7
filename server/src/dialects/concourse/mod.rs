//! The Concourse dialect (`spec/concourse-badges.txt`, `spec/dialects.md` A): badges of jobs and pipelines, and the feed for
//! build monitors.
//!
//! A team is a space, a pipeline a project, an instance of a pipeline a project with `instance_vars`, a build a run that
//! names a job. Unlike Concourse, the redirect of old addresses keeps the query, a failing database is a 500 for pipelines
//! too, and `?token=` opens a private pipeline's badges to whoever has a badge token.

use std::borrow::Cow;

use burgee_domain::concourse_badge::Options;

use super::asked;

mod access;
mod badge;
mod cctray;
mod refusal;

pub(crate) use badge::{JOB_ROUTE, PIPELINE_ROUTE, TEAMLESS_ROUTE, job_badge, pipeline_badge, to_main_team};
pub(crate) use cctray::{INSTANCE_ROUTE, INSTANCE_SHORT_ROUTE, TEAM_ROUTE, of_instance, of_team};

/// Whether a badge was here before there were teams.
pub(super) fn has_moved(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("/api/v1/pipelines/") else { return false };
    let segments: Vec<&str> = rest.split('/').collect();
    matches!(segments[..], [_, "jobs", _, "badge"])
}

/// What the URL of a badge or feed asks.
pub(super) fn question<'a>(path: &'a str, query: &str) -> Option<Cow<'a, str>> {
    if path == INSTANCE_SHORT_ROUTE || path == INSTANCE_ROUTE {
        return Some(Cow::Borrowed(path));
    }
    let mut segments = path.strip_prefix("/api/v1/teams/")?.split('/').skip(1);
    let mut next = || segments.next();
    match [next(), next(), next(), next(), next(), next()] {
        [Some("cc.xml"), None, ..] => Some(Cow::Borrowed(path)),
        [Some("pipelines"), Some(_), Some("badge"), None, ..]
        | [Some("pipelines"), Some(_), Some("jobs"), Some(_), Some("badge"), None] => asked(path, query, || {
            let pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = url::form_urlencoded::parse(query.as_bytes()).collect();
            Options::parse(&pairs).ok()
        }),
        _ => None,
    }
}
