//! Running Burgee: health, logging, shutdown.

pub(crate) mod health;
pub(crate) mod logging;
pub(crate) mod shutdown;
