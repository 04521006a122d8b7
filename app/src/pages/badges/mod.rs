//! The badges of a project or group: the list, and the form for one of them.

mod list;

use burgee_domain::gitlab::placeholder::Values;
use leptos::prelude::*;

pub use crate::islands::badge_editor::{BadgeForm, Preset, url_problem};
use crate::{
    components::{
        badge::{BadgeLine, all_as_markdown},
        notice,
        place::{GroupHead, Place, PlaceHead, ProjectHead, Tab},
    },
    document::{Content, render as render_document},
    form::FieldError,
    islands::{BadgeEditor, CopyBox, badge_editor::EditorData},
    site::Site,
};

/// What the badges page shows. Without the right to change ([`ProjectHead::may_change`], [`GroupHead::may_change`])
/// it is the list only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgesPage {
    /// Whose badges they are.
    pub of: BadgesOf,
    /// Its own badges, in their order.
    pub own: Vec<BadgeLine>,
    /// What stands in the form: a new badge (empty, or from a preset), the one that is edited, or what was typed.
    pub form: BadgeForm,
    /// What is wrong, by field: `name`, `link_url`, `image_url`.
    pub errors: Vec<FieldError>,
    /// What has just been done: "The badge was added."
    pub done: Option<String>,
    /// The own badge that is to be removed, once that is confirmed.
    pub removing: Option<i64>,
    /// What placeholders stand for: in the project, or in the group's first one.
    pub values: Option<Values>,
    /// Badges to begin with.
    pub presets: Vec<Preset>,
    /// The origins from which this page's policy allows pictures, as `badge_url::policy_source` writes them.
    pub allowed_hosts: Vec<String>,
    /// Whether the picture that is typed was asked for: its origin is among the allowed ones then.
    pub preview: bool,
}

/// Whose badges a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadgesOf {
    /// A project's.
    Project {
        /// The project.
        head: ProjectHead,
        /// The badges of the groups it is in, each with [`BadgeLine::from`].
        inherited: Vec<BadgeLine>,
    },
    /// A group's.
    Group {
        /// The group.
        head: GroupHead,
        /// The projects that show its badges, as far as the visitor may see them; not necessarily all.
        inheriting: Vec<Place>,
        /// How many there are in all.
        total: u64,
    },
}

impl BadgesOf {
    fn head(&self) -> PlaceHead {
        match self {
            Self::Project { head, .. } => PlaceHead::Project(head.clone()),
            Self::Group { head, .. } => PlaceHead::Group(head.clone()),
        }
    }

    fn inherited(&self) -> &[BadgeLine] {
        match self {
            Self::Project { inherited, .. } => inherited,
            Self::Group { .. } => &[],
        }
    }
}

impl BadgesPage {
    /// Whether somebody is at work in the form: then it comes before the list.
    fn is_at_work(&self) -> bool {
        self.preview || !self.errors.is_empty() || self.form != BadgeForm::default()
    }
}

/// `GET /{full_path}/-/badges`, with `?edit={id}`, `?remove={id}` or `?preset={id}`; and `POST` there: field `action`
/// (`create`, `update`, `remove`, `preview`), with `id` to update and remove (and to preview an update), and the form's
/// `name`, `link_url`, `image_url` but to remove.
#[must_use]
pub fn render(site: &Site, page: BadgesPage) -> String {
    let head = page.of.head();
    let copies =
        matches!(page.of, BadgesOf::Project { .. }) && !(page.own.is_empty() && page.of.inherited().is_empty());
    render_document(site, || Content {
        title: format!("Badges · {}", head.name()),
        islands: head.may_change() || copies,
        nav: true,
        main: main(site, page, &head),
    })
}

fn main(site: &Site, mut page: BadgesPage, head: &PlaceHead) -> AnyView {
    let at_work = page.is_at_work();
    let failed = !page.errors.is_empty();
    let (what, lede) = match &page.of {
        BadgesOf::Project { .. } => {
            ("project", "Images with links: they stand under the project's title here, and in READMEs.")
        }
        BadgesOf::Group { .. } => ("group", "Every project in this group shows these badges after its own."),
    };
    let editor = head.may_change().then(|| {
        let data = EditorData {
            address: head.page(site, "badges"),
            form: page.form.clone(),
            errors: std::mem::take(&mut page.errors),
            values: page.values.take(),
            is_group: what == "group",
            presets: std::mem::take(&mut page.presets),
            allowed_hosts: std::mem::take(&mut page.allowed_hosts),
        };
        view! { <BadgeEditor data=data /> }
    });
    // Below a list the form may be out of sight.
    let to_editor = (editor.is_some() && !at_work && !page.own.is_empty()).then(|| {
        view! {
            <a class="button" href="#badge-editor">
                "Add a badge"
            </a>
        }
    });
    let (first, last) = if at_work { (editor, None) } else { (None, editor) };
    view! {
        {head.header(site, Tab::Badges)}
        <div class="head">
            <div class="row">
                <div>
                    <h1>"Badges"</h1>
                    <p class="lede">{lede}</p>
                </div>
                {to_editor}
            </div>
        </div>
        {page.done.take().map(|done| notice::success(&done))}
        {failed.then(|| notice::failure("Nothing was saved. Please correct the marked fields."))}
        {first}
        {list::list(site, &page, head)}
        {copy_all(&page)}
        {inheriting(site, &page.of)}
        {last}
    }
    .into_any()
}

/// The badges for the project's README.
fn copy_all(page: &BadgesPage) -> Option<AnyView> {
    let BadgesOf::Project { inherited, .. } = &page.of else { return None };
    let text = all_as_markdown(page.own.iter().chain(inherited));
    (!text.is_empty()).then(|| {
        view! {
            <section class="card pad copy-all" aria-label="For a README">
                <CopyBox id="all".to_owned() name="All as Markdown".to_owned() text=text />
            </section>
        }
        .into_any()
    })
}

/// The projects that show a group's badges.
fn inheriting(site: &Site, of: &BadgesOf) -> Option<AnyView> {
    let BadgesOf::Group { inheriting, total, .. } = of else { return None };
    let project = |place: &Place| {
        view! {
            <li>
                <a href=site.place(&place.full_path)>
                    <bdi>{place.name.clone()}</bdi>
                </a>
                <bdi class="path hint">{place.full_path.clone()}</bdi>
            </li>
        }
    };
    let more = total.saturating_sub(inheriting.len() as u64);
    let shown = if inheriting.is_empty() {
        view! { <p class="hint">"None yet. As soon as a project is in this group, it shows these badges."</p> }
            .into_any()
    } else {
        view! {
            <ul class="inheriting">{inheriting.iter().map(project).collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        }
        .into_any()
    };
    Some(
        view! {
            <section class="card pad stack-s" aria-labelledby="inheriting">
                <h2 id="inheriting">
                    "Projects that inherit" {(*total > 0).then(|| view! { <span class="count">{*total}</span> })}
                </h2>
                {shown}
            </section>
        }
        .into_any(),
    )
}
