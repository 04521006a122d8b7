//! Placeholders in badge URLs (`spec/dialects.md` B8): `%{name}`, also percent-encoded as `%25%7Bname%7D` or half
//! encoded. Names and escapes are case-sensitive, a value is inserted as it is, and what is unknown or has no value
//! stays as it stands.

use serde::{Deserialize, Serialize};

/// One of the eleven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placeholder {
    /// The full path of the project, groups included.
    ProjectPath,
    /// The name that people use.
    ProjectTitle,
    /// The last segment of the path.
    ProjectName,
    /// The numeric id.
    ProjectId,
    /// The full path of what the project is in.
    ProjectNamespace,
    /// The full path of the project's group. *Derived:* GitLab's `to_param` of a group is its full path.
    GroupName,
    /// The host of this server.
    GitlabServer,
    /// The host of its pages, from the configuration.
    GitlabPagesDomain,
    /// The branch that counts.
    DefaultBranch,
    /// The last commit on it.
    CommitSha,
    /// The newest tag.
    LatestTag,
}

impl Placeholder {
    /// All of them, in the order in which a palette shows them.
    pub const ALL: [Self; 11] = [
        Self::ProjectPath,
        Self::ProjectTitle,
        Self::ProjectName,
        Self::ProjectId,
        Self::ProjectNamespace,
        Self::GroupName,
        Self::GitlabServer,
        Self::GitlabPagesDomain,
        Self::DefaultBranch,
        Self::CommitSha,
        Self::LatestTag,
    ];

    /// What stands between the braces.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProjectPath => "project_path",
            Self::ProjectTitle => "project_title",
            Self::ProjectName => "project_name",
            Self::ProjectId => "project_id",
            Self::ProjectNamespace => "project_namespace",
            Self::GroupName => "group_name",
            Self::GitlabServer => "gitlab_server",
            Self::GitlabPagesDomain => "gitlab_pages_domain",
            Self::DefaultBranch => "default_branch",
            Self::CommitSha => "commit_sha",
            Self::LatestTag => "latest_tag",
        }
    }

    /// As one writes it: `%{project_path}`.
    #[must_use]
    pub fn token(self) -> String {
        format!("%{{{}}}", self.as_str())
    }
}

/// What the placeholders stand for in one project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Values([Option<String>; 11]);

impl Values {
    /// These values; what is not named has none.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = (Placeholder, Option<String>)>) -> Self {
        let mut all = Self::default();
        for (placeholder, value) in values {
            all.0[placeholder as usize] = value;
        }
        all
    }

    /// What a placeholder stands for, if anything.
    #[must_use]
    pub fn get(&self, placeholder: Placeholder) -> Option<&str> {
        self.0[placeholder as usize].as_deref()
    }
}

/// The text with every placeholder that has a value replaced. One pass: what was inserted is not looked at again.
#[must_use]
pub fn replace(text: &str, values: &Values) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        replaced.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = token_at(rest).and_then(|(placeholder, len)| Some((values.get(placeholder)?, len)));
        let (inserted, len) = found.unwrap_or(("%", 1));
        replaced.push_str(inserted);
        rest = &rest[len..];
    }
    replaced.push_str(rest);
    replaced
}

/// Why a token of a text stays as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leftover<'a> {
    /// It has no value (yet).
    NoValue(Placeholder),
    /// It looks like a placeholder and is none.
    Unknown(&'a str),
}

/// The tokens that [`replace`] leaves, each once, in their order: for somebody who is writing the text.
#[must_use]
pub fn leftovers<'a>(text: &'a str, values: &Values) -> Vec<Leftover<'a>> {
    let found = text.match_indices('%').filter_map(|(at, _)| {
        let rest = &text[at..];
        match token_at(rest) {
            Some((placeholder, _)) => values.get(placeholder).is_none().then_some(Leftover::NoValue(placeholder)),
            None => {
                let inside = rest.strip_prefix("%{")?;
                let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
                (end > 0 && inside[end..].starts_with('}')).then(|| Leftover::Unknown(&inside[..end]))
            }
        }
    });
    let mut all = Vec::new();
    for leftover in found {
        if !all.contains(&leftover) {
            all.push(leftover);
        }
    }
    all
}

/// The placeholder that `text` begins with, and how many bytes it takes.
fn token_at(text: &str) -> Option<(Placeholder, usize)> {
    let inside = ["%{", "%25%7B"].into_iter().find_map(|open| text.strip_prefix(open))?;
    // No name begins with another.
    let placeholder = Placeholder::ALL.into_iter().find(|placeholder| {
        let after = inside.strip_prefix(placeholder.as_str());
        after.is_some_and(|after| after.starts_with('}') || after.starts_with("%7D"))
    })?;
    let after = &inside[placeholder.as_str().len()..];
    let close = if after.starts_with('}') { 1 } else { 3 };
    Some((placeholder, text.len() - after.len() + close))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> Values {
        Values::new([
            (Placeholder::ProjectPath, Some("lines/timetable-api".to_owned())),
            (Placeholder::ProjectId, Some("7".to_owned())),
            (Placeholder::DefaultBranch, Some("main".to_owned())),
        ])
    }

    #[test]
    fn plain_encoded_and_mixed_forms_are_replaced() {
        for text in ["%{project_id}", "%25%7Bproject_id%7D", "%{project_id%7D", "%25%7Bproject_id}"] {
            assert_eq!(replace(&format!("a{text}b"), &values()), "a7b", "{text}");
        }
    }

    #[test]
    fn unknown_and_nil_values_stay() {
        for text in [
            "%{commit_sha}",
            "%25%7Blatest_tag%7D",
            "%{PROJECT_ID}",
            "%{project}",
            "%{project_id",
            "%25%7bproject_id%7d",
            "%{}",
            "%%{x}%",
        ] {
            assert_eq!(replace(text, &values()), text);
        }
    }

    #[test]
    fn doubled_and_nested_ones_are_replaced_once() {
        assert_eq!(replace("%{project_id}%{project_id}", &values()), "77");
        assert_eq!(replace("%{%{project_id}}", &values()), "%{7}");
        assert_eq!(replace("%%{project_id}}", &values()), "%7}");
        let tricky = Values::new([(Placeholder::ProjectTitle, Some("%{project_title}".to_owned()))]);
        assert_eq!(replace("%{project_title}", &tricky), "%{project_title}", "what is inserted is not looked at again");
    }

    #[test]
    fn every_placeholder_has_its_own_value() {
        let all =
            Values::new(Placeholder::ALL.map(|placeholder| (placeholder, Some(format!("<{}>", placeholder.as_str())))));
        for placeholder in Placeholder::ALL {
            assert_eq!(replace(&placeholder.token(), &all), format!("<{}>", placeholder.as_str()));
        }
    }

    #[test]
    fn what_stays_is_told_once_and_with_its_reason() {
        let text = "%{latest_tag}/%{project_id}/%{projct}/%25%7Blatest_tag%7D?%{a b}%{}%41%{";
        assert_eq!(
            leftovers(text, &values()),
            [Leftover::NoValue(Placeholder::LatestTag), Leftover::Unknown("projct")]
        );
        assert_eq!(leftovers("https://e.example/%{project_id}", &values()), []);
    }

    /// Linear time: each `%` looks at no more than the longest token, so a megabyte of beginnings is soon done.
    #[test]
    fn a_megabyte_of_hostile_text_is_one_pass() {
        for piece in ["%", "%{", "%25%7B", "%{project_path", "%{project_id}", "%25%7Bproject_id%7"] {
            let text = piece.repeat(1_000_000 / piece.len());
            let expected = if piece == "%{project_id}" { text.len() / piece.len() } else { text.len() };
            assert_eq!(replace(&text, &values()).len(), expected, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn text_without_tokens_is_left_alone(text in "[^%]*") {
            prop_assert_eq!(replace(&text, &values()), text);
        }

        #[test]
        fn no_token_is_left_when_all_values_are_known(pieces in prop::collection::vec(
            prop_oneof![
                "[a-z/%{}25BD7é]{0,6}",
                (0..11_usize).prop_map(|n| Placeholder::ALL[n].token()),
                (0..11_usize).prop_map(|n| format!("%25%7B{}%7D", Placeholder::ALL[n].as_str())),
            ],
            0..20,
        )) {
            let all = Values::new(Placeholder::ALL.map(|placeholder| (placeholder, Some("\u{1}".to_owned()))));
            let replaced = replace(&pieces.concat(), &all);
            for at in replaced.match_indices('%').map(|(at, _)| at) {
                prop_assert_eq!(token_at(&replaced[at..]), None, "{}", replaced);
            }
        }

        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            let _ = replace(&text, &values());
        }
    }
}
