//! The bar on top: brand, navigation, theme, who is signed in.

use burgee_domain::url_text::encode_query;
use leptos::prelude::*;

use super::icon;
use crate::site::Site;

/// The header. Without `nav` it holds nothing but the brand and the theme switch.
pub(crate) fn header(site: &Site, nav: bool) -> AnyView {
    let signed_in = site.viewer.is_some();
    view! {
        <header class="bar">
            <div class="bar-inner">
                <a class="brand" href=site.link("/")>
                    {icon::pennant()}
                    "Burgee"
                </a>
                {(nav && signed_in).then(|| navigation(site))}
                <div class="who">
                    {theme_switch(site)}
                    {nav.then(|| account(site))}
                </div>
            </div>
        </header>
    }
    .into_any()
}

fn navigation(site: &Site) -> AnyView {
    let on_tokens = site.current_path.split(['/', '?']).nth(1) == Some("tokens");
    view! {
        <nav aria-label="Main">
            <a href=site.link("/") aria-current=(!on_tokens).then_some("page")>
                "Projects"
            </a>
            <a href=site.link("/tokens") aria-current=on_tokens.then_some("page")>
                "Tokens"
            </a>
        </nav>
    }
    .into_any()
}

fn theme_switch(site: &Site) -> AnyView {
    let (theme, next) = (site.theme, site.theme.next());
    view! {
        <form method="post" action=site.link("/theme")>
            <input type="hidden" name="return_to" value=site.current_path.clone() />
            <button
                class="icon-button"
                name="theme"
                value=next.as_str()
                title=format!("Theme: {}", theme.as_str())
            >
                {icon::theme(theme)}
                <span class="visually-hidden">
                    {format!("Theme: {}. Switch to {}", theme.as_str(), next.as_str())}
                </span>
            </button>
        </form>
    }
    .into_any()
}

fn account(site: &Site) -> AnyView {
    match &site.viewer {
        Some(viewer) => view! {
            <span class="who-name">
                <bdi>{viewer.name.clone()}</bdi>
            </span>
            <form method="post" action=site.link("/sign-out")>
                <button class="quiet">"Sign out"</button>
            </form>
        }
        .into_any(),
        None => view! {
            <a class="button" href=sign_in_link(site)>
                "Sign in"
            </a>
        }
        .into_any(),
    }
}

/// The sign-in page, with the way back.
pub(crate) fn sign_in_link(site: &Site) -> String {
    match site.current_path.as_str() {
        "" | "/" => site.link("/sign-in"),
        path => site.link(&format!("/sign-in?return_to={}", encode_query(path))),
    }
}
