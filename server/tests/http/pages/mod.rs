//! The pages, without script: forms, sessions, and what is shown to whom.

mod appearance;
mod forgery;
mod public;
mod session;
mod settings;
mod setup;
