//! What every tab makes of a choice: the badge, the texts to paste, and the address of the choice.

use burgee_domain::{
    badge::Badge,
    snippet::{self, Picture, Snippet},
    url_text::{encode_path, encode_query},
};
use serde::{Deserialize, Serialize};

use super::Legend;

/// One kind of badge: what is known, and what a choice makes of it.
pub trait Kind: Send + Sync + 'static {
    /// What can be chosen.
    type Chosen: Clone + PartialEq + Send + Sync + 'static;
    /// The tab's name in the address, and in the style sheet.
    const NAME: &'static str;

    /// What is chosen at first.
    fn chosen(&self) -> &Self::Chosen;

    /// What the choice shows.
    fn draw(&self, chosen: &Self::Chosen) -> Drawn;

    /// What the colours of its badges mean.
    fn legend(&self) -> Legend;
}

/// A choice, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The badge, byte for byte the server's; `None` if only the server can tell how it is.
    pub badge: Option<Badge>,
    /// What the badge shows: a sentence without its full stop.
    pub status: String,
    /// The texts to paste; none while something is missing that every address needs.
    pub snippets: Vec<Snippet>,
    /// The query string that brings the builder back to this choice.
    pub query: String,
    /// The form of the project's list of badges with this badge filled in, seen from the builder's page.
    pub list: Option<String>,
}

/// Where the project is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Where badges will be fetched from: scheme, host and base path, without a slash at the end.
    pub public_url: String,
    /// The project's full path.
    pub full_path: String,
}

impl Home {
    /// The address of a path below the public URL.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The address of the project's page.
    pub(super) fn page(&self) -> String {
        self.url(&format!("/{}", encode_path(&self.full_path)))
    }
}

/// A badge and its two addresses, for kinds that have no other formats than an image.
pub(super) struct Linked {
    pub(super) badge: Option<Badge>,
    pub(super) alt: String,
    pub(super) image_url: String,
    pub(super) link_url: String,
}

impl Linked {
    pub(super) fn drawn(self, status: String, query: String) -> Drawn {
        let Self { badge, alt, image_url, link_url } = self;
        let picture = Picture { image_url, link_url: Some(link_url), endpoint_url: None, alt };
        Drawn { badge, status, snippets: snippet::all(&picture), query, list: list(&picture) }
    }
}

/// The page of the project's list of badges, this one filled in. A list's addresses are encoded as they are shown, so there
/// they stand decoded; what would then mean something else has no place in a list.
pub(super) fn list(picture: &Picture) -> Option<String> {
    let link = decoded(picture.link_url.as_deref().unwrap_or_default())?;
    let image = decoded(&picture.image_url)?;
    let [name, link, image] = [picture.alt.as_str(), &link, &image].map(encode_query);
    Some(format!("badges?name={name}&link_url={link}&image_url={image}"))
}

/// The address without percent signs; none if one of them hides a sign that would begin another part.
fn decoded(url: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let byte = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
        if b"/?#&=+%".contains(&byte) || byte.is_ascii_control() {
            return None;
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

/// A query string of what is not empty, values encoded; begins with `first`, and is empty if there is nothing.
pub(super) fn query<'a>(first: char, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.is_empty() { first } else { '&' });
        // "$" would begin a formula in some Markdown.
        text += &format!("{}={}", encode_query(name), encode_path(value));
    }
    text
}

/// The first value of a parameter that says something, without the space around it.
pub(super) fn parameter<'a, K: AsRef<str>, V: AsRef<str>>(pairs: &'a [(K, V)], name: &str) -> Option<&'a str> {
    let (_, value) = pairs.iter().find(|(given, _)| given.as_ref().eq_ignore_ascii_case(name))?;
    Some(value.as_ref().trim()).filter(|value| !value.is_empty())
}
