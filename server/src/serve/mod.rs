//! From a connection to an answer: the accept loop, and what every request goes through before the routes.

mod front;
mod listener;

pub(crate) use front::Front;
pub(crate) use listener::serve;
