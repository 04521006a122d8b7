//! A badge as readers see it: a picture that is a link. What cannot safely be either is shown as text.

use burgee_domain::{
    gitlab::badge_url::{self, without_scheme},
    snippet::{Picture, markdown},
};
use leptos::prelude::*;

use super::place::Place;

/// A badge of a project or group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeLine {
    /// What forms name it by.
    pub id: i64,
    /// The name it was given.
    pub name: Option<String>,
    /// Where a click leads, placeholders and all.
    pub link_url: String,
    /// Where the picture is, placeholders and all.
    pub image_url: String,
    /// Where a click leads here.
    pub rendered_link_url: String,
    /// Where the picture is here.
    pub rendered_image_url: String,
    /// The group that a project has it from; `None` if it is its own.
    pub from: Option<Place>,
}

impl BadgeLine {
    /// What stands for the picture where it cannot be seen: its name, else its address.
    pub(crate) fn alt(&self) -> String {
        let name = self.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| without_scheme(&self.rendered_image_url)).to_owned()
    }

    /// Where a click leads, if a browser may be sent there.
    pub(crate) fn link(&self) -> Option<String> {
        badge_url::check(&self.rendered_link_url).ok().map(str::to_owned)
    }

    /// Where the picture is, if a browser may be sent there.
    fn image(&self) -> Option<String> {
        badge_url::check(&self.rendered_image_url).ok().map(str::to_owned)
    }

    /// The picture, and the link around it. The picture's host learns neither where it is looked at nor, before it is
    /// scrolled to, that it is.
    pub(crate) fn view(&self) -> AnyView {
        let alt = self.alt();
        let picture = match self.image() {
            Some(src) => view! {
                <img class="badge-image" src=src alt=alt loading="lazy" decoding="async" referrerpolicy="no-referrer" />
            }
            .into_any(),
            None => view! { <bdi class="badge-image">{alt}</bdi> }.into_any(),
        };
        match self.link() {
            Some(href) => view! {
                <a class="badge" href=href rel="noopener noreferrer nofollow">
                    {picture}
                </a>
            }
            .into_any(),
            None => view! { <span class="badge">{picture}</span> }.into_any(),
        }
    }
}

/// Badges side by side, as under a title in a README.
pub(crate) fn row(badges: &[BadgeLine]) -> Option<AnyView> {
    (!badges.is_empty()).then(|| {
        let badge = |badge: &BadgeLine| view! { <li>{badge.view()}</li> };
        view! {
            <ul class="badge-row" aria-label="Badges">
                {badges.iter().map(badge).collect_view()}
            </ul>
        }
        .into_any()
    })
}

/// The badges for a README, one a line, which Markdown shows side by side.
pub(crate) fn all_as_markdown<'a>(badges: impl Iterator<Item = &'a BadgeLine>) -> String {
    let line = |badge: &BadgeLine| {
        let picture = Picture {
            image_url: badge.rendered_image_url.clone(),
            link_url: Some(badge.rendered_link_url.clone()),
            endpoint_url: None,
            alt: badge.alt(),
        };
        markdown(&picture)
    };
    badges.map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge(name: Option<&str>) -> BadgeLine {
        BadgeLine {
            id: 1,
            name: name.map(str::to_owned),
            link_url: "https://e.example/%{project_path}".to_owned(),
            image_url: "https://i.example/x_(1).svg".to_owned(),
            rendered_link_url: "https://e.example/a/b".to_owned(),
            rendered_image_url: "https://i.example/x_(1).svg".to_owned(),
            from: None,
        }
    }

    #[test]
    fn a_badge_without_name_is_called_by_its_address() {
        assert_eq!(badge(Some("Build")).alt(), "Build");
        assert_eq!(badge(Some("  ")).alt(), "i.example/x_(1).svg");
        assert_eq!(badge(None).alt(), "i.example/x_(1).svg");
    }

    #[test]
    fn all_badges_are_one_line_each() {
        let text = all_as_markdown([badge(Some("a]b")), badge(None)].iter());
        assert_eq!(
            text,
            "[![a\\]b](https://i.example/x_%281%29.svg)](https://e.example/a/b)\n\
             [![i.example/x\\_\\(1\\).svg](https://i.example/x_%281%29.svg)](https://e.example/a/b)"
        );
    }
}
