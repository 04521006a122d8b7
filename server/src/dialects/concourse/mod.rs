//! The Concourse dialect (`spec/concourse-badges.txt`, `spec/dialects.md` A): badges of jobs and pipelines, and the feed for
//! build monitors.
//!
//! A team is a space, a pipeline a project, an instance of a pipeline a project with `instance_vars`, a build a run that
//! names a job. Unlike Concourse, the redirect of old addresses keeps the query, a failing database is a 500 for pipelines
//! too, and `?token=` opens a private pipeline's badges to whoever has a badge token.

mod access;
mod badge;
mod cctray;
mod refusal;

pub(crate) use badge::{JOB_ROUTE, PIPELINE_ROUTE, TEAMLESS_ROUTE, job_badge, pipeline_badge, to_main_team};
pub(crate) use cctray::{INSTANCE_ROUTE, INSTANCE_SHORT_ROUTE, TEAM_ROUTE, of_instance, of_team};
