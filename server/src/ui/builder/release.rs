//! The tab *Release*.

use std::collections::BTreeMap;

use burgee_app::islands::badge_builder::{BuilderData, Choice, Latest, ReleaseChosen, ReleaseData};
use burgee_store::{Conn, StoreError, builder, projects::Project};

use super::{Shown, home};
use crate::ui::Visit;

pub(super) async fn gather(visit: &Visit, conn: &mut Conn, found: Project) -> Result<Shown, StoreError> {
    let choices = builder::choices(conn, &found).await?;
    if choices.environments.is_empty() {
        return Ok(Shown::default());
    }
    let environments: BTreeMap<i64, String> = choices.environments.iter().map(|e| (e.id, e.slug.clone())).collect();
    let tenants: BTreeMap<i64, String> = choices.tenants.iter().map(|t| (t.id, t.slug.clone())).collect();
    let latest = choices.cells.into_iter().filter_map(|cell| {
        Some(Latest {
            environment: environments.get(&cell.environment_id)?.clone(),
            tenant: match cell.tenant_id {
                Some(id) => Some(tenants.get(&id)?.clone()),
                None => None,
            },
            without_failures: cell.shown,
            with_failures: cell.shown_with_failures,
        })
    });
    let mut data = ReleaseData {
        home: home(visit, &found),
        space: found.full_path.split('/').next().unwrap_or_default().to_owned(),
        project: found.slug,
        project_title: found.title,
        latest: latest.collect(),
        environments: choices.environments.into_iter().map(|e| Choice { id: e.slug, name: e.name }).collect(),
        tenants: choices.tenants.into_iter().map(|t| Choice { id: t.slug, name: t.name }).collect(),
        chosen: ReleaseChosen::default(),
    };
    let notices = data.choose(&visit.query);
    Ok(Shown { data: Some(BuilderData::Release(data)), keys: None, notices })
}
