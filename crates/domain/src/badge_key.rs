//! Keys that stand in the addresses of badges: BuildMaster's `key` and `API_Key`, and the `token` of Concourse's badges.

use url::form_urlencoded;

/// The names of the parameters, compared in any case.
const PARAMETERS: [&str; 3] = ["key", "api_key", "token"];

/// Every text in an address that may be a key, decoded; placeholders stay as they are.
pub fn in_address(address: &str) -> impl Iterator<Item = String> {
    let (before, _) = address.split_once('#').unwrap_or((address, ""));
    let (_, query) = before.split_once('?').unwrap_or((before, ""));
    form_urlencoded::parse(query.as_bytes())
        .filter(|(name, value)| !value.is_empty() && PARAMETERS.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::in_address;

    #[test]
    fn keys_are_found_by_their_parameters() {
        for (address, keys) in [
            ("https://b.example/api/ci-badges/image?API_Key=badges&$ApplicationName=%{project_path}", vec!["badges"]),
            ("https://b.example/x?Key=a%20b&%6Bey=c&TOKEN=d#key=e", vec!["a b", "c", "d"]),
            ("https://b.example/key=a", vec![]),
            ("https://b.example/?key=&keys=a&$key=b", vec![]),
            ("https://b.example/?key", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(in_address(address).collect::<Vec<_>>(), keys, "{address}");
        }
    }
}
