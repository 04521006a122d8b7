//! The keys that a badge's address may carry: which there are, and which one stands in the texts.
//!
//! Only their hashes are kept, so a key's text is typed, and checked by the server before it gets into any address. It is
//! sent in a form's body: what turns out to be more than a badge key never stands in an address.

use leptos::prelude::*;

use crate::{
    components::{icon, notice},
    run::Tone,
    site::Site,
};

/// What kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// `key=` of a CI badge, which needs one.
    CiBadges,
    /// `?token=` of a private pipeline's badge.
    BadgesRead,
}

impl KeyKind {
    /// The parameter of the builder's address, and the field of the form.
    #[must_use]
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::CiBadges => "key",
            Self::BadgesRead => "token",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::CiBadges => "Key",
            Self::BadgesRead => "Badge token",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::CiBadges => "The key in the address",
            Self::BadgesRead => "The token in the address",
        }
    }

    const fn why(self) -> &'static str {
        match self {
            Self::CiBadges => {
                "Every address of a CI badge carries a key. Readers of your README will see it, so only keys that can do nothing but show badges are taken."
            }
            Self::BadgesRead => {
                "This pipeline is private and its badges are off: without a token in the address, only its members see the badge. Readers of your README will see the token, so only those that can do nothing but show badges are taken."
            }
        }
    }

    const fn scope(self) -> &'static str {
        match self {
            Self::CiBadges => "ci-badges",
            Self::BadgesRead => "badges:read",
        }
    }
}

/// A token that can be used here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What people call it.
    pub name: String,
    /// What is known of its text: all of one that was chosen by hand, else its ends.
    pub hint: String,
    /// Its text, where it was chosen by hand, and so is no secret.
    pub value: Option<String>,
    /// Whether it stands in the texts.
    pub is_used: bool,
}

/// What is shown of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyCard {
    /// What kind of keys.
    pub kind: KeyKind,
    /// Those that can be used here.
    pub known: Vec<Key>,
    /// The text of the one that stands in the texts.
    pub used: Option<String>,
    /// What is wrong with the one that was given.
    pub error: Option<String>,
}

impl KeyCard {
    pub(super) fn view(self, site: &Site) -> AnyView {
        let kind = self.kind;
        if self.known.is_empty() {
            return self.nothing(site);
        }
        let error = self.error.as_deref().map(notice::failure);
        let used = self.used.clone();
        let typed = typed(kind, used.is_some(), self.error.is_some());
        view! {
            <section class="card pad keys" aria-label=kind.title()>
                <div class="keys-head">
                    <h2>{kind.title()}</h2>
                    <p class="hint">{kind.why()}</p>
                </div>
                {error}
                <div class="keys-body">
                    <ul aria-label="Usable here">{self.known.into_iter().map(|key| line(kind, key)).collect_view()}</ul>
                    {typed}
                </div>
            </section>
        }
        .into_any()
    }

    /// How to make one.
    fn nothing(self, site: &Site) -> AnyView {
        let kind = self.kind;
        let (heading, value) = match kind {
            KeyKind::CiBadges => ("No badge key yet", " --value badges"),
            KeyKind::BadgesRead => ("No badge token yet", ""),
        };
        let command = format!("burgee token create --name README --scope {}{value}", kind.scope());
        let error = self.error.as_deref().map(notice::failure);
        view! {
            {error}
            <section class="card empty" id="no-keys">
                <h2>{heading}</h2>
                <p>{kind.why()}</p>
                <p>
                    "Make a token with the permission " <code>{kind.scope()}</code> " and no other: on the page of tokens, or with "
                    <code>{command}</code> "."
                </p>
                <a class="button" href=site.link("/tokens")>
                    "Make a token"
                </a>
            </section>
        }
        .into_any()
    }
}

/// A key by its name and last characters, with a button where its text is known.
fn line(kind: KeyKind, key: Key) -> AnyView {
    let Key { name, hint, value, is_used } = key;
    let state = match (is_used, value) {
        (true, _) => view! { <span class="key-used">{icon::status(Tone::Ok)} "in the texts below"</span> }.into_any(),
        (false, Some(value)) => view! {
            <form method="post">
                <input type="hidden" name=kind.parameter() value=value />
                <button>"Use" <span class="visually-hidden">" " {name.clone()}</span></button>
            </form>
        }
        .into_any(),
        (false, None) => ().into_any(),
    };
    view! {
        <li>
            <b dir="auto">{name}</b>
            <code>{hint}</code>
            {state}
        </li>
    }
    .into_any()
}

/// The field for a key's text.
fn typed(kind: KeyKind, is_other: bool, is_wrong: bool) -> AnyView {
    let name = kind.parameter();
    let about = format!("{name}-hint");
    let label = if is_other { format!("Another {}", kind.label().to_lowercase()) } else { kind.label().to_owned() };
    view! {
        <form method="post" autocomplete="off" class="field">
            <label for=name>{label}</label>
            <div class="key-entry">
                <input
                    id=name
                    name=name
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    dir="ltr"
                    required
                    aria-describedby=about.clone()
                    aria-invalid=is_wrong.then_some("true")
                />
                <button class=(!is_other).then_some("primary")>"Use it"</button>
            </div>
            <p class="hint" id=about>
                "Paste its text: of one made at random only the ends are kept here."
            </p>
        </form>
    }
    .into_any()
}
