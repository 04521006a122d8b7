//! `burgee migrate`: brings the database's tables up to date, and stops.

use super::{Outcome, block_on, open, say};
use crate::config::StoreSettings;

pub(crate) fn run(settings: &StoreSettings) -> Outcome {
    block_on(async {
        open(settings).await?;
        say("the database is up to date");
        Ok(())
    })
}
