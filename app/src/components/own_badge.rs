//! The badges of one run, build or release, as they look while it is the latest.

use burgee_domain::{badge::Badge, url_text::encode_query};
use leptos::prelude::*;

use super::place::ProjectHead;
use crate::site::Site;

/// A badge of the thing that a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnBadge {
    /// What kind of badge it is: "Release in Production", "CI build".
    pub name: String,
    /// The badge.
    pub badge: Badge,
    /// The query that fills in the Badge Builder, without `?`.
    pub builder: String,
}

/// All of them in a sheet, each with the way to the builder for those who may use it. `follows` says what the badge shows
/// once this is not the latest any more.
pub(crate) fn section(site: &Site, head: &ProjectHead, badges: &[OwnBadge], follows: &'static str) -> Option<AnyView> {
    if badges.is_empty() {
        return None;
    }
    let builder = head.page(site, "badge-builder");
    let badge = |own: &OwnBadge| {
        let picture = format!("data:image/svg+xml,{}", encode_query(&own.badge.svg()));
        let alt = format!("{}: {}", own.badge.label(), own.badge.message());
        let of = format!(": {}", own.name);
        let open = head.may_change.then(|| {
            view! {
                <a class="button" href=format!("{builder}?{}", own.builder)>
                    "Open in builder"
                    <span class="visually-hidden">{of}</span>
                </a>
            }
        });
        view! {
            <li class="line own-badge">
                <div class="line-text">
                    <p class="own-badge-name">
                        <bdi>{own.name.clone()}</bdi>
                    </p>
                    <img class="badge-image" src=picture alt=alt />
                </div>
                {open}
            </li>
        }
    };
    Some(
        view! {
            <section class="stack-s" aria-labelledby="badges">
                <h2 id="badges">"Badges"</h2>
                <div class="card">
                    <ul class="lines">{badges.iter().map(badge).collect_view()}</ul>
                    <p class="hint footnote">{follows}</p>
                </div>
            </section>
        }
        .into_any(),
    )
}
