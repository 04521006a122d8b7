//! Slugs: the form of a name that stands in a URL, made as Octopus and GitLab make theirs.

/// Longest slug that is made from a name, in characters.
const SLUG_MAX: usize = 100;

/// The first path segments that Burgee's own pages and APIs use: no space may be called so.
pub const RESERVED: [&str; 17] = [
    "api", "assets", "badges", "cc.xml", "docs", "groups", "healthz", "metrics", "pkg", "projects", "readyz", "setup",
    "sign-in", "sign-out", "teams", "theme", "tokens",
];

/// Lower case, runs of anything else become one `-`; letters and digits of every script stay.
///
/// A name without a single letter or digit (`"🚢"`) becomes `item`, since a URL needs something there.
#[must_use]
pub fn slugify(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.chars().count() >= SLUG_MAX {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "item".to_owned() } else { slug.to_owned() }
}

/// Whether `name` may stand in a GitLab-style path as it is (`sslip.io`, `Web_Shop`): letters, digits,
/// `_`, `-`, `.`, not beginning with `-` or `.`, not ending in `.`, `.git` or `.atom`.
#[must_use]
pub fn is_path_segment(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= SLUG_MAX
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !name.starts_with(['-', '.'])
        && !name.ends_with(['.', '-'])
        && !name.ends_with(".git")
        && !name.ends_with(".atom")
}

/// The path segment of a name: the name itself where a path allows it, else its slug.
#[must_use]
pub fn path_segment(name: &str) -> String {
    if is_path_segment(name) { name.to_owned() } else { slugify(name) }
}

/// `slug`, then `slug-1`, `slug-2` …: what to try in turn until one is free.
pub fn candidates(slug: &str) -> impl Iterator<Item = String> + Send {
    let slug = slug.to_owned();
    std::iter::once(slug.clone()).chain((1_u32..).map(move |n| format!("{slug}-{n}")))
}

/// Splits `lines/timetable-api` into the groups above and the last segment.
///
/// # Errors
/// A sentence that completes "`project` …" when a segment is empty or more than 20 groups deep.
pub fn split_path(path: &str) -> Result<(Vec<String>, String), String> {
    let mut segments = path.trim_matches('/').split('/').map(crate::text::name).collect::<Result<Vec<_>, _>>()?;
    if segments.len() > 21 {
        return Err("must be at most 20 groups deep".to_owned());
    }
    let last = segments.pop().ok_or("must not be empty")?;
    Ok((segments, last))
}

#[cfg(test)]
mod tests {
    use super::{candidates, is_path_segment, path_segment, slugify, split_path};

    #[test]
    fn slugs_are_lower_case_with_single_dashes() {
        assert_eq!(slugify("Web Shop"), "web-shop");
        assert_eq!(slugify("  Prod (EU) — 2 "), "prod-eu-2");
        assert_eq!(slugify("Ünïcode"), "ünïcode");
        assert_eq!(slugify("🚢"), "item");
        assert_eq!(slugify(&"x".repeat(300)).chars().count(), 100);
    }

    #[test]
    fn a_path_keeps_what_a_path_may_hold() {
        assert_eq!(path_segment("sslip.io"), "sslip.io");
        assert_eq!(path_segment("Web Shop"), "web-shop");
        assert!(!is_path_segment("-"));
        assert!(!is_path_segment("x.git"));
    }

    #[test]
    fn taken_slugs_get_a_number() {
        assert_eq!(candidates("a").take(3).collect::<Vec<_>>(), ["a", "a-1", "a-2"]);
    }

    #[test]
    fn paths_split_into_groups_and_a_name() {
        assert_eq!(split_path("lines/timetable-api"), Ok((vec!["lines".to_owned()], "timetable-api".to_owned())));
        assert_eq!(split_path("solo"), Ok((vec![], "solo".to_owned())));
        assert!(split_path("a//b").is_err());
    }
}
