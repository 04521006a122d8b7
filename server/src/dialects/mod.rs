//! The URL dialects: one room each, and none knows another.

pub(crate) mod buildmaster;
pub(crate) mod concourse;
pub(crate) mod gitlab;
pub(crate) mod octopus;

use std::borrow::Cow;

/// What a badge's URL asks, as a text: two URLs that ask the same, whatever else is in their queries, have the same. `None`
/// if no dialect has badges at this path, or the query is one that its dialect refuses.
pub(crate) fn question<'a>(path: &'a str, query: &str) -> Option<Cow<'a, str>> {
    octopus::question(path, query)
        .or_else(|| concourse::question(path, query))
        .or_else(|| buildmaster::question(path, query))
        .or_else(|| gitlab::svg::question(path, query))
}

/// The question of a path without a query, or with options that a dialect has read.
fn asked<'a>(path: &'a str, query: &str, options: impl FnOnce() -> Option<String>) -> Option<Cow<'a, str>> {
    if query.is_empty() {
        return Some(Cow::Borrowed(path));
    }
    options().map(|options| Cow::Owned(format!("{path}?{options}")))
}

#[cfg(test)]
mod tests {
    use super::question;

    #[test]
    fn what_else_is_in_a_query_does_not_change_the_question() {
        let badge = "/api/default/projects/web/badge/production/latest_release";
        assert_eq!(question(badge, "").unwrap(), badge);
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
        ] {
            assert!(question(path, "").is_some(), "{path}");
        }
        for path in ["/", "/api/burgee/v1/runs", "/a/b", "/api/ci-badges/link", "/healthz", "/api/v4/projects/1/badges"]
        {
            assert_eq!(question(path, ""), None, "{path}");
        }
    }
}
