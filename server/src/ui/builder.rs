//! `/{full_path}/-/badge-builder`

use std::collections::BTreeMap;

use axum::http::StatusCode;
use burgee_app::{
    islands::badge_builder::{BuilderData, Choice, Chosen, Latest},
    pages::badge_builder::{self, BuilderPage},
};
use burgee_store::{Conn, builder};

use super::{Visit, seen::SeenProject, visit::Answer};

/// `GET`; the choice is in the query string.
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenProject) -> Answer {
    seen.require_change(visit)?;
    let head = seen.head(conn).await?;
    let found = seen.project;
    let choices = builder::choices(conn, &found).await?;
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
    let mut data = BuilderData {
        public_url: visit.public().to_string(),
        space: found.full_path.split('/').next().unwrap_or_default().to_owned(),
        project: found.slug,
        project_title: found.title,
        full_path: found.full_path,
        latest: latest.collect(),
        environments: choices.environments.into_iter().map(|e| Choice { id: e.slug, name: e.name }).collect(),
        tenants: choices.tenants.into_iter().map(|t| Choice { id: t.slug, name: t.name }).collect(),
        chosen: Chosen::default(),
    };
    let notices = data.choose(&visit.query);
    Ok(visit.page(StatusCode::OK, badge_builder::render(&visit.site, BuilderPage { head, data, notices })))
}
