//! GitLab's project and group badges (`spec/dialects.md` B): the pure rules that the API, the pages and the browser's
//! preview share.
//!
//! - [`placeholder`]: the eleven `%{…}` and what they stand for (B8).
//! - [`badge_url`]: which link and image URLs are taken (B7), and how they look when rendered (B9).
//! - [`status_badge`]: GitLab's own SVG badges, which users put into image URLs (B13).

pub mod badge_url;
pub mod placeholder;
pub mod status_badge;
