//! Pages for when something is not as it should be.

use leptos::prelude::*;

use crate::{
    components::header::sign_in_link,
    document::{Content, render as render_document},
    site::Site,
};

/// What an error page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorPage {
    /// The HTTP status that the page is sent with.
    pub status: u16,
    /// A sentence with particulars: what was wrong with the request, how long to wait.
    pub detail: Option<String>,
}

/// Any page that could not be what was asked for.
#[must_use]
pub fn render(site: &Site, page: ErrorPage) -> String {
    let (title, sentence) = words(page.status);
    render_document(site, || Content {
        title: title.to_owned(),
        islands: false,
        nav: true,
        main: main(site, page, title, sentence),
    })
}

fn words(status: u16) -> (&'static str, &'static str) {
    match status {
        400 | 422 => ("That did not make sense", "The request has something in it that Burgee cannot use."),
        403 => (
            "Not for this account",
            "You are signed in, but this takes a greater role, or an administrator; or the form was sent from another site.",
        ),
        404 => ("Nothing here", "There is no such page, or it is not open to everybody."),
        405 => ("Not that way", "This address exists, but cannot be used like this."),
        413 => ("Too much at once", "What was sent is larger than Burgee takes."),
        429 => ("Too fast", "Too many requests came from your address in a short time."),
        503 => ("One moment", "Burgee is busy or about to restart."),
        _ => ("Something broke", "That was Burgee's fault, not yours. The server's log says more."),
    }
}

fn main(site: &Site, page: ErrorPage, title: &'static str, sentence: &'static str) -> AnyView {
    let offer_sign_in = site.viewer.is_none() && matches!(page.status, 401 | 403 | 404);
    view! {
        <div class="narrow error-page">
            <div class="head">
                <p class="error-code">{page.status}</p>
                <h1>{title}</h1>
                <p class="lede">{sentence}</p>
                {page.detail.map(|detail| view! { <p class="error-detail">{detail}</p> })}
            </div>
            <p class="actions">
                {offer_sign_in
                    .then(|| {
                        view! {
                            <a class="button primary" href=sign_in_link(site)>
                                "Sign in"
                            </a>
                        }
                    })}
                <a class="button" href=site.link("/")>
                    "To the projects"
                </a>
            </p>
        </div>
    }
    .into_any()
}
