//! When a cached answer is still true.
//!
//! A committed write publishes the [`Changes`] it made, and [`Generations`] notes for each changed thing *when* it last
//! changed. Time here is a counter of writes, the [`Moment`], not a clock. A cached answer has the moment at which its
//! computation began and its [`Dependencies`]; it is true while none of them has changed since.
//!
//! The protocol has three rules, which `tests/model.rs` checks in every interleaving:
//!
//! 1. A write advances the generations after its commit and before it is acknowledged.
//! 2. A reader takes the moment *before* its first statement.
//! 3. An answer is used only if it holds, both when it is stored and at every hit. A request that waits for an
//!    answer which another request computes applies [`Generations::serves`].
//!
//! So a request that arrives after an acknowledgement never gets an answer from before the write.

mod changes;
mod dependencies;
mod generations;
mod slot;

pub use changes::{Change, Changes, UnknownChange};
pub use dependencies::Dependencies;
pub use generations::{Generations, Moment};
