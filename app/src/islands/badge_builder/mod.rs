//! The Badge Builder: choices on the left, the badge and the texts to paste on the right; one tab for each kind of badge.
//!
//! The server renders it as a form that asks for the same page with another query string; once the browser
//! has taken over, every choice redraws the badge at once and is noted in the address.

mod build;
mod drawn;
mod fields;
mod forms;
mod job;
mod preview;
mod project;
mod release;
mod snippets;

use leptos::{prelude::*, wasm_bindgen::JsValue};
use serde::{Deserialize, Serialize};

pub use self::{
    build::{BuildChosen, BuildData, BuildLine, VALUES_MAX_BYTES, Variable},
    drawn::{Drawn, Home, Kind},
    fields::Choice,
    job::{JobChosen, JobData, JobNow},
    project::{BranchNow, JobCoverage, ProjectBadge, ProjectChosen, ProjectData},
    release::{Latest, ReleaseChosen, ReleaseData},
};
use self::{preview::Preview, snippets::Snippets};
use super::copy::when_hydrated;

/// Everything that the Badge Builder knows, for one of its tabs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum BuilderData {
    /// Which release is in an environment, as Octopus Deploy's addresses ask.
    Release(ReleaseData),
    /// How the latest matching build is, as BuildMaster's addresses ask.
    Build(BuildData),
    /// How a job, or the worst job of a pipeline, ended last, as Concourse's addresses ask.
    Job(JobData),
    /// Pipeline, coverage and latest release, as GitLab's addresses ask.
    Project(ProjectData),
}

/// The whole builder.
#[island]
pub fn BadgeBuilder(
    /// What it works with.
    data: BuilderData,
) -> impl IntoView {
    let hydrated = when_hydrated();
    let (form, drawn, name, legend) = match data {
        BuilderData::Release(data) => awake(data, forms::release::view),
        BuilderData::Build(data) => awake(data, forms::build::view),
        BuilderData::Job(data) => awake(data, forms::job::view),
        BuilderData::Project(data) => awake(data, forms::project::view),
    };
    Effect::new(move |before: Option<()>| {
        let query = drawn.with(|drawn| drawn.query.clone());
        if before.is_some() {
            remember(&query);
        }
    });
    view! {
        <div class="builder" id="badge-builder" data-hydrated=hydrated>
            {form}
            <div class="builder-result">
                <Preview drawn=drawn name=name legend=legend />
                <Snippets drawn=drawn />
            </div>
        </div>
    }
}

/// What the colours of a kind of badge mean: a class of the style sheet, and words.
pub(crate) type Legend = &'static [(&'static str, &'static str)];

/// What a form works with.
pub(crate) struct Parts<K: Kind> {
    pub(crate) data: StoredValue<K>,
    pub(crate) chosen: RwSignal<K::Chosen>,
    pub(crate) drawn: Memo<Drawn>,
}

/// Copies of handles, whatever they lead to.
impl<K: Kind> Clone for Parts<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Kind> Copy for Parts<K> {}

/// The form of a tab, and what it draws.
fn awake<K: Kind>(data: K, form: fn(Parts<K>) -> AnyView) -> (AnyView, Memo<Drawn>, &'static str, Legend) {
    let legend = data.legend();
    let chosen = RwSignal::new(data.chosen().clone());
    let data = StoredValue::new(data);
    let drawn = Memo::new(move |_| chosen.with(|chosen| data.with_value(|data| data.draw(chosen))));
    (form(Parts { data, chosen, drawn }), drawn, K::NAME, legend)
}

/// Notes the choice in the address, so that it can be shared and survives a reload.
fn remember(query: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Refused only when a script does it hundreds of times in a row: then the address is a bit behind.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(query));
    }
}
