//! What every request goes through before it is routed, and what every page answer carries.

pub(crate) mod base_path;
pub(crate) mod body;
pub(crate) mod peer;
pub(crate) mod security;
pub(crate) mod time_limit;
