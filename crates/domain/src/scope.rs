//! What a token may do.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::suggest::did_you_mean;

/// One permission of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// Report runs, and read them.
    #[serde(rename = "runs:write")]
    RunsWrite,
    /// Read runs, projects, environments and releases.
    #[serde(rename = "runs:read")]
    RunsRead,
    /// Change projects, environments, tenants and spaces, and read them.
    #[serde(rename = "projects:write")]
    ProjectsWrite,
    /// Everything in the GitLab API, as the token's user may do it.
    #[serde(rename = "api")]
    Api,
    /// Read in the GitLab API what the token's user may read.
    #[serde(rename = "read_api")]
    ReadApi,
    /// Read BuildMaster's CI badges, and nothing else.
    #[serde(rename = "ci-badges")]
    CiBadges,
    /// Read a private pipeline's badges in the Concourse API, and nothing else.
    #[serde(rename = "badges:read")]
    BadgesRead,
}

impl Scope {
    /// Every scope, in the order in which choices list them.
    pub const ALL: [Self; 7] = [
        Self::RunsWrite,
        Self::RunsRead,
        Self::ProjectsWrite,
        Self::Api,
        Self::ReadApi,
        Self::CiBadges,
        Self::BadgesRead,
    ];
    /// Those that only show badges, so that a token with nothing else may stand in a public README.
    pub const BADGES: [Self; 2] = [Self::CiBadges, Self::BadgesRead];
    /// Those of the GitLab API. Only these can be given to a token that acts as a user.
    pub const GITLAB: [Self; 2] = [Self::Api, Self::ReadApi];

    /// The name used on the command line, in JSON and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RunsWrite => "runs:write",
            Self::RunsRead => "runs:read",
            Self::ProjectsWrite => "projects:write",
            Self::Api => "api",
            Self::ReadApi => "read_api",
            Self::CiBadges => "ci-badges",
            Self::BadgesRead => "badges:read",
        }
    }

    /// What the scope allows, as a short sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::RunsWrite => "Report runs, and read them",
            Self::RunsRead => "Read runs, projects, environments and releases",
            Self::ProjectsWrite => "Change settings of projects, environments and tenants",
            Self::Api => "GitLab API: read and change badges, members",
            Self::ReadApi => "GitLab API: read only",
            Self::CiBadges => "BuildMaster's CI badges: a key that stands in public READMEs",
            Self::BadgesRead => "Concourse badges of private pipelines: given as ?token= in the badge's address",
        }
    }
}

/// A token's text that somebody chose: what can stand in a URL as it is, and is no token made at random.
///
/// # Errors
/// A sentence that completes "`value` …".
pub fn chosen_value(text: &str) -> Result<String, String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    if text.is_empty() || text.len() > CHOSEN_MAX || !text.bytes().all(is_plain) {
        return Err(format!("must be 1 to {CHOSEN_MAX} letters, digits, and signs out of - _ . ~"));
    }
    Ok(text.to_owned())
}

/// Longest text that can be chosen.
const CHOSEN_MAX: usize = 100;

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::as_str);
        Self::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or_else(|| {
            format!("\"{text}\" is not a scope; known scopes are {}{}", names.join(", "), did_you_mean(text, names))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_by_their_names() {
        for scope in Scope::ALL {
            assert_eq!(scope.as_str().parse(), Ok(scope));
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
        }
        assert!("ci_badges".parse::<Scope>().unwrap_err().contains("ci-badges"));
    }

    #[test]
    fn a_chosen_value_can_stand_in_a_url() {
        assert_eq!(chosen_value("badges"), Ok("badges".to_owned()));
        for bad in ["", "a b", "a&b", "ä", "a%", &"a".repeat(CHOSEN_MAX + 1)] {
            assert!(chosen_value(bad).is_err(), "{bad}");
        }
    }
}
