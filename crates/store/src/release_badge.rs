//! The look-up behind the Octopus dialect's badge: from the four names in a URL to the run that it shows.
//!
//! The same three statements run whatever is missing, with ids that no record has in place of what was not
//! found: so the time that an answer takes does not tell a private project from one that does not exist.

use burgee_domain::release_badge::{Names, Shown};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    aliases::{self, Resolved},
    column::Stamp,
    conn::on_backend,
    identifier::{askable, own_id},
    latest::{self, Wanted},
    schema::{environments, groups, projects, tenants},
};

pub use crate::explain::latest_run as explain;

/// No record has this id.
const NOBODY: i64 = -1;

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
    /// The names that its label may show.
    pub names: Names,
    /// The latest run, if there is one.
    pub shown: Option<Shown>,
    /// The latest run's id.
    pub run_id: Option<i64>,
    /// When any of this last changed.
    pub modified: DateTime<Utc>,
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
    let names = Identifiers::of(query);
    let aliased = aliases::resolve(conn, "octopus", names.texts()).await?;
    let place = places(conn, &names, aliased).await?.filter(|place| place.badges_enabled);
    let cell = Cell {
        project_id: place.as_ref().map_or(NOBODY, |place| place.project_id),
        environment_id: place.as_ref().map_or(NOBODY, |place| place.environment_id),
        tenant_id: query.tenant.map(|_| place.as_ref().and_then(|place| place.tenant_id).unwrap_or(NOBODY)),
    };
    let run = latest::find(conn, cell.wanted(query.include_failed)).await?;
    Ok(place.map(|place| Found {
        cell,
        modified: place.modified().max(run.as_ref().map_or(DateTime::UNIX_EPOCH, |run| run.updated_at)),
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

/// The URL's names as statements can ask for them.
struct Identifiers<'a> {
    space: &'a str,
    project: &'a str,
    environment: &'a str,
    tenant: Option<&'a str>,
}

impl<'a> Identifiers<'a> {
    fn of(query: &Query<'a>) -> Self {
        Self {
            space: askable(query.space),
            project: askable(query.project),
            environment: askable(query.environment),
            tenant: query.tenant.map(askable),
        }
    }

    fn texts(&self) -> [&'a str; 4] {
        [self.space, self.project, self.environment, self.tenant.unwrap_or_default()]
    }
}

/// A space, project, environment and tenant that go together and answer to the URL's names.
#[derive(Queryable, Selectable)]
#[diesel(table_name = projects)]
struct Place {
    #[diesel(select_expression = projects::id)]
    project_id: i64,
    title: String,
    slug: String,
    badges_enabled: bool,
    #[diesel(deserialize_as = Stamp)]
    updated_at: DateTime<Utc>,
    space_id: i64,
    #[diesel(select_expression = groups::slug)]
    space_slug: String,
    #[diesel(select_expression = environments::id)]
    environment_id: i64,
    #[diesel(select_expression = environments::name)]
    environment: String,
    #[diesel(select_expression = environments::slug)]
    environment_slug: String,
    #[diesel(select_expression = environments::updated_at)]
    #[diesel(deserialize_as = Stamp)]
    environment_updated_at: DateTime<Utc>,
    #[diesel(select_expression = tenants::id.nullable())]
    tenant_id: Option<i64>,
    #[diesel(select_expression = tenants::name.nullable())]
    tenant: Option<String>,
    #[diesel(select_expression = tenants::slug.nullable())]
    tenant_slug: Option<String>,
}

impl Place {
    fn modified(&self) -> DateTime<Utc> {
        self.updated_at.max(self.environment_updated_at)
    }

    /// How each name was understood: by alias before by id before by slug. Smaller is better.
    fn rank(&self, names: &Identifiers<'_>, aliased: Resolved) -> [u8; 4] {
        let rank = |id: i64, alias: Option<i64>, own: Option<i64>, slug: &str, text: &str| {
            [alias == Some(id), own == Some(id), slug == text].iter().position(|hit| *hit).map_or(3, |hit| hit as u8)
        };
        let tenant = names.tenant.unwrap_or_default();
        let tenant_slug = self.tenant_slug.as_deref().unwrap_or_default();
        [
            rank(self.space_id, aliased.group, own_id(names.space, "Spaces"), &self.space_slug, names.space),
            rank(self.project_id, aliased.project, own_id(names.project, "Projects"), &self.slug, names.project),
            rank(
                self.environment_id,
                aliased.environment,
                own_id(names.environment, "Environments"),
                &self.environment_slug,
                names.environment,
            ),
            rank(self.tenant_id.unwrap_or(NOBODY), aliased.tenant, own_id(tenant, "Tenants"), tenant_slug, tenant),
        ]
    }
}

/// Everything that the names lead to, in one statement; of several ways to understand them, the best.
async fn places(conn: &mut Conn, names: &Identifiers<'_>, aliased: Resolved) -> Result<Option<Place>> {
    let alias = |id: Option<i64>| id.unwrap_or(NOBODY);
    let own = |text: &str, prefix: &str| own_id(text, prefix).unwrap_or(NOBODY);
    let tenant = names.tenant.unwrap_or_default();

    let is_space = groups::id
        .eq(alias(aliased.group))
        .or(groups::id.eq(own(names.space, "Spaces")))
        .or(groups::full_path.eq(names.space));
    let is_project = projects::id
        .eq(alias(aliased.project))
        .or(projects::id.eq(own(names.project, "Projects")))
        .or(projects::slug.eq(names.project))
        .or(projects::full_path.eq(groups::full_path.concat(format!("/{}", names.project))));
    let is_environment = environments::id
        .eq(alias(aliased.environment))
        .or(environments::id.eq(own(names.environment, "Environments")))
        .or(environments::slug.eq(names.environment));
    let is_tenant =
        tenants::id.eq(alias(aliased.tenant)).or(tenants::id.eq(own(tenant, "Tenants"))).or(tenants::slug.eq(tenant));

    let found: Vec<Place> = on_backend!(conn, |c| projects::table
        .inner_join(groups::table.on(groups::id.eq(projects::space_id)))
        .inner_join(environments::table.on(environments::space_id.eq(projects::space_id)))
        .left_join(tenants::table.on(tenants::space_id.eq(projects::space_id).and(is_tenant)))
        .filter(is_space)
        .filter(is_project)
        .filter(is_environment)
        .select(Place::as_select())
        .load(c)
        .await)?;
    Ok(found
        .into_iter()
        .filter(|place| names.tenant.is_none() || place.tenant_id.is_some())
        .min_by_key(|place| place.rank(names, aliased)))
}
