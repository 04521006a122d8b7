//! What a write changed.

use std::{collections::BTreeSet, fmt, str::FromStr};

use crate::slot::Slot;

/// One thing that a write changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Something in a project: a run, build, release, job, variable, or a property of its own.
    Project(i64),
    /// What exists in a space, what it is called, or who may see it.
    Naming {
        /// The space.
        space: i64,
    },
    /// Accounts, tokens, sessions or roles.
    Access,
    /// Something that any cached answer may depend on, such as an alias or another process's write.
    Instance,
}

impl Change {
    fn slots(self) -> [Slot; 2] {
        match self {
            Self::Project(id) => [Slot::project(id), Slot::EVERYTHING],
            Self::Naming { space } => [Slot::space(space), Slot::NAMING],
            Self::Access => [Slot::ACCESS, Slot::EVERYTHING],
            Self::Instance => [Slot::INSTANCE, Slot::NAMING],
        }
    }
}

/// Everything that a write changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes(BTreeSet<Change>);

impl Changes {
    /// The single change [`Change::Instance`].
    #[must_use]
    pub fn instance() -> Self {
        Self(BTreeSet::from([Change::Instance]))
    }

    /// Adds a change.
    pub fn add(&mut self, change: Change) {
        self.0.insert(change);
    }

    /// Adds all changes of another write.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether the write changed nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the write made this change, or one that includes it.
    #[must_use]
    pub fn include(&self, change: Change) -> bool {
        self.0.contains(&change) || self.0.contains(&Change::Instance)
    }

    /// The changes, each once.
    pub fn iter(&self) -> impl Iterator<Item = Change> + '_ {
        self.0.iter().copied()
    }

    pub(crate) fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.iter().flat_map(Change::slots)
    }
}

/// Short text for a message between servers: `p12 n3 a i`.
impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, change) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            match change {
                Change::Project(id) => write!(f, "p{id}")?,
                Change::Naming { space } => write!(f, "n{space}")?,
                Change::Access => f.write_str("a")?,
                Change::Instance => f.write_str("i")?,
            }
        }
        Ok(())
    }
}

/// A message that this version does not understand.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownChange;

impl FromStr for Changes {
    type Err = UnknownChange;

    fn from_str(text: &str) -> Result<Self, UnknownChange> {
        let id = |digits: &str| digits.parse().map_err(|_| UnknownChange);
        let change = |word: &str| match word.split_at_checked(1) {
            Some(("p", digits)) => Ok(Change::Project(id(digits)?)),
            Some(("n", digits)) => Ok(Change::Naming { space: id(digits)? }),
            Some(("a", "")) => Ok(Change::Access),
            Some(("i", "")) => Ok(Change::Instance),
            _ => Err(UnknownChange),
        };
        text.split_ascii_whitespace().map(change).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_survive_the_way_between_servers() {
        let mut changes = Changes::default();
        for change in [Change::Project(12), Change::Naming { space: 3 }, Change::Access, Change::Instance] {
            changes.add(change);
        }
        assert_eq!(changes.to_string(), "p12 n3 a i");
        assert_eq!(changes.to_string().parse(), Ok(changes));
        assert_eq!("".parse(), Ok(Changes::default()));
        for unknown in ["x", "p", "p1x", "ab", "é"] {
            assert_eq!(unknown.parse::<Changes>(), Err(UnknownChange), "{unknown}");
        }
    }

    #[test]
    fn an_instance_wide_change_includes_every_other() {
        assert!(Changes::instance().include(Change::Project(1)));
        assert!(!Changes::default().include(Change::Project(1)));
    }
}
