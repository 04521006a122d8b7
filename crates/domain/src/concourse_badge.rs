//! Concourse's job and pipeline badges (`spec/concourse-badges.txt`, `spec/dialects.md` A2, A3, A5): which outcomes there
//! are, the worst of many, and how each looks.
//!
//! A title's side is as wide as its text, where Concourse reckons six pixels for each byte of the escaped title; without
//! a title the widths are Concourse's own. A title of nothing but spaces counts as none, and a very long one is cut.

use crate::{
    badge::{Badge, Style},
    color::Color,
    instance_vars::{InstanceVars, MalformedVars},
    status::RunStatus,
};

/// What stands on the left unless there is a title.
pub const DEFAULT_TITLE: &str = "build";
/// Longest title, in characters.
const TITLE_MAX: usize = 256;

/// How a finished build went, the worst first: a pipeline shows its worst job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// What was run says that it went wrong.
    Failed,
    /// It could not be run to its end.
    Errored,
    /// Somebody stopped it.
    Aborted,
    /// It went well, perhaps with warnings.
    Succeeded,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Failed, Self::Errored, Self::Aborted, Self::Succeeded];

    /// What a run's status is in Concourse; `None` while it is not finished, since badges wait for the end.
    #[must_use]
    pub const fn of(status: RunStatus) -> Option<Self> {
        match status {
            RunStatus::Pending | RunStatus::Running | RunStatus::Canceling => None,
            RunStatus::Succeeded | RunStatus::Warned => Some(Self::Succeeded),
            RunStatus::Failed => Some(Self::Failed),
            RunStatus::Errored | RunStatus::TimedOut => Some(Self::Errored),
            RunStatus::Canceled => Some(Self::Aborted),
        }
    }

    /// The worst outcome among the last finished runs of a pipeline's jobs; `None` if nothing has finished.
    pub fn worst(jobs: impl IntoIterator<Item = RunStatus>) -> Option<Self> {
        jobs.into_iter().filter_map(Self::of).min()
    }

    const fn text_and_color(self) -> (&'static str, &'static str) {
        match self {
            Self::Succeeded => ("passing", "#44cc11"),
            Self::Failed => ("failing", "#e05d44"),
            Self::Aborted => ("aborted", "#8f4b2d"),
            Self::Errored => ("errored", "#fe7d37"),
        }
    }
}

/// What a badge without a finished build shows.
const UNKNOWN: (&str, &str) = ("unknown", "#9f9f9f");

/// The choices that a badge's query string makes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    title: Option<String>,
    /// Which instance of the pipeline is asked for.
    pub instance: InstanceVars,
    /// A badge token, which Concourse does not know.
    pub token: Option<String>,
}

impl Options {
    /// Reads the decoded pairs of a query string: of what is given twice the first counts; what else there is, is ignored.
    ///
    /// # Errors
    /// [`MalformedVars`]
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(pairs: &[(K, V)]) -> Result<Self, MalformedVars> {
        let instance = InstanceVars::from_query(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))?;
        let first = |wanted: &str| {
            let value = pairs.iter().find(|(name, _)| name.as_ref() == wanted)?.1.as_ref();
            (!value.trim().is_empty()).then_some(value)
        };
        let title = first("title").map(|title| title.chars().take(TITLE_MAX).collect());
        Ok(Self { title, instance, token: first("token").map(ToOwned::to_owned) })
    }

    /// The badge for an outcome, or for none.
    #[must_use]
    pub fn draw(&self, outcome: Option<Outcome>) -> Badge {
        let (text, color) = outcome.map_or(UNKNOWN, Outcome::text_and_color);
        let title = self.title.as_deref().unwrap_or(DEFAULT_TITLE);
        Badge::new(title, text).color(Color::parse(color)).style(Style::Flat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(query: &[(&str, &str)]) -> Options {
        Options::parse(query).unwrap()
    }

    fn width(svg: &str) -> f64 {
        let document = roxmltree::Document::parse(svg).unwrap();
        document.root_element().attribute("width").unwrap().parse().unwrap()
    }

    #[test]
    fn without_a_title_texts_colours_and_widths_are_concourses() {
        for (outcome, text, color, total) in [
            (Some(Outcome::Succeeded), "passing", "#44cc11", 88.0),
            (Some(Outcome::Failed), "failing", "#e05d44", 80.0),
            (None, "unknown", "#9f9f9f", 98.0),
            (Some(Outcome::Aborted), "aborted", "#8f4b2d", 90.0),
            (Some(Outcome::Errored), "errored", "#fe7d37", 88.0),
        ] {
            let badge = options(&[]).draw(outcome);
            assert_eq!((badge.label(), badge.message()), ("build", text));
            let svg = badge.svg();
            assert!(svg.contains(color), "{svg}");
            assert_eq!(width(&svg), total, "{text}");
        }
    }

    #[test]
    fn finished_statuses_have_an_outcome_and_others_none() {
        for status in RunStatus::ALL {
            assert_eq!(Outcome::of(status).is_some(), status.is_finished(), "{status}");
        }
        assert_eq!(Outcome::of(RunStatus::Warned), Some(Outcome::Succeeded));
        assert_eq!(Outcome::of(RunStatus::TimedOut), Some(Outcome::Errored));
        assert_eq!(Outcome::of(RunStatus::Canceled), Some(Outcome::Aborted));
    }

    #[test]
    fn the_worst_is_failed_then_errored_then_aborted() {
        use RunStatus::{Canceled, Errored, Failed, Succeeded};
        let worst = |jobs: &[RunStatus]| Outcome::worst(jobs.iter().copied());
        assert_eq!(worst(&[]), None);
        assert_eq!(worst(&[RunStatus::Running]), None);
        assert_eq!(worst(&[Succeeded]), Some(Outcome::Succeeded));
        assert_eq!(worst(&[Succeeded, Canceled]), Some(Outcome::Aborted));
        assert_eq!(worst(&[Canceled, Errored, Succeeded]), Some(Outcome::Errored));
        assert_eq!(worst(&[Errored, Failed, Canceled]), Some(Outcome::Failed));
    }

    #[test]
    fn the_first_title_that_says_something_stands_for_build() {
        let label = |query: &[(&str, &str)]| Options::parse(query).unwrap().draw(None).label().to_owned();
        assert_eq!(label(&[("title", "$custom"), ("title", "other")]), "$custom");
        assert_eq!(label(&[("title", ""), ("title", "other")]), "build", "the first counts, even if it is empty");
        assert_eq!(label(&[("title", "  ")]), "build");
        assert_eq!(label(&[("Title", "x"), ("style", "plastic")]), "build");
        assert_eq!(label(&[("title", &"é".repeat(1000))]).chars().count(), TITLE_MAX);
    }

    #[test]
    fn a_title_is_text_and_never_markup() {
        let svg = options(&[("title", "<script>&\"'")]).draw(None).svg();
        roxmltree::Document::parse(&svg).unwrap();
        assert!(!svg.contains("<script"), "{svg}");
    }

    #[test]
    fn instance_and_token_stand_beside_the_title() {
        let options = options(&[("vars.branch", "\"main\""), ("token", "t"), ("token", "u"), ("title", "x")]);
        assert_eq!((options.instance.words().as_str(), options.token.as_deref()), ("branch:main", Some("t")));
        assert_eq!(Options::parse(&[("title", "x"), ("vars", "main")]), Err(MalformedVars));
    }
}
