//! How bad input is described: every bad field at once, each with a JSON pointer (RFC 6901), as RFC 9457
//! problem details carry them; and a reader that collects them while it takes an object apart.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{suggest::did_you_mean, text};

/// One bad field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Where: a JSON pointer into the request body, such as `/3/status`.
    pub pointer: String,
    /// What is wrong and what to send instead.
    pub detail: String,
}

impl FieldError {
    /// An error about the member at `pointer`.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

/// Takes the members of a JSON object one by one, collecting what is wrong with them.
///
/// `null` counts as absent. What nobody asked for is an error in the end, with "did you mean".
#[derive(Debug)]
pub struct ObjectReader<'a> {
    at: String,
    members: BTreeMap<&'a str, &'a Value>,
    known: Vec<&'static str>,
    errors: Vec<FieldError>,
}

impl<'a> ObjectReader<'a> {
    /// Begins with the object that stands at the JSON pointer `at` (`""` is the whole body).
    ///
    /// # Errors
    /// When the value is not an object.
    pub fn new(at: &str, value: &'a Value) -> Result<Self, Vec<FieldError>> {
        let Value::Object(members) = value else {
            return Err(vec![FieldError::new(at, format!("must be a JSON object, not {}", kind(value)))]);
        };
        Ok(Self::of_map(at, members))
    }

    fn of_map(at: &str, members: &'a Map<String, Value>) -> Self {
        Self {
            at: at.to_owned(),
            members: members.iter().map(|(name, value)| (name.as_str(), value)).collect(),
            known: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Notes that the member `name` is wrong.
    pub fn reject(&mut self, name: &str, detail: impl Into<String>) {
        let pointer = format!("{}/{}", self.at, escape_pointer(name));
        self.errors.push(FieldError::new(pointer, detail));
    }

    /// The raw member, if it is present; `null` counts as absent.
    pub fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.members.remove(name).filter(|value| !value.is_null())
    }

    /// Whether the member is present at all, even as `null` (for patches: `null` clears).
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// A member that passes `parse`, which is given the text; numbers are taken as text too, since build
    /// numbers and external ids are often sent as such.
    pub fn text<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let parsed = match self.value(name)? {
            Value::String(text) => parse(text),
            Value::Number(number) => parse(&number.to_string()),
            other => Err(format!("must be a string, not {}", kind(other))),
        };
        self.keep(name, parsed)
    }

    /// A name (see [`text::name`]).
    pub fn name(&mut self, name: &'static str) -> Option<String> {
        self.text(name, text::name)
    }

    /// A name that must be there.
    pub fn required_name(&mut self, name: &'static str) -> Option<String> {
        if self.members.get(name).is_none_or(|value| value.is_null()) {
            self.known.push(name);
            self.members.remove(name);
            self.reject(name, "is required");
            return None;
        }
        self.name(name)
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        let parsed = match self.value(name)? {
            Value::Bool(value) => Ok(*value),
            other => Err(format!("must be true or false, not {}", kind(other))),
        };
        self.keep(name, parsed)
    }

    /// A finite number.
    pub fn number(&mut self, name: &'static str) -> Option<f64> {
        let parsed = match self.value(name)? {
            Value::Number(number) => number.as_f64().filter(|n| n.is_finite()).ok_or("is out of range".to_owned()),
            other => Err(format!("must be a number, not {}", kind(other))),
        };
        self.keep(name, parsed)
    }

    /// A point in time, RFC 3339.
    pub fn time(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        self.text(name, |text| {
            DateTime::parse_from_rfc3339(text.trim())
                .map(|time| time.with_timezone(&Utc))
                .map_err(|_| "must be a time as RFC 3339 writes it, such as 2026-11-21T03:40:00Z".to_owned())
        })
    }

    /// An object whose values are strings, numbers or booleans; kept as text.
    pub fn text_map(&mut self, name: &'static str) -> BTreeMap<String, String> {
        let mut map = BTreeMap::new();
        match self.value(name) {
            None => {}
            Some(Value::Object(members)) => {
                for (key, value) in members {
                    let entry = text::name(key).and_then(|key| Ok((key, text_value(value)?)));
                    match entry {
                        Ok((key, value)) => {
                            map.insert(key, value);
                        }
                        Err(detail) => {
                            let pointer = format!("{}/{}/{}", self.at, name, escape_pointer(key));
                            self.errors.push(FieldError::new(pointer, detail));
                        }
                    }
                }
            }
            Some(other) => self.reject(name, format!("must be an object of names and values, not {}", kind(other))),
        }
        map
    }

    /// A variable's value: a string, number or boolean, kept as text.
    pub fn value_text(&mut self, name: &'static str) -> Option<String> {
        let parsed = text_value(self.value(name)?);
        self.keep(name, parsed)
    }

    /// Whether nothing was wrong up to here.
    #[must_use]
    pub const fn has_no_error(&self) -> bool {
        self.errors.is_empty()
    }

    fn keep<T>(&mut self, name: &str, parsed: Result<T, String>) -> Option<T> {
        parsed.map_err(|detail| self.reject(name, detail)).ok()
    }

    /// Ends the reading with what was read, which is there unless something was wrong.
    ///
    /// # Errors
    /// As [`ObjectReader::finish`].
    pub fn finish_with<T>(self, read: Option<T>) -> Result<T, Vec<FieldError>> {
        self.finish()?;
        read.ok_or_else(Vec::new)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Everything that was wrong, with the members that nobody knows.
    pub fn finish(mut self) -> Result<(), Vec<FieldError>> {
        let unknown: Vec<&str> = self.members.keys().copied().collect();
        for name in unknown {
            let hint = did_you_mean(name, self.known.iter().copied());
            self.reject(name, format!("is not a known field{hint}"));
        }
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}

fn text_value(value: &Value) -> Result<String, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        other => {
            return Err(format!("must be a string, number or boolean, not {}", kind(other)));
        }
    };
    if text.len() > text::VALUE_MAX {
        return Err(format!("must have at most {} bytes", text::VALUE_MAX));
    }
    if text.contains('\0') {
        return Err("must not contain a NUL character".to_owned());
    }
    Ok(text)
}

fn escape_pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
