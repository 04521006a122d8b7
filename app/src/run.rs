//! A run as lists and cells show it.

use burgee_domain::{ago, status::RunStatus};
use chrono::{DateTime, Utc};

/// A run, with what a page says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunLine {
    /// Burgee's own id, by which its page is found.
    pub id: i64,
    /// How it is, or how it ended.
    pub status: RunStatus,
    /// The release's version.
    pub release: Option<String>,
    /// The build's number.
    pub build: Option<String>,
    /// Burgee's own id of the build, by which its page is found.
    pub build_id: Option<i64>,
    /// The environment's name.
    pub environment: Option<String>,
    /// The tenant's name.
    pub tenant: Option<String>,
    /// The job's name.
    pub job: Option<String>,
    /// The stage of the release's way that it belongs to.
    pub stage: Option<String>,
    /// The branch it ran on.
    pub branch: Option<String>,
    /// Where the reporting tool shows it. Linked only if it is an `http` or `https` URL.
    pub url: Option<String>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it was last reported: the time shown while it has neither begun nor ended.
    pub reported_at: DateTime<Utc>,
}

impl RunLine {
    /// What ran: the version, else the build's number, else nothing better than the status.
    #[must_use]
    pub fn headline(&self) -> String {
        match (&self.release, &self.build) {
            (Some(version), _) => version.clone(),
            (None, Some(number)) => format!("#{number}"),
            (None, None) => self.status.words().to_owned(),
        }
    }

    /// The moment that "4 min ago" speaks of: its end, else its beginning, else its last report.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        self.finished_at.or(self.started_at).unwrap_or(self.reported_at)
    }

    /// How long it took, or has been running.
    #[must_use]
    pub fn duration(&self, now: DateTime<Utc>) -> Option<String> {
        let started = self.started_at?;
        let ended = if self.status.is_finished() { self.finished_at? } else { now };
        Some(ago::duration(ended - started))
    }

    /// Its address, when it is one that a browser may safely be sent to.
    pub(crate) fn safe_url(&self) -> Option<String> {
        self.url.as_deref().and_then(|url| burgee_domain::text::http_url(url).ok())
    }
}

/// The jobs of a project's latest build, taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct CiCell {
    /// The build's number.
    pub build: Option<String>,
    /// Burgee's own id of the build.
    pub build_id: Option<i64>,
    /// The worst of its jobs.
    pub status: RunStatus,
    /// The jobs that made it so: those that failed, else all.
    pub jobs: Vec<String>,
    /// When it was last reported.
    pub at: DateTime<Utc>,
}

/// The four colours of a status, as class names of the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Finished well.
    Ok,
    /// Failed, errored, canceled or timed out.
    Bad,
    /// Waiting or in progress.
    Busy,
    /// Nothing there.
    None,
}

impl Tone {
    pub(crate) const fn of(status: RunStatus) -> Self {
        match status {
            RunStatus::Succeeded | RunStatus::Warned => Self::Ok,
            status if status.is_failure() => Self::Bad,
            _ => Self::Busy,
        }
    }

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Bad => "bad",
            Self::Busy => "busy",
            Self::None => "none",
        }
    }
}
