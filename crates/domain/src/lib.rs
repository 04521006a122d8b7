//! Burgee's rules, and nothing but rules: no I/O, no clock, no HTTP, no SQL. Everything here compiles to
//! WASM, so that the browser's preview and the server's image come from one text.
//!
//! - [`status`]: what a run can be, and which of it counts as finished or failed.
//! - [`report`]: a reported run, from JSON to a checked [`report::RunReport`], every bad field named.
//! - [`badge`], [`color`]: the look of a badge, and its SVG.
//! - [`release_badge`]: the Octopus dialect's badge: options, URL, label, message, colour.
//! - [`buildmaster_badge`]: BuildMaster's CI badges: keys and filters of a request, states and their look.
//! - [`badge_key`]: keys in the addresses of badges.
//! - [`concourse_badge`]: Concourse's job and pipeline badges: outcomes, the worst of them, title, look.
//! - [`gitlab`]: GitLab's badges: placeholders, URLs, and the SVG badges of pipelines, coverage and releases.
//! - [`snippet`]: a badge as Markdown, HTML, reStructuredText, AsciiDoc … each escaped for its format.
//! - [`slug`], [`text`], [`url_text`], [`check`]: names, their URL form, and how bad input is described.
//! - [`scope`], [`role`]: what a token and what a person may do. [`change`]: what a settings page or script may change.
//! - [`view`]: what the native API answers. [`ago`]: times as people say them.

pub mod ago;
pub mod badge;
pub mod badge_key;
pub mod buildmaster_badge;
pub mod change;
pub mod check;
pub mod color;
pub mod concourse_badge;
pub mod gitlab;
pub mod instance_vars;
pub mod release_badge;
pub mod report;
pub mod role;
pub mod scope;
pub mod slug;
pub mod snippet;
pub mod standing;
pub mod status;
pub mod suggest;
pub mod text;
pub mod url_text;
pub mod view;
