//! How answers go out: badge images and their headers, rasterising, problem details.

pub(crate) mod badge;
pub(crate) mod conditional;
pub(crate) mod encoding;
pub(crate) mod image;
pub(crate) mod png;
pub(crate) mod problem;

pub(crate) use problem::Problem;
