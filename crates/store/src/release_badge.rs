//! The look-up behind the Octopus dialect's badge: from the four names in a URL to the run that it shows.
//!
//! The same statements run, whatever is missing, with ids that no record has in place of what was not
//! found: so the time that an answer takes does not tell a private project from one that does not exist.

use burgee_coherence::Dependencies;
use burgee_domain::release_badge::{Names, Shown};

use crate::{
    Conn, Result,
    latest::{self, Wanted},
    memo::remembered,
};

pub(crate) mod resolve;

use resolve::NOBODY;

/// What a badge's URL says. Each name is an alias in the Octopus dialect, an id such as `Projects-1`, or a slug, in
/// this order; the project may also be its path below the space.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// The space.
    pub space: &'a str,
    /// The project.
    pub project: &'a str,
    /// The environment, in the project's space.
    pub environment: &'a str,
    /// The tenant, in the project's space; none means untenanted runs only.
    pub tenant: Option<&'a str>,
    /// Whether failed, errored, canceled and timed-out runs count.
    pub include_failed: bool,
}

/// What a badge shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was asked about.
    pub cell: Cell,
    /// The project's space.
    pub space_id: i64,
    /// The names that its label may show.
    pub names: Names,
    /// The latest run, if there is one.
    pub shown: Option<Shown>,
    /// The latest run's id.
    pub run_id: Option<i64>,
}

/// A project in an environment, for a tenant or for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The project.
    pub project_id: i64,
    /// The environment.
    pub environment_id: i64,
    /// The tenant; none means untenanted runs only.
    pub tenant_id: Option<i64>,
}

impl Cell {
    pub(crate) const fn wanted(self, include_failed: bool) -> Wanted {
        Wanted {
            project_id: self.project_id,
            environment_id: self.environment_id,
            tenant_id: self.tenant_id,
            include_failed,
        }
    }
}

/// What the badge shows; none unless space, project, environment and tenant exist and the project's badges are on.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, query: &Query<'_>) -> Result<Option<Found>> {
    let key = format!("release badge\0{}\0{}\0{}\0{:?}", query.space, query.project, query.environment, query.tenant);
    // Reports change no name.
    let names = |place: &resolve::Place| Dependencies::on_space(place.space_id);
    let place = remembered(conn, key, names, async |conn| resolve::place(conn, query).await).await?;
    let place = place.filter(|place| place.badges_enabled);
    let cell = Cell {
        project_id: place.as_ref().map_or(NOBODY, |place| place.project_id),
        environment_id: place.as_ref().map_or(NOBODY, |place| place.environment_id),
        tenant_id: query.tenant.map(|_| place.as_ref().and_then(|place| place.tenant_id).unwrap_or(NOBODY)),
    };
    let run = latest::find(conn, cell.wanted(query.include_failed)).await?;
    Ok(place.map(|place| Found {
        cell,
        space_id: place.space_id,
        names: Names { environment: place.environment, project: place.title, tenant: place.tenant },
        run_id: run.as_ref().map(|run| run.id),
        shown: run.map(Into::into),
    }))
}

/// The latest run of a cell: the last statement of [`find`] alone.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(conn: &mut Conn, cell: Cell, include_failed: bool) -> Result<Option<Shown>> {
    Ok(latest::find(conn, cell.wanted(include_failed)).await?.map(Into::into))
}
