//! From the names in a badge's URL to the records that they mean. Slugs are lower case, and a URL may write them
//! in any; old ids are taken as they stand.
//!
//! Two statements: the first finds old ids and the space, the second everything else. Every condition is an
//! `OR` of look-ups in an index, and nothing else stands beside it: given `space_id = ?` as well, SQLite would
//! rather read the whole space. So what is of another space is sorted out here.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Integer, Nullable},
};
use diesel_async::RunQueryDsl;

use super::Query;
use crate::{
    Conn, Result,
    conn::on_backend,
    identifier::{askable, own_id},
    schema::{aliases, environments, groups, projects, tenants},
};

/// No record has this id.
pub(super) const NOBODY: i64 = -1;

/// A project, environment and tenant that go together and answer to the URL's names.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = projects)]
pub(crate) struct Place {
    #[diesel(select_expression = projects::id)]
    pub(super) project_id: i64,
    pub(super) title: String,
    slug: String,
    pub(super) badges_enabled: bool,
    pub(super) space_id: i64,
    #[diesel(select_expression = environments::id)]
    pub(super) environment_id: i64,
    #[diesel(select_expression = environments::name)]
    pub(super) environment: String,
    #[diesel(select_expression = environments::slug)]
    environment_slug: String,
    #[diesel(select_expression = environments::space_id)]
    environment_space_id: i64,
    #[diesel(select_expression = tenants::id.nullable())]
    pub(super) tenant_id: Option<i64>,
    #[diesel(select_expression = tenants::name.nullable())]
    pub(super) tenant: Option<String>,
    #[diesel(select_expression = tenants::slug.nullable())]
    tenant_slug: Option<String>,
    #[diesel(select_expression = tenants::space_id.nullable())]
    tenant_space_id: Option<i64>,
}

impl Place {
    /// Whether all of it is of one space, and the tenant is there if one is wanted.
    fn goes_together(&self, space_id: i64, with_tenant: bool) -> bool {
        self.space_id == space_id
            && self.environment_space_id == space_id
            && (!with_tenant || self.tenant_space_id == Some(space_id))
    }

    /// How each name was understood: by alias before by id before by slug before by path. Smaller is better.
    fn rank(&self, names: &Names<'_>, aliased: &Aliased) -> [usize; 3] {
        let rank = |id: i64, alias: i64, own: i64, slug: &str, text: &str| {
            [alias == id, own == id, slug == text.to_lowercase()].iter().position(|hit| *hit).unwrap_or(3)
        };
        let tenant_slug = self.tenant_slug.as_deref().unwrap_or_default();
        [
            rank(self.project_id, aliased.project, names.project_id(), &self.slug, names.project),
            rank(
                self.environment_id,
                aliased.environment,
                names.environment_id(),
                &self.environment_slug,
                names.environment,
            ),
            rank(self.tenant_id.unwrap_or(NOBODY), aliased.tenant, names.tenant_id(), tenant_slug, names.tenant),
        ]
    }
}

/// The query for everything that `$names` may mean.
macro_rules! places {
    ($names:expr, $aliased:expr) => {{
        let space_id = $aliased.space_id;
        let is_project = projects::id
            .eq($aliased.project)
            .or(projects::id.eq($names.project_id()))
            .or(projects::space_id.eq(space_id).and(projects::slug.eq($names.project.to_lowercase())))
            .or(projects::full_path.eq(format!("{}/{}", $aliased.space_path, $names.project)));
        // Owned texts, since Diesel lets nothing borrowed stand in the condition of an inner join.
        let is_environment = environments::id
            .eq($aliased.environment)
            .or(environments::id.eq($names.environment_id()))
            .or(environments::space_id.eq(space_id).and(environments::slug.eq($names.environment.to_lowercase())));
        let is_tenant = tenants::id
            .eq($aliased.tenant)
            .or(tenants::id.eq($names.tenant_id()))
            .or(tenants::space_id.eq(space_id).and(tenants::slug.eq($names.tenant.to_lowercase())));
        projects::table
            .inner_join(environments::table.on(is_environment))
            .left_join(tenants::table.on(is_tenant))
            .filter(is_project)
            .select(Place::as_select())
    }};
}
pub(crate) use places;

/// Everything that the names lead to; of several ways to understand them, the best.
pub(super) async fn place(conn: &mut Conn, query: &Query<'_>) -> Result<Option<Place>> {
    let names = Names::of(query);
    let aliased = aliased(conn, &names).await?;
    let found: Vec<Place> = on_backend!(conn, |c| places!(names, aliased).load(c).await)?;
    let fitting = found.into_iter().filter(|place| place.goes_together(aliased.space_id, query.tenant.is_some()));
    Ok(fitting.min_by_key(|place| place.rank(&names, &aliased)))
}

/// The URL's names as statements can ask for them.
pub(crate) struct Names<'a> {
    pub(crate) space: &'a str,
    pub(crate) project: &'a str,
    pub(crate) environment: &'a str,
    pub(crate) tenant: &'a str,
}

impl<'a> Names<'a> {
    pub(crate) fn of(query: &Query<'a>) -> Self {
        Self {
            space: askable(query.space),
            project: askable(query.project),
            environment: askable(query.environment),
            tenant: query.tenant.map(askable).unwrap_or_default(),
        }
    }

    fn space_id(&self) -> i64 {
        own_id(self.space, "Spaces").unwrap_or(NOBODY)
    }

    pub(crate) fn project_id(&self) -> i64 {
        own_id(self.project, "Projects").unwrap_or(NOBODY)
    }

    pub(crate) fn environment_id(&self) -> i64 {
        own_id(self.environment, "Environments").unwrap_or(NOBODY)
    }

    pub(crate) fn tenant_id(&self) -> i64 {
        own_id(self.tenant, "Tenants").unwrap_or(NOBODY)
    }
}

/// The space, and the ids behind aliases; [`NOBODY`] where there is none.
pub(crate) struct Aliased {
    pub(crate) space_id: i64,
    pub(crate) space_path: String,
    pub(crate) project: i64,
    pub(crate) environment: i64,
    pub(crate) tenant: i64,
}

impl Aliased {
    /// A space without aliases in it.
    pub(crate) fn without_aliases((space_id, space_path): (i64, &str)) -> Self {
        let space_path = space_path.to_owned();
        Self { space_id, space_path, project: NOBODY, environment: NOBODY, tenant: NOBODY }
    }
}

/// A name, what it is a name of (space's id and path, or one of project, environment, tenant), and how it is one.
type Row = (i32, String, Option<i64>, Option<String>, Option<i64>, Option<i64>, Option<i64>);

/// How a name was found, best first.
const BY_ALIAS: i32 = 0;
const BY_ID: i32 = 1;
const BY_SLUG: i32 = 2;

async fn aliased(conn: &mut Conn, names: &Names<'_>) -> Result<Aliased> {
    let nothing = || None::<i64>.into_sql::<Nullable<BigInt>>();
    let one_of_them = aliases::alias
        .eq(names.space)
        .or(aliases::alias.eq(names.project))
        .or(aliases::alias.eq(names.environment))
        .or(aliases::alias.eq(names.tenant));
    let by_alias = aliases::table
        .left_join(groups::table.on(aliases::group_id.eq(groups::id.nullable()).and(groups::parent_id.is_null())))
        .filter(aliases::dialect.eq("octopus"))
        .filter(one_of_them)
        .select((
            BY_ALIAS.into_sql::<Integer>(),
            aliases::alias,
            groups::id.nullable(),
            groups::full_path.nullable(),
            aliases::project_id,
            aliases::environment_id,
            aliases::tenant_id,
        ));
    let spaces = |how: i32| {
        let columns = (
            how.into_sql::<Integer>(),
            groups::full_path,
            groups::id.nullable(),
            groups::full_path.nullable(),
            nothing(),
            nothing(),
            nothing(),
        );
        groups::table.filter(groups::parent_id.is_null()).select(columns)
    };
    let by_id = spaces(BY_ID).filter(groups::id.eq(names.space_id()));
    let by_slug = spaces(BY_SLUG).filter(groups::full_path.eq(names.space.to_lowercase()));
    let rows: Vec<Row> = on_backend!(conn, |c| by_alias.union_all(by_id).union_all(by_slug).load(c).await)?;

    let alias_of = |name: &str, id: fn(&Row) -> Option<i64>| {
        let mut rows = rows.iter().filter(|row| row.0 == BY_ALIAS && row.1 == name);
        rows.find_map(id).unwrap_or(NOBODY)
    };
    let space = rows.iter().filter(|row| row.0 != BY_ALIAS || row.1 == names.space);
    let space = space.filter_map(|row| Some((row.0, row.2?, row.3.clone()?))).min();
    let (_, space_id, space_path) = space.unwrap_or((BY_SLUG, NOBODY, String::new()));
    Ok(Aliased {
        space_id,
        space_path,
        project: alias_of(names.project, |row| row.4),
        environment: alias_of(names.environment, |row| row.5),
        tenant: alias_of(names.tenant, |row| row.6),
    })
}
