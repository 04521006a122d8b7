//! The pages: each module has the struct that says what to show, and `render`, which answers the whole HTML
//! document.

pub mod badge_builder;
pub mod badges;
pub mod build;
pub mod builds;
pub mod dashboard;
pub mod error;
pub mod group_settings;
pub mod members;
pub mod project;
pub mod release;
pub mod releases;
pub mod revoke_token;
pub mod run;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod tokens;

pub use crate::components::{
    badge::BadgeLine,
    own_badge::OwnBadge,
    place::{GroupHead, Place, PlaceHead, ProjectHead},
    variables::VariableLine,
};
