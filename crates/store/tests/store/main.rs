//! The store's rules, each held on both engines. `tools/with-postgres.sh` starts a PostgreSQL to test on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

mod access;
mod badges;
mod branches;
mod builder;
mod buildmaster;
mod concourse;
mod gitlab_badges;
mod identities;
mod migrations;
mod names;
mod pages;
mod places;
mod plans;
mod report_batches;
mod reported;
mod reports;
mod writes;
