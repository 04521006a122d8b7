//! A badge as one pastes it: Markdown, HTML, URL, reStructuredText, AsciiDoc, shields.io. Each escapes for
//! its own format.

use serde::{Deserialize, Serialize};

use crate::url_text::encode_query;

/// What a snippet is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where the image is. Percent-encoded, as [`crate::release_badge::Address::path`] writes it.
    pub image_url: String,
    /// Where a click leads.
    pub link_url: Option<String>,
    /// The badge for shields.io's endpoint, where there is one.
    pub endpoint_url: Option<String>,
    /// What the image says, for those who do not see it.
    pub alt: String,
}

/// A text to paste.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// A short id: `markdown`, `html`, `url`, `rst`, `asciidoc`, `shields`.
    pub id: String,
    /// The format's name, as a heading.
    pub name: String,
    /// The text.
    pub text: String,
}

/// The picture in every format, the usual three first.
#[must_use]
pub fn all(picture: &Picture) -> Vec<Snippet> {
    let snippet = |id: &str, name: &str, text| Snippet { id: id.to_owned(), name: name.to_owned(), text };
    let mut snippets = vec![
        snippet("markdown", "Markdown", markdown(picture)),
        snippet("html", "HTML", html(picture)),
        snippet("url", "URL", picture.image_url.clone()),
        snippet("rst", "reStructuredText", restructured_text(picture)),
        snippet("asciidoc", "AsciiDoc", asciidoc(picture)),
    ];
    if let Some(endpoint) = &picture.endpoint_url {
        let url = format!("https://img.shields.io/endpoint?url={}", encode_query(endpoint));
        snippets.push(snippet("shields", "shields.io endpoint", url));
    }
    snippets
}

/// `[![alt](image)](link)`; every character that Markdown could read as markup is escaped in the alt text, and
/// percent-encoded in the URLs.
#[must_use]
pub fn markdown(picture: &Picture) -> String {
    let alt: String = one_line(&picture.alt)
        .chars()
        .flat_map(|c| escaped(c, c.is_ascii_punctuation() && !"-.,:;'/".contains(c)))
        .collect();
    let image = format!("![{alt}]({})", destination(&picture.image_url));
    match &picture.link_url {
        Some(link) => format!("[{image}]({})", destination(link)),
        None => image,
    }
}

/// `<a href><img alt src></a>`.
#[must_use]
pub fn html(picture: &Picture) -> String {
    let image = format!(r#"<img alt="{}" src="{}">"#, attribute(&picture.alt), attribute(&picture.image_url));
    match &picture.link_url {
        Some(link) => format!(r#"<a href="{}">{image}</a>"#, attribute(link)),
        None => image,
    }
}

/// `.. image::` with `:target:` and `:alt:`.
#[must_use]
pub fn restructured_text(picture: &Picture) -> String {
    let mut text = format!(".. image:: {}", picture.image_url);
    if let Some(link) = &picture.link_url {
        text += &format!("\n   :target: {link}");
    }
    text + &format!("\n   :alt: {}", one_line(&picture.alt).replace('\\', "\\\\"))
}

/// `image:url["alt",link="url"]`.
#[must_use]
pub fn asciidoc(picture: &Picture) -> String {
    let alt: String =
        one_line(&picture.alt).chars().flat_map(|c| escaped(c, matches!(c, '"' | ']' | '{' | '\\'))).collect();
    let link = picture.link_url.as_ref().map(|link| format!(r#",link="{link}""#)).unwrap_or_default();
    format!(r#"image:{}["{alt}"{link}]"#, picture.image_url)
}

/// A URL between Markdown's parentheses: without what would end it there.
fn destination(url: &str) -> String {
    let mut text = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | ' ' => text += &encode_query(c.encode_utf8(&mut [0; 4])),
            c => text.push(c),
        }
    }
    text
}

fn escaped(c: char, escape: bool) -> impl Iterator<Item = char> {
    escape.then_some('\\').into_iter().chain(std::iter::once(c))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(alt: &str) -> Picture {
        Picture {
            image_url: "https://b.example/api/a/projects/b/badge/c/latest_release?label=project&style=plastic"
                .to_owned(),
            link_url: Some("https://b.example/a/b".to_owned()),
            endpoint_url: Some("https://b.example/x.json?label=project".to_owned()),
            alt: alt.to_owned(),
        }
    }

    #[test]
    fn markdown_escapes_what_would_be_markup() {
        let text = markdown(&picture("a](x) *b* <i> `c` \\ d_e"));
        assert!(text.starts_with(r"[![a\]\(x\) \*b\* \<i\> \`c\` \\ d\_e](https://b.example/api/"), "{text}");
        assert!(text.ends_with("](https://b.example/a/b)"), "{text}");
    }

    #[test]
    fn markdown_urls_end_where_they_end() {
        let picture = Picture {
            image_url: "https://b.example/a_(b) c.svg".to_owned(),
            link_url: Some("https://b.example/<a>\\)".to_owned()),
            ..picture("x")
        };
        assert_eq!(markdown(&picture), "[![x](https://b.example/a_%28b%29%20c.svg)](https://b.example/%3Ca%3E%5C%29)");
    }

    #[test]
    fn html_escapes_attributes() {
        let text = html(&picture(r#""><script>&"#));
        assert!(text.contains(r#"alt="&quot;&gt;&lt;script&gt;&amp;""#), "{text}");
        assert!(text.contains("label=project&amp;style=plastic"), "{text}");
        assert!(roxmltree::Document::parse(&text.replace("\"></a>", "\"/></a>")).is_ok());
    }

    #[test]
    fn the_other_formats() {
        assert_eq!(
            restructured_text(&picture("Web\nShop")),
            ".. image:: https://b.example/api/a/projects/b/badge/c/latest_release?label=project&style=plastic\n   :target: https://b.example/a/b\n   :alt: Web Shop"
        );
        assert!(asciidoc(&picture(r#"a"]{b"#)).contains(r#"["a\"\]\{b",link="https://b.example/a/b"]"#));
        let shields = all(&picture("x")).pop().unwrap();
        assert_eq!(
            shields.text,
            "https://img.shields.io/endpoint?url=https%3A%2F%2Fb.example%2Fx.json%3Flabel%3Dproject"
        );
    }
}
