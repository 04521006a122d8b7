//! GitLab's own SVG badges (`spec/dialects.md` B13): `/{path}/badges/{ref}/pipeline.svg`, `…/coverage.svg`, and
//! `/{path}/-/badges/release.svg`.
//!
//! They are shown to everybody when the project is public or its badges are on, else to those who may see the project.
//! Whatever is missing or hidden, the answer is the same 404. A branch without runs is *unknown*.

use std::borrow::Cow;

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
    Conn, Dependencies, StoreError, branch, gitlab,
    projects::{self, Project},
};
use percent_encoding::percent_decode_str;
use tokio::time::Instant;

use crate::{
    auth::subject::Viewer,
    cache::cacheable::Cacheable,
    dialects::asked,
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

/// What the URL of a badge asks.
pub(crate) fn question<'a>(path: &'a str, query: &str) -> Option<Cow<'a, str>> {
    let is_badge = |path: &str| path.ends_with(".svg") && path.contains("/badges/");
    // Any character may be percent-encoded.
    let is_badge = is_badge(path) || (path.contains('%') && is_badge(&percent_decode_str(path).decode_utf8_lossy()));
    if !is_badge {
        return None;
    }
    asked(path, query, || Some(Options::parse(url::form_urlencoded::parse(query.as_bytes()))))
}

/// `GET|HEAD` of a badge.
pub(crate) async fn show(app: &App, address: &Address<'_>, query: &str, headers: &HeaderMap) -> Response<Body> {
    let begun = Instant::now();
    let options = Options::parse(url::form_urlencoded::parse(query.as_bytes()));
    match app.store.look_up(async |conn| draw(conn, address, &options, headers).await).await {
        Ok(Some(Drawn { badge, cacheable, viewer })) => {
            let svg = badge.svg().into();
            match viewer {
                None => cacheable.attach(image::fresh(image::Kind::Svg, svg, app.freshness())),
                Some(viewer) => {
                    cacheable.by_credential().given_to(&viewer).attach(image::fresh_for_one(image::Kind::Svg, svg))
                }
            }
        }
        // By credential whether the project is hidden or missing, so that the two take the same way.
        Ok(None) => Cacheable::for_everyone(Dependencies::on_naming())
            .by_credential()
            .attach(not_found(app, Format::Svg, begun).await),
        Err(error) => {
            tracing::error!(%error, "GitLab badge");
            failure(app, Failure::Unavailable, Format::Svg).await
        }
    }
}

/// A badge that may be shown.
struct Drawn {
    badge: Badge,
    cacheable: Cacheable,
    /// Whom it is for, if not for everyone.
    viewer: Option<Viewer>,
}

async fn draw(
    conn: &mut Conn,
    address: &Address<'_>,
    options: &Options,
    headers: &HeaderMap,
) -> Result<Option<Drawn>, StoreError> {
    for (path, branch) in &address.readings {
        if let Some(project) = find(conn, path).await? {
            let viewer = if project.visibility == Visibility::Public || project.badges_enabled {
                None
            } else {
                let viewer = Viewer::find(conn, headers, &Scope::GITLAB).await?;
                if viewer.subject.role_in_project(conn, &project).await?.is_none() {
                    return Ok(None);
                }
                Some(viewer)
            };
            let badge = of_project(conn, address.kind, &project, branch, options).await?;
            // Another project may come to stand at an earlier reading, or at the old path of one that moved.
            let dependencies = Dependencies::on_project(project.id, project.space_id).and_naming();
            return Ok(Some(Drawn { badge, cacheable: Cacheable::for_everyone(dependencies), viewer }));
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
) -> Result<Badge, StoreError> {
    Ok(match kind {
        Kind::Pipeline => {
            let latest = branch::latest_pipeline(conn, project.id, branch).await?;
            options.pipeline(latest.and_then(PipelineStatus::of_jobs))
        }
        Kind::Coverage => {
            options.coverage(branch::latest_coverage(conn, project.id, branch, options.job.as_deref()).await?)
        }
        Kind::Release => options.release(branch::latest_release(conn, project.id).await?.as_deref()),
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
