//! The URL dialects: one room each, and none knows another.

pub(crate) mod buildmaster;
pub(crate) mod concourse;
pub(crate) mod gitlab;
pub(crate) mod octopus;
