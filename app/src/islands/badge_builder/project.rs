//! The tab *Project badges*: pipeline, coverage and latest release, in the addresses of GitLab's own badges.

use burgee_domain::{
    badge::{Badge, Style},
    gitlab::status_badge::{KEY_TEXT_MAX, KEY_WIDTH_MAX, Options, PipelineStatus},
    status::RunStatus,
    url_text::encode_path,
};
use serde::{Deserialize, Serialize};

use super::{
    Legend,
    drawn::{Drawn, Home, Kind, Linked, parameter, query},
};

/// Which of the badges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ProjectBadge {
    /// How the latest pipeline of a branch is.
    #[default]
    Pipeline,
    /// Test coverage on a branch.
    Coverage,
    /// The latest release.
    Release,
}

impl ProjectBadge {
    /// Every badge, in the order in which choices list them.
    pub const ALL: [Self; 3] = [Self::Pipeline, Self::Coverage, Self::Release];

    /// The name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pipeline => "pipeline",
            Self::Coverage => "coverage",
            Self::Release => "release",
        }
    }
}

/// A branch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BranchNow {
    /// The name.
    pub name: String,
    /// How the jobs of its latest pipeline are, each way once.
    pub pipeline: Vec<RunStatus>,
    /// The latest coverage, in percent.
    pub coverage: Option<f64>,
}

/// The latest coverage of one job on one branch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobCoverage {
    /// The branch.
    pub branch: String,
    /// The job.
    pub job: String,
    /// In percent.
    pub percent: Option<f64>,
}

/// What is chosen. Numbers are as they were typed; what cannot be is left out of addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProjectChosen {
    /// Which badge.
    pub badge: ProjectBadge,
    /// The branch; means nothing to a release.
    pub branch: String,
    /// The look.
    pub style: Style,
    /// What stands on the left; empty for the badge's own word.
    pub key_text: String,
    /// How wide the left side is, in pixels; empty for as wide as its text.
    pub key_width: String,
    /// Only the coverage of this job.
    pub job: String,
    /// From which percentage on coverage is good, acceptable and medium; empty for the defaults.
    pub thresholds: [String; 3],
}

/// The parameters of the thresholds, and their defaults.
pub(super) const THRESHOLDS: [(&str, &str); 3] = [("min_good", "95"), ("min_acceptable", "90"), ("min_medium", "75")];

/// What is known for the tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectData {
    /// The project.
    pub home: Home,
    /// The branches that can be chosen: the default branch, then the one with the latest run first.
    pub branches: Vec<BranchNow>,
    /// The jobs that have told coverage, each with the branch.
    pub coverage: Vec<JobCoverage>,
    /// Whether a job that tells no coverage there has none.
    pub all_coverage: bool,
    /// The version of the latest release.
    pub release: Option<String>,
    /// What is chosen at first. Fill it with [`ProjectData::choose`].
    pub chosen: ProjectChosen,
}

impl ProjectData {
    /// Takes over what the query string says: `badge`, `ref`, and the options of the badges' addresses. What cannot be
    /// taken falls back to the default and is told in the sentences that come back.
    pub fn choose<K: AsRef<str>, V: AsRef<str>>(&mut self, pairs: &[(K, V)]) -> Vec<String> {
        let mut notices = Vec::new();
        let text = |name: &'static str| parameter(pairs, name).unwrap_or_default();
        let badge = ProjectBadge::ALL.into_iter().find(|badge| badge.as_str() == text("badge"));
        if badge.is_none() && !text("badge").is_empty() {
            notices.push(format!("There is no badge \"{}\": it is pipeline, coverage or release.", text("badge")));
        }
        let branch = self.branches.iter().find(|branch| branch.name == text("ref"));
        if branch.is_none() && !text("ref").is_empty() {
            notices.push(format!("No run has named a branch \"{}\" here.", text("ref")));
        }
        let style = text("style").parse().ok();
        if style.is_none() && !text("style").is_empty() {
            notices.push(format!("There is no style \"{}\".", text("style")));
        }
        let mut number = |name: &'static str, max: u16| {
            let given = text(name);
            let is_possible = number(given, max).is_some();
            if !given.is_empty() && !is_possible {
                notices.push(format!("{name} is a number from 1 to {max}."));
            }
            if is_possible { given.to_owned() } else { String::new() }
        };
        let key_width = number("key_width", KEY_WIDTH_MAX);
        let thresholds = THRESHOLDS.map(|(name, _)| number(name, 100));
        let key_text = text("key_text").chars().take(KEY_TEXT_MAX).collect::<String>();
        if key_text != text("key_text") {
            notices.push(format!("key_text has at most {KEY_TEXT_MAX} characters."));
        }
        let job = text("job");
        let has_job = self.coverage.iter().any(|known| known.job == job);
        if !has_job && !job.is_empty() {
            notices.push(format!("No job \"{job}\" has told its coverage here."));
        }
        self.chosen = ProjectChosen {
            badge: badge.unwrap_or_default(),
            branch: branch.or(self.branches.first()).map(|branch| branch.name.clone()).unwrap_or_default(),
            style: style.unwrap_or_default(),
            key_text,
            key_width,
            job: if has_job { job.to_owned() } else { String::new() },
            thresholds,
        };
        notices
    }

    /// The jobs that have told coverage, each once.
    pub(super) fn coverage_jobs(&self) -> Vec<String> {
        let mut jobs: Vec<String> = self.coverage.iter().map(|known| known.job.clone()).collect();
        jobs.sort();
        jobs.dedup();
        jobs
    }

    /// The badge; `None` if only the server can tell how it is.
    fn badge(&self, chosen: &ProjectChosen, options: &Options) -> Option<Badge> {
        let branch = self.branches.iter().find(|branch| branch.name == chosen.branch);
        Some(match chosen.badge {
            ProjectBadge::Pipeline => {
                options.pipeline(branch.and_then(|branch| PipelineStatus::of_jobs(branch.pipeline.iter().copied())))
            }
            ProjectBadge::Coverage if chosen.job.is_empty() => options.coverage(branch.and_then(|b| b.coverage)),
            ProjectBadge::Coverage => {
                let known = self.coverage.iter().find(|c| c.branch == chosen.branch && c.job == chosen.job);
                if known.is_none() && !self.all_coverage {
                    return None;
                }
                options.coverage(known.and_then(|known| known.percent))
            }
            ProjectBadge::Release => options.release(self.release.as_deref()),
        })
    }
}

impl ProjectData {
    /// What stands on the left, whatever stands on the right.
    fn alt(chosen: &ProjectChosen, options: &Options) -> String {
        let badge = match chosen.badge {
            ProjectBadge::Pipeline => options.pipeline(None),
            ProjectBadge::Coverage => options.coverage(None),
            ProjectBadge::Release => options.release(None),
        };
        badge.label().to_owned()
    }
}

impl ProjectChosen {
    /// The options of the badge's address: only those that say something, and only what this badge has.
    fn options(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        if self.style != Style::default() {
            pairs.push(("style", self.style.as_str()));
        }
        let key_text = self.key_text.trim();
        pairs.push(("key_text", if key_text.chars().count() <= KEY_TEXT_MAX { key_text } else { "" }));
        pairs.push(("key_width", possible(&self.key_width, KEY_WIDTH_MAX)));
        if self.badge == ProjectBadge::Coverage {
            pairs.push(("job", &self.job));
            for ((name, _), value) in THRESHOLDS.into_iter().zip(&self.thresholds) {
                pairs.push((name, possible(value, 100)));
            }
        }
        pairs
    }
}

impl Kind for ProjectData {
    type Chosen = ProjectChosen;
    const NAME: &'static str = "project";

    fn chosen(&self) -> &ProjectChosen {
        &self.chosen
    }

    fn draw(&self, chosen: &ProjectChosen) -> Drawn {
        let pairs = chosen.options();
        let options = Options::parse(pairs.iter().filter(|(_, value)| !value.is_empty()).copied());
        let badge = self.badge(chosen, &options);
        let path = encode_path(&self.home.full_path);
        let file = match chosen.badge {
            ProjectBadge::Release => "-/badges/release.svg".to_owned(),
            badge => format!("badges/{}/{}.svg", encode_path(&chosen.branch), badge.as_str()),
        };
        let branch = if chosen.badge == ProjectBadge::Release { "" } else { &chosen.branch };
        let words = match chosen.badge {
            ProjectBadge::Pipeline => format!("The latest pipeline on {branch}"),
            ProjectBadge::Coverage => format!("The latest coverage on {branch}"),
            ProjectBadge::Release => "The latest release that was not canceled".to_owned(),
        };
        let own = [("badge", chosen.badge.as_str()), ("ref", branch)].into_iter().chain(pairs.iter().copied());
        let query_text = format!("?tab=project{}", query('&', own));
        let linked = Linked {
            alt: Self::alt(chosen, &options),
            badge,
            image_url: self.home.url(&format!("/{path}/{file}{}", query('?', pairs))),
            link_url: self.home.page(),
        };
        linked.drawn(words, query_text)
    }

    fn legend(&self) -> Legend {
        &[
            ("ok", "passed, good coverage"),
            ("good", "acceptable"),
            ("busy", "running, medium"),
            ("bad", "failed, low"),
            ("none", "canceled, unknown"),
            ("release", "a release"),
        ]
    }
}

/// A number from 1 to `max`.
fn number(text: &str, max: u16) -> Option<u16> {
    text.trim().parse().ok().filter(|number| (1..=max).contains(number))
}

/// The text, if it is a number from 1 to `max`; else nothing.
fn possible(text: &str, max: u16) -> &str {
    if number(text, max).is_some() { text.trim() } else { "" }
}
