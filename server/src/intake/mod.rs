//! How runs come in.

pub(crate) mod native;
