//! BuildMaster's CI badges (`spec/buildmaster-ci-badges.txt`, `spec/dialects.md` C1 to C4): what a request asks for, how
//! each state looks, and which page a link means.
//!
//! *Unconfirmed, so chosen:* names of parameters and of variables count in any case, and so do the values of `page`,
//! `redirect` and `style`; all others as they are. What BuildMaster leaves undefined, the same parameter twice, is an error.
//! An unfinished build that is asked to stop is running; a canceled one, for which there is no state, is an error. How an
//! execution is named is not documented: here it is one more filter, `$ExecutionId`.

use std::fmt;

use crate::{
    badge::{Badge, Style},
    color::Color,
    status::RunStatus,
    suggest::did_you_mean,
};

/// What stands on the left.
pub const LABEL: &str = "build";
/// The left side's colour.
const LABEL_COLOR: &str = "#282b3a";
/// Most variables that one badge filters by.
const VARIABLES_MAX: usize = 16;
/// Longest label, in characters; what is longer is cut.
const LABEL_MAX: usize = 256;

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

    /// The badge as BuildMaster has it.
    #[must_use]
    pub fn draw(self) -> Badge {
        Look::default().draw(self)
    }
}

/// How an image looks. BuildMaster knows no such choice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// What stands on the left instead of [`LABEL`].
    pub label: Option<String>,
    /// The style, by the names that Octopus' badges have here, too.
    pub style: Style,
}

impl Look {
    /// The parameters of an image besides key and filters.
    pub const PARAMETERS: [&'static str; 2] = ["style", "label"];

    /// The look that a request with [`Self::PARAMETERS`] asks for.
    ///
    /// # Errors
    /// A sentence about a style that is none.
    pub fn of(request: &Request) -> Result<Self, String> {
        let style = match request.extra("style") {
            Some(text) => text.parse().map_err(|_| no_such("style", text, &Style::ALL.map(Style::as_str)))?,
            None => Style::default(),
        };
        let label = request.extra("label").map(|text| text.chars().take(LABEL_MAX).collect());
        Ok(Self { label, style })
    }

    /// The badge of a build in this state.
    #[must_use]
    pub fn draw(&self, state: State) -> Badge {
        let (text, color) = state.text_and_color();
        Badge::new(self.label.as_deref().unwrap_or(LABEL), text)
            .color(Color::parse(color))
            .label_color(Color::parse(LABEL_COLOR))
            .style(self.style)
    }
}

/// The badge that says what is wrong with a look: whoever comes with a good key always gets an image (C1).
#[must_use]
pub fn complaint(words: &str) -> Badge {
    Badge::new(LABEL, words)
        .color(Color::parse(State::Unknown.text_and_color().1))
        .label_color(Color::parse(LABEL_COLOR))
}

/// The page that a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The build that matches.
    #[default]
    Build,
    /// The release that it is a build of.
    Release,
    /// The application.
    Application,
    /// An execution: the one that is named, or the latest in the build's first stage.
    Execution,
}

impl Page {
    /// Every page, in the order of BuildMaster's table.
    pub const ALL: [Self; 4] = [Self::Build, Self::Release, Self::Application, Self::Execution];

    /// The value of the parameter `page`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Release => "release",
            Self::Application => "application",
            Self::Execution => "execution",
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Destination {
    /// Which of Burgee's pages.
    pub page: Page,
    /// Whether rather to the address that the run was reported with (`redirect=external`), where it has one.
    pub external: bool,
}

impl Destination {
    /// The parameters of a link besides key and filters.
    pub const PARAMETERS: [&'static str; 2] = ["page", "redirect"];

    /// Where a request with [`Self::PARAMETERS`] wants to be led.
    ///
    /// # Errors
    /// A sentence about the parameter whose value means nothing.
    pub fn of(request: &Request) -> Result<Self, String> {
        let page = match request.extra("page") {
            Some(text) => Page::ALL
                .into_iter()
                .find(|page| page.as_str().eq_ignore_ascii_case(text))
                .ok_or_else(|| no_such("page", text, &Page::ALL.map(Page::as_str)))?,
            None => Page::default(),
        };
        let external = match request.extra("redirect") {
            Some(text) if text.eq_ignore_ascii_case(EXTERNAL) => true,
            Some(text) => return Err(no_such("redirect", text, &[EXTERNAL])),
            None => false,
        };
        Ok(Self { page, external })
    }
}

/// The only value of `redirect`.
const EXTERNAL: &str = "external";

fn no_such(parameter: &str, value: &str, allowed: &[&'static str]) -> String {
    let shown: String = value.chars().take(40).collect();
    let hint = did_you_mean(value, allowed.iter().copied());
    format!("The {parameter} \"{shown}\" is not one of: {}{hint}.", allowed.join(", "))
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
    /// `$ExecutionId`: a run by the id that it was reported with, or by Burgee's own.
    pub execution_id: Option<String>,
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
    /// Further parameters of the endpoint, trimmed; none is empty.
    extras: Vec<(&'static str, String)>,
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
    /// Reads decoded pairs, from wherever they come, for an endpoint that has the parameters `extras` of its own. What is
    /// none of these, no key, and does not begin with `$`, is ignored.
    ///
    /// # Errors
    /// [`Ambiguous`]
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
        extras: &[&'static str],
    ) -> Result<Self, Ambiguous> {
        let mut request = Self::default();
        let mut seen = Vec::new();
        for (given, value) in pairs {
            // An address that was taken out of HTML as it stands has `&amp;` between its parameters (C1).
            let (given, value) = (given.as_ref().trim_start_matches("amp;"), value.as_ref().to_owned());
            let name = given.to_lowercase();
            let filters = &mut request.filters;
            let slot = match name.as_str() {
                "key" | "api_key" => &mut request.key,
                "$applicationname" => &mut filters.application_name,
                "$applicationid" => &mut filters.application_id,
                "$releasenumber" => &mut filters.release_number,
                "$buildnumber" => &mut filters.build_number,
                "$executionid" => &mut filters.execution_id,
                _ => {
                    if let Some(extra) = extras.iter().find(|extra| **extra == name) {
                        if seen.contains(extra) {
                            return Err(Ambiguous::Repeated(given.to_owned()));
                        }
                        seen.push(*extra);
                        let value = value.trim();
                        if !value.is_empty() {
                            request.extras.push((*extra, value.to_owned()));
                        }
                    } else if let Some(variable) = given.strip_prefix('$') {
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

    fn extra(&self, name: &str) -> Option<&str> {
        self.extras.iter().find(|(extra, _)| *extra == name).map(|(_, value)| value.as_str())
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

    fn parse<const N: usize>(pairs: [(&str, &str); N]) -> Result<Request, Ambiguous> {
        Request::parse(pairs, &[])
    }

    fn look<const N: usize>(pairs: [(&str, &str); N]) -> Result<Look, String> {
        Look::of(&Request::parse(pairs, &Look::PARAMETERS).unwrap())
    }

    fn destination<const N: usize>(pairs: [(&str, &str); N]) -> Result<Destination, String> {
        Destination::of(&Request::parse(pairs, &Destination::PARAMETERS).unwrap())
    }

    #[test]
    fn a_look_has_style_and_label() {
        assert_eq!(look([]), Ok(Look::default()));
        assert_eq!(look([("style", ""), ("label", "  ")]), Ok(Look::default()));
        let chosen = look([("Style", "Flat-Square"), ("LABEL", " web shop ")]).unwrap();
        assert_eq!(chosen, Look { label: Some("web shop".to_owned()), style: Style::FlatSquare });
        let badge = chosen.draw(State::Success);
        assert_eq!((badge.label(), badge.message()), ("web shop", "success"));
        let long = look([("label", &"ä".repeat(LABEL_MAX + 1))]).unwrap().label.unwrap();
        assert_eq!(long.chars().count(), LABEL_MAX);
        let said = look([("style", "flatt")]).unwrap_err();
        assert!(said.contains("for-the-badge") && said.contains("did you mean \"flat\""), "{said}");
    }

    #[test]
    fn a_destination_has_page_and_redirect() {
        for (text, page) in [
            ("", Page::Build),
            ("build", Page::Build),
            ("Release", Page::Release),
            ("APPLICATION", Page::Application),
            (" execution ", Page::Execution),
        ] {
            assert_eq!(destination([("Page", text)]), Ok(Destination { page, external: false }), "{text}");
        }
        assert!(destination([("redirect", "External")]).unwrap().external);
        for (name, value) in [("page", "builds"), ("redirect", "https://evil.example"), ("redirect", "true")] {
            let said = destination([(name, value)]).unwrap_err();
            assert!(said.contains(name) && said.contains(value), "{said}");
        }
    }

    #[test]
    fn an_endpoints_own_parameters_may_not_come_twice_either() {
        let twice = [("page", "build"), ("Page", "build")];
        assert_eq!(Request::parse(twice, &Destination::PARAMETERS), Err(Ambiguous::Repeated("Page".to_owned())));
        assert!(Request::parse(twice, &Look::PARAMETERS).is_ok(), "an image has no page");
        assert!(Request::parse([("style", ""), ("style", "flat")], &Look::PARAMETERS).is_err());
    }

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
            assert_eq!(parse([(key, "badges")]).unwrap().key.as_deref(), Some("badges"), "{key}");
        }
        assert_eq!(parse([("amp;key", "badges")]).unwrap().key.as_deref(), Some("badges"));
        let pairs = [
            ("$ApplicationName", "Web Shop"),
            ("$applicationid", "64"),
            ("$RELEASENUMBER", "1.2"),
            ("$BuildNumber", "7"),
            ("$EXECUTIONID", "4711"),
            ("$Branch", "main"),
            ("page", "build"),
        ];
        let filters = parse(pairs).unwrap().filters;
        assert_eq!(filters.application_name.as_deref(), Some("Web Shop"));
        assert_eq!(filters.application_id.as_deref(), Some("64"));
        assert_eq!(filters.release_number.as_deref(), Some("1.2"));
        assert_eq!(filters.build_number.as_deref(), Some("7"));
        assert_eq!(filters.execution_id.as_deref(), Some("4711"));
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
            ("$ExecutionId", "$executionID"),
        ] {
            let error = parse([(one, "x"), (other, "x")]).unwrap_err();
            assert_eq!(error, Ambiguous::Repeated(other.to_owned()));
        }
        assert!(parse([("page", "x"), ("page", "y")]).is_ok(), "what means nothing is not ambiguous");
    }

    #[test]
    fn filters_have_a_limit() {
        let pairs = |count: usize| (0..count).map(|n| (format!("$V{n}"), String::new()));
        assert!(Request::parse(pairs(VARIABLES_MAX), &[]).is_ok());
        assert_eq!(Request::parse(pairs(VARIABLES_MAX + 1), &[]), Err(Ambiguous::TooManyVariables));
    }
}
