//! A group's or space's settings.

use burgee_domain::change::Visibility;
use leptos::prelude::*;

use crate::{
    components::{
        field::TextField,
        notice,
        place::{GroupHead, Tab},
        visibility::{self, Meanings},
    },
    document::{Content, render as render_document},
    form::FieldError,
    site::Site,
};

/// What the two visibilities mean for a group.
const MEANINGS: Meanings = Meanings {
    private: "Only members see the group's page: its own, and those of the groups it is in.",
    public: "Everybody sees the group's page and its badges, without signing in. Its projects keep their own visibility.",
};

/// What the settings page of a group shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSettingsPage {
    /// The group, as it is saved.
    pub head: GroupHead,
    /// What stands in the form; after a failure, what was typed.
    pub form: GroupSettingsForm,
    /// What is wrong, by field: `name`, `visibility`.
    pub errors: Vec<FieldError>,
    /// Whether the form has just been saved.
    pub saved: bool,
}

/// The form's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSettingsForm {
    /// The name that people use.
    pub name: String,
    /// Who may see the group's page.
    pub visibility: Visibility,
}

impl From<&GroupHead> for GroupSettingsForm {
    fn from(head: &GroupHead) -> Self {
        Self { name: head.name.clone(), visibility: head.visibility }
    }
}

/// `GET` and `POST /{full_path}/-/settings` of a group or space: fields `name` and `visibility` (`private`, `public`).
#[must_use]
pub fn render(site: &Site, page: GroupSettingsPage) -> String {
    render_document(site, || Content {
        title: format!("Settings · {}", page.head.name),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: GroupSettingsPage) -> AnyView {
    let GroupSettingsPage { head, form, errors, saved } = page;
    let name = TextField { value: form.name, ..TextField::new("name", "Name") };
    view! {
        {head.header(Tab::Settings).view(site)}
        <div class="narrow wide">
            <h1>"Settings"</h1>
            {saved.then(|| notice::success("Saved."))}
            {(!errors.is_empty()).then(|| notice::failure("Nothing was saved. Please correct the marked fields."))}
            <form class="card" method="post" action=head.page(site, "settings")>
                <div class="pad">{name.view(&errors)}</div>
                <div class="pad divided">{visibility::field(form.visibility, &MEANINGS, &errors)}</div>
                <div class="pad divided actions">
                    <button class="primary">"Save"</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
