//! The document around a page: head, header, main, footer; and how a view becomes text.

use leptos::prelude::*;

use crate::{
    components::{footer::footer, header::header},
    site::{Site, Theme},
};

/// Starts the islands: the module is the one that `modulepreload` names, so the script is the same on every page.
const WAKE: &str = r#"
const entry = document.querySelector("link[rel=modulepreload]").href;
const islands = await import(entry);
await islands.default({ module_or_path: entry.replace(/\.js$/, "_bg.wasm") });
islands.hydrate();
for (const island of document.querySelectorAll("leptos-island")) islands[island.dataset.component]?.(island);
"#;

/// What a page puts into the document.
pub(crate) struct Content {
    /// The page's name, without "Burgee".
    pub(crate) title: String,
    /// Whether it holds islands: only then is a script loaded.
    pub(crate) islands: bool,
    /// Whether the header's navigation belongs there; sign-in and set-up do without.
    pub(crate) nav: bool,
    /// What stands in `<main>`.
    pub(crate) main: AnyView,
}

/// Renders a page. `view` runs inside a reactive owner of its own, which the islands' signals need; there is
/// no data to hand over to the browser but the islands' props, so no shared context.
pub(crate) fn render(site: &Site, view: impl FnOnce() -> Content) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| document(site, view()).to_html());
    owner.unset_with_forced_cleanup();
    html
}

fn document(site: &Site, content: Content) -> AnyView {
    let theme = match site.theme {
        Theme::System => None,
        chosen => Some(chosen.as_str()),
    };
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{} · Burgee", content.title)}</title>
                <link rel="stylesheet" href=site.asset("main.css") />
                <link rel="icon" type="image/svg+xml" href=site.link("/assets/favicon.svg") />
                {content.islands.then(|| scripts(site))}
            </head>
            <body>
                <a class="skip" href="#main">"Skip to the content"</a>
                {header(site, content.nav)}
                <main id="main" tabindex="-1">
                    {content.main}
                </main>
                {footer(site)}
            </body>
        </html>
    }
    .into_any()
}

fn scripts(site: &Site) -> AnyView {
    view! {
        <link rel="modulepreload" href=site.asset("burgee-frontend.js") />
        <link
            rel="preload"
            href=site.asset("burgee-frontend_bg.wasm")
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
        />
        <script type="module" nonce=site.nonce.clone()>
            {WAKE}
        </script>
    }
    .into_any()
}
