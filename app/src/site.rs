//! What every page needs to know besides its own content.

use std::str::FromStr;

use burgee_domain::url_text::encode_path;
use chrono::{DateTime, Utc};

use crate::address;

/// Which colours the pages have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the visitor's system says.
    #[default]
    System,
    /// Ink on chart paper.
    Light,
    /// Chart by night.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which the switch goes through them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name used in the cookie and in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What the switch switches to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

impl FromStr for Theme {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text).ok_or(())
    }
}

/// Somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The account's name.
    pub name: String,
    /// Whether everything is theirs to see and change, whatever their roles.
    pub is_admin: bool,
}

/// The server, the request and the visitor, as far as pages show them.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where Burgee is mounted: empty, or like `/badges`.
    pub base_path: String,
    /// Scheme, host and base path as the outside world sees them, without a slash at the end.
    pub public_url: String,
    /// Names the build's style sheet and script: `{base}/pkg/{assets_hash}/…`.
    pub assets_hash: String,
    /// The nonce of this answer's Content-Security-Policy.
    pub nonce: String,
    /// The visitor's choice, from a cookie.
    pub theme: Theme,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The time of this answer: "4 min ago" is reckoned from it.
    pub now: DateTime<Utc>,
    /// Burgee's version.
    pub version: String,
    /// The request's path and query below the base path, beginning with `/`: where the theme switch and
    /// sign-in come back to, and what the navigation highlights.
    pub current_path: String,
}

impl Site {
    /// The address of a path below the base path. `path` begins with `/` and is percent-encoded already.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base_path)
    }

    /// The address of a space's, group's or project's page, by its full path as people read it.
    #[must_use]
    pub fn place(&self, full_path: &str) -> String {
        self.link(&format!("/{}", encode_path(full_path)))
    }

    /// The address of a release's page.
    #[must_use]
    pub fn release(&self, project: &str, version: &str) -> String {
        self.link(&address::release(project, version))
    }

    /// The address of a build's page.
    #[must_use]
    pub fn build(&self, project: &str, id: i64) -> String {
        self.link(&address::build(project, id))
    }

    /// The address of a run's page.
    #[must_use]
    pub fn run(&self, project: &str, id: i64) -> String {
        self.link(&address::run(project, id))
    }

    /// The address of a file of this build: `main.css`, `burgee-frontend.js`.
    #[must_use]
    pub(crate) fn asset(&self, file: &str) -> String {
        self.link(&format!("/pkg/{}/{file}", self.assets_hash))
    }

    /// Whether the visitor may change everything.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.is_admin)
    }
}
