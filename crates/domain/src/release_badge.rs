//! The Octopus dialect's release badge: which release is in an environment (`spec/octopus-release-badges.txt`,
//! `spec/dialects.md` D). The server answers with it, the Badge Builder previews with it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    badge::{Badge, Style},
    color::Color,
    status::RunStatus,
    suggest::did_you_mean,
    url_text::{encode_query, encode_segment},
};

/// Octopus names its four colours but not their values: *unconfirmed*, so these are ours. Each gives white
/// text a contrast of at least 4.5 (WCAG AA).
pub mod colors {
    /// Successful deployment.
    pub const GREEN: &str = "#2f7d12";
    /// Failed, canceled or timed-out deployment.
    pub const RED: &str = "#bd2b2b";
    /// Deployment in progress.
    pub const BLUE: &str = "#0b64a8";
    /// No deployment found.
    pub const GRAY: &str = "#6b7280";
}

/// What the badge says when nothing matching has been deployed. *Unconfirmed*; our words.
pub const NO_DEPLOYMENT: &str = "no deployment";

/// Where the text on the left comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelSource {
    /// The environment's name.
    #[default]
    Environment,
    /// The project's title.
    Project,
    /// The word "Release".
    Release,
    /// The tenant's name; only where a tenant is chosen. The token is *unconfirmed* (D1).
    Tenant,
}

impl LabelSource {
    /// Every source, in the order in which choices list them.
    pub const ALL: [Self; 4] = [Self::Environment, Self::Project, Self::Release, Self::Tenant];

    /// The value of the `label` parameter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Project => "project",
            Self::Release => "release",
            Self::Tenant => "tenant",
        }
    }
}

impl FromStr for LabelSource {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|source| source.as_str().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// The file that a badge URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `latest_release`, or `latest_release.svg`.
    Svg,
    /// `latest_release.json`: shields.io's endpoint schema.
    Json,
    /// `latest_release.png`: the same picture, rasterised.
    Png,
}

impl Format {
    /// Reads the last segment of a badge URL.
    #[must_use]
    pub fn of_file(file: &str) -> Option<Self> {
        match file.to_ascii_lowercase().strip_prefix("latest_release")? {
            "" | ".svg" => Some(Self::Svg),
            ".json" => Some(Self::Json),
            ".png" => Some(Self::Png),
            _ => None,
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Svg => "latest_release",
            Self::Json => "latest_release.json",
            Self::Png => "latest_release.png",
        }
    }
}

/// The choices that a badge's query string makes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Options {
    /// The text on the left.
    pub label: LabelSource,
    /// The look.
    pub style: Style,
    /// Whether failed, canceled and timed-out deployments show too.
    pub include_failed: bool,
    /// The tenant, as the URL names it; `None` means untenanted deployments only.
    pub tenant: Option<String>,
    /// Pixels of the PNG for each pixel of the SVG, 1 to 4.
    pub scale: Scale,
}

/// How much larger than the SVG a PNG is: 1 (default) to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scale(u8);

impl Default for Scale {
    fn default() -> Self {
        Self(1)
    }
}

impl Scale {
    /// The factor.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// A query parameter with a value that it cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{parameter}: {detail}")]
pub struct BadParameter {
    /// The parameter, as documented.
    pub parameter: &'static str,
    /// What is wrong, and the allowed values.
    pub detail: String,
}

const PARAMETERS: [&str; 5] = ["label", "style", "includeFailed", "tenantId", "scale"];

impl Options {
    /// Reads a query string that has been split into decoded pairs. Names and values are compared without
    /// regard to case, an empty value counts as absent, and unknown parameters are passed over (readers add
    /// them to get past caches).
    ///
    /// # Errors
    /// The first parameter that is given twice or has a value it cannot have.
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, BadParameter> {
        let mut options = Self::default();
        let mut seen = Vec::new();
        for (name, value) in pairs {
            let Some(parameter) = PARAMETERS.into_iter().find(|p| p.eq_ignore_ascii_case(name.as_ref())) else {
                continue;
            };
            if seen.contains(&parameter) {
                return Err(BadParameter { parameter, detail: "is given more than once".to_owned() });
            }
            seen.push(parameter);
            let value = value.as_ref().trim();
            if !value.is_empty() {
                options.set(parameter, value)?;
            }
        }
        if options.label == LabelSource::Tenant && options.tenant.is_none() {
            let detail = "tenant needs tenantId, which says whose name to show".to_owned();
            return Err(BadParameter { parameter: "label", detail });
        }
        Ok(options)
    }

    fn set(&mut self, parameter: &'static str, value: &str) -> Result<(), BadParameter> {
        let wrong = |allowed: &[&'static str]| {
            let hint = did_you_mean(value, allowed.iter().copied());
            let shown: String = value.chars().take(40).collect();
            BadParameter { parameter, detail: format!("\"{shown}\" is not one of {}{hint}", allowed.join(", ")) }
        };
        match parameter {
            "label" => self.label = value.parse().map_err(|()| wrong(&LabelSource::ALL.map(LabelSource::as_str)))?,
            "style" => self.style = value.parse().map_err(|_| wrong(&Style::ALL.map(Style::as_str)))?,
            "includeFailed" => {
                self.include_failed = match value.to_ascii_lowercase().as_str() {
                    "true" => true,
                    "false" => false,
                    _ => return Err(wrong(&["true", "false"])),
                }
            }
            "scale" => {
                self.scale = match value.parse() {
                    Ok(factor @ 1..=4) => Scale(factor),
                    _ => return Err(wrong(&["1", "2", "3", "4"])),
                }
            }
            _ => self.tenant = Some(value.to_owned()),
        }
        Ok(())
    }

    /// The shortest query string that says the same: defaults are left out. Empty, or begins with `?`.
    #[must_use]
    pub fn query(&self) -> String {
        let mut pairs = Vec::new();
        if self.label != LabelSource::default() {
            pairs.push(format!("label={}", self.label.as_str()));
        }
        if self.style != Style::default() {
            pairs.push(format!("style={}", self.style));
        }
        if self.include_failed {
            pairs.push("includeFailed=true".to_owned());
        }
        if let Some(tenant) = &self.tenant {
            pairs.push(format!("tenantId={}", encode_query(tenant)));
        }
        if self.scale != Scale::default() {
            pairs.push(format!("scale={}", self.scale.get()));
        }
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// The address of a badge: which space, project and environment, by slug or id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The space.
    pub space: String,
    /// The project.
    pub project: String,
    /// The environment.
    pub environment: String,
}

impl Address {
    /// The path and query below the public URL, beginning with `/`.
    #[must_use]
    pub fn path(&self, format: Format, options: &Options) -> String {
        format!(
            "/api/{}/projects/{}/badge/{}/{}{}",
            encode_segment(&self.space),
            encode_segment(&self.project),
            encode_segment(&self.environment),
            format.file(),
            options.query()
        )
    }
}

/// The names that a label can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The environment's name.
    pub environment: String,
    /// The project's title.
    pub project: String,
    /// The tenant's name, where one is chosen.
    pub tenant: Option<String>,
}

/// The run that a badge shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Version of the run's release.
    pub release: Option<String>,
    /// Number of the run's build, which stands in for a missing release.
    pub build: Option<String>,
    /// How the run is, or how it ended.
    pub status: RunStatus,
}

/// The badge: label by choice, message the release's version, colour by status.
#[must_use]
pub fn draw(options: &Options, names: &Names, shown: Option<&Shown>) -> Badge {
    let label = match options.label {
        LabelSource::Environment => &names.environment,
        LabelSource::Project => &names.project,
        LabelSource::Release => "Release",
        LabelSource::Tenant => names.tenant.as_deref().unwrap_or_default(),
    };
    let (message, color) = match shown {
        None => (NO_DEPLOYMENT.to_owned(), colors::GRAY),
        Some(shown) => (message(shown), status_color(shown.status)),
    };
    Badge::new(label, &message).color(Color::parse(color)).style(options.style)
}

fn message(shown: &Shown) -> String {
    match (&shown.release, &shown.build) {
        (Some(version), _) => version.clone(),
        (None, Some(number)) => format!("#{number}"),
        (None, None) => shown.status.words().to_owned(),
    }
}

/// The Octopus column of the status table.
const fn status_color(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Pending | RunStatus::Running | RunStatus::Canceling => colors::BLUE,
        RunStatus::Succeeded | RunStatus::Warned => colors::GREEN,
        RunStatus::Failed | RunStatus::Errored | RunStatus::Canceled | RunStatus::TimedOut => colors::RED,
    }
}

impl fmt::Display for LabelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<Options, BadParameter> {
        Options::parse(url::form_urlencoded::parse(query.as_bytes()))
    }

    #[test]
    fn names_and_values_are_case_insensitive_and_unknown_parameters_pass() {
        let options = parse("LABEL=Project&Style=Flat-Square&includefailed=TRUE&TENANTID=Tenants-3&v=2").unwrap();
        let expected = Options {
            label: LabelSource::Project,
            style: Style::FlatSquare,
            include_failed: true,
            tenant: Some("Tenants-3".to_owned()),
            ..Options::default()
        };
        assert_eq!(options, expected);
        assert_eq!(parse("label=&tenantId="), Ok(Options::default()));
    }

    #[test]
    fn a_bad_value_names_the_parameter_and_the_allowed_values() {
        let error = parse("style=flatsquare").unwrap_err();
        assert_eq!(error.parameter, "style");
        assert!(error.detail.contains("flat, flat-square, plastic, for-the-badge, social"), "{error}");
        assert!(error.detail.contains("did you mean \"flat-square\""), "{error}");
        for bad in ["label=x", "includeFailed=1", "scale=5", "scale=x", "label=tenant", "style=flat&Style=flat"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_query_string_says_only_what_differs_from_the_defaults() {
        for query in ["", "?label=project", "?style=social&includeFailed=true", "?label=tenant&tenantId=T%C3%BCv%201"] {
            assert_eq!(parse(query.trim_start_matches('?')).unwrap().query(), query);
        }
    }

    #[test]
    fn colours_follow_the_status_table() {
        let names = Names { environment: "Production".into(), project: "Web Shop".into(), tenant: None };
        let badge = |status| {
            let shown = Shown { release: Some("1.2.3".into()), build: None, status };
            draw(&Options::default(), &names, Some(&shown)).endpoint()
        };
        assert_eq!(badge(RunStatus::Succeeded).color, colors::GREEN);
        assert_eq!(badge(RunStatus::TimedOut).color, colors::RED);
        assert_eq!(badge(RunStatus::Canceling).color, colors::BLUE);
        let none = draw(&Options::default(), &names, None).endpoint();
        assert_eq!((none.message.as_str(), none.color.as_str()), ("no deployment", colors::GRAY));
    }

    #[test]
    fn a_run_without_release_shows_its_build_else_its_status() {
        let shown =
            |build: Option<&str>| Shown { release: None, build: build.map(Into::into), status: RunStatus::TimedOut };
        assert_eq!(message(&shown(Some("77"))), "#77");
        assert_eq!(message(&shown(None)), "timed out");
    }

    #[test]
    fn file_names_decide_the_format() {
        assert_eq!(Format::of_file("latest_release"), Some(Format::Svg));
        assert_eq!(Format::of_file("latest_release.svg"), Some(Format::Svg));
        assert_eq!(Format::of_file("latest_release.JSON"), Some(Format::Json));
        assert_eq!(Format::of_file("latest_release.gif"), None);
        assert_eq!(Format::of_file("latest"), None);
    }
}
