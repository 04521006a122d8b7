//! BuildMaster's CI badges (`spec/buildmaster-ci-badges.txt`, `spec/dialects.md` C1 to C4): what a request asks for, and how
//! each state looks.
//!
//! *Unconfirmed, so chosen:* names of parameters and of variables count in any case, their values as they are. What
//! BuildMaster leaves undefined, the same parameter twice, is an error. An unfinished build that is asked to stop is
//! running; a canceled one, for which there is no state, is an error.

use std::fmt;

use crate::{badge::Badge, color::Color, status::RunStatus};

/// What stands on the left.
pub const LABEL: &str = "build";
/// The left side's colour.
const LABEL_COLOR: &str = "#282b3a";
/// Most variables that one badge filters by.
const VARIABLES_MAX: usize = 16;

/// How the latest matching build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Completed well.
    Success,
    /// Completed, and something went wrong.
    Error,
    /// Completed with warnings.
    Warning,
    /// Not started yet.
    Pending,
    /// In progress.
    Running,
    /// There is no such build.
    Unknown,
}

impl State {
    /// The state of a build by its latest run.
    #[must_use]
    pub const fn of(status: RunStatus) -> Self {
        match status {
            RunStatus::Pending => Self::Pending,
            RunStatus::Running | RunStatus::Canceling => Self::Running,
            RunStatus::Succeeded => Self::Success,
            RunStatus::Warned => Self::Warning,
            RunStatus::Failed | RunStatus::Errored | RunStatus::Canceled | RunStatus::TimedOut => Self::Error,
        }
    }

    const fn text_and_color(self) -> (&'static str, &'static str) {
        match self {
            Self::Success => ("success", "#499e8d"),
            Self::Error => ("error", "#de5948"),
            Self::Warning => ("warning", "#ee9d66"),
            Self::Pending => ("pending", "#48729d"),
            Self::Running => ("running", "#48729d"),
            Self::Unknown => ("unknown", "#a6adb6"),
        }
    }

    /// The badge.
    #[must_use]
    pub fn draw(self) -> Badge {
        let (text, color) = self.text_and_color();
        Badge::new(LABEL, text).color(Color::parse(color)).label_color(Color::parse(LABEL_COLOR))
    }
}

/// Which build is meant; all of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// `$ApplicationName`
    pub application_name: Option<String>,
    /// `$ApplicationId`
    pub application_id: Option<String>,
    /// `$ReleaseNumber`
    pub release_number: Option<String>,
    /// `$BuildNumber`
    pub build_number: Option<String>,
    /// Every other `$Name`: the name without `$`, and the value that the variable must have for the build.
    pub variables: Vec<(String, String)>,
}

impl Filters {
    /// Whether they name an application.
    #[must_use]
    pub const fn names_application(&self) -> bool {
        self.application_name.is_some() || self.application_id.is_some()
    }
}

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// `key` or `API_Key`
    pub key: Option<String>,
    /// Which build.
    pub filters: Filters,
}

/// A request that could mean several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ambiguous {
    /// A parameter that is there twice.
    Repeated(String),
    /// More variables than can be filtered by.
    TooManyVariables,
}

impl fmt::Display for Ambiguous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated(name) => write!(f, "The parameter {name} is given more than once."),
            Self::TooManyVariables => write!(f, "A badge can filter by at most {VARIABLES_MAX} variables."),
        }
    }
}

impl std::error::Error for Ambiguous {}

impl Request {
    /// Reads decoded pairs, from wherever they come. What is neither a key nor begins with `$` is ignored.
    ///
    /// # Errors
    /// [`Ambiguous`]
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, Ambiguous> {
        let mut request = Self::default();
        for (given, value) in pairs {
            let (given, value) = (given.as_ref(), value.as_ref().to_owned());
            let name = given.to_lowercase();
            let filters = &mut request.filters;
            let slot = match name.as_str() {
                "key" | "api_key" => &mut request.key,
                "$applicationname" => &mut filters.application_name,
                "$applicationid" => &mut filters.application_id,
                "$releasenumber" => &mut filters.release_number,
                "$buildnumber" => &mut filters.build_number,
                _ => {
                    if let Some(variable) = given.strip_prefix('$') {
                        filters.add_variable(variable, value)?;
                    }
                    continue;
                }
            };
            if slot.replace(value).is_some() {
                return Err(Ambiguous::Repeated(given.to_owned()));
            }
        }
        Ok(request)
    }
}

impl Filters {
    fn add_variable(&mut self, name: &str, value: String) -> Result<(), Ambiguous> {
        if self.variables.iter().any(|(other, _)| other.to_lowercase() == name.to_lowercase()) {
            return Err(Ambiguous::Repeated(format!("${name}")));
        }
        if self.variables.len() == VARIABLES_MAX {
            return Err(Ambiguous::TooManyVariables);
        }
        self.variables.push((name.to_owned(), value));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_states_have_text_and_colour() {
        for (state, text, color) in [
            (State::Success, "success", "#499e8d"),
            (State::Error, "error", "#de5948"),
            (State::Warning, "warning", "#ee9d66"),
            (State::Pending, "pending", "#48729d"),
            (State::Running, "running", "#48729d"),
            (State::Unknown, "unknown", "#a6adb6"),
        ] {
            let badge = state.draw();
            assert_eq!((badge.label(), badge.message()), ("build", text));
            let svg = badge.svg();
            assert!(svg.contains(color) && svg.contains(LABEL_COLOR), "{svg}");
        }
    }

    #[test]
    fn every_status_has_a_state() {
        use RunStatus::{Canceled, Canceling, Errored, Failed, Pending, Running, Succeeded, TimedOut, Warned};
        for (status, state) in [
            (Pending, State::Pending),
            (Running, State::Running),
            (Canceling, State::Running),
            (Succeeded, State::Success),
            (Warned, State::Warning),
            (Failed, State::Error),
            (Errored, State::Error),
            (Canceled, State::Error),
            (TimedOut, State::Error),
        ] {
            assert_eq!(State::of(status), state, "{status}");
        }
    }

    #[test]
    fn keys_and_filters_are_read_in_any_case() {
        for key in ["key", "Key", "API_Key", "api_KEY"] {
            assert_eq!(Request::parse([(key, "badges")]).unwrap().key.as_deref(), Some("badges"), "{key}");
        }
        let pairs = [
            ("$ApplicationName", "Web Shop"),
            ("$applicationid", "64"),
            ("$RELEASENUMBER", "1.2"),
            ("$BuildNumber", "7"),
            ("$Branch", "main"),
            ("page", "build"),
        ];
        let filters = Request::parse(pairs).unwrap().filters;
        assert_eq!(filters.application_name.as_deref(), Some("Web Shop"));
        assert_eq!(filters.application_id.as_deref(), Some("64"));
        assert_eq!(filters.release_number.as_deref(), Some("1.2"));
        assert_eq!(filters.build_number.as_deref(), Some("7"));
        assert_eq!(filters.variables, [("Branch".to_owned(), "main".to_owned())]);
    }

    #[test]
    fn the_same_parameter_twice_is_an_error() {
        for (one, other) in [
            ("key", "API_Key"),
            ("key", "key"),
            ("$ApplicationName", "$applicationname"),
            ("$Branch", "$Branch"),
            ("$Branch", "$branch"),
        ] {
            let error = Request::parse([(one, "x"), (other, "x")]).unwrap_err();
            assert_eq!(error, Ambiguous::Repeated(other.to_owned()));
        }
        assert!(Request::parse([("page", "x"), ("page", "y")]).is_ok(), "what means nothing is not ambiguous");
    }

    #[test]
    fn filters_have_a_limit() {
        let pairs = |count: usize| (0..count).map(|n| (format!("$V{n}"), String::new()));
        assert!(Request::parse(pairs(VARIABLES_MAX)).is_ok());
        assert_eq!(Request::parse(pairs(VARIABLES_MAX + 1)), Err(Ambiguous::TooManyVariables));
    }
}
