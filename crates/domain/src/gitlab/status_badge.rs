//! GitLab's own SVG badges (`spec/dialects.md` B13): pipeline, coverage and latest release, answered from reported runs.
//!
//! Parameters never fail: as in GitLab, a value that cannot be is the default. *Derived:* the limits of widths, texts and
//! thresholds, and the colours of pipelines and releases. Without `key_width` a side is as wide as its text, where GitLab
//! has a fixed width that cuts longer texts.

use crate::{
    badge::{Badge, Style},
    color::Color,
    status::RunStatus,
};

/// What a badge without anything to show says.
pub const UNKNOWN: &str = "unknown";
/// What a release badge without a release says.
pub const NO_RELEASE: &str = "none";
/// Longest `key_text`, in characters.
pub const KEY_TEXT_MAX: usize = 64;
/// Greatest `key_width`, in pixels.
pub const KEY_WIDTH_MAX: u16 = 512;
/// Greatest `value_width`, in pixels.
const VALUE_WIDTH_MAX: u16 = 200;

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// How the latest pipeline of a branch is.
    Pipeline,
    /// Test coverage on a branch.
    Coverage,
    /// The latest release.
    Release,
}

/// How a pipeline is. GitLab's `skipped` and `manual` have no counterpart among the statuses of runs, so
/// `ignore_skipped` has nothing to ignore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PipelineStatus {
    /// Nothing of it has started.
    Pending,
    /// Something of it runs, or is still to run.
    Running,
    /// All of it went well.
    Passed,
    /// Something of it went wrong.
    Failed,
    /// Nothing went wrong, but something was stopped.
    Canceled,
}

impl PipelineStatus {
    /// The status of a pipeline from those of its jobs; `None` without any. A pipeline of which something is still to
    /// come is running, even when something has failed already.
    pub fn of_jobs(jobs: impl IntoIterator<Item = RunStatus>) -> Option<Self> {
        jobs.into_iter().map(Self::of_job).reduce(Self::and)
    }

    const fn of_job(status: RunStatus) -> Self {
        match status {
            RunStatus::Pending => Self::Pending,
            RunStatus::Running | RunStatus::Canceling => Self::Running,
            RunStatus::Succeeded | RunStatus::Warned => Self::Passed,
            RunStatus::Failed | RunStatus::Errored | RunStatus::TimedOut => Self::Failed,
            RunStatus::Canceled => Self::Canceled,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, two) if one == two => one,
            (Self::Running | Self::Pending, _) | (_, Self::Running | Self::Pending) => Self::Running,
            (Self::Failed, _) | (_, Self::Failed) => Self::Failed,
            (Self::Canceled, _) | (_, Self::Canceled) => Self::Canceled,
            (Self::Passed, Self::Passed) => Self::Passed,
        }
    }

    const fn text_and_color(self) -> (&'static str, &'static str) {
        match self {
            Self::Pending => ("pending", colors::YELLOW),
            Self::Running => ("running", colors::YELLOW),
            Self::Passed => ("passed", colors::GREEN),
            Self::Failed => ("failed", colors::RED),
            Self::Canceled => ("canceled", colors::GRAY),
        }
    }
}

mod colors {
    pub(super) const GREEN: &str = "#4c1";
    pub(super) const YELLOW_GREEN: &str = "#a3c51c";
    pub(super) const YELLOW: &str = "#dfb317";
    pub(super) const RED: &str = "#e05d44";
    pub(super) const GRAY: &str = "#9f9f9f";
    pub(super) const BLUE: &str = "#3076af";
}

/// From which percentage on coverage is good, acceptable and medium.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    good: u8,
    acceptable: u8,
    medium: u8,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { good: 95, acceptable: 90, medium: 75 }
    }
}

impl Thresholds {
    /// Each must be smaller than the one before; what is not falls back to its default, or below the one before.
    fn new(good: Option<u8>, acceptable: Option<u8>, medium: Option<u8>) -> Self {
        let default = Self::default();
        let fitting = |given: Option<u8>, range: std::ops::RangeInclusive<u8>, default: u8| {
            given.filter(|given| range.contains(given)).unwrap_or(default.min(*range.end()))
        };
        let good = fitting(good, 3..=100, default.good);
        let acceptable = fitting(acceptable, 2..=good - 1, default.acceptable);
        let medium = fitting(medium, 1..=acceptable - 1, default.medium);
        Self { good, acceptable, medium }
    }

    fn color(self, coverage: f64) -> &'static str {
        match coverage {
            c if c >= f64::from(self.good) => colors::GREEN,
            c if c >= f64::from(self.acceptable) => colors::YELLOW_GREEN,
            c if c >= f64::from(self.medium) => colors::YELLOW,
            _ => colors::RED,
        }
    }
}

/// The choices that a badge's query string makes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    style: Style,
    key_text: Option<String>,
    key_width: Option<u16>,
    value_width: Option<u16>,
    thresholds: Thresholds,
    /// Only the coverage of this job.
    pub job: Option<String>,
}

impl Options {
    /// Reads a query string that has been split into decoded pairs; the last of a name counts.
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut options = Self::default();
        let (mut good, mut acceptable, mut medium) = (None, None, None);
        for (name, value) in pairs {
            let value = value.as_ref();
            let width = |max: u16| value.trim().parse().ok().filter(|width| (1..=max).contains(width));
            match name.as_ref() {
                "style" => options.style = value.parse().unwrap_or_default(),
                "key_text" => {
                    let text = value.trim();
                    options.key_text = (1..=KEY_TEXT_MAX).contains(&text.chars().count()).then(|| text.to_owned());
                }
                "key_width" => options.key_width = width(KEY_WIDTH_MAX),
                "value_width" => options.value_width = width(VALUE_WIDTH_MAX),
                "job" => options.job = Some(value.to_owned()).filter(|job| !job.is_empty()),
                "min_good" => good = value.trim().parse().ok(),
                "min_acceptable" => acceptable = value.trim().parse().ok(),
                "min_medium" => medium = value.trim().parse().ok(),
                _ => {}
            }
        }
        options.thresholds = Thresholds::new(good, acceptable, medium);
        options
    }

    /// `pipeline.svg`
    #[must_use]
    pub fn pipeline(&self, status: Option<PipelineStatus>) -> Badge {
        let (text, color) = status.map_or((UNKNOWN, colors::GRAY), PipelineStatus::text_and_color);
        self.badge("pipeline", text, color)
    }

    /// `coverage.svg`, in percent.
    #[must_use]
    pub fn coverage(&self, coverage: Option<f64>) -> Badge {
        match coverage {
            Some(percent) => self.badge("coverage", &format!("{percent:.2}%"), self.thresholds.color(percent)),
            None => self.badge("coverage", UNKNOWN, colors::GRAY),
        }
    }

    /// `release.svg`
    #[must_use]
    pub fn release(&self, version: Option<&str>) -> Badge {
        let (text, color) = version.map_or((NO_RELEASE, colors::RED), |version| (version, colors::BLUE));
        self.badge("Latest Release", text, color).message_width(self.value_width)
    }

    fn badge(&self, key: &str, value: &str, color: &str) -> Badge {
        Badge::new(self.key_text.as_deref().unwrap_or(key), value)
            .color(Color::parse(color))
            .style(self.style)
            .label_width(self.key_width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(query: &str) -> Options {
        Options::parse(url::form_urlencoded::parse(query.as_bytes()))
    }

    fn says(badge: &Badge) -> (String, String, String) {
        let badge = badge.endpoint();
        (badge.label, badge.message, badge.color)
    }

    #[test]
    fn a_pipeline_is_as_its_jobs_are() {
        use PipelineStatus::{Canceled, Failed, Passed, Pending, Running};
        use RunStatus::{Errored, Succeeded, Warned};
        for (jobs, status) in [
            (&[][..], None),
            (&[Succeeded, Warned], Some(Passed)),
            (&[Succeeded, RunStatus::Failed, RunStatus::Canceled], Some(Failed)),
            (&[Errored], Some(Failed)),
            (&[RunStatus::Failed, RunStatus::Running], Some(Running)),
            (&[Succeeded, RunStatus::Pending], Some(Running)),
            (&[RunStatus::Pending, RunStatus::Pending], Some(Pending)),
            (&[Succeeded, RunStatus::Canceled], Some(Canceled)),
        ] {
            assert_eq!(PipelineStatus::of_jobs(jobs.iter().copied()), status, "{jobs:?}");
        }
    }

    #[test]
    fn coverage_is_coloured_by_its_thresholds() {
        let color = |query: &str, percent| says(&options(query).coverage(Some(percent))).2;
        assert_eq!(color("", 95.0), "#4c1");
        assert_eq!(color("", 94.99), "#a3c51c");
        assert_eq!(color("", 75.0), "#dfb317");
        assert_eq!(color("", 74.0), "#e05d44");
        assert_eq!(color("min_good=98&min_acceptable=75&min_medium=10", 60.0), "#dfb317");
        assert_eq!(says(&options("").coverage(Some(87.5))).1, "87.50%");
        assert_eq!(says(&options("").coverage(None)), ("coverage".into(), "unknown".into(), "#9f9f9f".into()));
    }

    #[test]
    fn thresholds_that_make_no_sense_fall_back() {
        let of = |query| options(query).thresholds;
        assert_eq!(of("min_good=x&min_acceptable=101&min_medium=0"), Thresholds::default());
        assert_eq!(of("min_good=3"), Thresholds { good: 3, acceptable: 2, medium: 1 });
        assert_eq!(of("min_good=80&min_acceptable=90"), Thresholds { good: 80, acceptable: 79, medium: 75 });
    }

    #[test]
    fn the_key_is_text_and_width_as_asked() {
        let badge = options("key_text=My+Key&key_width=100&style=flat-square").pipeline(Some(PipelineStatus::Passed));
        assert_eq!(says(&badge), ("My Key".into(), "passed".into(), "#4c1".into()));
        assert!(badge.svg().contains("<rect width=\"100\" height=\"20\" fill=\"#555\"/>"), "{}", badge.svg());
        for absurd in ["key_width=0", "key_width=513", "key_width=x", "key_text=", "style=round"] {
            assert_eq!(options(absurd).pipeline(None), options("").pipeline(None), "{absurd}");
        }
        let long = format!("key_text={}", "x".repeat(65));
        assert_eq!(options(&long).pipeline(None).label(), "pipeline");
    }

    #[test]
    fn a_release_is_its_version() {
        assert_eq!(
            says(&options("").release(Some("v1.2"))),
            ("Latest Release".into(), "v1.2".into(), "#3076af".into())
        );
        assert_eq!(says(&options("order_by=release_at").release(None)).1, "none");
        assert!(
            options("value_width=200")
                .release(Some("v1"))
                .svg()
                .contains(" width=\"200\" height=\"20\" fill=\"#3076af\"")
        );
    }
}
