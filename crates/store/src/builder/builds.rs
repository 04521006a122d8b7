//! The newest builds of a project, with all that CI badges filter by. Always the same few statements.

use std::collections::BTreeMap;

use burgee_domain::status::RunStatus;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    column::Word,
    conn::on_backend,
    groups,
    projects::{self, Project},
    schema::{builds, releases, runs, variables},
};

/// Most rows of variables that are looked at.
const VARIABLES_MAX: i64 = 10_000;

/// The newest builds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Builds {
    /// In the order of [`crate::buildmaster`]: those of releases, the latest release first, then those of none.
    pub builds: Vec<Build>,
    /// Whether there are no others.
    pub all: bool,
    /// Whether the variables of these builds are known; there may be too many.
    pub variables_known: bool,
}

/// A build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The number.
    pub number: String,
    /// Version of its release.
    pub release: Option<String>,
    /// Whether it was rejected.
    pub rejected: bool,
    /// Whether its release was canceled.
    pub canceled: bool,
    /// How its latest run is.
    pub status: Option<RunStatus>,
    /// The values that hold for it, by name; `None` for one that must not be shown.
    pub variables: BTreeMap<String, Option<String>>,
}

/// Whether anything has been built.
///
/// # Errors
/// When the database does not answer.
pub async fn has_any(conn: &mut Conn, project: &Project) -> Result<bool> {
    let query = builds::table.filter(builds::project_id.eq(project.id)).select(builds::id);
    Ok(on_backend!(conn, |c| query.first::<i64>(c).await.optional())?.is_some())
}

/// The newest `limit` builds.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(conn: &mut Conn, project: &Project, limit: usize) -> Result<Builds> {
    let mut rows = rows(conn, project, limit).await?;
    let all = rows.len() <= limit;
    rows.truncate(limit);
    let statuses = statuses(conn, &rows).await?;
    let variables = values(conn, project, &rows).await?;
    let variables_known = variables.is_some();
    let values = variables.unwrap_or_default();
    let build = |row: Row| Build {
        status: row.run_id.and_then(|id| statuses.get(&id)).copied(),
        variables: values.of(project.id, row.release_id, row.id),
        number: row.number,
        release: row.version,
        rejected: row.status == "rejected",
        canceled: row.release_status.as_deref() == Some("canceled"),
    };
    Ok(Builds { builds: rows.into_iter().map(build).collect(), all, variables_known })
}

/// Whether the project's path, taken for an application's name, means this project only.
///
/// # Errors
/// When the database does not answer.
pub async fn is_only_one_called_by_its_path(conn: &mut Conn, project: &Project) -> Result<bool> {
    let name = &project.full_path;
    let mut paths = vec![name.clone()];
    paths.extend(groups::spaces(conn).await?.iter().map(|space| format!("{}/{name}", space.full_path)));
    Ok(projects::all_called(conn, name, &paths).await?.iter().all(|called| called.id == project.id))
}

#[derive(Queryable)]
struct Row {
    id: i64,
    number: String,
    status: String,
    release_id: Option<i64>,
    version: Option<String>,
    release_status: Option<String>,
    run_id: Option<i64>,
}

/// One more than `limit`, if there are so many.
async fn rows(conn: &mut Conn, project: &Project, limit: usize) -> Result<Vec<Row>> {
    let mut found: Vec<Row> = Vec::new();
    for of_release in [true, false] {
        let rest = i64::try_from((limit + 1).saturating_sub(found.len())).unwrap_or(i64::MAX);
        let more: Vec<Row> = on_backend!(conn, |c| {
            let latest_run = runs::table
                .filter(runs::build_id.eq(builds::id.nullable()))
                .order((runs::build_id.desc(), runs::id.desc()))
                .limit(1)
                .select(runs::id)
                .single_value();
            // See `crate::latest` for why this is no `=`.
            let query = builds::table
                .left_join(releases::table)
                .filter(builds::project_id.between(project.id, project.id))
                .order((builds::project_id.desc(), builds::release_id.desc(), builds::id.desc()))
                .limit(rest)
                .select((
                    builds::id,
                    builds::number,
                    builds::status,
                    builds::release_id,
                    releases::version.nullable(),
                    releases::status.nullable(),
                    latest_run,
                ));
            if of_release {
                query.filter(builds::release_id.is_not_null()).load(c).await
            } else {
                query.filter(builds::release_id.is_null()).load(c).await
            }
        })?;
        found.extend(more);
    }
    Ok(found)
}

async fn statuses(conn: &mut Conn, rows: &[Row]) -> Result<BTreeMap<i64, RunStatus>> {
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.run_id).collect();
    let query = runs::table.filter(runs::id.eq_any(&ids)).select((runs::id, runs::status));
    let found: Vec<Status> = on_backend!(conn, |c| query.load(c).await)?;
    Ok(found.into_iter().map(|run| (run.id, run.status)).collect())
}

#[derive(Queryable)]
struct Status {
    id: i64,
    #[diesel(deserialize_as = Word)]
    status: RunStatus,
}

/// Values by their owners, one of whose ids is set, and by name.
#[derive(Default)]
struct Values(BTreeMap<Owner, Vec<Value>>);

/// Project, release or build.
type Owner = (Option<i64>, Option<i64>, Option<i64>);
/// Name, value, whether it is sensitive.
type Value = (String, String, bool);

impl Values {
    /// The build's own, or else its release's, or else its project's: the cascade of C4. Names count in any case.
    fn of(&self, project: i64, release: Option<i64>, build: i64) -> BTreeMap<String, Option<String>> {
        let owners: [Owner; 3] = [(None, None, Some(build)), (None, release, None), (Some(project), None, None)];
        let mut found: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
        for (name, value, sensitive) in owners.iter().filter_map(|owner| self.0.get(owner)).flatten() {
            let shown = (!sensitive).then(|| value.clone());
            found.entry(name.to_lowercase()).or_insert_with(|| (name.clone(), shown));
        }
        found.into_values().collect()
    }
}

/// The variables of builds, their releases and their project; `None` if there are too many to look at.
async fn values(conn: &mut Conn, project: &Project, rows: &[Row]) -> Result<Option<Values>> {
    let builds: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut releases: Vec<i64> = rows.iter().filter_map(|row| row.release_id).collect();
    releases.dedup();
    let mut values = Values::default();
    let mut count = 0;
    for kind in [Kind::Build, Kind::Release, Kind::Project] {
        let found: Vec<(Owner, Value)> = on_backend!(conn, |c| {
            let query = variables::table
                .order(variables::name)
                .limit(VARIABLES_MAX)
                .select((
                    (variables::project_id, variables::release_id, variables::build_id),
                    (variables::name, variables::value, variables::sensitive),
                ))
                .into_boxed();
            let query = match kind {
                Kind::Build => query.filter(variables::build_id.eq_any(&builds)),
                Kind::Release => query.filter(variables::release_id.eq_any(&releases)),
                Kind::Project => query.filter(variables::project_id.eq(project.id)),
            };
            query.load(c).await
        })?;
        count += i64::try_from(found.len()).unwrap_or(i64::MAX);
        if count >= VARIABLES_MAX {
            return Ok(None);
        }
        for (owner, value) in found {
            values.0.entry(owner).or_default().push(value);
        }
    }
    Ok(Some(values))
}

#[derive(Clone, Copy)]
enum Kind {
    Build,
    Release,
    Project,
}
