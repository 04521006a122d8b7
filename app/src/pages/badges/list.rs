//! The list: own badges with what can be done to them, then inherited ones with where they come from.

use leptos::prelude::*;

use super::BadgesPage;
use crate::{
    components::{
        badge::BadgeLine,
        notice,
        place::{Place, PlaceHead},
    },
    site::Site,
};

/// The list, or what there is to do about its being empty.
pub(super) fn list(site: &Site, page: &BadgesPage, head: &PlaceHead) -> AnyView {
    let inherited = page.of.inherited();
    if page.own.is_empty() && inherited.is_empty() {
        let text = match (head.may_change(), head.kind()) {
            (false, _) => "Those who look after it have added none yet.",
            (true, "group") => "Add one below: each project in this group will show it under its title.",
            (true, _) => {
                "Add one below: it shows under the project's title at once, and its Markdown can be copied from here."
            }
        };
        return notice::empty("No badge yet", text, None);
    }
    let own = page.own.iter().map(|badge| own(site, page, head, badge)).collect_view();
    let inherited = inherited.iter().map(|badge| inherited_row(site, badge)).collect_view();
    view! {
        <ul class="card lines" aria-label="Badges">
            {own} {inherited}
        </ul>
    }
    .into_any()
}

fn own(site: &Site, page: &BadgesPage, head: &PlaceHead, badge: &BadgeLine) -> AnyView {
    if !head.may_change() {
        return line(badge, None, "", None);
    }
    let address = head.page(site, "badges");
    if page.removing == Some(badge.id) {
        return line(badge, None, "removing", Some(confirmation(head, badge, address)));
    }
    let edited = page.form.id == Some(badge.id);
    let of = format!(" {}", badge.alt());
    let actions = view! {
        <div class="actions">
            <a class="button" href=format!("{address}?edit={}", badge.id) aria-current=edited.then_some("true")>
                "Edit"
                <span class="visually-hidden">{of.clone()}</span>
            </a>
            <a class="button danger" href=format!("{address}?remove={}", badge.id)>
                "Remove"
                <span class="visually-hidden">{of}</span>
            </a>
        </div>
    };
    line(badge, Some(actions.into_any()), if edited { "edited" } else { "" }, None)
}

fn confirmation(head: &PlaceHead, badge: &BadgeLine, address: String) -> AnyView {
    let consequence = match head {
        PlaceHead::Project(_) => "The project no longer shows it.",
        PlaceHead::Group(_) => "No project in this group shows it any longer.",
    };
    view! {
        <form class="confirm" method="post" action=address aria-label="Remove the badge">
            <input type="hidden" name="id" value=badge.id.to_string() />
            <p>
                <b>"Remove this badge?"</b>
                " "
                {consequence}
                " READMEs into which it was copied keep it."
            </p>
            <div class="actions">
                <button class="danger solid" name="action" value="remove">
                    "Remove"
                </button>
                <a class="button" href=address.clone() autofocus>
                    "Keep"
                </a>
            </div>
        </form>
    }
    .into_any()
}

fn inherited_row(site: &Site, badge: &BadgeLine) -> AnyView {
    let from = badge.from.as_ref().map(|place| from(site, place));
    line(badge, from, "", None)
}

/// Which group a badge is from.
fn from(site: &Site, place: &Place) -> AnyView {
    let href = format!("{}/-/badges", site.place(&place.full_path));
    view! {
        <p class="origin hint">
            "from "
            <a href=href title=place.full_path.clone()>
                <bdi>{place.name.clone()}</bdi>
            </a>
        </p>
    }
    .into_any()
}

fn line(badge: &BadgeLine, aside: Option<AnyView>, class: &'static str, below: Option<AnyView>) -> AnyView {
    let name = match badge.name.as_ref().filter(|name| !name.trim().is_empty()) {
        Some(name) => view! { <bdi>{name.clone()}</bdi> }.into_any(),
        None => view! { <span class="unnamed">"no name"</span> }.into_any(),
    };
    view! {
        <li class=format!("line badge-line {class}")>
            <div class="badge-picture">{badge.view()}</div>
            <div class="line-text">
                <p class="line-name">{name}</p>
                <p class="hint">
                    <span class="visually-hidden">"leads to "</span>
                    <bdi class="path">{badge.rendered_link_url.clone()}</bdi>
                </p>
            </div>
            {aside}
            {below}
        </li>
    }
    .into_any()
}
