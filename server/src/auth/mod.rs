//! Who is asking, and what they may do: API tokens, signed-in sessions, passwords, limits on attempts.

pub(crate) mod attempts;
pub(crate) mod caller;
pub(crate) mod password;
pub(crate) mod secret;
pub(crate) mod session;
pub(crate) mod subject;
pub(crate) mod token;

pub(crate) use caller::Caller;
