//! Creating the first account, by the one-time link from the server's log.

use burgee_domain::url_text::encode_segment;
use leptos::prelude::*;

use crate::{
    components::{field::TextField, notice},
    document::{Content, render as render_document},
    form::FieldError,
    site::Site,
};

/// Shortest password that is taken, in characters.
pub const PASSWORD_MIN: u16 = 12;

/// What the set-up page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupPage {
    /// The link is good.
    Open(SetupForm),
    /// The link has been used, is too old, or never was one.
    Closed,
}

/// The form for the first account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupForm {
    /// The link's token.
    pub token: String,
    /// The name so far; `admin` at first.
    pub username: String,
    /// What is wrong, by field: `username`, `password`, `password_again`.
    pub errors: Vec<FieldError>,
}

/// `GET` and `POST /setup/{token}`: fields `username`, `password`, `password_again`.
#[must_use]
pub fn render(site: &Site, page: SetupPage) -> String {
    render_document(site, || Content {
        title: "Set up".to_owned(),
        islands: false,
        nav: false,
        main: match page {
            SetupPage::Open(form) => open(site, form),
            SetupPage::Closed => closed(site),
        },
    })
}

fn open(site: &Site, form: SetupForm) -> AnyView {
    let action = site.link(&format!("/setup/{}", encode_segment(&form.token)));
    let username =
        TextField { value: form.username, autocomplete: "username", ..TextField::new("username", "User name") };
    let password = |name, label, hint| TextField {
        kind: "password",
        autocomplete: "new-password",
        minlength: Some(PASSWORD_MIN),
        hint,
        ..TextField::new(name, label)
    };
    view! {
        <div class="narrow">
            <div class="head">
                <h1>"Welcome to Burgee"</h1>
                <p class="lede">
                    "Create the first account. It may change everything: settings, badges, tokens."
                </p>
            </div>
            {(!form.errors.is_empty()).then(|| notice::failure("No account was created yet. Please correct the marked fields."))}
            <form class="card pad stack" method="post" action=action>
                {username.view(&form.errors)}
                {password("password", "Password", Some("At least 12 characters. A few words in a row are easy to keep in mind."))
                    .view(&form.errors)}
                {password("password_again", "Password, once more", None).view(&form.errors)}
                <button class="primary wide">"Create the account"</button>
            </form>
        </div>
    }
    .into_any()
}

fn closed(site: &Site) -> AnyView {
    view! {
        <div class="narrow">
            <div class="head">
                <h1>"This link is used up"</h1>
                <p class="lede">
                    "A set-up link works once, and only until the first account exists. If you have an account, sign in. If not, restart the server: it writes a new link into its log."
                </p>
            </div>
            <p>
                <a class="button primary" href=site.link("/sign-in")>
                    "Sign in"
                </a>
            </p>
        </div>
    }
    .into_any()
}
