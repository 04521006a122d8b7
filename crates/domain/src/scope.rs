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
}

impl Scope {
    /// Every scope, in the order in which choices list them.
    pub const ALL: [Self; 5] = [Self::RunsWrite, Self::RunsRead, Self::ProjectsWrite, Self::Api, Self::ReadApi];
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
        }
    }
}

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
