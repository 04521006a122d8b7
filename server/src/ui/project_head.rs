//! What every page of a project shows of it.

use burgee_app::pages::{Place, ProjectHead};
use burgee_store::{Conn, StoreError, groups, projects::Project};

/// The project, and the space and groups above it.
pub(super) async fn of(conn: &mut Conn, project: &Project) -> Result<ProjectHead, StoreError> {
    let mut above = Vec::new();
    for (end, _) in project.full_path.match_indices('/') {
        let full_path = &project.full_path[..end];
        if let Some(group) = groups::find_by_path(conn, full_path).await? {
            above.push(Place { name: group.name, full_path: group.full_path });
        }
    }
    Ok(ProjectHead {
        title: project.title.clone(),
        full_path: project.full_path.clone(),
        above,
        visibility: project.visibility,
        badges_enabled: project.badges_enabled,
    })
}
