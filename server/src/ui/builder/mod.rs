//! `/{full_path}/-/badge-builder`: one tab for each kind of badge, the choice in the query string.

mod build;
mod job;
mod keys;
mod project;
mod release;

use axum::http::StatusCode;
use burgee_app::{
    islands::badge_builder::{BuilderData, Home},
    pages::badge_builder::{self, BuilderPage, BuilderTab, KeyCard, KeyKind},
};
use burgee_domain::url_text::encode_query;
use burgee_store::{
    Conn, StoreError, branch,
    builder::{self, branches, builds},
    concourse,
    projects::Project,
};

use super::{Visit, address::address, form::Form, seen::SeenProject, visit::Answer};

/// What a tab has to show: nothing if there is nothing to choose from, keys if its badges can carry one.
#[derive(Default)]
struct Shown {
    data: Option<BuilderData>,
    keys: Option<KeyCard>,
    notices: Vec<String>,
}

/// `GET`
pub(super) async fn show(visit: &Visit, conn: &mut Conn, seen: SeenProject) -> Answer {
    seen.require_change(visit)?;
    let (tab, notice) = tab(visit, conn, &seen.project).await?;
    let given = key_kind(tab).and_then(|kind| visit.parameter(kind.parameter())).map(ToOwned::to_owned);
    page(visit, conn, seen, tab, given.as_deref(), notice, StatusCode::OK).await
}

/// `POST` of a key: if it is a good one, the same choice with it; else the page says why not. So a key that may do more
/// than show badges never stands in an address.
pub(super) async fn submit(visit: &Visit, seen: SeenProject, form: &Form) -> Answer {
    seen.require_change(visit)?;
    visit
        .app
        .store
        .read(async |conn| {
            let (tab, notice) = tab(visit, conn, &seen.project).await?;
            let kind = key_kind(tab).ok_or_else(|| visit.hidden())?;
            let given = form.text(kind.parameter()).trim();
            if keys::check(conn, &seen.project, kind, given).await?.is_err() {
                return page(visit, conn, seen, tab, Some(given), notice, StatusCode::UNPROCESSABLE_ENTITY).await;
            }
            let kept = visit.query.iter().filter(|(name, _)| name != kind.parameter() && name != "tab");
            let kept = kept
                .map(|(name, value)| format!("&{}={}", encode_query(name), encode_query(value)))
                .collect::<String>();
            let page = address(&seen.project.full_path, "badge-builder");
            Ok(visit.redirect(&format!(
                "{page}?tab={}&{}={}{kept}",
                tab.as_str(),
                kind.parameter(),
                encode_query(given)
            )))
        })
        .await
}

async fn page(
    visit: &Visit,
    conn: &mut Conn,
    seen: SeenProject,
    tab: BuilderTab,
    key: Option<&str>,
    notice: Option<String>,
    status: StatusCode,
) -> Answer {
    let head = seen.head(conn).await?;
    let found = seen.project;
    let shown = match tab {
        BuilderTab::Release => release::gather(visit, conn, found).await?,
        BuilderTab::Build => build::gather(visit, conn, &found, key).await?,
        BuilderTab::Job => job::gather(visit, conn, &found, key).await?,
        BuilderTab::Project => project::gather(visit, conn, &found).await?,
    };
    let Shown { data, keys, notices } = shown;
    let notices = notice.into_iter().chain(notices).collect();
    Ok(visit.page(status, badge_builder::render(&visit.site, BuilderPage { head, tab, data, keys, notices })))
}

/// The tab that the address names; else the release's if the address has one of its choices; else the first that has
/// something. And what is to be said about it.
async fn tab(visit: &Visit, conn: &mut Conn, project: &Project) -> Result<(BuilderTab, Option<String>), StoreError> {
    let asked = visit.parameter("tab").unwrap_or_default();
    if let Some(tab) = BuilderTab::ALL.into_iter().find(|tab| tab.as_str() == asked) {
        return Ok((tab, None));
    }
    let notice = (!asked.is_empty()).then(|| format!("There is no kind of badge \"{asked}\"."));
    if visit.parameter("environment").is_some() {
        return Ok((BuilderTab::Release, notice));
    }
    Ok((first_with_something(conn, project).await?, notice))
}

async fn first_with_something(conn: &mut Conn, project: &Project) -> Result<BuilderTab, StoreError> {
    Ok(if builder::has_deployment(conn, project).await? {
        BuilderTab::Release
    } else if builds::has_any(conn, project).await? {
        BuilderTab::Build
    } else if !concourse::job_names(conn, project.id, 1).await?.is_empty() {
        BuilderTab::Job
    } else if branch::latest_release(conn, project.id).await?.is_some() || branches::has_any(conn, project).await? {
        BuilderTab::Project
    } else {
        BuilderTab::Release
    })
}

const fn key_kind(tab: BuilderTab) -> Option<KeyKind> {
    match tab {
        BuilderTab::Build => Some(KeyKind::CiBadges),
        BuilderTab::Job => Some(KeyKind::BadgesRead),
        BuilderTab::Release | BuilderTab::Project => None,
    }
}

fn home(visit: &Visit, project: &Project) -> Home {
    Home { public_url: visit.public().to_string(), full_path: project.full_path.clone() }
}
