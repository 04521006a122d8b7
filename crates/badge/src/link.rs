//! Which links a badge follows.

use crate::{badge::Segment, text::in_xml};

/// Schemes that make a browser run what follows.
const RUN_CODE: [&str; 3] = ["javascript:", "vbscript:", "data:"];

/// A link to put into the SVG, if there is one that may be.
pub(crate) fn followed<'a>(segment: &Segment<'a>) -> Option<&'a str> {
    Some(segment.link).filter(|link| !link.is_empty() && !begins_with_any(link, &RUN_CODE))
}

/// An image's address to put into the SVG. Images do not run code, so data URLs are what they are meant to be here.
pub(crate) fn image(address: &str) -> Option<&str> {
    Some(address).filter(|address| !address.is_empty() && !begins_with_any(address, &RUN_CODE[..2]))
}

/// Whether a browser would read one of these schemes: in any case, with white space and control characters anywhere.
fn begins_with_any(url: &str, schemes: &[&str]) -> bool {
    let read = url.chars().filter(|&c| c > ' ' && in_xml(c)).map(|c| c.to_ascii_lowercase());
    schemes.iter().any(|scheme| read.clone().take(scheme.len()).eq(scheme.chars()))
}

/// What is linked, and so what is said of the badge as a whole.
#[derive(Clone, Copy)]
pub(crate) struct Links<'a> {
    /// The link around everything: the first segment's, when no other has one.
    pub(crate) whole: Option<&'a str>,
    /// Whether segments are linked apart. Then the badge is no image with a text of its own, since inside an image
    /// no link could be reached.
    pub(crate) apart: bool,
}

impl<'a> Links<'a> {
    pub(crate) fn of(label: &Segment<'a>, rest: &[Segment<'a>]) -> Self {
        let first = followed(label);
        let others = rest.iter().any(|segment| followed(segment).is_some());
        Self {
            whole: first.filter(|_| !others),
            // A classic badge with its message alone linked stays an image: so badge-maker has it.
            apart: others && (first.is_some() || rest.len() > 1),
        }
    }

    /// The link around one segment.
    pub(crate) fn around(&self, segment: &Segment<'a>) -> Option<&'a str> {
        followed(segment).filter(|_| self.whole.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::{followed, image};
    use crate::Segment;

    #[test]
    fn links_that_run_code_are_left_out() {
        for link in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "\u{1}java\tscri\npt:alert(1)",
            "java\u{0}script:1",
            "java\u{fffe}script:1",
            "vbscript:x",
            "data:text/html,<script>alert(1)</script>",
        ] {
            assert_eq!(followed(&Segment::new("").link(link)), None, "{link:?}");
        }
        for link in
            ["https://ci.example/javascript:", "a?b=1&c=\"2\"", "mailto:a@b.example", "#javascript", "javascript"]
        {
            assert_eq!(followed(&Segment::new("").link(link)), Some(link));
        }
    }

    #[test]
    fn images_may_be_data() {
        assert_eq!(image("data:image/png;base64,iVBORw0KGgo="), Some("data:image/png;base64,iVBORw0KGgo="));
        assert_eq!(image("javascript:alert(1)"), None);
        assert_eq!(image(""), None);
    }
}
