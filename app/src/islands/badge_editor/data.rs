//! What the badge editor works with, and what it says about what is typed.

use burgee_domain::gitlab::{
    badge_url::{self, UrlError},
    placeholder::{Leftover, Placeholder, Values, leftovers},
};
use burgee_domain::suggest::closest;
use serde::{Deserialize, Serialize};

use crate::form::FieldError;

/// The form's fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BadgeForm {
    /// The badge that is edited; `None` for a new one.
    pub id: Option<i64>,
    /// Its name; may be empty.
    pub name: String,
    /// Where a click leads, placeholders and all.
    pub link_url: String,
    /// Where the picture is, placeholders and all.
    pub image_url: String,
}

/// A finished badge to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// What `?preset=…` names it by. Percent-encoded already, if it needs to be.
    pub id: String,
    /// What the choice says: "Release in Production".
    pub name: String,
    /// The badge's name.
    pub badge_name: String,
    /// Where a click leads.
    pub link_url: String,
    /// Where the picture is.
    pub image_url: String,
}

/// Everything that the editor knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditorData {
    /// Where the form is sent: the page's own address.
    pub address: String,
    /// What stands in the form at first.
    pub form: BadgeForm,
    /// What is wrong with that.
    pub errors: Vec<FieldError>,
    /// What placeholders stand for, in the project or in the group's first one.
    pub values: Option<Values>,
    /// Whether those are of one project among others.
    pub is_group: bool,
    /// Badges to begin with.
    pub presets: Vec<Preset>,
    /// The origins from which the page may show pictures.
    pub allowed_hosts: Vec<String>,
}

/// What is to be said about a URL while it is written. It never keeps anybody from sending the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Remarks {
    /// The URL as readers will get it, where that is another text: placeholders replaced, and encoded as the API does.
    pub(crate) resolved: Option<String>,
    /// Whole sentences about what will not work, or not as one might think.
    pub(crate) hints: Vec<String>,
}

impl Remarks {
    /// About `typed`, which is the text of a field.
    pub(crate) fn about(typed: &str, values: Option<&Values>) -> Self {
        let Err(error) = badge_url::check(typed) else {
            let resolved = Some(badge_url::render(typed.trim(), values)).filter(|url| url != typed.trim());
            let hints = values.map(|values| leftovers(typed, values)).unwrap_or_default();
            return Self { resolved, hints: hints.into_iter().map(stays).collect() };
        };
        // Nothing typed is nothing wrong, yet.
        let hint = (error != UrlError::Blank).then(|| url_problem(error).to_owned());
        Self { resolved: None, hints: hint.into_iter().collect() }
    }
}

/// Why a token is left as it stands.
fn stays(leftover: Leftover<'_>) -> String {
    match leftover {
        Leftover::NoValue(placeholder) => format!("{} has no value yet, so it stays as it is.", placeholder.token()),
        Leftover::Unknown(name) => {
            let meant = closest(name, Placeholder::ALL.map(Placeholder::as_str));
            let meant = meant.map(|name| format!(" Did you mean %{{{name}}}?")).unwrap_or_default();
            format!("%{{{name}}} is no placeholder, so it stays as it is.{meant}")
        }
    }
}

/// What is wrong with a URL, as a whole sentence for the form's field. The API says it in GitLab's words instead.
#[must_use]
pub const fn url_problem(error: UrlError) -> &'static str {
    match error {
        UrlError::Blank => "A URL is needed here.",
        UrlError::Invalid => "This is not a whole URL: it needs a host, and no placeholder or space in the host.",
        UrlError::Scheme => "It must begin with https:// or http://.",
        UrlError::Host => "A host's name cannot begin like this.",
        UrlError::TooLong => "This is too long: a URL may have 8192 bytes.",
    }
}

/// The picture that would be shown for what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// There is no URL of a picture yet.
    Nothing,
    /// The picture at this URL.
    Picture(String),
    /// The page may not show pictures from this host.
    Elsewhere(String),
}

impl Shown {
    /// The picture for `image_url`, which is the text of the field.
    pub(crate) fn of(image_url: &str, data: &EditorData) -> Self {
        let Ok(url) = badge_url::check(image_url) else { return Self::Nothing };
        let url = badge_url::render(url, data.values.as_ref());
        match origin(&url) {
            Some(origin) if data.allowed_hosts.contains(&origin) => Self::Picture(url),
            Some(origin) => Self::Elsewhere(badge_url::without_scheme(&origin).to_owned()),
            None => Self::Nothing,
        }
    }
}

/// The URL's origin, as the policy names it.
#[cfg(feature = "ssr")]
fn origin(url: &str) -> Option<String> {
    badge_url::policy_source(url)
}

/// The URL's origin, by the browser's own rules: they are what the policy is held against, and weigh nothing.
#[cfg(not(feature = "ssr"))]
fn origin(url: &str) -> Option<String> {
    web_sys::Url::new(url).ok().map(|url| url.origin())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn values() -> Values {
        Values::new([(Placeholder::ProjectPath, Some("a/b".to_owned()))])
    }

    fn data() -> EditorData {
        EditorData {
            address: "/a/b/-/badges".to_owned(),
            form: BadgeForm::default(),
            errors: vec![],
            values: Some(values()),
            is_group: false,
            presets: vec![],
            allowed_hosts: vec!["https://img.shields.io".to_owned()],
        }
    }

    #[test]
    fn placeholders_are_resolved_and_what_stays_is_pointed_out() {
        let about = |typed| Remarks::about(typed, Some(&values()));
        assert_eq!(about(""), Remarks::default());
        assert_eq!(about("https://e.example/x"), Remarks::default());
        assert_eq!(about(" https://e.example/%{project_path}").resolved.as_deref(), Some("https://e.example/a/b"));
        // The same text as in the API's answer, also where it is encoded.
        assert_eq!(about("https://e.example/a b").resolved.as_deref(), Some("https://e.example/a%20b"));
        let typo = about("https://e.example/%{latest_tag}/%{project_pth}");
        assert_eq!(typo.resolved.as_deref(), Some("https://e.example/%25%7Blatest_tag%7D/%25%7Bproject_pth%7D"));
        assert_eq!(
            typo.hints,
            [
                "%{latest_tag} has no value yet, so it stays as it is.",
                "%{project_pth} is no placeholder, so it stays as it is. Did you mean %{project_path}?"
            ]
        );
        assert_eq!(about("img.shields.io/x").hints, ["It must begin with https:// or http://."]);
        assert_eq!(about("https://%{project_path}/").hints.len(), 1);
    }

    #[test]
    fn without_a_project_nothing_is_said_about_placeholders() {
        assert_eq!(Remarks::about("https://e.example/%{project_path}", None), Remarks::default());
    }

    #[test]
    fn only_pictures_that_the_policy_allows_are_shown() {
        let shown = |url| Shown::of(url, &data());
        assert_eq!(shown(""), Shown::Nothing);
        assert_eq!(shown("data:image/png,x"), Shown::Nothing);
        assert_eq!(
            shown("https://img.shields.io/%{project_path}.svg"),
            Shown::Picture("https://img.shields.io/a/b.svg".to_owned())
        );
        assert_eq!(shown("http://img.shields.io/x"), Shown::Elsewhere("img.shields.io".to_owned()));
        assert_eq!(shown("https://e.example:8080/x"), Shown::Elsewhere("e.example:8080".to_owned()));
    }
}
