//! A request's parameters (`spec/dialects.md` B10): from the query, a form or JSON body, and the path, mixed. The path wins
//! over the body, the body over the query, and the last of a name over those before it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::error::ApiError;

/// A parameter's value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Param {
    /// JSON's `null`.
    Null,
    /// Text, or a number or boolean as text.
    Text(String),
    /// A list or an object, which nothing here takes.
    Nested,
}

/// All parameters, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Params(BTreeMap<String, Param>);

impl Params {
    /// Adds decoded pairs of a query or form. `name[]` and `name[key]` make lists and objects.
    pub(super) fn add_pairs<'a>(
        &mut self,
        pairs: impl Iterator<Item = (std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>,
    ) {
        for (name, value) in pairs {
            match name.split_once('[') {
                Some((name, _)) if !name.is_empty() => self.0.insert(name.to_owned(), Param::Nested),
                _ => self.0.insert(name.into_owned(), Param::Text(value.into_owned())),
            };
        }
    }

    /// Adds the members of a JSON object.
    pub(super) fn add_json(&mut self, body: &[u8]) -> Result<(), ApiError> {
        let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
            return Err(ApiError::parameters("message body does not match declared format"));
        };
        for (name, value) in members {
            let value = match value {
                Value::Null => Param::Null,
                Value::String(text) => Param::Text(text),
                Value::Number(number) => Param::Text(number.to_string()),
                Value::Bool(flag) => Param::Text(flag.to_string()),
                Value::Array(_) | Value::Object(_) => Param::Nested,
            };
            self.0.insert(name, value);
        }
        Ok(())
    }

    /// Adds one that is text.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), Param::Text(value.to_owned()));
    }

    /// The text of one, if it has any.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name)? {
            Param::Text(text) => Some(text),
            Param::Null | Param::Nested => None,
        }
    }

    /// Everything that is text, by name: what links to other pages carry along.
    pub(super) fn texts(&self) -> BTreeMap<&str, &str> {
        self.0.keys().filter_map(|name| Some((name.as_str(), self.text(name)?))).collect()
    }

    /// Begins to read parameters; what is wrong is told at the end, all at once.
    pub(super) fn read(&self) -> Reader<'_> {
        Reader { params: self, wrong: Vec::new() }
    }
}

/// Reads parameters one by one, and collects what is wrong with them, as Grape does.
pub(super) struct Reader<'a> {
    params: &'a Params,
    wrong: Vec<String>,
}

impl Reader<'_> {
    /// Text that may be absent, or present and `null`.
    pub(super) fn nullable(&mut self, name: &str) -> Option<Option<String>> {
        match self.params.0.get(name)? {
            Param::Null => Some(None),
            // PostgreSQL cannot keep it, and no name or URL needs it.
            Param::Text(text) if text.contains('\0') => self.reject(name),
            Param::Text(text) => Some(Some(text.clone())),
            Param::Nested => self.reject(name),
        }
    }

    /// Text that may be absent; `null` is the same.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.nullable(name).flatten()
    }

    /// Text that must be there, be it empty.
    pub(super) fn required(&mut self, name: &str) -> String {
        if !self.params.0.contains_key(name) {
            self.wrong.push(format!("{name} is missing"));
        }
        self.text(name).unwrap_or_default()
    }

    /// A number that may be absent; empty is the same.
    pub(super) fn integer(&mut self, name: &str) -> Option<i64> {
        let text = self.text(name).filter(|text| !text.is_empty())?;
        match text.parse() {
            Ok(number) => Some(number),
            Err(_) => self.reject(name),
        }
    }

    /// A number that the path must hold.
    pub(super) fn id(&mut self, name: &str) -> i64 {
        if self.params.text(name).is_none_or(str::is_empty) {
            return self.reject::<i64>(name).unwrap_or_default();
        }
        self.integer(name).unwrap_or_default()
    }

    /// A flag that may be absent.
    pub(super) fn boolean(&mut self, name: &str) -> Option<bool> {
        match self.text(name)?.to_ascii_lowercase().as_str() {
            "true" | "t" | "1" | "on" => Some(true),
            "false" | "f" | "0" | "off" => Some(false),
            "" => None,
            _ => self.reject(name),
        }
    }

    /// One of several words, the first of which is meant when it is absent.
    pub(super) fn one_of<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> T {
        match self.text(name) {
            None => words[0].1,
            Some(given) => match words.iter().find(|(word, _)| *word == given) {
                Some((_, meaning)) => *meaning,
                None => {
                    self.wrong.push(format!("{name} does not have a valid value"));
                    words[0].1
                }
            },
        }
    }

    /// Notes what is wrong in words of its own.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.wrong.push(text.into());
    }

    fn reject<T>(&mut self, name: &str) -> Option<T> {
        self.wrong.push(format!("{name} is invalid"));
        None
    }

    /// Ends the reading.
    pub(super) fn finish(self) -> Result<(), ApiError> {
        if self.wrong.is_empty() { Ok(()) } else { Err(ApiError::parameters(self.wrong.join(", "))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str, json: &str) -> Params {
        let mut params = Params::default();
        params.add_pairs(url::form_urlencoded::parse(query.as_bytes()));
        params.add_json(json.as_bytes()).unwrap();
        params
    }

    #[test]
    fn the_body_wins_over_the_query_and_the_last_over_the_first() {
        let params = params("a=1&a=2&b=3", r#"{"b": 4, "c": null}"#);
        assert_eq!(params.text("a"), Some("2"));
        assert_eq!(params.text("b"), Some("4"));
        assert_eq!(params.read().nullable("c"), Some(None));
        assert_eq!(params.read().nullable("d"), None);
    }

    #[test]
    fn what_is_wrong_is_told_all_at_once() {
        let params = params("page=x&name[]=y", r#"{"flag": "maybe"}"#);
        let mut reader = params.read();
        reader.required("link_url");
        reader.integer("page");
        reader.text("name");
        reader.boolean("flag");
        reader.id("badge_id");
        assert_eq!(
            reader.wrong,
            ["link_url is missing", "page is invalid", "name is invalid", "flag is invalid", "badge_id is invalid"]
        );
    }
}
