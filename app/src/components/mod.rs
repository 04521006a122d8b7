//! Pieces that several pages are made of.

pub(crate) mod badge;
pub(crate) mod cell;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod icon;
pub(crate) mod notice;
pub(crate) mod outcome;
pub(crate) mod own_badge;
pub(crate) mod place;
pub(crate) mod role;
pub(crate) mod run;
pub(crate) mod runs;
pub(crate) mod tag;
pub(crate) mod variables;
pub(crate) mod visibility;
