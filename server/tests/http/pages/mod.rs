//! The pages, without script: forms, sessions, and what is shown to whom.

mod appearance;
mod assets;
mod badges;
mod builder;
mod forgery;
mod members;
mod public;
mod reported;
mod session;
mod settings;
mod setup;
mod tokens;
