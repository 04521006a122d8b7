//! The pages' questions answered from the store, and their forms carried out. The pages themselves are pure
//! functions in `burgee_app`; here their structs are filled.

pub(crate) mod address;
pub(crate) mod badges;
pub(crate) mod builder;
pub(crate) mod builds;
pub(crate) mod concourse_pages;
pub(crate) mod dashboard;
pub(crate) mod errors;
pub(crate) mod form;
pub(crate) mod group_settings;
mod key;
pub(crate) mod lines;
pub(crate) mod members;
pub(crate) mod own_badges;
pub(crate) mod places;
pub(crate) mod project;
pub(crate) mod releases;
pub(crate) mod runs;
pub(crate) mod seen;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod theme;
mod token_uses;
pub(crate) mod tokens;
pub(crate) mod visit;

pub(crate) use visit::Visit;
