//! What tells the instances of one Concourse pipeline apart (`spec/dialects.md` A6): in a report, in a badge's address, and as
//! the database keeps it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::url_text::encode_query;

/// Most bytes of all of them as JSON.
const MAX_BYTES: usize = 2_000;

/// Named values, such as `{"branch": "main"}`; none for a pipeline that has no instances.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InstanceVars(Map<String, Value>);

/// `vars` or one of the `vars.…` is no JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("malformed instance vars")]
pub struct MalformedVars;

impl InstanceVars {
    /// Reads the object of a report. An empty one means none.
    ///
    /// # Errors
    /// A sentence that completes "`instance_vars` …".
    pub fn parse(value: &Value) -> Result<Self, String> {
        let Value::Object(members) = value else {
            return Err("must be an object of names and values, such as {\"branch\": \"main\"}".to_owned());
        };
        if members.keys().any(|name| name.trim().is_empty()) {
            return Err("must not have an empty name".to_owned());
        }
        let vars = Self(normal_map(members));
        if vars.canonical().len() > MAX_BYTES {
            return Err(format!("must have at most {MAX_BYTES} bytes as JSON"));
        }
        Ok(vars)
    }

    /// Reads them from the decoded pairs of a query string: `vars={"branch":"main"}` or `vars.branch="main"`, also deeper,
    /// `vars.a.b=1`. They are applied in the order of their names, so `vars.branch` overrides what `vars` says; of a name
    /// given twice the first counts.
    ///
    /// # Errors
    /// [`MalformedVars`]
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, MalformedVars> {
        let mut given = BTreeMap::new();
        for (name, value) in pairs {
            if name == "vars" || name.starts_with("vars.") {
                given.entry(name).or_insert(value);
            }
        }
        let mut vars = Map::new();
        for (name, value) in given {
            let value: Value = serde_json::from_str(value).map_err(|_| MalformedVars)?;
            match (name.strip_prefix("vars."), value) {
                (Some(path), value) => set(&mut vars, &segments(path).ok_or(MalformedVars)?, value),
                (None, Value::Object(members)) => vars = members,
                (None, Value::Null) => {}
                (None, _) => return Err(MalformedVars),
            }
        }
        Ok(Self(normal_map(&vars)))
    }

    /// Reads what [`InstanceVars::canonical`] has written; anything else is none.
    #[must_use]
    pub fn from_canonical(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same text for the same values, whatever order they came in; empty for none.
    #[must_use]
    pub fn canonical(&self) -> String {
        if self.is_empty() { String::new() } else { Value::Object(self.0.clone()).to_string() }
    }

    /// The JSON object, if there are any.
    #[must_use]
    pub fn to_json(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Object(self.0.clone()))
    }

    /// As people read them: `branch:main,go:1.24`.
    #[must_use]
    pub fn words(&self) -> String {
        let word = |(name, value): (&String, &Value)| match value {
            Value::String(text) if !text.chars().any(char::is_control) => format!("{name}:{text}"),
            other => format!("{name}:{other}"),
        };
        self.0.iter().map(word).collect::<Vec<_>>().join(",")
    }

    /// The query string that names them in an address, with its `?`; empty for none.
    #[must_use]
    pub fn query(&self) -> String {
        let pair = |(name, value): (&String, &Value)| {
            format!("vars.{}={}", encode_query(name), encode_query(&value.to_string()))
        };
        if self.is_empty() {
            String::new()
        } else if self.0.keys().any(|name| name.contains(['.', '"'])) {
            format!("?vars={}", encode_query(&self.canonical()))
        } else {
            format!("?{}", self.0.iter().map(pair).collect::<Vec<_>>().join("&"))
        }
    }
}

/// The names on the way to a value: `a.b`, or with a dot in a name `"a.b".c`.
fn segments(path: &str) -> Option<Vec<&str>> {
    let mut segments = Vec::new();
    let mut rest = Some(path);
    while let Some(path) = rest {
        let (segment, after) = match path.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => path.split_at(path.find('.').unwrap_or(path.len())),
        };
        if segment.is_empty() {
            return None;
        }
        segments.push(segment);
        rest = if after.is_empty() { None } else { Some(after.strip_prefix('.')?) };
    }
    Some(segments)
}

fn set(vars: &mut Map<String, Value>, path: &[&str], value: Value) {
    let [name, below @ ..] = path else { return };
    if below.is_empty() {
        vars.insert((*name).to_owned(), value);
        return;
    }
    let member = vars.entry(*name).or_insert(Value::Null);
    if !member.is_object() {
        *member = Value::Object(Map::new());
    }
    if let Value::Object(members) = member {
        set(members, below, value);
    }
}

/// Members in the order of their names, and whole numbers without a fraction: `1.0` is `1`, as in Concourse.
fn normal_map(members: &Map<String, Value>) -> Map<String, Value> {
    let sorted: BTreeMap<&String, &Value> = members.iter().collect();
    sorted.into_iter().map(|(name, value)| (name.clone(), normal(value))).collect()
}

fn normal(value: &Value) -> Value {
    /// From here on not every whole number has a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Object(members) => Value::Object(normal_map(members)),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            #[expect(clippy::cast_possible_truncation, reason = "whole, and small enough")]
            Some(float) if float.fract() == 0.0 && float.abs() < EXACT => Value::from(float as i64),
            _ => value.clone(),
        },
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query(pairs: &[(&'static str, &'static str)]) -> InstanceVars {
        InstanceVars::from_query(pairs.iter().copied()).unwrap()
    }

    #[test]
    fn a_report_and_an_address_mean_the_same_instance() {
        let reported =
            InstanceVars::parse(&json!({"go": 1.0, "branch": "feature/x", "on": {"b": 1, "a": [true]}})).unwrap();
        assert_eq!(reported.canonical(), r#"{"branch":"feature/x","go":1,"on":{"a":[true],"b":1}}"#);
        for pairs in [
            vec![("vars", r#"{"on":{"a":[true],"b":1},"branch":"feature/x","go":1}"#)],
            vec![("vars.go", "1"), ("vars.branch", "\"feature/x\""), ("vars.on", r#"{"b":1,"a":[true]}"#)],
            vec![("vars.on.b", "1"), ("vars.on.a", "[true]"), ("vars.\"go\"", "1"), ("vars.branch", "\"feature/x\"")],
            vec![("vars.branch", "\"feature/x\""), ("vars", r#"{"branch":"old","go":1,"on":{"a":[true],"b":1}}"#)],
        ] {
            assert_eq!(query(&pairs), reported, "{pairs:?}");
        }
        assert_eq!(InstanceVars::from_canonical(&reported.canonical()), reported);
    }

    #[test]
    fn its_own_query_leads_back() {
        for vars in [json!({"branch": "a&b=c/ü", "n": 2}), json!({"x.y": null, "a\"b": {"c": "d"}})] {
            let vars = InstanceVars::parse(&vars).unwrap();
            let text = vars.query();
            let pairs: Vec<(String, String)> =
                url::form_urlencoded::parse(text.trim_start_matches('?').as_bytes()).into_owned().collect();
            let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            assert_eq!(InstanceVars::from_query(pairs).unwrap(), vars, "{text}");
        }
        assert_eq!(InstanceVars::parse(&json!({"branch": "x"})).unwrap().query(), "?vars.branch=%22x%22");
        assert_eq!(InstanceVars::default().query(), "");
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for (name, value) in [
            ("vars", "x"),
            ("vars", ""),
            ("vars", "[1]"),
            ("vars.branch", "main"),
            ("vars.branch", ""),
            ("vars.", "1"),
            ("vars.a..b", "1"),
            ("vars.\"a", "1"),
            ("vars.\"a\"b", "1"),
        ] {
            assert_eq!(InstanceVars::from_query([(name, value)]), Err(MalformedVars), "{name}={value}");
        }
        for (name, value) in [("vars", "{}"), ("vars", "null"), ("varsity", "x"), ("title", "vars")] {
            assert!(query(&[(name, value)]).is_empty(), "{name}={value}");
        }
    }

    #[test]
    fn the_first_of_two_and_the_later_path_count() {
        assert_eq!(query(&[("vars.a", "1"), ("vars.a", "2")]).words(), "a:1");
        assert_eq!(query(&[("vars.a", "1"), ("vars.a.b", "\"x\"")]).canonical(), r#"{"a":{"b":"x"}}"#);
    }

    #[test]
    fn a_report_is_an_object_of_bounded_size() {
        for bad in [json!("x"), json!([]), json!({"": 1}), json!({"a": "x".repeat(MAX_BYTES)})] {
            assert!(InstanceVars::parse(&bad).is_err(), "{bad}");
        }
        assert!(InstanceVars::parse(&json!({})).unwrap().is_empty());
    }
}
