//! What a settings page or a script may change: the bodies of the native API's `PATCH` requests.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    check::{FieldError, ObjectReader},
    report::DEFAULT_SPACE,
    slug, text,
};

/// Who may see a project or group without an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Nobody; what new projects are.
    #[default]
    Private,
    /// Everybody.
    Public,
}

impl Visibility {
    /// The name used in JSON and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Public => "public",
        }
    }

    /// Reads the name.
    ///
    /// # Errors
    /// A sentence that completes "`visibility` …".
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "private" => Ok(Self::Private),
            "public" => Ok(Self::Public),
            _ => Err("must be private or public".to_owned()),
        }
    }
}

/// The systems whose ids Burgee can answer to, as aliases of its own.
pub const DIALECTS: [&str; 4] = ["octopus", "gitlab", "buildmaster", "concourse"];

/// Old ids by dialect: `{"octopus": "Projects-41"}`. `None` takes the alias away.
pub type AliasChanges = BTreeMap<String, Option<String>>;

/// Changes to a project; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectChange {
    /// The name that people use.
    pub title: Option<String>,
    /// Its place in Octopus URLs, unique in the space.
    pub slug: Option<String>,
    /// Whether release badges are served to anybody.
    pub badges_enabled: Option<bool>,
    /// Who may see its pages.
    pub visibility: Option<Visibility>,
    /// The branch that counts.
    pub default_branch: Option<String>,
    /// Old ids.
    pub aliases: AliasChanges,
}

impl ProjectChange {
    /// Reads a `PATCH` body.
    ///
    /// # Errors
    /// Every bad field.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut object = ObjectReader::new("", body)?;
        let change = Self {
            title: object.name("title"),
            slug: object.text("slug", parse_slug),
            badges_enabled: object.boolean("badges_enabled"),
            visibility: object.text("visibility", Visibility::parse),
            default_branch: object.name("default_branch"),
            aliases: parse_aliases(&mut object),
        };
        object.finish().map(|()| change)
    }
}

/// Changes to a space or group; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupChange {
    /// The name as shown.
    pub name: Option<String>,
    /// The first segment of the path of everything in it; only a space's.
    pub slug: Option<String>,
    /// Who may see its page and its badges.
    pub visibility: Option<Visibility>,
    /// Old ids.
    pub aliases: AliasChanges,
}

impl GroupChange {
    /// Reads a `PATCH` body.
    ///
    /// # Errors
    /// Every bad field.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut object = ObjectReader::new("", body)?;
        let change = Self {
            name: object.name("name"),
            slug: object.text("slug", parse_slug),
            visibility: object.text("visibility", Visibility::parse),
            aliases: parse_aliases(&mut object),
        };
        object.finish().map(|()| change)
    }
}

/// Changes to an environment or a tenant; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceChange {
    /// The name as shown.
    pub name: Option<String>,
    /// Its place in URLs.
    pub slug: Option<String>,
    /// Old ids.
    pub aliases: AliasChanges,
}

impl PlaceChange {
    /// Reads a `PATCH` body.
    ///
    /// # Errors
    /// Every bad field.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut object = ObjectReader::new("", body)?;
        let change = Self {
            name: object.name("name"),
            slug: object.text("slug", parse_slug),
            aliases: parse_aliases(&mut object),
        };
        object.finish().map(|()| change)
    }
}

/// An environment or tenant to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace {
    /// The space, by id or slug.
    pub space: String,
    /// The name as shown.
    pub name: String,
}

impl NewPlace {
    /// Reads a `POST` body.
    ///
    /// # Errors
    /// Every bad field.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut object = ObjectReader::new("", body)?;
        let place = Self {
            space: object.name("space").unwrap_or_else(|| DEFAULT_SPACE.to_owned()),
            name: object.required_name("name").unwrap_or_default(),
        };
        object.finish().map(|()| place)
    }
}

fn parse_slug(text: &str) -> Result<String, String> {
    let name = text::name(text)?;
    let slug = slug::slugify(&name);
    if slug == name { Ok(slug) } else { Err(format!("must be lower case with single dashes, such as \"{slug}\"")) }
}

fn parse_aliases(object: &mut ObjectReader<'_>) -> AliasChanges {
    let mut aliases = AliasChanges::new();
    let Some(value) = object.value("aliases") else {
        return aliases;
    };
    let Value::Object(members) = value else {
        object.reject("aliases", "must be an object such as {\"octopus\": \"Projects-41\"}");
        return aliases;
    };
    for (dialect, value) in members {
        let alias = match value {
            Value::Null => Ok(None),
            Value::String(alias) => text::name(alias).map(Some),
            Value::Number(number) => Ok(Some(number.to_string())),
            _ => Err("must be a string or null".to_owned()),
        };
        match alias {
            Ok(alias) if DIALECTS.contains(&dialect.as_str()) => {
                aliases.insert(dialect.clone(), alias);
            }
            Ok(_) => object.reject("aliases", format!("\"{dialect}\" is not one of {}", DIALECTS.join(", "))),
            Err(detail) => object.reject("aliases", format!("{dialect}: {detail}")),
        }
    }
    aliases
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_patch_changes_only_what_it_names() {
        let change = ProjectChange::parse(
            &json!({"badges_enabled": true, "aliases": {"octopus": "Projects-41", "gitlab": null}}),
        )
        .unwrap();
        assert_eq!(change.badges_enabled, Some(true));
        assert_eq!(change.title, None);
        assert_eq!(change.aliases["octopus"].as_deref(), Some("Projects-41"));
        assert_eq!(change.aliases["gitlab"], None);
    }

    #[test]
    fn bad_values_are_all_named() {
        let body =
            json!({"badges_enabled": "yes", "visibility": "internal", "slug": "Web Shop", "badge_enabled": true});
        let pointers: Vec<String> = ProjectChange::parse(&body).unwrap_err().into_iter().map(|e| e.pointer).collect();
        assert_eq!(pointers, ["/slug", "/badges_enabled", "/visibility", "/badge_enabled"]);
    }
}
