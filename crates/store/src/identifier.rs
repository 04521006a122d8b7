//! Identifiers as URLs hold them: an id in Octopus's form (`Environments-2`), a slug, or an old id.

/// The id in `text`, if it is `prefix-<id>`, the prefix in any case.
pub(crate) fn own_id(text: &str, prefix: &str) -> Option<i64> {
    let (head, digits) = text.split_at_checked(prefix.len())?;
    let digits = digits.strip_prefix('-')?;
    if head.eq_ignore_ascii_case(prefix) { plain_id(digits) } else { None }
}

/// The id in `text`, if it is nothing but digits.
pub(crate) fn plain_id(text: &str) -> Option<i64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

/// The text, or nothing at all if it holds what PostgreSQL refuses in text: then no record can match it.
pub(crate) fn askable(text: &str) -> &str {
    if text.contains('\0') { "" } else { text }
}

/// The text with `LIKE`'s own characters escaped by `\`.
pub(crate) fn like_escaped(text: &str) -> String {
    askable(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::own_id;

    #[test]
    fn ids_have_their_prefix_in_any_case() {
        assert_eq!(own_id("Projects-41", "Projects"), Some(41));
        assert_eq!(own_id("projects-41", "Projects"), Some(41));
        for text in [
            "Projects-",
            "Projects-x",
            "Projects41",
            "Projects--1",
            "Projects-+1",
            "Spaces-1",
            "é",
            "Projects-99999999999999999999",
        ] {
            assert_eq!(own_id(text, "Projects"), None, "{text}");
        }
    }
}
