//! Badges to begin with: Burgee's own, with placeholders, so that one preset serves a project and a whole group.

use burgee_app::pages::badges::Preset;
use burgee_domain::{
    release_badge::{Address, Format, Options},
    url_text::encode_segment,
};
use burgee_store::{
    Conn, StoreError, builder,
    environments::{self, Environment},
};

use crate::ui::{Visit, seen::Seen};

/// Most environments that have a preset each.
const ENVIRONMENTS_MAX: i64 = 8;

/// What can be chosen for a project or group.
pub(super) async fn of(visit: &Visit, conn: &mut Conn, seen: &Seen) -> Result<Vec<Preset>, StoreError> {
    let mut presets = Vec::new();
    for environment in environments(conn, seen).await? {
        presets.push(Preset {
            id: format!("release-{}", encode_segment(&environment.slug)),
            name: format!("Release in {}", environment.name),
            badge_name: environment.name,
            link_url: link(visit),
            image_url: visit.public().url(&release(seen, &environment.slug)),
        });
    }
    let own = |id: &str, name: &str, badge_name: &str, path: &str| Preset {
        id: id.to_owned(),
        name: name.to_owned(),
        badge_name: badge_name.to_owned(),
        link_url: link(visit),
        image_url: visit.public().url(path),
    };
    presets.push(own("pipeline", "Pipeline", "Pipeline", "/%{project_path}/badges/%{default_branch}/pipeline.svg"));
    presets.push(own("coverage", "Coverage", "Coverage", "/%{project_path}/badges/%{default_branch}/coverage.svg"));
    presets.push(own("latest-release", "Latest release", "Latest release", "/%{project_path}/-/badges/release.svg"));
    Ok(presets)
}

/// The environments that a project has run in; for a group, those of its space.
async fn environments(conn: &mut Conn, seen: &Seen) -> Result<Vec<Environment>, StoreError> {
    let mut found = match seen {
        Seen::Project(seen) => {
            let mut choices = builder::choices(conn, &seen.project).await?;
            choices.environments.truncate(choices.used_environments);
            choices.environments
        }
        Seen::Group(seen) => environments::list(conn, Some(seen.group.space()), None, ENVIRONMENTS_MAX).await?,
    };
    found.truncate(usize::try_from(ENVIRONMENTS_MAX).unwrap_or(usize::MAX));
    Ok(found)
}

/// The project's page.
fn link(visit: &Visit) -> String {
    visit.public().url("/%{project_path}")
}

/// The release badge: of this project by its slug, of whichever project shows a group's badge by its id.
fn release(seen: &Seen, environment: &str) -> String {
    const ID: &str = "Projects-0";
    let project = match seen {
        Seen::Project(seen) => seen.project.slug.clone(),
        Seen::Group(_) => ID.to_owned(),
    };
    let space = seen.full_path().split('/').next().unwrap_or_default().to_owned();
    let address = Address { space, project, environment: environment.to_owned() };
    let path = address.path(Format::Svg, &Options::default());
    match seen {
        Seen::Project(_) => path,
        Seen::Group(_) => path.replacen(&format!("/projects/{ID}/"), "/projects/Projects-%{project_id}/", 1),
    }
}
