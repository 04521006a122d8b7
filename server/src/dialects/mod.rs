//! The URL dialects: one room each, and none knows another.

pub(crate) mod buildmaster;
pub(crate) mod concourse;
pub(crate) mod gitlab;
pub(crate) mod octopus;

use std::{borrow::Cow, fmt::Debug};

/// What a badge's URL asks, as a text: two URLs that ask the same, whatever else is in their queries, have the same. `None`
/// if no dialect has badges at this path, or the query is one that its dialect refuses.
pub(crate) fn question<'a>(path: &'a str, query: &str) -> Option<Cow<'a, str>> {
    octopus::question(path, query)
        .or_else(|| concourse::question(path, query))
        .or_else(|| buildmaster::question(path, query))
        .or_else(|| gitlab::svg::question(path, query))
}

/// What may be asked of a badge or feed by any page; `None` if no dialect has one at this path.
pub(crate) fn methods(path: &str) -> Option<&'static str> {
    if path == buildmaster::IMAGE_ROUTE {
        return Some("GET, HEAD, POST, OPTIONS");
    }
    (question(path, "").is_some() || concourse::has_moved(path)).then_some("GET, HEAD, OPTIONS")
}

/// The question of a path with the options that a dialect reads from its query. Options that are all left out are not part of
/// it, so that `?_=1` asks the same as no query.
fn asked<'a, T: Debug + Default + PartialEq>(
    path: &'a str,
    query: &str,
    read: impl FnOnce() -> Option<T>,
) -> Option<Cow<'a, str>> {
    if query.is_empty() {
        return Some(Cow::Borrowed(path));
    }
    let options = read()?;
    Some(if options == T::default() { Cow::Borrowed(path) } else { Cow::Owned(format!("{path}?{options:?}")) })
}

#[cfg(test)]
mod tests {
    use super::{methods, question};

    #[test]
    fn what_else_is_in_a_query_does_not_change_the_question() {
        let badge = "/api/default/projects/web/badge/production/latest_release";
        assert_eq!(question(badge, "").unwrap(), badge);
        assert_eq!(question(badge, "_=1&style=flat").unwrap(), badge);
        assert_eq!(question(badge, "style=plastic&_=1"), question(badge, "cache=none&style=plastic"));
        assert_ne!(question(badge, "style=plastic"), question(badge, ""));
        assert_eq!(question(badge, "style=nonsense"), None, "is refused anew each time");
        for path in [
            "/api/v1/teams/main/pipelines/p/badge",
            "/api/v1/teams/main/pipelines/p/jobs/j/badge",
            "/api/v1/teams/main/cc.xml",
            "/api/ci-badges/image",
            "/a/b/badges/main/pipeline.svg",
            "/a/b/-/badges/release.svg",
            "/a/b%2Fbadges/main/pipeline%2Esvg",
        ] {
            assert!(question(path, "").is_some(), "{path}");
        }
        for path in ["/", "/api/burgee/v1/runs", "/a/b", "/api/ci-badges/link", "/healthz", "/api/v4/projects/1/badges"]
        {
            assert_eq!(question(path, ""), None, "{path}");
            assert_eq!(methods(path), None, "{path}");
        }
    }

    #[test]
    fn badges_may_be_asked_of_from_any_page() {
        for path in ["/api/v1/pipelines/p/jobs/j/badge", "/cc.xml", "/a/b/badges/main/pipeline.svg"] {
            assert_eq!(methods(path), Some("GET, HEAD, OPTIONS"), "{path}");
        }
        assert_eq!(methods("/api/ci-badges/image"), Some("GET, HEAD, POST, OPTIONS"));
    }
}
