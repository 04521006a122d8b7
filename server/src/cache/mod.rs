//! Finished badge answers in memory: what has been drawn once is sent again until something that it depends on changes.
//!
//! - [`key`]: which requests are the same question.
//! - [`cacheable`]: what a handler says about its answer: what it depends on, whom it is for, when it ends.
//! - [`finished`]: an answer with its validators and content codings, ready to be sent.
//! - [`flight`]: one computation for all who ask the same question at the same time.
//!
//! An answer is true while nothing that it depends on has changed: see `burgee_coherence`.

pub(crate) mod cacheable;
mod finished;
mod flight;
mod key;

use std::sync::Arc;

use burgee_store::Store;
use quick_cache::{Weighter, sync::Cache};

pub(crate) use finished::Finished;
pub(crate) use flight::Flights;
pub(crate) use key::Question;

/// The share of the memory for answers that say that nothing is there, so that unknown URLs push out no badge.
const SHARE_OF_MISSES: u64 = 16;
/// Rough size of an answer, for the first layout of the tables.
const TYPICAL_ANSWER: u64 = 2_000;

/// The answers.
pub(crate) struct ResponseCache {
    store: Store,
    badges: Answers,
    misses: Answers,
    is_on: bool,
}

type Answers = Cache<Box<str>, Slot, Weight>;

/// What is kept for a question.
#[derive(Clone)]
enum Slot {
    Answer(Arc<Finished>),
    /// The answer differs by caller or host; it is kept under a longer key.
    Varies {
        by_credential: bool,
        by_host: bool,
    },
}

#[derive(Clone)]
struct Weight;

impl Weighter<Box<str>, Slot> for Weight {
    fn weight(&self, key: &Box<str>, slot: &Slot) -> u64 {
        let answer = match slot {
            Slot::Answer(answer) => answer.weight(),
            Slot::Varies { .. } => 0,
        };
        (key.len() as u64) + 64 + answer
    }
}

impl ResponseCache {
    /// A cache of at most `bytes`; none at all if that is zero.
    pub(crate) fn new(store: Store, bytes: u64) -> Self {
        let answers = |bytes: u64| {
            let estimate = usize::try_from(bytes / TYPICAL_ANSWER).unwrap_or(usize::MAX);
            Cache::with_weighter(estimate, bytes, Weight)
        };
        let for_misses = bytes / SHARE_OF_MISSES;
        Self { badges: answers(bytes - for_misses), misses: answers(for_misses), is_on: bytes > 0, store }
    }

    /// Whether answers may be taken from memory at all: not while other servers' writes are unknown.
    pub(crate) fn is_trusted(&self) -> bool {
        self.is_on && self.store.hears_others()
    }

    /// The answer that is still true, if there is one.
    pub(crate) fn get(&self, question: &Question<'_>) -> Option<Arc<Finished>> {
        if !self.is_on {
            return None;
        }
        let answer = match self.slot(question.text())? {
            Slot::Answer(answer) => answer,
            Slot::Varies { by_credential, by_host } => match self.slot(&question.varied(by_credential, by_host))? {
                Slot::Answer(answer) => answer,
                Slot::Varies { .. } => return None,
            },
        };
        if !answer.is_true(self.store.generations()) {
            return None;
        }
        if let Some(token) = answer.token() {
            self.store.note_token_use(token);
        }
        Some(answer)
    }

    /// Keeps an answer, unless it is no longer true.
    pub(crate) fn put(&self, question: &Question<'_>, answer: &Arc<Finished>) {
        if !self.is_trusted() || !answer.is_kept() || !answer.is_true(self.store.generations()) {
            return;
        }
        let answers = if answer.is_miss() { &self.misses } else { &self.badges };
        let slot = Slot::Answer(Arc::clone(answer));
        let (by_credential, by_host) = answer.varies();
        if by_credential || by_host {
            answers.insert(question.text().into(), Slot::Varies { by_credential, by_host });
            answers.insert(question.varied(by_credential, by_host).into(), slot);
        } else {
            answers.insert(question.text().into(), slot);
        }
        // A question has one answer: what was missing is there now, or the other way round.
        let others = if answer.is_miss() { &self.badges } else { &self.misses };
        others.remove(question.text());
    }

    fn slot(&self, key: &str) -> Option<Slot> {
        self.badges.get(key).or_else(|| self.misses.get(key))
    }
}
