//! Badges to begin with: Burgee's own, with placeholders, so that one preset serves a project and a whole group.

use burgee_app::pages::badges::Preset;
use burgee_domain::{
    release_badge::{Address, Format, Options},
    scope::Scope,
    url_text::encode_segment,
};
use burgee_store::{
    Conn, StoreError, builder, concourse,
    environments::{self, Environment},
    projects::Project,
    reports, tokens,
};
use chrono::Utc;

use crate::{
    auth::secret,
    ui::{Visit, seen::Seen},
};

/// Most environments that have a preset each.
const ENVIRONMENTS_MAX: i64 = 8;
/// Most jobs that have one.
const JOBS_MAX: i64 = 8;
/// The key that BuildMaster's own documents use: chosen by hand, and no secret.
pub(in crate::ui) const PUBLIC_KEY: &str = "badges";

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
    if let Seen::Project(seen) = seen {
        for job in concourse::job_names(conn, seen.project.id, JOBS_MAX).await? {
            let id = format!("job-{}", encode_segment(&job));
            let (image, page) = concourse_job(&seen.project, &job);
            let link_url = visit.public().url(&page);
            presets.push(Preset { link_url, ..own(&id, &format!("Job {job}"), &job, &image) });
        }
    }
    if has_public_key(conn, seen).await? {
        let query = format!("?API_Key={PUBLIC_KEY}&$ApplicationName=%{{project_path}}");
        let link_url = visit.public().url(&format!("/api/ci-badges/link{query}"));
        let image = format!("/api/ci-badges/image{query}");
        presets.push(Preset { link_url, ..own("ci-build", "CI build", "CI build", &image) });
    }
    Ok(presets)
}

/// A job's badge and page in Concourse's words: the space is the team, and names stand as they are. Jobs differ from project
/// to project, so a group has none of these.
fn concourse_job(project: &Project, job: &str) -> (String, String) {
    let team = project.full_path.split('/').next().unwrap_or_default();
    let [team, pipeline, job] = [team, &project.name, job].map(encode_segment);
    let page = format!("/teams/{team}/pipelines/{pipeline}/jobs/{job}");
    let instance = project.instance_vars.query();
    (format!("/api/v1{page}/badge{instance}"), format!("{page}{instance}"))
}

/// Whether BuildMaster's badges can be seen here with the key that everybody knows: other keys are not kept in words, and
/// without one there is no picture.
async fn has_public_key(conn: &mut Conn, seen: &Seen) -> Result<bool, StoreError> {
    let found = tokens::find(conn, &secret::hash(PUBLIC_KEY)).await?;
    let Some(key) = found.filter(|key| key.is_alive(Utc::now())) else { return Ok(false) };
    let reaches = match seen {
        Seen::Project(seen) => key.covers(&reports::target_of(conn, &seen.project).await?),
        Seen::Group(_) => key.is_unlimited(),
    };
    Ok(key.may(Scope::CiBadges) && reaches)
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
