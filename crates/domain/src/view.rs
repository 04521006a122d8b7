//! What the native API answers (`/api/burgee/v1`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{change::Visibility, snippet::Snippet, status::RunStatus};

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectView {
    /// Burgee's own id; `Projects-<id>` in the Octopus dialect.
    pub id: i64,
    /// The full path, space first: `harbour/lines/timetable-api`.
    pub path: String,
    /// The space's slug.
    pub space: String,
    /// The name as first reported.
    pub name: String,
    /// Which instance of a Concourse pipeline it is, if it is one.
    pub instance_vars: Option<Value>,
    /// The name that people use.
    pub title: String,
    /// Its place in Octopus URLs.
    pub slug: String,
    /// Who may see its pages.
    pub visibility: Visibility,
    /// Whether release badges are served to anybody.
    pub badges_enabled: bool,
    /// The branch that counts.
    pub default_branch: Option<String>,
    /// The last commit on it.
    pub commit_sha: Option<String>,
    /// The newest tag.
    pub latest_tag: Option<String>,
    /// Old ids by dialect.
    pub aliases: BTreeMap<String, String>,
    /// Its page.
    pub url: String,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A group, or a space, which is a group without parent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupView {
    /// Burgee's own id.
    pub id: i64,
    /// The full path, space first.
    pub path: String,
    /// The name as shown.
    pub name: String,
    /// Who may see its page and its badges.
    pub visibility: Visibility,
    /// The id of the group above; none for a space.
    pub parent_id: Option<i64>,
    /// Old ids by dialect.
    pub aliases: BTreeMap<String, String>,
    /// Its page.
    pub url: String,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A space, an environment or a tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceView {
    /// Burgee's own id.
    pub id: i64,
    /// The id as Octopus writes it: `Spaces-1`, `Environments-2`, `Tenants-3`.
    pub octopus_id: String,
    /// The space's slug.
    pub space: String,
    /// The name as shown.
    pub name: String,
    /// Its place in URLs.
    pub slug: String,
    /// Old ids by dialect.
    pub aliases: BTreeMap<String, String>,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseView {
    /// Burgee's own id; greater is later.
    pub id: i64,
    /// The version.
    pub version: String,
    /// The project's full path.
    pub project: String,
    /// `active`, `deployed` or `canceled`.
    pub status: String,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
}

/// A build.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BuildView {
    /// Burgee's own id; greater is later.
    pub id: i64,
    /// The number, unique in its release.
    pub number: String,
    /// The release's version, if it has one.
    pub release: Option<String>,
    /// The project's full path.
    pub project: String,
    /// `active`, `deployed` or `rejected`.
    pub status: String,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobView {
    /// Burgee's own id.
    pub id: i64,
    /// The name as first reported.
    pub name: String,
    /// The project's full path.
    pub project: String,
    /// Whether the pipeline still has it.
    pub active: bool,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
}

/// A named value of a project, a release or a build.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariableView {
    /// The name.
    pub name: String,
    /// The value; nothing if it is sensitive.
    pub value: Option<String>,
    /// Whether nobody may see it and no filter matches it.
    pub sensitive: bool,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunView {
    /// Burgee's own id; the greater id is the later run.
    pub id: i64,
    /// The project's full path.
    pub project: String,
    /// The environment's name.
    pub environment: Option<String>,
    /// The tenant's name.
    pub tenant: Option<String>,
    /// The release's version.
    pub release: Option<String>,
    /// The build's number.
    pub build: Option<String>,
    /// The job's name.
    pub job: Option<String>,
    /// The stage of the release's way that it belongs to.
    pub stage: Option<String>,
    /// How it is, or how it ended.
    pub status: RunStatus,
    /// Where the reporting tool shows it.
    pub url: Option<String>,
    /// The branch it ran on, from the variable `Branch`.
    pub branch: Option<String>,
    /// Test coverage in percent.
    pub coverage: Option<f64>,
    /// The reporting tool's own id of the run.
    pub external_id: Option<String>,
    /// The `external_id` of the run that it repeats.
    pub rerun_of: Option<String>,
    /// The name of the token that reported it first.
    pub reported_by: Option<String>,
    /// When it was created.
    pub queued_at: Option<DateTime<Utc>>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it was first reported.
    pub created_at: DateTime<Utc>,
    /// When it was last reported.
    pub updated_at: DateTime<Utc>,
}

/// The answer to a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// Whether the report created the run (201) or updated it (200).
    pub created: bool,
    /// The run as it now is.
    pub run: RunView,
    /// The run's own address in this API.
    pub url: String,
    /// Where the project's badges are switched on, while they are off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The badge that shows this run, ready to paste.
    pub badges: Vec<Snippet>,
}

/// The answer to an array of reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedBatch {
    /// A result for each report, in their order.
    pub results: Vec<Reported>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Where to go on: pass it as `after`; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_after: Option<i64>,
}
