//! What pages show of badges, and from where they may load their pictures.

use std::collections::BTreeMap;

use burgee_app::pages::{
    BadgeLine, Place,
    badges::{BadgeForm, BadgesOf, BadgesPage},
};
use burgee_domain::gitlab::{
    badge_url::{self, policy_source},
    placeholder::Values,
};
use burgee_store::{
    Conn, StoreError,
    badges::{self, Badge, Listing},
    groups,
    projects::{self, Filter, Order, Project},
};

use super::presets;
use crate::{
    dialects::gitlab::values,
    ui::{
        Visit,
        seen::{Seen, place},
    },
};

/// Most badges of one page. Whoever has more uses the API.
const BADGES_MAX: i64 = 200;
/// Most projects that a group's page names.
const PROJECTS_MAX: i64 = 50;
/// Most bytes of all image hosts together: proxies take headers of a few kilobytes only. Pictures from further hosts show
/// their names.
const SOURCES_MAX: usize = 2_000;

/// The page as it is before anything was asked for.
pub(super) async fn page(visit: &Visit, conn: &mut Conn, seen: &Seen) -> Result<BadgesPage, StoreError> {
    let values = values_of(visit, conn, seen).await?;
    let listing = seen.listing(conn).await?;
    let found = badges::list(conn, &listing, None, 0, BADGES_MAX).await?;
    let (of, own) = match seen {
        Seen::Project(project) => {
            let (own, inherited) = lines(conn, &project.project, found, values.as_ref()).await?;
            (BadgesOf::Project { head: project.head(conn).await?, inherited }, own)
        }
        Seen::Group(group) => {
            let own = found.into_iter().map(|badge| line(badge, values.as_ref(), None)).collect();
            let reach = visit.subject().reach(conn).await?;
            let below = Filter { under: Some(&group.group.full_path), reach: Some(&reach), ..Filter::default() };
            let total = u64::try_from(projects::count(conn, &below).await?).unwrap_or(0);
            let inheriting = projects::page(conn, &below, 0, PROJECTS_MAX).await?;
            let inheriting = inheriting
                .into_iter()
                .map(|project| Place { name: project.title, full_path: project.full_path })
                .collect();
            (BadgesOf::Group { head: group.head(conn).await?, inheriting, total }, own)
        }
    };
    let presets = presets::of(visit, conn, seen).await?;
    let inherited = match &of {
        BadgesOf::Project { inherited, .. } => inherited.as_slice(),
        BadgesOf::Group { .. } => &[],
    };
    let mut allowed_hosts = image_sources(visit, own.iter().chain(inherited));
    // Presets are Burgee's own pictures.
    let presets_source = policy_source(&visit.public().to_string());
    allowed_hosts.extend(presets_source.filter(|source| !allowed_hosts.contains(source)));
    Ok(BadgesPage {
        of,
        own,
        form: BadgeForm::default(),
        errors: Vec::new(),
        done: None,
        removing: None,
        values,
        presets,
        allowed_hosts,
        preview: false,
    })
}

/// Allows the picture that is typed, because it was asked for.
pub(super) fn allow_typed_image(page: &mut BadgesPage) {
    let Ok(url) = badge_url::check(&page.form.image_url) else { return };
    if let Some(source) = policy_source(&badge_url::render(url, page.values.as_ref()))
        && !page.allowed_hosts.contains(&source)
    {
        page.allowed_hosts.push(source);
    }
}

/// The badges under a project's title: its own, then those of the groups above.
pub(in crate::ui) async fn lines_of_project(
    visit: &Visit,
    conn: &mut Conn,
    project: &Project,
) -> Result<Vec<BadgeLine>, StoreError> {
    let listing = Listing::of_project(conn, project).await?;
    let found = badges::list(conn, &listing, None, 0, BADGES_MAX).await?;
    let values = values::of_project(&visit.app, visit.public(), project);
    let (own, inherited) = lines(conn, project, found, Some(&values)).await?;
    Ok(own.into_iter().chain(inherited).collect())
}

/// From where a page with these badges loads pictures: exactly their hosts, as far as one header can hold them.
pub(in crate::ui) fn image_sources<'a>(visit: &Visit, badges: impl IntoIterator<Item = &'a BadgeLine>) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    let mut length = 0;
    for source in badges.into_iter().filter_map(|badge| policy_source(&badge.rendered_image_url)) {
        if !sources.contains(&source) && length + source.len() < SOURCES_MAX {
            length += source.len() + 1;
            sources.push(source);
        }
    }
    tracing::trace!(page = visit.site.current_path, sources = sources.len(), "image hosts");
    sources
}

/// Own and inherited ones; these with the group that they are from.
async fn lines(
    conn: &mut Conn,
    project: &Project,
    found: Vec<Badge>,
    values: Option<&Values>,
) -> Result<(Vec<BadgeLine>, Vec<BadgeLine>), StoreError> {
    let (own, inherited): (Vec<_>, Vec<_>) = found.into_iter().partition(|badge| badge.project_id.is_some());
    let above = groups::above(conn, &project.full_path).await?;
    let places: BTreeMap<i64, Place> = above.into_iter().map(|group| (group.id, place(group))).collect();
    let from = |badge: &Badge| badge.group_id.and_then(|id| places.get(&id)).cloned();
    Ok((
        own.into_iter().map(|badge| line(badge, values, None)).collect(),
        inherited
            .into_iter()
            .map(|badge| {
                let from = from(&badge);
                line(badge, values, from)
            })
            .collect(),
    ))
}

fn line(badge: Badge, values: Option<&Values>, from: Option<Place>) -> BadgeLine {
    BadgeLine {
        rendered_link_url: badge_url::render(&badge.link_url, values),
        rendered_image_url: badge_url::render(&badge.image_url, values),
        id: badge.id,
        name: badge.name,
        link_url: badge.link_url,
        image_url: badge.image_url,
        from,
    }
}

/// What placeholders stand for; on a group's page in the first project that shows its badges and that the visitor may
/// see.
async fn values_of(visit: &Visit, conn: &mut Conn, seen: &Seen) -> Result<Option<Values>, StoreError> {
    let of = |project: &Project| values::of_project(&visit.app, visit.public(), project);
    match seen {
        Seen::Project(seen) => Ok(Some(of(&seen.project))),
        Seen::Group(seen) => {
            let reach = visit.subject().reach(conn).await?;
            let below = Filter { under: Some(&seen.group.full_path), reach: Some(&reach), ..Filter::default() };
            let first = projects::ordered(conn, &below, Order::Id, false, 0, 1).await?.pop();
            Ok(first.as_ref().map(of))
        }
    }
}
