//! A reported run: from the JSON that a delivery tool sends to a checked [`RunReport`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    check::{FieldError, ObjectReader},
    instance_vars::InstanceVars,
    slug,
    status::RunStatus,
    suggest::did_you_mean,
    text,
};

/// Most runs that one request may report.
pub const BATCH_MAX: usize = 1_000;

/// The space that a report means when it names none.
pub const DEFAULT_SPACE: &str = "default";

/// What happened: one deployment, build or job. Absent members leave an earlier report's values alone.
#[derive(Debug, Clone, PartialEq)]
pub struct RunReport {
    /// The space, by name or slug.
    pub space: String,
    /// The groups between space and project, outermost first.
    pub groups: Vec<String>,
    /// The project, by name or slug.
    pub project: String,
    /// Which instance of the project it is: those of a Concourse pipeline are projects of their own.
    pub instance_vars: InstanceVars,
    /// Where it ran, by name or slug.
    pub environment: Option<String>,
    /// For whom it ran, by name.
    pub tenant: Option<String>,
    /// The version that it brought.
    pub release: Option<String>,
    /// The build's number, unique in its release.
    pub build: Option<String>,
    /// The job's name.
    pub job: Option<String>,
    /// The stage of the release's way that it belongs to, such as `Build` or `Testing`.
    pub stage: Option<String>,
    /// How it is, or how it ended.
    pub status: RunStatus,
    /// Where the reporting tool shows it.
    pub url: Option<String>,
    /// Named values of the build, such as `Branch`.
    pub variables: BTreeMap<String, String>,
    /// Test coverage in percent, 0 to 100.
    pub coverage: Option<f64>,
    /// The reporting tool's own id of the run; the same id again updates the same run.
    pub external_id: Option<String>,
    /// The `external_id` of the run that it repeats (`spec/dialects.md` A5).
    pub rerun_of: Option<String>,
    /// When it was created.
    pub queued_at: Option<DateTime<Utc>>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// What the report says about the project itself.
    pub facts: ProjectFacts,
}

/// Facts about a project that reports keep current.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectFacts {
    /// The name that people use.
    pub title: Option<String>,
    /// The branch that counts.
    pub default_branch: Option<String>,
    /// The last commit on it.
    pub commit_sha: Option<String>,
    /// The newest tag.
    pub latest_tag: Option<String>,
}

impl RunReport {
    /// Reads one report, which stands at the JSON pointer `at`.
    ///
    /// # Errors
    /// Every bad field.
    pub fn parse(at: &str, value: &Value) -> Result<Self, Vec<FieldError>> {
        let mut object = ObjectReader::new(at, value)?;
        let space = object.name("space");
        let path = match object.required_name("project").map(|path| slug::split_path(&path)) {
            Some(Err(detail)) => {
                object.reject("project", detail);
                None
            }
            Some(Ok(path)) => Some(path),
            None => None,
        };
        let status = read_status(&mut object);
        let coverage = object.number("coverage");
        if coverage.is_some_and(|percent| !(0.0..=100.0).contains(&percent)) {
            object.reject("coverage", "must be a percentage from 0 to 100");
        }
        let (groups, project) = path.unwrap_or_default();
        let report = Self {
            space: space.unwrap_or_else(|| DEFAULT_SPACE.to_owned()),
            groups,
            project,
            instance_vars: object
                .value("instance_vars")
                .and_then(|vars| {
                    InstanceVars::parse(vars).map_err(|detail| object.reject("instance_vars", detail)).ok()
                })
                .unwrap_or_default(),
            environment: object.name("environment"),
            tenant: object.name("tenant"),
            release: object.name("release"),
            build: object.name("build"),
            job: object.name("job"),
            stage: object.name("stage"),
            status: status.unwrap_or(RunStatus::Pending),
            url: object.text("url", text::http_url),
            variables: object.text_map("variables"),
            coverage,
            external_id: object.name("external_id"),
            rerun_of: object.name("rerun_of"),
            queued_at: object.time("queued_at"),
            started_at: object.time("started_at"),
            finished_at: object.time("finished_at"),
            facts: ProjectFacts {
                title: object.name("title"),
                default_branch: object.name("default_branch"),
                commit_sha: object.name("commit_sha"),
                latest_tag: object.name("latest_tag"),
            },
        };
        if let (Some(started), Some(finished)) = (report.started_at, report.finished_at)
            && finished < started
        {
            object.reject("finished_at", "must not be before started_at");
        }
        if report.rerun_of.is_some() && report.rerun_of == report.external_id {
            object.reject("rerun_of", "must name another run than external_id");
        }
        object.finish().map(|()| report)
    }
}

fn read_status(object: &mut ObjectReader<'_>) -> Option<RunStatus> {
    let name = object.required_name("status")?;
    let known = RunStatus::ALL.map(RunStatus::as_str);
    let status = name.parse().ok();
    if status.is_none() {
        let hint = did_you_mean(&name, known);
        object.reject("status", format!("must be one of {}{hint}", known.join(", ")));
    }
    status
}

/// A request body: one report, or an array of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Reports {
    /// An object: answered with one run.
    One(Box<RunReport>),
    /// An array: one transaction, answered with a result for each.
    Many(Vec<RunReport>),
}

impl Reports {
    /// Reads a request body.
    ///
    /// # Errors
    /// Every bad field of every report, so that one round of corrections is enough.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let Value::Array(items) = body else {
            return RunReport::parse("", body).map(|report| Self::One(Box::new(report)));
        };
        if items.is_empty() || items.len() > BATCH_MAX {
            let detail = format!("must hold 1 to {BATCH_MAX} runs, not {}", items.len());
            return Err(vec![FieldError::new("", detail)]);
        }
        let mut reports = Vec::with_capacity(items.len());
        let mut errors = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match RunReport::parse(&format!("/{index}"), item) {
                Ok(report) => reports.push(report),
                Err(found) => errors.extend(found),
            }
        }
        if errors.is_empty() { Ok(Self::Many(reports)) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn project_and_status_are_enough() {
        let report = RunReport::parse("", &json!({"project": "lines/timetable-api", "status": "succeeded"})).unwrap();
        assert_eq!((report.space.as_str(), report.project.as_str()), ("default", "timetable-api"));
        assert_eq!(report.groups, ["lines"]);
    }

    #[test]
    fn numbers_are_taken_for_names() {
        let report = RunReport::parse("", &json!({"project": "a", "status": "failed", "build": 77})).unwrap();
        assert_eq!(report.build.as_deref(), Some("77"));
    }

    #[test]
    fn every_bad_field_is_named_with_its_pointer() {
        let body = json!([
            {"project": "a", "status": "succeeded"},
            {"enviroment": "x", "status": "sucess", "url": "ftp://x", "coverage": 101, "started_at": "yesterday",
             "variables": {"a/b": []}, "release": {}},
        ]);
        let errors = Reports::parse(&body).unwrap_err();
        let pointers: Vec<&str> = errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/1/project",
                "/1/status",
                "/1/coverage",
                "/1/release",
                "/1/url",
                "/1/variables/a~1b",
                "/1/started_at",
                "/1/enviroment"
            ]
        );
        assert!(errors[1].detail.contains("did you mean \"succeeded\""), "{}", errors[1].detail);
        assert!(errors[7].detail.contains("did you mean \"environment\""), "{}", errors[7].detail);
    }

    #[test]
    fn batches_are_bounded() {
        assert!(Reports::parse(&json!([])).is_err());
        assert!(Reports::parse(&json!("x")).is_err());
        let run = json!({"project": "a", "status": "running"});
        assert!(Reports::parse(&Value::Array(vec![run.clone(); 1000])).is_ok());
        assert!(Reports::parse(&Value::Array(vec![run; 1001])).is_err());
    }

    #[test]
    fn time_does_not_run_backwards() {
        let body = json!({"project": "a", "status": "failed", "started_at": "2026-01-02T00:00:00Z", "finished_at": "2026-01-01T00:00:00+00:00"});
        assert_eq!(RunReport::parse("", &body).unwrap_err()[0].pointer, "/finished_at");
    }
}
