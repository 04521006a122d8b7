//! Where each thing's last change is kept: a fixed table, in which projects and spaces share slots by their ids.

/// Slots for projects. Two projects in one slot invalidate each other's answers, which costs time, never truth.
const PROJECTS: u64 = if cfg!(feature = "model") { 2 } else { 4096 };
/// Slots for spaces. The model checker follows every slot, so it gets few.
const SPACES: u64 = if cfg!(feature = "model") { 1 } else { 256 };

/// An index into the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot(u16);

impl Slot {
    /// Number of slots.
    pub(crate) const COUNT: usize = 4 + SPACES as usize + PROJECTS as usize;

    /// Any write at all.
    pub(crate) const EVERYTHING: Self = Self(0);
    /// Changes after which no cached answer may be used.
    pub(crate) const INSTANCE: Self = Self(1);
    /// Changes to what exists and who may see it.
    pub(crate) const NAMING: Self = Self(2);
    /// Changes to accounts, tokens, sessions and roles.
    pub(crate) const ACCESS: Self = Self(3);

    pub(crate) const fn space(id: i64) -> Self {
        Self(4 + (id.cast_unsigned() % SPACES) as u16)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the table has fewer than 2^16 slots")]
    pub(crate) const fn project(id: i64) -> Self {
        Self(4 + SPACES as u16 + (id.cast_unsigned() % PROJECTS) as u16)
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}
