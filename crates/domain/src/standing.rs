//! What people decide about releases, builds, jobs and variables, apart from what is reported about them: the bodies of the
//! native API's requests.

use std::str::FromStr;

use serde_json::Value;

use crate::{
    check::{FieldError, ObjectReader},
    suggest::did_you_mean,
};

/// What has become of a release (`spec/dialects.md` C5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseStatus {
    /// It is being worked on; what every release is at first.
    Active,
    /// It has arrived.
    Deployed,
    /// It was given up: it is never the latest.
    Canceled,
}

impl ReleaseStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Active, Self::Deployed, Self::Canceled];

    /// The name used in JSON and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deployed => "deployed",
            Self::Canceled => "canceled",
        }
    }
}

impl FromStr for ReleaseStatus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        one_of(text, Self::ALL, Self::as_str)
    }
}

/// What has become of a build (`spec/dialects.md` C5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildStatus {
    /// It may go on through the stages; what every build is at first.
    Active,
    /// It has arrived.
    Deployed,
    /// Somebody has turned it down: it is never the latest.
    Rejected,
}

impl BuildStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Active, Self::Deployed, Self::Rejected];

    /// The name used in JSON and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deployed => "deployed",
            Self::Rejected => "rejected",
        }
    }
}

impl FromStr for BuildStatus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        one_of(text, Self::ALL, Self::as_str)
    }
}

fn one_of<S: Copy>(text: &str, all: [S; 3], name: fn(S) -> &'static str) -> Result<S, String> {
    let known = all.map(name);
    let found = all.into_iter().find(|status| name(*status) == text);
    found.ok_or_else(|| format!("must be one of {}{}", known.join(", "), did_you_mean(text, known)))
}

/// Reads `{"status": …}` of a release or a build.
///
/// # Errors
/// Every bad field.
pub fn parse_status<S: FromStr<Err = String>>(body: &Value) -> Result<S, Vec<FieldError>> {
    let mut object = ObjectReader::new("", body)?;
    let status = object.text("status", S::from_str);
    if status.is_none() && object.has_no_error() {
        object.reject("status", "is required");
    }
    object.finish_with(status)
}

/// Reads `{"active": …}` of a job.
///
/// # Errors
/// Every bad field.
pub fn parse_active(body: &Value) -> Result<bool, Vec<FieldError>> {
    let mut object = ObjectReader::new("", body)?;
    let active = object.boolean("active");
    if active.is_none() && object.has_no_error() {
        object.reject("active", "is required");
    }
    object.finish_with(active)
}

/// A variable's new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableChange {
    /// The value.
    pub value: String,
    /// Whether nobody may see it and no filter matches it; `None` leaves that as it was.
    pub sensitive: Option<bool>,
}

impl VariableChange {
    /// Reads `{"value": …, "sensitive": …}`.
    ///
    /// # Errors
    /// Every bad field.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut object = ObjectReader::new("", body)?;
        let value = object.value_text("value");
        if value.is_none() && object.has_no_error() {
            object.reject("value", "is required");
        }
        let sensitive = object.boolean("sensitive");
        object.finish_with(value.map(|value| Self { value, sensitive }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pointers<T: std::fmt::Debug>(result: Result<T, Vec<FieldError>>) -> Vec<String> {
        result.unwrap_err().into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn a_status_is_one_of_three() {
        assert_eq!(parse_status(&json!({"status": "canceled"})), Ok(ReleaseStatus::Canceled));
        assert_eq!(parse_status(&json!({"status": "rejected"})), Ok(BuildStatus::Rejected));
        for bad in [json!({"status": "cancelled"}), json!({}), json!({"status": null}), json!({"status": []})] {
            assert_eq!(pointers(parse_status::<ReleaseStatus>(&bad)), ["/status"], "{bad}");
        }
        assert_eq!(pointers(parse_status::<BuildStatus>(&json!({"status": "canceled", "x": 1}))), ["/status", "/x"]);
    }

    #[test]
    fn a_variable_has_a_value_and_may_be_sensitive() {
        let change = |body| VariableChange::parse(&body);
        let new = |value: &str, sensitive| Ok(VariableChange { value: value.to_owned(), sensitive });
        assert_eq!(change(json!({"value": "main"})), new("main", None));
        assert_eq!(change(json!({"value": 7, "sensitive": true})), new("7", Some(true)));
        assert_eq!(change(json!({"value": ""})), new("", None));
        for (body, fields) in [
            (json!({}), vec!["/value"]),
            (json!({"value": {}, "sensitive": "no"}), vec!["/value", "/sensitive"]),
            (json!({"value": "x", "secret": true}), vec!["/secret"]),
        ] {
            assert_eq!(pointers(change(body)), fields);
        }
    }

    #[test]
    fn a_job_is_active_or_not() {
        assert_eq!(parse_active(&json!({"active": false})), Ok(false));
        assert_eq!(pointers(parse_active(&json!({"active": "no"}))), ["/active"]);
        assert_eq!(pointers(parse_active(&json!({}))), ["/active"]);
    }
}
