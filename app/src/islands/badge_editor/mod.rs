//! The badge editor: name, link and picture of one badge, with what its placeholders resolve to, and the picture.
//!
//! The server renders it as a form that works as it is. Once the browser has taken over, what is typed is resolved at
//! once by the code that the server uses, presets fill the fields, and placeholders are inserted at the cursor.

mod data;
mod fields;
mod palette;
mod presets;
mod preview;

use leptos::{html, prelude::*};

pub use self::data::{BadgeForm, EditorData, Preset, url_problem};
use self::{fields::Fields, palette::Palette, presets::Presets, preview::Preview};
use super::copy::when_hydrated;

/// The editor.
#[island]
pub fn BadgeEditor(
    /// What it works with.
    data: EditorData,
) -> impl IntoView {
    let typed = Typed::new(&data.form);
    let hydrated = when_hydrated();
    // What has been typed before the browser took over, or was kept by it over a reload, is what counts.
    Effect::new(move |_| typed.read());
    let (address, id) = (data.address.clone(), data.form.id);
    let data = StoredValue::new(data);
    view! {
        <form
            class="builder badge-editor"
            id="badge-editor"
            method="post"
            action=address
            autocomplete="off"
            data-hydrated=hydrated
            aria-labelledby="badge-editor-title"
        >
            {id.map(|id| view! { <input type="hidden" name="id" value=id.to_string() /> })}
            <div class="card pad stack">
                <h2 id="badge-editor-title">{if id.is_some() { "Edit this badge" } else { "Add a badge" }}</h2>
                <Presets data=data typed=typed />
                <Fields data=data typed=typed />
            </div>
            <div class="builder-result">
                <Preview data=data typed=typed />
                <Palette data=data typed=typed />
            </div>
        </form>
    }
}

/// The fields, and what is in them. The fields keep their own text, so that nothing typed is ever lost; the signals
/// follow.
#[derive(Clone, Copy)]
struct Typed {
    name: Field,
    link_url: Field,
    image_url: Field,
    /// Which URL had the focus last: placeholders go there.
    focused: RwSignal<Option<Url>>,
}

/// One of the two URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Url {
    /// Where a click leads.
    Link,
    /// Where the picture is.
    Image,
}

/// One of the fields.
#[derive(Clone, Copy)]
struct Field {
    input: NodeRef<html::Input>,
    text: RwSignal<String>,
}

impl Typed {
    fn new(form: &BadgeForm) -> Self {
        let field = |text: &str| Field { input: NodeRef::new(), text: RwSignal::new(text.to_owned()) };
        Self {
            name: field(&form.name),
            link_url: field(&form.link_url),
            image_url: field(&form.image_url),
            focused: RwSignal::new(None),
        }
    }

    /// Takes over what the fields hold.
    fn read(self) {
        for field in [self.name, self.link_url, self.image_url] {
            field.read();
        }
    }

    fn url(self, url: Url) -> Field {
        match url {
            Url::Link => self.link_url,
            Url::Image => self.image_url,
        }
    }

    /// Puts a placeholder where the cursor is; where there was none yet, at the end of the picture's URL.
    fn insert(self, token: &str) {
        match self.focused.get_untracked() {
            Some(url) => self.url(url).insert(token),
            None => {
                self.image_url.move_to_end();
                self.image_url.insert(token);
            }
        }
    }
}

impl Field {
    fn read(self) {
        if let Some(input) = self.input.get_untracked() {
            let text = input.value();
            if self.text.with_untracked(|known| *known != text) {
                self.text.set(text);
            }
        }
    }

    /// Replaces the whole text.
    fn fill(self, text: &str) {
        if let Some(input) = self.input.get_untracked() {
            input.set_value(text);
            self.read();
        }
    }

    fn move_to_end(self) {
        if let Some(input) = self.input.get_untracked() {
            // The browser takes any position behind the text for its end.
            let _ = input.set_selection_range(u32::MAX, u32::MAX);
        }
    }

    /// Puts `text` where the cursor is, and the cursor behind it.
    fn insert(self, text: &str) {
        let Some(input) = self.input.get_untracked() else { return };
        let at = |position: Result<Option<u32>, _>| position.ok().flatten().unwrap_or(u32::MAX);
        let (from, to) = (at(input.selection_start()), at(input.selection_end()));
        // Neither can fail for a field of text whose selection has just been read.
        let _ = input.set_range_text_with_start_and_end_and_selection_mode(text, from, to, web_sys::SelectionMode::End);
        let _ = input.focus();
        self.read();
    }
}
