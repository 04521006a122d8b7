//! The native API, `/api/burgee/v1`: looking at what was reported, and changing what settings pages change.
//! Reports themselves come in through [`crate::intake`].

pub(crate) mod builds;
pub(crate) mod groups;
pub(crate) mod jobs;
pub(crate) mod links;
pub(crate) mod paging;
pub(crate) mod places;
pub(crate) mod projects;
pub(crate) mod releases;
pub(crate) mod run_view;
pub(crate) mod runs;
pub(crate) mod spaces;
pub(crate) mod variables;

use crate::respond::Problem;

/// The answer below `/api` where there is no route.
pub(crate) async fn unknown_address() -> Problem {
    Problem::not_found("address in this API; see the README for those that there are")
}
