//! The look-up behind BuildMaster's CI badges (`spec/dialects.md` C1, C4): the latest run of the latest build of the latest
//! release that matches. The latest has the greatest id.
//!
//! Rejected builds and canceled releases are never the latest; *unconfirmed, so chosen:* whoever names them by number, or
//! one of their executions, sees them nevertheless. A build that names no release is looked at only if no release has a
//! build that matches; a run that names no build is no execution and is passed over. The value that a variable has for a build is the build's own, or else its release's, or
//! else its project's; a sensitive value equals nothing.

use burgee_coherence::Dependencies;
use burgee_domain::{buildmaster_badge::Filters, status::RunStatus};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    access::Subject,
    aliases,
    conn::on_backend,
    groups,
    identifier::{askable, plain_id},
    projects::{self, Project},
    schema::{builds, releases, variables},
    sql::{first_known, lower},
};

/// What aliases call this dialect.
const DIALECT: &str = "buildmaster";

/// Whether the variable of this name that a row of the outer query owns has this value; null if it owns none. In the order
/// of the index, so that PostgreSQL looks into it for each row instead of reading all variables there are.
macro_rules! own_value_is {
    ($column:ident, $owner:expr, $name:expr, $value:expr) => {
        variables::table
            .filter(variables::$column.eq($owner))
            .filter(lower(variables::name).eq(lower($name)))
            .order(variables::name)
            .select(variables::value.eq($value).and(variables::sensitive.eq(false)))
            .limit(1)
            .single_value()
    };
}
pub(crate) use own_value_is;

/// Whether the value that a variable has for a build, by the cascade of C4, is this one.
macro_rules! value_is {
    ($name:expr, $value:expr) => {
        first_known(
            own_value_is!(build_id, builds::id.nullable(), $name, $value),
            own_value_is!(release_id, builds::release_id, $name, $value),
            own_value_is!(project_id, builds::project_id.nullable(), $name, $value),
        )
    };
}
pub(crate) use value_is;

/// The boxed query for the newest build that matches, of one project or of all, in the order of an index. Compared by ranges
/// of one value where `=` would be: see `crate::latest` for why.
macro_rules! newest_build {
    ($filters:expr, $project_id:expr, $of_release:expr) => {{
        let filters: &Filters = $filters;
        let mut query =
            builds::table.left_join(releases::table).select((builds::release_id, builds::id)).limit(1).into_boxed();
        query = match $project_id {
            Some(id) => query.filter(builds::project_id.between(id, id)).order((
                builds::project_id.desc(),
                builds::release_id.desc(),
                builds::id.desc(),
            )),
            None => query.order((builds::release_id.desc(), builds::id.desc())),
        };
        query = if $of_release {
            query.filter(builds::release_id.is_not_null())
        } else {
            query.filter(builds::release_id.is_null())
        };
        query = match &filters.release_number {
            Some(number) => query.filter(releases::version.eq(askable(number))),
            None if $of_release && filters.execution_id.is_none() => query.filter(releases::status.ne("canceled")),
            None => query,
        };
        query = match &filters.build_number {
            Some(number) => query.filter(builds::number.eq(askable(number))),
            None if filters.execution_id.is_none() => query.filter(builds::status.ne("rejected")),
            None => query,
        };
        for (name, value) in &filters.variables {
            let (name, value) = (askable(name), askable(value));
            query = query.filter(value_is!(name, value));
        }
        query
    }};
}
pub(crate) use newest_build;

mod execution;
mod link;

pub use link::{Linked, Place, find_link};

/// What an image shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The application is outside of what the key reaches, or, as far as the key can tell, not there.
    OutOfReach,
    /// No build matches.
    Nothing,
    /// How the latest run of the build that is meant is.
    Execution(RunStatus),
}

/// The build that is meant.
enum Match {
    /// As in [`Found::OutOfReach`].
    OutOfReach,
    /// None.
    Nothing,
    /// This one.
    Build {
        /// Its id.
        id: i64,
        /// The run that is meant, if it is named and not just the latest.
        execution: Option<i64>,
    },
}

/// Finds the run that a badge shows for this key, and what the answer depends on besides the key.
///
/// # Errors
/// When the database does not answer.
pub async fn find(conn: &mut Conn, filters: &Filters, key: &Subject) -> Result<(Found, Dependencies)> {
    let applications = Applications::find(conn, filters, key).await?;
    let dependencies = applications.dependencies();
    let run = match find_build(conn, filters, &applications, key).await? {
        Match::OutOfReach => return Ok((Found::OutOfReach, dependencies)),
        Match::Nothing => None,
        Match::Build { execution: Some(run), .. } => execution::get(conn, run).await?,
        Match::Build { id, execution: None } => execution::latest(conn, id).await?,
    };
    Ok((run.map_or(Found::Nothing, |run| Found::Execution(run.status)), dependencies))
}

/// The applications that are looked at.
enum Applications {
    /// Those that the filters name and the key reaches.
    Named(Vec<Project>),
    /// All that the key reaches, by id; `None` if that is the whole instance.
    InReach(Option<Vec<i64>>),
}

impl Applications {
    async fn find(conn: &mut Conn, filters: &Filters, key: &Subject) -> Result<Self> {
        if filters.names_application() {
            let named = applications(conn, filters).await?;
            Ok(Self::Named(within_reach(conn, named, key).await?))
        } else {
            Ok(Self::InReach(everything_in_reach(conn, key).await?))
        }
    }

    fn ids(&self) -> Option<Vec<i64>> {
        match self {
            Self::Named(projects) => Some(projects.iter().map(|project| project.id).collect()),
            Self::InReach(ids) => ids.clone(),
        }
    }

    fn dependencies(&self) -> Dependencies {
        match self {
            // Another application may come to have the name.
            Self::Named(projects) => projects
                .iter()
                .fold(Dependencies::on_naming(), |all, project| all.and_project(project.id, project.space_id)),
            Self::InReach(_) => Dependencies::on_everything(),
        }
    }
}

async fn find_build(conn: &mut Conn, filters: &Filters, applications: &Applications, key: &Subject) -> Result<Match> {
    // To a limited key, what is elsewhere and what is nowhere must look the same.
    if matches!(applications, Applications::Named(projects) if projects.is_empty()) {
        return Ok(if key.limits.is_some() { Match::OutOfReach } else { Match::Nothing });
    }
    let applications = applications.ids();
    let applications = applications.as_deref();
    let Some(named) = &filters.execution_id else {
        let build = latest_build(conn, filters, applications, None).await?;
        return Ok(build.map_or(Match::Nothing, |id| Match::Build { id, execution: None }));
    };
    for candidate in execution::named(conn, askable(named), applications).await? {
        if let Some(id) = latest_build(conn, filters, applications, Some(candidate.build)).await? {
            return Ok(Match::Build { id, execution: Some(candidate.run) });
        }
    }
    Ok(Match::Nothing)
}

/// The projects that an application's name and id mean. A name may belong to several.
async fn applications(conn: &mut Conn, filters: &Filters) -> Result<Vec<Project>> {
    let named = match &filters.application_name {
        Some(name) => Some(by_name(conn, askable(name)).await?),
        None => None,
    };
    let Some(id) = &filters.application_id else { return Ok(named.unwrap_or_default()) };
    let identified = by_id(conn, askable(id)).await?;
    Ok(match named {
        Some(named) => named.into_iter().filter(|project| identified.as_ref() == Some(project)).collect(),
        None => identified.into_iter().collect(),
    })
}

/// By name, by title, by full path, or by the path below any space: what `%{project_path}` stands for.
async fn by_name(conn: &mut Conn, name: &str) -> Result<Vec<Project>> {
    let mut paths = vec![name.to_owned()];
    if name.contains('/') {
        paths.extend(groups::spaces(conn).await?.iter().map(|space| format!("{}/{name}", space.full_path)));
    }
    projects::all_called(conn, name, &paths).await
}

/// By the id that it had in BuildMaster, which wins, or by its own.
async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<Project>> {
    let aliased = aliases::resolve(conn, DIALECT, ["", id, "", ""]).await?.project;
    match aliased.or_else(|| plain_id(id)) {
        Some(id) => projects::get(conn, id).await,
        None => Ok(None),
    }
}

async fn within_reach(conn: &mut Conn, named: Vec<Project>, key: &Subject) -> Result<Vec<Project>> {
    let mut reached = Vec::new();
    for project in named {
        if key.role_in_project(conn, &project).await?.is_some() {
            reached.push(project);
        }
    }
    Ok(reached)
}

/// Every project that the key reaches; `None` if that is the whole instance.
async fn everything_in_reach(conn: &mut Conn, key: &Subject) -> Result<Option<Vec<i64>>> {
    let reach = key.reach(conn).await?;
    if reach.everything {
        return Ok(None);
    }
    let mut all = projects::ids_in_groups(conn, &reach.groups).await?;
    all.extend(reach.projects);
    Ok(Some(all))
}

/// The latest build, of these applications or of all; or this one, if it matches. One look-up for each application, since an
/// index leads to the latest build of one.
async fn latest_build(
    conn: &mut Conn,
    filters: &Filters,
    applications: Option<&[i64]>,
    only: Option<i64>,
) -> Result<Option<i64>> {
    let scopes: Vec<Option<i64>> =
        applications.map_or_else(|| vec![None], |ids| ids.iter().copied().map(Some).collect());
    for of_release in [true, false] {
        let mut latest: Option<Build> = None;
        for scope in &scopes {
            let found: Option<Build> = on_backend!(conn, |c| {
                let query = newest_build!(filters, *scope, of_release);
                let query = match only {
                    Some(id) => query.filter(builds::id.eq(id)),
                    None => query,
                };
                query.first(c).await.optional()
            })?;
            latest = latest.max(found);
        }
        if let Some((_, build)) = latest {
            return Ok(Some(build));
        }
    }
    Ok(None)
}

/// Release and build: of two, the one with the later release, then the later build, is greater.
pub(crate) type Build = (Option<i64>, i64);
