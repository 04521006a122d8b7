//! What the placeholders in badge URLs stand for (`spec/dialects.md` B8): the facts that reports keep current, and the
//! configuration.

use burgee_domain::gitlab::placeholder::{Placeholder, Values};
use burgee_store::projects::Project;

use crate::{config::public_url::PublicUrl, state::App};

/// The values in a project, for people who reach Burgee at `public`.
pub(crate) fn of_project(app: &App, public: &PublicUrl, project: &Project) -> Values {
    let namespace = project.full_path.rsplit_once('/').map(|(namespace, _)| namespace.to_owned());
    Values::new([
        (Placeholder::ProjectPath, Some(project.full_path.clone())),
        (Placeholder::ProjectTitle, Some(project.title.clone())),
        (Placeholder::ProjectName, Some(project.path.clone())),
        (Placeholder::ProjectId, Some(project.id.to_string())),
        (Placeholder::ProjectNamespace, namespace.clone()),
        // Every project is in a group, be it the space.
        (Placeholder::GroupName, namespace),
        (Placeholder::GitlabServer, public.host().map(ToOwned::to_owned)),
        (Placeholder::GitlabPagesDomain, app.settings.gitlab_pages_domain.clone()),
        (Placeholder::DefaultBranch, project.default_branch.clone()),
        (Placeholder::CommitSha, project.commit_sha.clone()),
        (Placeholder::LatestTag, project.latest_tag.clone()),
    ])
}
