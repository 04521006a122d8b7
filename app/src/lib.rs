//! Burgee's pages. Each is a pure function of a plain struct: the server gathers what a page shows, the page
//! turns it into a document. No database, no HTTP, no clock; what must move in the browser is an island.
//!
//! - [`pages`]: one module a page, each with its struct and its `render`.
//! - [`site`]: what every page needs to know: addresses, theme, who is looking, what time it is.
//! - [`address`]: where the pages of a place are.
//! - [`run`], [`form`]: how runs are shown, and what is wrong with a form.
//! - [`islands`]: the Badge Builder, the badge editor and the copy button, the only parts that run in the browser.

// The type of a whole view is deep.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod address;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
mod document;
pub mod form;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod run;
#[cfg(feature = "ssr")]
pub mod site;

/// The pennant, as an SVG file for `{base}/assets/favicon.svg`.
pub const FAVICON_SVG: &str = include_str!("../assets/favicon.svg");
