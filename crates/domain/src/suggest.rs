//! "Did you mean": the closest known word to one that is not known.

/// The entry of `known` that `given` most likely meant, if any is close enough to be worth saying.
///
/// Case, `-` and `_` do not count, so `includefailed` finds `include_failed`.
pub fn closest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |word: &str| word.to_lowercase().replace(['-', '_'], "");
    let given = fold(given);
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&given, &fold(word)), word))
        .filter(|(likeness, _)| *likeness >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// ` (did you mean "…"?)`, or nothing: to append to an error sentence.
pub fn did_you_mean<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    closest(given, known).map(|word| format!(" (did you mean \"{word}\"?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{closest, did_you_mean};

    #[test]
    fn finds_a_misspelling_and_stays_silent_about_strangers() {
        let known = ["environment", "release", "external_id"];
        assert_eq!(closest("enviroment", known), Some("environment"));
        assert_eq!(closest("externalId", known), Some("external_id"));
        assert_eq!(closest("zzz", known), None);
        assert_eq!(did_you_mean("relase", known), " (did you mean \"release\"?)");
    }
}
