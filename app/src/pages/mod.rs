//! The pages: each module has the struct that says what to show, and `render`, which answers the whole HTML
//! document.

pub mod badge_builder;
pub mod dashboard;
pub mod error;
pub mod project;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod tokens;

pub use crate::components::project_head::{Place, ProjectHead};
