//! Where the pages of a place are.

pub(crate) use burgee_app::address::*;
