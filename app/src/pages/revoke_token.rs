//! The question before a token is revoked, and which badges will break.

use leptos::prelude::*;

use crate::{
    components::run as run_view,
    document::{Content, render as render_document},
    pages::tokens::TokenLine,
    site::Site,
};

/// What the question shows.
#[derive(Debug, Clone, PartialEq)]
pub struct RevokePage {
    /// The token.
    pub token: TokenLine,
    /// The badges whose addresses hold it, as far as the visitor may see them.
    pub badges: Vec<KeyUse>,
    /// How many more there are, that the visitor may not see or that are too many to be named.
    pub others: usize,
}

/// A badge whose address holds a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// The badge's name, if it has one.
    pub badge: Option<String>,
    /// The full path of the project, group or space whose badge it is.
    pub full_path: String,
}

/// `GET /tokens/{id}/revoke`; the button posts to the same address.
#[must_use]
pub fn render(site: &Site, page: RevokePage) -> String {
    let title = format!("Revoke {}", page.token.name);
    render_document(site, || Content { title, islands: false, nav: true, main: main(site, page) })
}

fn main(site: &Site, page: RevokePage) -> AnyView {
    let RevokePage { token, badges, others } = page;
    let noun = if token.only_shows_badges() { "key" } else { "token" };
    let used = token.last_used_at.map_or_else(
        || view! { <span>"never used"</span> }.into_any(),
        |at| view! { <span>"used " {run_view::time(at, site)}</span> }.into_any(),
    );
    let total = badges.len() + others;
    view! {
        <div class="head">
            <h1>"Revoke " <bdi>{token.name.clone()}</bdi> "?"</h1>
            <p class="lede">
                {format!("Whatever still comes with this {noun} is refused from then on. It cannot be undone.")}
            </p>
        </div>
        <section class="card revoke" aria-labelledby="uses">
            <div class="pad stack-s">
                <p class="facts">
                    <code class="secret">{token.shown.clone()}</code>
                    {token.scopes.iter().map(|scope| view! { <code>{scope.as_str()}</code> }).collect_view()}
                </p>
                <p class="facts hint">
                    <span>"created " {run_view::time(token.created_at, site)}</span> {used}
                </p>
                <h2 id="uses">{heading(total, noun)}</h2>
                <p class="hint">{remark(total, noun)}</p>
            </div>
            {(total > 0).then(|| uses(site, &badges, others))}
            <form class="pad actions" method="post" action=site.link(&format!("/tokens/{}/revoke", token.id))>
                <button class="danger solid">{format!("Revoke the {noun}")}</button>
                <a class="button" href=site.link("/tokens")>
                    "Keep it"
                </a>
            </form>
        </section>
    }
    .into_any()
}

fn heading(total: usize, noun: &str) -> String {
    match total {
        0 => format!("No badge here uses this {noun}"),
        1 => format!("1 badge uses this {noun} and will break"),
        _ => format!("{total} badges use this {noun} and will break"),
    }
}

fn remark(total: usize, noun: &str) -> String {
    let elsewhere = format!("A README elsewhere that has the {noun} in its badges is not known here.");
    match total {
        0 => elsewhere,
        _ => format!("Give them another key first, if they are still wanted. {elsewhere}"),
    }
}

fn uses(site: &Site, badges: &[KeyUse], others: usize) -> AnyView {
    let line = |used: &KeyUse| {
        let name = used.badge.clone().unwrap_or_else(|| "Badge without a name".to_owned());
        view! {
            <li class="line">
                <div class="line-text">
                    <p class="line-name">
                        <a href=site.link(&used.address())>
                            <bdi>{name}</bdi>
                        </a>
                    </p>
                    <p class="hint">
                        "in " <bdi class="path">{used.full_path.clone()}</bdi>
                    </p>
                </div>
            </li>
        }
    };
    let words = match (others, badges.is_empty()) {
        (0, _) => None,
        (1, true) => Some("1 badge that cannot be named here".to_owned()),
        (1, false) => Some("and 1 more that cannot be named here".to_owned()),
        (_, true) => Some(format!("{others} badges that cannot be named here")),
        (_, false) => Some(format!("and {others} more that cannot be named here")),
    };
    view! {
        <ul class="lines uses" aria-labelledby="uses">
            {badges.iter().map(line).collect_view()}
            {words.map(|words| view! { <li class="line hint">{words}</li> })}
        </ul>
    }
    .into_any()
}

impl KeyUse {
    /// The list that the badge is in, below the base path.
    fn address(&self) -> String {
        format!("/{}/-/badges", burgee_domain::url_text::encode_path(&self.full_path))
    }
}
