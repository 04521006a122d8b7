//! What a person may do in a group or project: GitLab's five roles (`spec/dialects.md` B4). A role in a group holds for
//! everything below it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::suggest::did_you_mean;

/// A role; a greater one includes the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees it.
    Guest,
    /// Sees it.
    Reporter,
    /// Sees it.
    Developer,
    /// Changes projects: their badges, settings and members.
    Maintainer,
    /// Changes groups as well.
    Owner,
}

impl Role {
    /// Every role, the smallest first.
    pub const ALL: [Self; 5] = [Self::Guest, Self::Reporter, Self::Developer, Self::Maintainer, Self::Owner];

    /// The name used on the command line, in forms and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Reporter => "reporter",
            Self::Developer => "developer",
            Self::Maintainer => "maintainer",
            Self::Owner => "owner",
        }
    }

    /// The name as pages show it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Guest => "Guest",
            Self::Reporter => "Reporter",
            Self::Developer => "Developer",
            Self::Maintainer => "Maintainer",
            Self::Owner => "Owner",
        }
    }

    /// What it allows, as a short sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Guest | Self::Reporter | Self::Developer => "Sees private projects, their runs and badges",
            Self::Maintainer => "Also changes projects: badges, settings, members",
            Self::Owner => "Also changes groups: their badges and members",
        }
    }

    /// GitLab's number for it.
    #[must_use]
    pub const fn access_level(self) -> i64 {
        match self {
            Self::Guest => 10,
            Self::Reporter => 20,
            Self::Developer => 30,
            Self::Maintainer => 40,
            Self::Owner => 50,
        }
    }

    /// The role with GitLab's number.
    #[must_use]
    pub fn from_access_level(level: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.access_level() == level)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::as_str);
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| {
            format!("\"{text}\" is not a role; roles are {}{}", names.join(", "), did_you_mean(text, names))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn roles_grow_with_their_access_level() {
        assert!(Role::ALL.is_sorted());
        assert!(Role::ALL.map(Role::access_level).is_sorted());
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            assert_eq!(Role::from_access_level(role.access_level()), Some(role));
        }
        assert!("maintainr".parse::<Role>().unwrap_err().contains("did you mean \"maintainer\""));
    }
}
