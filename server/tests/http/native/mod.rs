//! The native API, `/api/burgee/v1`.

mod access;
mod batches;
mod lists;
mod places;
mod problems;
mod projects;
mod reports;
mod standing;
mod validation;
mod variables;
