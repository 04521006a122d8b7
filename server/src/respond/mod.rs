//! How answers go out: badge images and their headers, rasterising, problem details.

pub(crate) mod badge;
#[cfg_attr(not(test), expect(dead_code, reason = "the response cache and the assets will use it"))]
pub(crate) mod encoding;
pub(crate) mod image;
pub(crate) mod png;
pub(crate) mod problem;

pub(crate) use problem::Problem;
