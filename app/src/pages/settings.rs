//! A project's settings.

use burgee_domain::change::Visibility;
use leptos::prelude::*;

use crate::{
    components::{
        field::{TextField, describedby, hint_and_error},
        notice,
        place::{ProjectHead, Tab},
        visibility::{self, Meanings},
    },
    document::{Content, render as render_document},
    form::{FieldError, error_of},
    site::Site,
};

/// What becomes public when badges are turned on.
pub const BADGES_WARNING: &str = "Anyone with a badge's URL can see the latest release version and deployment status of this project's environments, and its pipeline status, coverage and latest release, without signing in. Nothing else about the project is shown.";

/// What the two visibilities mean for a project.
const MEANINGS: Meanings = Meanings {
    private: "Only members see the project's page: its own, and those of the groups it is in.",
    public: "Everybody sees the project's page and its runs, without signing in.",
};

/// What the settings page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsPage {
    /// The project, as it is saved.
    pub head: ProjectHead,
    /// What stands in the form; after a failure, what was typed.
    pub form: SettingsForm,
    /// What is wrong, by field: `title`, `visibility`, `badges`.
    pub errors: Vec<FieldError>,
    /// Whether the form has just been saved.
    pub saved: bool,
}

/// The form's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsForm {
    /// The name that people use.
    pub title: String,
    /// Who may see the project's page.
    pub visibility: Visibility,
    /// Whether release badges are served to anybody.
    pub badges_enabled: bool,
}

impl From<&ProjectHead> for SettingsForm {
    fn from(head: &ProjectHead) -> Self {
        Self { title: head.title.clone(), visibility: head.visibility, badges_enabled: head.badges_enabled }
    }
}

/// `GET` and `POST /{full_path}/-/settings`: fields `title`, `visibility` (`private`, `public`) and the
/// checkbox `badges` (`true`).
#[must_use]
pub fn render(site: &Site, page: SettingsPage) -> String {
    render_document(site, || Content {
        title: format!("Settings · {}", page.head.title),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: SettingsPage) -> AnyView {
    let SettingsPage { head, form, errors, saved } = page;
    let title = TextField {
        value: form.title,
        hint: Some("As it stands on pages, and on badges labelled with the project."),
        ..TextField::new("title", "Title")
    };
    view! {
        {head.header(Tab::Settings).view(site)}
        <div class="narrow wide">
            <h1>"Settings"</h1>
            {saved.then(|| notice::success("Saved."))}
            {(!errors.is_empty()).then(|| notice::failure("Nothing was saved. Please correct the marked fields."))}
            <form class="card" method="post" action=head.page(site, "settings")>
                <div class="pad">{title.view(&errors)}</div>
                <div class="pad divided">{visibility::field(form.visibility, &MEANINGS, &errors)}</div>
                <div class="pad divided">{badges(form.badges_enabled, error_of(&errors, "badges"))}</div>
                <div class="pad divided actions">
                    <button class="primary">"Save"</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

fn badges(on: bool, error: Option<String>) -> AnyView {
    view! {
        <div class="switch">
            <input
                type="checkbox"
                role="switch"
                id="badges"
                name="badges"
                value="true"
                checked=on
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=describedby("badges", true, error.is_some())
            />
            <div>
                <label for="badges">"Badges"</label>
                {hint_and_error("badges", Some(BADGES_WARNING), error)}
            </div>
        </div>
    }
    .into_any()
}
