//! Pieces that several pages are made of.

pub(crate) mod cell;
pub(crate) mod field;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod icon;
pub(crate) mod notice;
pub(crate) mod project_head;
pub(crate) mod run;
