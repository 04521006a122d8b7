//! Signing in.

use leptos::prelude::*;

use crate::{
    components::{field::TextField, notice},
    document::{Content, render as render_document},
    site::Site,
};

/// What the sign-in page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignInPage {
    /// The name that was typed, kept after a failure.
    pub username: String,
    /// Where to go afterwards, below the base path.
    pub return_to: String,
    /// Why it did not work.
    pub problem: Option<SignInProblem>,
    /// Whether there is no account at all yet.
    pub needs_setup: bool,
}

/// Why signing in did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInProblem {
    /// Name and password do not belong together.
    WrongCredentials,
    /// Too many attempts; the next is heard after so many seconds.
    TooManyAttempts {
        /// How long to wait.
        wait_seconds: u64,
    },
}

impl SignInProblem {
    fn words(self) -> String {
        match self {
            Self::WrongCredentials => "Name or password is wrong. Please try again.".to_owned(),
            Self::TooManyAttempts { wait_seconds } => {
                let wait = match wait_seconds {
                    0..=1 => "a second".to_owned(),
                    seconds @ 2..=90 => format!("{seconds} seconds"),
                    seconds => format!("{} minutes", seconds.div_ceil(60)),
                };
                format!("Too many attempts. Please wait {wait} and try again.")
            }
        }
    }
}

/// `GET` and `POST /sign-in`: fields `username`, `password`, `return_to`.
#[must_use]
pub fn render(site: &Site, page: SignInPage) -> String {
    render_document(site, || Content {
        title: "Sign in".to_owned(),
        islands: false,
        nav: false,
        main: main(site, page),
    })
}

fn main(site: &Site, page: SignInPage) -> AnyView {
    let kept = !page.username.is_empty();
    let username = TextField {
        value: page.username,
        autocomplete: "username",
        autofocus: !kept,
        ..TextField::new("username", "User name")
    };
    let password = TextField {
        kind: "password",
        autocomplete: "current-password",
        autofocus: kept,
        ..TextField::new("password", "Password")
    };
    view! {
        <div class="narrow">
            <div class="head">
                <h1>"Sign in"</h1>
                <p class="lede">"To change settings, build badges and create tokens."</p>
            </div>
            {page
                .needs_setup
                .then(|| {
                    notice::remark(
                        "There is no account yet. The server wrote a set-up link into its log when it started: open it to create the first one.",
                    )
                })}
            {page.problem.map(|problem| notice::failure(&problem.words()))}
            <form class="card pad stack" method="post" action=site.link("/sign-in")>
                <input type="hidden" name="return_to" value=page.return_to />
                {username.view(&[])}
                {password.view(&[])}
                <button class="primary wide">"Sign in"</button>
            </form>
        </div>
    }
    .into_any()
}
