//! What Burgee promises over HTTP and on the command line, held against the real binary on both engines.
//! `tools/with-postgres.sh` starts a PostgreSQL to test on.
#![expect(clippy::unwrap_used, reason = "what a test cannot go on without is the test's failure")]

mod buildmaster;
mod concourse;
mod gitlab;
mod native;
mod octopus;
mod operation;
mod pages;
mod protocol;
mod support;
