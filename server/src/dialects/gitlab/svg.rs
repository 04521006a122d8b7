//! GitLab's own SVG badges (`spec/dialects.md` B13): `/{path}/badges/{ref}/pipeline.svg`, `…/coverage.svg`, and
//! `/{path}/-/badges/release.svg`.
//!
//! They are shown to everybody when the project is public or its badges are on, else to those who may see the project.
//! Whatever is missing or hidden, the answer is the same 404. A branch without runs is *unknown*.

use axum::{
    body::Body,
    http::{HeaderMap, Response},
};
use burgee_domain::{
    badge::Badge,
    change::Visibility,
    gitlab::status_badge::{Kind, Options, PipelineStatus},
    release_badge::Format,
    scope::Scope,
};
use burgee_store::{
    Conn, StoreError, branch, gitlab,
    projects::{self, Project},
};
use chrono::{DateTime, Utc};
use tokio::time::Instant;

use crate::{
    auth::subject,
    respond::{
        badge::{Failure, failure, not_found},
        image,
    },
    state::App,
};

/// Most places at which a path may be split: a project or branch may itself be called `badges`.
const SPLITS_MAX: usize = 8;

/// What an address asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    kind: Kind,
    /// Project path and branch, as the address can be read; without a branch for releases.
    readings: Vec<(&'a str, &'a str)>,
}

impl<'a> Address<'a> {
    /// Reads a decoded path without its first slash; `None` if it is no badge's.
    pub(crate) fn parse(path: &'a str) -> Option<Self> {
        if let Some(project) = path.strip_suffix("/badges/release.svg") {
            let project = project.strip_suffix("/-").unwrap_or(project);
            return Some(Self { kind: Kind::Release, readings: vec![(project, "")] });
        }
        let (place, file) = path.rsplit_once('/')?;
        let kind = match file {
            // What it was called before GitLab 10.7.
            "pipeline.svg" | "build.svg" => Kind::Pipeline,
            "coverage.svg" => Kind::Coverage,
            _ => return None,
        };
        let readings: Vec<_> = place
            .match_indices('/')
            .filter_map(|(at, _)| Some((&place[..at], place[at..].strip_prefix("/badges/")?)))
            .map(|(project, branch)| (project.strip_suffix("/-").unwrap_or(project), branch))
            .filter(|(project, branch)| project.contains('/') && !branch.is_empty())
            .take(SPLITS_MAX)
            .collect();
        (!readings.is_empty()).then_some(Self { kind, readings })
    }
}

/// `GET|HEAD` of a badge.
pub(crate) async fn show(app: &App, address: &Address<'_>, query: &str, headers: &HeaderMap) -> Response<Body> {
    let begun = Instant::now();
    let options = Options::parse(url::form_urlencoded::parse(query.as_bytes()));
    match draw(app, address, &options, headers).await {
        Ok(Some(Drawn { badge, modified, is_for_all: true })) => {
            image::fresh(headers, image::Kind::Svg, badge.svg().into(), modified, app.freshness())
        }
        Ok(Some(Drawn { badge, modified, is_for_all: false })) => {
            image::fresh_for_one(headers, image::Kind::Svg, badge.svg().into(), modified)
        }
        Ok(None) => not_found(app, Format::Svg, begun).await,
        Err(error) => {
            tracing::error!(%error, "GitLab badge");
            failure(app, Failure::Unavailable, Format::Svg).await
        }
    }
}

/// A badge that may be shown.
struct Drawn {
    badge: Badge,
    modified: DateTime<Utc>,
    /// Whether everybody may see it, or only some.
    is_for_all: bool,
}

async fn draw(
    app: &App,
    address: &Address<'_>,
    options: &Options,
    headers: &HeaderMap,
) -> Result<Option<Drawn>, StoreError> {
    let mut conn = app.store.read().await?;
    for (path, branch) in &address.readings {
        if let Some(project) = find(&mut conn, path).await? {
            let is_for_all = project.visibility == Visibility::Public || project.badges_enabled;
            if !is_for_all
                && subject::of_viewer(app, headers, &Scope::GITLAB)
                    .await?
                    .role_in_project(&mut conn, &project)
                    .await?
                    .is_none()
            {
                return Ok(None);
            }
            let (badge, modified) = of_project(&mut conn, address.kind, &project, branch, options).await?;
            return Ok(Some(Drawn { badge, modified, is_for_all }));
        }
    }
    Ok(None)
}

async fn find(conn: &mut Conn, path: &str) -> Result<Option<Project>, StoreError> {
    if let Some(project) = projects::find_by_path(conn, path).await? {
        return Ok(Some(project));
    }
    match gitlab::moved_to(conn, path).await? {
        Some(now) => projects::find_by_path(conn, &now).await,
        None => Ok(None),
    }
}

async fn of_project(
    conn: &mut Conn,
    kind: Kind,
    project: &Project,
    branch: &str,
    options: &Options,
) -> Result<(Badge, DateTime<Utc>), StoreError> {
    Ok(match kind {
        Kind::Pipeline => {
            let latest = branch::latest_pipeline(conn, project.id, branch).await?;
            let modified = latest.as_ref().map_or(project.updated_at, |pipeline| pipeline.updated_at);
            (options.pipeline(latest.and_then(|pipeline| PipelineStatus::of_jobs(pipeline.jobs))), modified)
        }
        Kind::Coverage => {
            let latest = branch::latest_coverage(conn, project.id, branch, options.job.as_deref()).await?;
            let modified = latest.map_or(project.updated_at, |(_, at)| at);
            (options.coverage(latest.map(|(coverage, _)| coverage)), modified)
        }
        Kind::Release => {
            let latest = branch::latest_release(conn, project.id).await?;
            let modified = latest.as_ref().map_or(project.updated_at, |(_, at)| *at);
            (options.release(latest.as_ref().map(|(version, _)| version.as_str())), modified)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(path: &str) -> Vec<(&str, &str)> {
        Address::parse(path).map(|address| address.readings).unwrap_or_default()
    }

    #[test]
    fn project_and_branch_are_read_wherever_badges_stands() {
        assert_eq!(readings("a/b/badges/main/pipeline.svg"), [("a/b", "main")]);
        assert_eq!(readings("a/b.c/-/badges/feature/x/y/coverage.svg"), [("a/b.c", "feature/x/y")]);
        assert_eq!(
            readings("a/badges/badges/main/pipeline.svg"),
            [("a/badges", "main")],
            "a space alone is no project, and so leaves one reading"
        );
        assert_eq!(readings("a/b/badges/x/badges/y/pipeline.svg"), [("a/b", "x/badges/y"), ("a/b/badges/x", "y")]);
        assert_eq!(readings("a/b/-/badges/release.svg"), [("a/b", "")]);
    }

    #[test]
    fn other_addresses_are_no_badges() {
        for path in ["a/b", "a/b/badges/main", "pipeline.svg", "a/b/badges//pipeline.svg", "a/b/badges/main/x.svg"] {
            assert_eq!(Address::parse(path), None, "{path}");
        }
    }
}
