//! API tokens: the list, and the form for a new one.

use burgee_domain::scope::Scope;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    components::{
        field::{TextField, describedby, hint_and_error},
        notice, run as run_view,
    },
    document::{Content, render as render_document},
    form::{FieldError, error_of},
    islands::CopyBox,
    site::Site,
};

/// What the tokens page shows. Administrators see every token and may make any; others see their own, and make tokens
/// that act as themselves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TokensPage {
    /// The tokens that the visitor may see, newest first.
    pub tokens: Vec<TokenLine>,
    /// What stands in the form; after a failure, what was typed.
    pub form: TokenForm,
    /// What is wrong, by field: `name`, `scope`, `value`, `user`, `limited_to`, `expires_days`.
    pub errors: Vec<FieldError>,
    /// The token that has just been made. Its secret is never shown again.
    pub created: Option<CreatedToken>,
    /// Something else that has just been done: a token revoked.
    pub done: Option<String>,
}

/// One token of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenLine {
    /// What `/tokens/{id}/revoke` names it by.
    pub id: i64,
    /// The name it was given.
    pub name: String,
    /// What it is known by: its secret's beginning and end, or all of one that is public.
    pub shown: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The account that it acts as; `None` for one that acts for itself.
    pub user: Option<String>,
    /// The full path of the only space, group or project it may be used for.
    pub limited_to: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether it works.
    pub state: TokenState,
}

impl TokenLine {
    /// Whether it may do nothing but show badges.
    #[must_use]
    pub fn only_shows_badges(&self) -> bool {
        !self.scopes.is_empty() && self.scopes.iter().all(|scope| Scope::BADGES.contains(scope))
    }
}

/// Whether a token works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenState {
    /// It works, and does not expire.
    Active,
    /// It works until then.
    ActiveUntil(DateTime<Utc>),
    /// It has worked until then.
    Expired(DateTime<Utc>),
    /// Somebody has ended it.
    Revoked,
}

/// The form's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenForm {
    /// What the token is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The token itself, or nothing for one made at random. Only administrators are asked.
    pub value: String,
    /// The name of the account it acts as, or nothing. Only administrators are asked.
    pub user: String,
    /// The full path it is limited to, or nothing.
    pub limited_to: String,
    /// How many days it works, or nothing.
    pub expires_days: String,
}

impl TokenForm {
    /// An empty form with one scope chosen.
    fn with(scope: Scope) -> Self {
        Self {
            name: String::new(),
            scopes: vec![scope],
            value: String::new(),
            user: String::new(),
            limited_to: String::new(),
            expires_days: String::new(),
        }
    }

    /// The form for somebody who is no administrator.
    #[must_use]
    pub fn for_user() -> Self {
        Self::with(Scope::ReadApi)
    }
}

impl Default for TokenForm {
    /// The form for an administrator.
    fn default() -> Self {
        Self::with(Scope::RunsWrite)
    }
}

/// A token that has just been made.
#[derive(Clone, PartialEq, Eq)]
pub struct CreatedToken {
    /// Its name.
    pub name: String,
    /// Its secret.
    pub secret: String,
    /// Whether the secret was chosen, and so is none.
    pub is_chosen: bool,
}

impl std::fmt::Debug for CreatedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedToken").field("name", &self.name).finish_non_exhaustive()
    }
}

/// `GET` and `POST /tokens`: fields `name`, `scope` (any number of times), `value` and `user` (administrators only),
/// `limited_to`, `expires_days`. Each token leads to `/tokens/{id}/revoke`.
#[must_use]
pub fn render(site: &Site, page: TokensPage) -> String {
    render_document(site, || Content {
        title: "Tokens".to_owned(),
        islands: page.created.is_some(),
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: TokensPage) -> AnyView {
    let (lede, none_yet) = if site.is_admin() {
        (
            "Delivery tools report runs with a token, scripts change settings with one. Badges need none.",
            "Create one for the first tool that is to report its runs.",
        )
    } else {
        (
            "With a token, scripts and tools use the GitLab API as you: they may do what your roles allow. Badges need none.",
            "Create one for the first tool that is to read or change badges.",
        )
    };
    view! {
        <div class="head">
            <h1>"Tokens"</h1>
            <p class="lede">{lede}</p>
        </div>
        {page.done.map(|done| notice::success(&done))}
        {page.created.map(created)}
        {(!page.errors.is_empty()).then(|| notice::failure("No token was created. Please correct the marked fields."))}
        <div class="columns">
            {if page.tokens.is_empty() {
                notice::empty("No token yet", none_yet, None)
            } else {
                list(site, page.tokens)
            }}
            {form(site, page.form, &page.errors)}
        </div>
    }
    .into_any()
}

fn created(token: CreatedToken) -> AnyView {
    let remark = if token.is_chosen {
        "It is public: everybody can guess it, and it can only read badges."
    } else {
        "Copy it now: it is not kept, and will not be shown again."
    };
    view! {
        <section class="card pad stack-s created" role="status" aria-labelledby="created">
            <h2 id="created">"Token " <bdi>{token.name}</bdi> " is ready"</h2>
            <p>{remark}</p>
            <CopyBox id="token".to_owned() name="Token".to_owned() text=token.secret />
        </section>
    }
    .into_any()
}

fn form(site: &Site, form: TokenForm, errors: &[FieldError]) -> AnyView {
    let name = TextField {
        value: form.name,
        hint: Some("What it is for: \u{201c}GitLab pipelines\u{201d}."),
        ..TextField::new("name", "Name")
    };
    let limit = TextField {
        value: form.limited_to,
        hint: Some("The path of a space, group or project. Empty: everywhere."),
        required: false,
        ..TextField::new("limited_to", "Limited to")
    };
    let user = site.is_admin().then(|| TextField {
        value: form.user,
        hint: Some("A user name, for the scopes of the GitLab API. Empty: an administrator."),
        required: false,
        ..TextField::new("user", "Acts as")
    });
    let value = site.is_admin().then(|| TextField {
        value: form.value,
        hint: Some(
            "For badge keys only: a text of your own, such as \u{201c}badges\u{201d}. Such a key is public and can only \
             read badges. Empty: a random token.",
        ),
        required: false,
        ..TextField::new("value", "Value")
    });
    let expiry = TextField {
        value: form.expires_days,
        kind: "number",
        hint: Some("Days from now. Empty: never."),
        required: false,
        ..TextField::new("expires_days", "Expires after")
    };
    view! {
        <form class="card pad stack" method="post" action=site.link("/tokens") aria-labelledby="new-token">
            <h2 id="new-token">"New token"</h2>
            {name.view(errors)}
            {scopes(site, &form.scopes, error_of(errors, "scope"))}
            {value.map(|value| value.view(errors))}
            {user.map(|user| user.view(errors))}
            {limit.view(errors)}
            {expiry.view(errors)}
            <div class="actions">
                <button class="primary">"Create the token"</button>
            </div>
        </form>
    }
    .into_any()
}

/// What is said above the scopes of badge keys.
const BADGE_KEYS: &str = "A token with nothing else may stand in a public README. With runs:read besides, a ci-badges key \
                          also opens the pages that its badges link to, for whoever has the link.";

fn scopes(site: &Site, chosen: &[Scope], error: Option<String>) -> AnyView {
    let about = describedby("scope", false, error.is_some());
    let checkbox = |scope: Scope| {
        let id = format!("scope-{}", scope.as_str().replace(':', "-"));
        let hint = format!("{id}-hint");
        view! {
            <div class="choice">
                <input
                    type="checkbox"
                    name="scope"
                    id=id.clone()
                    value=scope.as_str()
                    checked=chosen.contains(&scope)
                    aria-describedby=hint.clone()
                />
                <div>
                    <label for=id>
                        <code>{scope.as_str()}</code>
                    </label>
                    <p class="hint" id=hint>
                        {scope.meaning()}
                    </p>
                </div>
            </div>
        }
    };
    let mut groups = vec![("scopes-gitlab", "GitLab API", None, Scope::GITLAB.to_vec())];
    if site.is_admin() {
        let is_own = |scope: &Scope| !Scope::GITLAB.contains(scope) && !Scope::BADGES.contains(scope);
        groups.insert(0, ("scopes-burgee", "Burgee API", None, Scope::ALL.into_iter().filter(is_own).collect()));
        groups.push(("scopes-badges", "Badge keys", Some(BADGE_KEYS), Scope::BADGES.to_vec()));
    }
    let group = |(id, name, about, scopes): (&'static str, &'static str, Option<&'static str>, Vec<Scope>)| {
        view! {
            <div class="choices" role="group" aria-labelledby=id aria-describedby=about.is_some().then(|| format!("{id}-about"))>
                <p class="choices-name" id=id>
                    {name}
                </p>
                {about.map(|about| view! { <p class="hint" id=format!("{id}-about")>{about}</p> })}
                {scopes.into_iter().map(checkbox).collect_view()}
            </div>
        }
    };
    view! {
        <fieldset aria-describedby=about>
            <legend>"What it may do"</legend>
            {groups.into_iter().map(group).collect_view()}
            {hint_and_error("scope", None, error)}
        </fieldset>
    }
    .into_any()
}

fn list(site: &Site, tokens: Vec<TokenLine>) -> AnyView {
    view! {
        <ul class="card token-list" aria-label="Tokens">
            {tokens.into_iter().map(|token| line(site, token)).collect_view()}
        </ul>
    }
    .into_any()
}

fn line(site: &Site, token: TokenLine) -> AnyView {
    let works = matches!(token.state, TokenState::Active | TokenState::ActiveUntil(_));
    let revoke = works.then(|| {
        view! {
            <a class="button danger" href=site.link(&format!("/tokens/{}/revoke", token.id))>
                "Revoke" <span class="visually-hidden">{format!(" {}", token.name)}</span>
            </a>
        }
    });
    let mark = token.only_shows_badges().then(|| view! { <span class="tag">"badge key, may be public"</span> });
    let limit = token.limited_to.map(|path| view! { <span>"only " <bdi class="path">{path}</bdi></span> });
    let user = token.user.map(|user| view! { <span>"acts as " <bdi>{user}</bdi></span> });
    let used = token.last_used_at.map_or_else(
        || view! { <span>"never used"</span> }.into_any(),
        |at| view! { <span>"used " {run_view::time(at, site)}</span> }.into_any(),
    );
    view! {
        <li class="token" class:ended=!works>
            <div class="token-text">
                <h2>
                    <bdi>{token.name.clone()}</bdi>
                    <code class="token-hint">{token.shown.clone()}</code>
                    {mark}
                </h2>
                <p class="facts">
                    {token.scopes.iter().map(|scope| view! { <code>{scope.as_str()}</code> }).collect_view()} {user} {limit}
                </p>
                <p class="facts hint">
                    {state(token.state)} <span>"created " {run_view::time(token.created_at, site)}</span> {used}
                </p>
            </div>
            {revoke}
        </li>
    }
    .into_any()
}

fn state(state: TokenState) -> AnyView {
    let day = |at: DateTime<Utc>| at.format("%Y-%m-%d").to_string();
    let words = match state {
        TokenState::Active => "active".to_owned(),
        TokenState::ActiveUntil(at) => format!("active until {}", day(at)),
        TokenState::Expired(at) => format!("expired on {}", day(at)),
        TokenState::Revoked => "revoked".to_owned(),
    };
    view! { <span class="token-state">{words}</span> }.into_any()
}
