//! What an answer depends on.

use crate::slot::Slot;

/// Most dependencies that are kept one by one. An answer with more depends on every write.
const MAX: usize = 12;

/// What an answer depends on. Every answer depends on [`Change::Instance`](crate::Change::Instance).
#[derive(Debug, Clone)]
pub struct Dependencies {
    slots: [Slot; MAX],
    length: usize,
}

impl Default for Dependencies {
    fn default() -> Self {
        Self { slots: [Slot::INSTANCE; MAX], length: 1 }
    }
}

impl Dependencies {
    /// Of an answer such as "not found", which depends on names and visibility alone. All such answers have the same
    /// dependencies, so neither their presence nor their eviction tells a hidden project from a missing one.
    #[must_use]
    pub fn on_naming() -> Self {
        Self::default().and_naming()
    }

    /// Of an answer that any write may change.
    #[must_use]
    pub fn on_everything() -> Self {
        Self::default().with(Slot::EVERYTHING)
    }

    /// Of an answer about one project.
    #[must_use]
    pub fn on_project(id: i64, space: i64) -> Self {
        Self::default().and_project(id, space)
    }

    /// Of an answer about names in one space.
    #[must_use]
    pub fn on_space(id: i64) -> Self {
        Self::default().with(Slot::space(id))
    }

    /// Adds a project, and the names in its space.
    #[must_use]
    pub fn and_project(self, id: i64, space: i64) -> Self {
        self.with(Slot::project(id)).with(Slot::space(space))
    }

    /// Adds names and visibility anywhere.
    #[must_use]
    pub fn and_naming(self) -> Self {
        self.with(Slot::NAMING)
    }

    /// Adds accounts, tokens, sessions and roles.
    #[must_use]
    pub fn and_access(self) -> Self {
        self.with(Slot::ACCESS)
    }

    pub(crate) fn slots(&self) -> &[Slot] {
        &self.slots[..self.length]
    }

    fn with(mut self, slot: Slot) -> Self {
        if self.slots().contains(&slot) {
            return self;
        }
        if self.length == MAX {
            return Self::on_everything();
        }
        self.slots[self.length] = slot;
        self.length += 1;
        self
    }
}
