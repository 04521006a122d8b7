//! Settings, and where each comes from: flag, then environment, then TOML file, then default.
//!
//! clap reads flags and environment and prints the documentation; [`layers`] puts the TOML file and the
//! `*_FILE` secrets below them; [`settings`] says what there is to set.

pub(crate) mod layers;
pub(crate) mod public_url;
pub(crate) mod settings;

pub(crate) use settings::{Settings, StoreSettings};
