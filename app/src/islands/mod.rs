//! What moves in the browser: the Badge Builder, the badge editor and the copy button. Everything here compiles to WebAssembly,
//! so nothing here knows times, pages or the server.

#![expect(
    missing_docs,
    unreachable_pub,
    reason = "the macros of islands and components write undocumented, public items"
)]

pub mod badge_builder;
pub mod badge_editor;
mod clipboard;
mod copy;
mod copy_box;
mod snippet_box;

pub use badge_builder::BadgeBuilder;
pub use badge_editor::BadgeEditor;
pub use copy_box::CopyBox;
