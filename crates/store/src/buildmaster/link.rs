//! Where a link leads: what there is to know of the build that matches.

use burgee_domain::buildmaster_badge::{Filters, Page};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::{
    Applications, Match,
    execution::{self, Execution},
    find_build,
};
use crate::{
    Conn, Result,
    access::Subject,
    conn::on_backend,
    schema::{builds, projects, releases},
};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// The application is outside of what the key reaches, or, as far as the key can tell, not there.
    OutOfReach,
    /// No build matches.
    Nothing,
    /// The build that is meant.
    Build(Place),
}

/// A build, and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The full path of its project.
    pub project: String,
    /// Its id.
    pub build: i64,
    /// The version of its release, if it has one.
    pub release: Option<String>,
    /// Its run that is meant, by Burgee's own id; none if the build has lost its runs.
    pub run: Option<i64>,
    /// Where the reporting tool shows that run.
    pub url: Option<String>,
}

/// Finds the build that a link means to whoever comes with this key, and its run: the one that is named; for the page of an
/// execution else the latest in the build's first stage; for other pages the latest, which the image shows.
///
/// # Errors
/// When the database does not answer.
pub async fn find_link(conn: &mut Conn, filters: &Filters, page: Page, key: &Subject) -> Result<Linked> {
    let applications = Applications::find(conn, filters, key).await?;
    let (build, execution) = match find_build(conn, filters, &applications, key).await? {
        Match::OutOfReach => return Ok(Linked::OutOfReach),
        Match::Nothing => return Ok(Linked::Nothing),
        Match::Build { id, execution } => (id, execution),
    };
    let run = match (execution, page) {
        (Some(run), _) => execution::get(conn, run).await?,
        (None, Page::Execution) => execution::latest_in_first_stage(conn, build).await?,
        (None, Page::Build | Page::Release | Page::Application) => execution::latest(conn, build).await?,
    };
    let (run, url) = run.map_or((None, None), |Execution { id, url, .. }| (Some(id), url));
    let found: Option<(String, Option<String>)> = on_backend!(conn, |c| builds::table
        .inner_join(projects::table)
        .left_join(releases::table)
        .filter(builds::id.eq(build))
        .select((projects::full_path, releases::version.nullable()))
        .first(c)
        .await
        .optional())?;
    // It may have been deleted in this very moment.
    Ok(found.map_or(Linked::Nothing, |(project, release)| Linked::Build(Place { project, build, release, run, url })))
}
