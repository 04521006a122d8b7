//! The tab *CI build*: how the latest matching build is, in the addresses of BuildMaster's CI badges.
//!
//! The project's newest builds are known here, in the order in which the server looks for the latest: so the first that
//! matches is the server's answer. Where none of them does and there are older ones, only the server can tell.

use burgee_domain::{
    badge::Style,
    buildmaster_badge::{Destination, Look, Page, Request, State},
    status::RunStatus,
};
use serde::{Deserialize, Serialize};

use super::{
    Legend,
    drawn::{Drawn, Home, Kind, Linked, query},
};

/// Most variables that can be chosen.
pub(super) const VARIABLES: usize = 3;
/// Most bytes of all values that are offered.
pub const VALUES_MAX_BYTES: usize = 16 * 1024;

/// A variable to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The values that builds have, the newest build's first.
    pub values: Vec<String>,
}

/// A build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildLine {
    /// The number.
    pub number: String,
    /// Its release, as a place in [`BuildData::releases`].
    pub release: Option<usize>,
    /// Whether it was rejected, so that only those who name its number mean it.
    pub rejected: bool,
    /// Whether its release was canceled, so that only those who name its version mean it.
    pub canceled: bool,
    /// For each of [`BuildData::variables`] the value, as a place in [`Variable::values`].
    pub values: Vec<Option<usize>>,
    /// How its latest run is; without any run there is nothing to show.
    pub status: Option<RunStatus>,
}

/// Which builds are meant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BuildFilters {
    /// Only of this release; else of the latest.
    pub release: Option<String>,
    /// Only of this number; else the latest.
    pub build: Option<String>,
    /// Only with these values of variables.
    pub variables: Vec<(String, String)>,
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BuildChosen {
    /// Which builds.
    pub filters: BuildFilters,
    /// The look.
    pub style: Style,
    /// What stands on the left; empty for "build".
    pub label: String,
    /// The page that the link leads to, by its name in addresses.
    pub page: String,
}

/// What is known for the tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildData {
    /// The project; its path is the application's name.
    pub home: Home,
    /// Its id, where other projects are called as its path is.
    pub id: Option<i64>,
    /// The key, which has been found to show badges and nothing else.
    pub key: Option<String>,
    /// Versions of releases, the latest first.
    pub releases: Vec<String>,
    /// The variables that can be chosen.
    pub variables: Vec<Variable>,
    /// Whether every variable and value of these builds is among them.
    pub all_variables: bool,
    /// The newest builds: those of releases by release, then those of none.
    pub builds: Vec<BuildLine>,
    /// Whether there are no older ones.
    pub all_builds: bool,
    /// The server's answer to what is chosen at first; see [`BuildData::choose`].
    pub answer: Option<(BuildFilters, Option<RunStatus>)>,
    /// What is chosen at first.
    pub chosen: BuildChosen,
}

/// What a choice shows.
enum Shown<'a> {
    /// This build.
    Build(&'a BuildLine),
    /// What the server has said.
    Said(Option<RunStatus>),
    /// No build.
    Nothing,
    /// Perhaps an older build.
    Unknown,
}

impl BuildData {
    /// Takes over what the query string says: the parameters of a badge's address, `page`, and the fields `variable` and
    /// `value` of the form. What cannot be taken falls back to the default and is told in the sentences that come back.
    pub fn choose<K: AsRef<str>, V: AsRef<str>>(&mut self, pairs: &[(K, V)]) -> Vec<String> {
        let mut notices = Vec::new();
        let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        // A choice that was left open is sent as nothing; the application is this one.
        let given = pairs.clone().filter(|(name, value)| !value.is_empty() && !is_application(name));
        let extras = [&Look::PARAMETERS[..], &Destination::PARAMETERS[..]].concat();
        let request = Request::parse(given, &extras).unwrap_or_else(|error| {
            notices.push(format!("The address could mean several things ({error}). These are the defaults."));
            Request::default()
        });
        let look = Look::of(&request).unwrap_or_else(|error| {
            notices.push(error);
            Look::default()
        });
        let destination = Destination::of(&request).unwrap_or_else(|error| {
            notices.push(error);
            Destination::default()
        });
        let mut filters = BuildFilters {
            release: request.filters.release_number.filter(|version| self.takes_release(version, &mut notices)),
            build: None,
            variables: Vec::new(),
        };
        filters.build =
            request.filters.build_number.filter(|number| self.takes_build(&filters.release, number, &mut notices));
        let named = request.filters.variables.into_iter().map(|(name, value)| (name, Some(value)));
        for (name, value) in named.chain(fields(pairs)) {
            self.add(&mut filters.variables, name, value, &mut notices);
        }
        if filters.variables.len() > VARIABLES {
            notices.push(format!("Only the first {VARIABLES} variables can be chosen here."));
            filters.variables.truncate(VARIABLES);
        }
        self.chosen = BuildChosen {
            filters,
            style: look.style,
            label: look.label.unwrap_or_default(),
            page: destination.page.as_str().to_owned(),
        };
        notices
    }

    fn takes_release(&self, version: &String, notices: &mut Vec<String>) -> bool {
        let takes = !self.all_builds || self.releases.contains(version);
        if !takes {
            notices.push(format!("There is no release \"{version}\" with a build here."));
        }
        takes
    }

    fn takes_build(&self, release: &Option<String>, number: &str, notices: &mut Vec<String>) -> bool {
        let takes = !self.all_builds || self.builds_of(release.as_deref()).any(|build| build.number == number);
        if !takes {
            notices.push(format!("There is no build \"{number}\" here."));
        }
        takes
    }

    /// Adds a variable; one that was named without a value gets the newest build's.
    fn add(&self, chosen: &mut Vec<(String, String)>, name: String, value: Option<String>, notices: &mut Vec<String>) {
        let known = self.variables.iter().find(|known| known.name.to_lowercase() == name.to_lowercase());
        let name = known.map_or(name, |known| known.name.clone());
        if chosen.iter().any(|(other, _)| *other == name) {
            return;
        }
        let is_known = |value: &String| known.is_some_and(|known| known.values.contains(value));
        let value = match (value, known) {
            (Some(value), _) if is_known(&value) || !(self.all_variables && self.all_builds) => value,
            (None, Some(known)) => known.values.first().cloned().unwrap_or_default(),
            (Some(value), _) => {
                notices.push(format!("No build here has the variable {name} with the value \"{value}\"."));
                return;
            }
            (None, None) => return,
        };
        chosen.push((name, value));
    }

    /// The builds of a release, or all.
    pub(super) fn builds_of(&self, release: Option<&str>) -> impl Iterator<Item = &BuildLine> {
        self.builds.iter().filter(move |build| release.is_none() || self.version(build) == release)
    }

    /// The version of a build's release.
    pub(super) fn version(&self, build: &BuildLine) -> Option<&str> {
        self.releases.get(build.release?).map(String::as_str)
    }

    /// Whether the build has these values; `None` if that is not known here.
    fn has(&self, build: &BuildLine, variables: &[(String, String)]) -> Option<bool> {
        let mut has = true;
        for (name, value) in variables {
            let index = self.variables.iter().position(|known| known.name == *name)?;
            let wanted = self.variables[index].values.iter().position(|known| known == value)?;
            has &= build.values.get(index).copied().flatten() == Some(wanted);
        }
        Some(has)
    }

    fn shown(&self, filters: &BuildFilters) -> Shown<'_> {
        match (self.known(filters), &self.answer) {
            (Shown::Unknown, Some((asked, status))) if asked == filters => Shown::Said(*status),
            (known, _) => known,
        }
    }

    /// What is known here, without the server.
    fn known(&self, filters: &BuildFilters) -> Shown<'_> {
        for build in self.builds_of(filters.release.as_deref()) {
            let passed_over = filters.release.is_none() && build.canceled
                || match &filters.build {
                    Some(number) => build.number != *number,
                    None => build.rejected,
                };
            if !passed_over {
                match self.has(build, &filters.variables) {
                    Some(true) => return Shown::Build(build),
                    Some(false) => {}
                    None => return Shown::Unknown,
                }
            }
        }
        if self.all_builds { Shown::Nothing } else { Shown::Unknown }
    }

    /// What says which builds are meant, in an address.
    fn parameters<'a>(&'a self, filters: &'a BuildFilters) -> Vec<(String, &'a str)> {
        let mut pairs = Vec::new();
        pairs.extend(filters.release.as_deref().map(|version| ("$ReleaseNumber".to_owned(), version)));
        pairs.extend(filters.build.as_deref().map(|number| ("$BuildNumber".to_owned(), number)));
        pairs.extend(filters.variables.iter().map(|(name, value)| (format!("${name}"), value.as_str())));
        pairs
    }

    /// The address of image or link.
    fn address(&self, key: &str, what: &str, chosen: &BuildChosen, more: &[(&'static str, &str)]) -> String {
        let id = self.id.map(|id| id.to_string()).unwrap_or_default();
        let filters = self.parameters(&chosen.filters);
        let filters = filters.iter().map(|(name, value)| (name.as_str(), *value));
        let application = [("key", key), ("$ApplicationName", &self.home.full_path), ("$ApplicationId", &id)];
        let pairs = application.into_iter().chain(filters).chain(more.iter().copied());
        self.home.url(&format!("/api/ci-badges/{what}{}", query('?', pairs)))
    }

    fn look(chosen: &BuildChosen) -> Look {
        // As the image's address is read.
        let pairs = [("label", chosen.label.as_str()), ("style", chosen.style.as_str())];
        let request = Request::parse(pairs, &Look::PARAMETERS).unwrap_or_default();
        Look::of(&request).unwrap_or_default()
    }
}

impl Kind for BuildData {
    type Chosen = BuildChosen;
    const NAME: &'static str = "build";

    fn chosen(&self) -> &BuildChosen {
        &self.chosen
    }

    fn draw(&self, chosen: &BuildChosen) -> Drawn {
        let (status, words) = match self.shown(&chosen.filters) {
            Shown::Build(build) => (Some(build.status), self.words(build)),
            Shown::Said(status) => (Some(status), sentence(status.map_or(NOTHING, RunStatus::words))),
            Shown::Nothing => (Some(None), NOTHING.to_owned()),
            Shown::Unknown => (None, String::new()),
        };
        let look = Self::look(chosen);
        let badge = status.map(|status| look.draw(status.map_or(State::Unknown, State::of)));
        let style = if chosen.style == Style::default() { "" } else { chosen.style.as_str() };
        let label = chosen.label.trim();
        let page = if chosen.page == Page::default().as_str() { "" } else { &chosen.page };
        let extras = [("style", style), ("label", label)];
        let filters = self.parameters(&chosen.filters);
        let filters = filters.iter().map(|(name, value)| (name.as_str(), *value));
        let key = self.key.as_deref().unwrap_or_default();
        let own = filters.chain(extras).chain([("page", page), ("key", key)]);
        let query = format!("?tab=build{}", query('&', own));
        let linked = Linked {
            badge,
            alt: look.draw(State::Unknown).label().to_owned(),
            image_url: self.address(key, "image", chosen, &extras),
            link_url: self.address(key, "link", chosen, &[("page", page)]),
        };
        let mut drawn = linked.drawn(words, query);
        if self.key.is_none() {
            drawn.snippets.clear();
        }
        drawn
    }

    fn legend(&self) -> Legend {
        &[
            ("ok", "success"),
            ("warn", "warning"),
            ("bad", "error"),
            ("busy", "pending, running"),
            ("none", "unknown: no such build"),
        ]
    }
}

impl BuildData {
    /// `Build 1041 of release 2.3.0: succeeded`
    fn words(&self, build: &BuildLine) -> String {
        let release = self.version(build).map(|version| format!(" of release {version}")).unwrap_or_default();
        let status = build.status.map_or("no run yet", RunStatus::words);
        format!("Build {}{release}: {status}", build.number)
    }
}

/// What is said where nothing matches.
const NOTHING: &str = "There is no such build";

/// `Status: succeeded`
fn sentence(status: &str) -> String {
    if status == NOTHING { status.to_owned() } else { format!("Status: {status}") }
}

/// Whether a parameter names the application.
fn is_application(name: &str) -> bool {
    ["$ApplicationName", "$ApplicationId"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The variables of the form's fields: names with the value that follows each.
fn fields<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, Option<String>)> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for (name, value) in pairs {
        match (name, found.last_mut()) {
            ("variable", _) => found.push((value.to_owned(), None)),
            ("value", Some(last)) => last.1 = Some(value.to_owned()).filter(|value| !value.is_empty()),
            _ => {}
        }
    }
    found.retain(|(name, _)| !name.is_empty());
    found
}
