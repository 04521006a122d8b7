//! The status of a run: the left column of DESIGN's status table, and the three questions that every
//! dialect asks of it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What a run is, or how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Created or queued, not started.
    Pending,
    /// In progress.
    Running,
    /// In progress, and asked to stop.
    Canceling,
    /// Finished well.
    Succeeded,
    /// Finished well, with warnings.
    Warned,
    /// Finished; what was run says that it went wrong.
    Failed,
    /// Finished; the tool that ran it says that it could not.
    Errored,
    /// Stopped by somebody before it finished.
    Canceled,
    /// Stopped because it took too long.
    TimedOut,
}

impl RunStatus {
    /// Every status, in the order in which documentation lists them.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Running,
        Self::Canceling,
        Self::Succeeded,
        Self::Warned,
        Self::Failed,
        Self::Errored,
        Self::Canceled,
        Self::TimedOut,
    ];

    /// The name used in JSON and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Canceling => "canceling",
            Self::Succeeded => "succeeded",
            Self::Warned => "warned",
            Self::Failed => "failed",
            Self::Errored => "errored",
            Self::Canceled => "canceled",
            Self::TimedOut => "timed_out",
        }
    }

    /// The words that a page shows.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::TimedOut => "timed out",
            Self::Warned => "succeeded with warnings",
            other => other.as_str(),
        }
    }

    /// Whether the run is over. A finished run never becomes unfinished again.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        !matches!(self, Self::Pending | Self::Running | Self::Canceling)
    }

    /// Failed, errored, canceled or timed out: what a release badge passes over unless it is asked to
    /// `includeFailed` (`spec/dialects.md` D3).
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::Errored | Self::Canceled | Self::TimedOut)
    }

    /// How far along the run is: pending 0, running 1, canceling 2, finished 3.
    #[must_use]
    pub const fn progress(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Running => 1,
            Self::Canceling => 2,
            _ => 3,
        }
    }

    /// The status after another report about the same run: reports may arrive late or twice, so progress
    /// never goes backwards. Among finished statuses the later report wins (a correction).
    #[must_use]
    pub const fn advanced_by(self, reported: Self) -> Self {
        if reported.progress() < self.progress() { self } else { reported }
    }
}

impl fmt::Display for RunStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is none of the nine statuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown status")]
pub struct UnknownStatus;

impl FromStr for RunStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::RunStatus::{self, *};

    #[test]
    fn names_round_trip_through_text_and_json() {
        for status in RunStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        assert!("Succeeded".parse::<RunStatus>().is_err());
    }

    #[test]
    fn a_late_report_never_turns_a_finished_run_back() {
        assert_eq!(Succeeded.advanced_by(Running), Succeeded);
        assert_eq!(Failed.advanced_by(Pending), Failed);
        assert_eq!(Running.advanced_by(Pending), Running);
        assert_eq!(Canceling.advanced_by(Running), Canceling);
        assert_eq!(Pending.advanced_by(Running), Running);
        assert_eq!(Running.advanced_by(TimedOut), TimedOut);
    }

    #[test]
    fn a_correction_of_a_finished_run_wins() {
        assert_eq!(Succeeded.advanced_by(Failed), Failed);
    }
}
