//! When each thing last changed.

#[cfg(not(feature = "model"))]
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(feature = "model")]
use loom::sync::atomic::{AtomicU64, Ordering};

use crate::{Changes, Dependencies, slot::Slot};

/// A point in the order of writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(u64);

/// For each thing, the moment of its last change. Its size is fixed.
#[derive(Debug)]
pub struct Generations {
    /// The moment of the latest write.
    now: AtomicU64,
    last_changes: Vec<AtomicU64>,
}

impl Default for Generations {
    fn default() -> Self {
        Self { now: AtomicU64::new(0), last_changes: (0..Slot::COUNT).map(|_| AtomicU64::new(0)).collect() }
    }
}

impl Generations {
    /// The present moment. Take it before the first statement of an answer.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment(self.now.load(Ordering::Acquire))
    }

    /// Notes what a write changed. Call it after the commit and before the write is acknowledged.
    pub fn advance(&self, changes: &Changes) {
        if changes.is_empty() {
            return;
        }
        // A reader that sees this moment began after the commit, so its answer has the change.
        let moment = self.now.fetch_add(1, Ordering::AcqRel) + 1;
        for slot in changes.slots() {
            self.last_changes[slot.index()].fetch_max(moment, Ordering::AcqRel);
        }
        self.last_changes[Slot::EVERYTHING.index()].fetch_max(moment, Ordering::AcqRel);
    }

    /// Whether an answer whose computation began at `began` is still true.
    #[must_use]
    pub fn hold(&self, dependencies: &Dependencies, began: Moment) -> bool {
        dependencies.slots().iter().all(|slot| self.last_changes[slot.index()].load(Ordering::Acquire) <= began.0)
    }

    /// Whether an answer that began at `began`, for another request, is right for one that arrived at `arrived`: it began
    /// later, or nothing that it depends on has changed.
    #[must_use]
    pub fn serves(&self, dependencies: &Dependencies, began: Moment, arrived: Moment) -> bool {
        began >= arrived || self.hold(dependencies, began)
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;
    use crate::Change;

    fn changes(change: Change) -> Changes {
        let mut changes = Changes::default();
        changes.add(change);
        changes
    }

    #[test]
    fn an_answer_ends_with_a_change_to_what_it_depends_on() {
        let generations = Generations::default();
        let began = generations.now();
        let answer = Dependencies::on_project(7, 1);
        generations.advance(&changes(Change::Project(8)));
        generations.advance(&changes(Change::Naming { space: 2 }));
        generations.advance(&changes(Change::Access));
        assert!(generations.hold(&answer, began));
        for change in [Change::Project(7), Change::Naming { space: 1 }, Change::Instance] {
            let began = generations.now();
            assert!(generations.hold(&answer, began));
            generations.advance(&changes(change));
            assert!(!generations.hold(&answer, began), "{change:?}");
        }
    }

    #[test]
    fn a_missing_name_depends_on_naming_and_never_on_reports() {
        let generations = Generations::default();
        let began = generations.now();
        generations.advance(&changes(Change::Project(1)));
        assert!(generations.hold(&Dependencies::on_naming(), began));
        generations.advance(&changes(Change::Naming { space: 9 }));
        assert!(!generations.hold(&Dependencies::on_naming(), began));
    }

    #[test]
    fn more_dependencies_than_are_kept_become_everything() {
        let generations = Generations::default();
        let began = generations.now();
        let many = (0..50).fold(Dependencies::default(), |all, id| all.and_project(id, id));
        generations.advance(&changes(Change::Project(4000)));
        assert!(!generations.hold(&many, began));
    }

    #[test]
    fn a_write_without_changes_ends_nothing() {
        let generations = Generations::default();
        let began = generations.now();
        generations.advance(&Changes::default());
        assert!(generations.hold(&Dependencies::on_everything(), began));
    }
}
