//! A request's parameters, from the query and from a form or a JSON object in the body, in this order. All are kept, so that
//! one which is there twice can be told.

use std::fmt;

use axum::http::{HeaderMap, header};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use url::form_urlencoded;

/// A name and its value.
pub(super) type Pair = (String, String);

/// Every parameter, or a sentence that says why the body cannot be read.
pub(super) fn read(query: &str, headers: &HeaderMap, body: &[u8]) -> Result<Vec<Pair>, String> {
    let mut pairs: Vec<Pair> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    if body.is_empty() {
        return Ok(pairs);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => pairs.extend(json(body)?),
        // `curl -d` calls JSON a form.
        "" | "application/x-www-form-urlencoded" if body.trim_ascii_start().starts_with(b"{") => {
            pairs.extend(json(body)?);
        }
        "" | "application/x-www-form-urlencoded" => pairs.extend(form_urlencoded::parse(body).into_owned()),
        _ => return Err("The body must be a form (application/x-www-form-urlencoded) or JSON.".to_owned()),
    }
    Ok(pairs)
}

fn json(body: &[u8]) -> Result<Vec<Pair>, String> {
    let Members(members) =
        serde_json::from_slice(body).map_err(|error| format!("The body is not a JSON object: {error}"))?;
    members
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => Ok((name, text)),
            Value::Number(number) => Ok((name, number.to_string())),
            Value::Bool(flag) => Ok((name, flag.to_string())),
            Value::Null | Value::Array(_) | Value::Object(_) => Err(format!("The property {name} must be a text.")),
        })
        .collect()
}

/// The members of a JSON object, of which `serde_json::Map` would forget those that come twice.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(kind: &str, query: &str, body: &str) -> Result<Vec<Pair>, String> {
        let mut headers = HeaderMap::new();
        if !kind.is_empty() {
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
        }
        read(query, &headers, body.as_bytes())
    }

    fn pairs(given: &[(&str, &str)]) -> Result<Vec<Pair>, String> {
        Ok(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn query_comes_before_body_and_nothing_is_lost() {
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        assert_eq!(read_as(form, "%24A=1", "$A=2&b=x+y"), pairs(&[("$A", "1"), ("$A", "2"), ("b", "x y")]));
        assert_eq!(read_as("", "", "$A=2"), pairs(&[("$A", "2")]));
        let json = r#"{"API_Key": "k", "$A": 1, "$A": true}"#;
        for kind in ["application/json", "application/x-www-form-urlencoded", ""] {
            assert_eq!(read_as(kind, "", json), pairs(&[("API_Key", "k"), ("$A", "1"), ("$A", "true")]), "{kind}");
        }
    }

    #[test]
    fn a_body_that_cannot_be_read_says_so() {
        for (kind, body) in
            [("multipart/form-data", "x"), ("application/json", "[1]"), ("application/json", r#"{"a": {}}"#), ("", "{")]
        {
            assert!(read_as(kind, "", body).is_err(), "{kind} {body}");
        }
    }
}
