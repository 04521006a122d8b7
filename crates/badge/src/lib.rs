// Where the README's pictures are, when there are no files beside the page: the first definition of a link counts.
#![doc = include_str!("../docs/pictures.md")]
#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod badge;
mod color;
mod draw;
mod link;
mod number;
mod style;
mod text;
mod width;

pub use badge::{Badge, Segment};
pub use color::{Color, Palette};
pub use style::{Style, UnknownStyle};
