//! Who may see and change what: a person's roles, an administrator's right to everything, and the limits of the token
//! that somebody comes with (`spec/dialects.md` B4).

use std::collections::BTreeSet;

use burgee_domain::{change::Visibility, role::Role};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::{
    Conn, Result,
    conn::on_backend,
    groups::{self, Group},
    members, path,
    projects::{self, Project},
    schema,
    tokens::TokenTarget,
};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// Nobody who is known.
    Nobody,
    /// The user with this id.
    User(i64),
    /// An administrator: an owner of everything.
    Administrator,
}

/// Who asks, and the limits of the token that they come with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Who.
    pub person: Person,
    /// Where their roles count; everywhere without. Outside of it they are strangers.
    pub limits: Option<Vec<TokenTarget>>,
}

/// What somebody may see besides what is public, as ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whether it is everything there is; then the lists below are empty.
    pub everything: bool,
    /// Spaces and groups, with all that is directly in them.
    pub groups: Vec<i64>,
    /// Single projects.
    pub projects: Vec<i64>,
    /// Groups above these, which can be seen for the way down.
    pub above: Vec<i64>,
}

impl Reach {
    /// Whether a project is in it.
    #[must_use]
    pub fn covers(&self, project: &Project) -> bool {
        self.everything || self.groups.contains(&project.group_id) || self.projects.contains(&project.id)
    }
}

impl Subject {
    /// Nobody who is known.
    pub const NOBODY: Self = Self { person: Person::Nobody, limits: None };

    /// An unlimited person.
    #[must_use]
    pub const fn new(person: Person) -> Self {
        Self { person, limits: None }
    }

    /// Their role in a project, be it from a group above. `None` is a stranger.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn role_in_project(&self, conn: &mut Conn, project: &Project) -> Result<Option<Role>> {
        self.role(conn, &path::above(&project.full_path), Some(project.id)).await
    }

    /// Their role in a space or group, be it from a group above.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn role_in_group(&self, conn: &mut Conn, group: &Group) -> Result<Option<Role>> {
        self.role(conn, &path::above_and_self(&group.full_path), None).await
    }

    /// Whether they may see a group: it is public, they have a role in it or in something below it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sees_group(&self, conn: &mut Conn, group: &Group) -> Result<bool> {
        if group.visibility == Visibility::Public || self.role_in_group(conn, group).await?.is_some() {
            return Ok(true);
        }
        Ok(self.reach(conn).await?.above.contains(&group.id))
    }

    /// What they may see besides what is public.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reach(&self, conn: &mut Conn) -> Result<Reach> {
        let own = match self.person {
            Person::Nobody => return Ok(Reach::default()),
            Person::Administrator => None,
            Person::User(id) => Some(places_of_user(conn, id).await?),
        };
        let limits = self.limits.as_deref().map(Places::of_targets);
        let mut reach = match (own, limits) {
            (None, None) => return Ok(Reach { everything: true, ..Reach::default() }),
            (Some(places), None) | (None, Some(places)) => places.spread(conn).await?,
            (Some(own), Some(limits)) => {
                let (own, limits) = (own.spread(conn).await?, limits.spread(conn).await?);
                common(conn, &own, &limits).await?
            }
        };
        reach.above = above(conn, &reach).await?;
        Ok(reach)
    }

    async fn role(&self, conn: &mut Conn, groups: &[&str], project_id: Option<i64>) -> Result<Option<Role>> {
        if self.person == Person::Nobody || !self.is_within_limits(conn, groups, project_id).await? {
            return Ok(None);
        }
        match self.person {
            Person::Nobody => Ok(None),
            Person::Administrator => Ok(Some(Role::Owner)),
            Person::User(id) => members::greatest_role(conn, id, groups, project_id).await,
        }
    }

    async fn is_within_limits(&self, conn: &mut Conn, groups: &[&str], project_id: Option<i64>) -> Result<bool> {
        let Some(limits) = &self.limits else { return Ok(true) };
        let limits = Places::of_targets(limits);
        if project_id.is_some_and(|id| limits.projects.contains(&id)) {
            return Ok(true);
        }
        let above = groups::at_paths(conn, groups).await?;
        Ok(above.iter().any(|group| limits.groups.contains(&group.id)))
    }
}

/// Where somebody's rights begin; those of a group hold for what is below it.
struct Places {
    groups: Vec<i64>,
    projects: Vec<i64>,
}

impl Places {
    fn of_targets(targets: &[TokenTarget]) -> Self {
        let mut places = Self { groups: Vec::new(), projects: Vec::new() };
        for target in targets {
            match target {
                TokenTarget::Group(id) => places.groups.push(*id),
                TokenTarget::Project(id) => places.projects.push(*id),
            }
        }
        places
    }

    /// Every group in which they hold.
    async fn spread(self, conn: &mut Conn) -> Result<Reach> {
        let mut all = BTreeSet::new();
        for group in groups::by_ids(conn, &self.groups).await? {
            all.extend(groups::ids_below(conn, &group.full_path).await?);
            all.insert(group.id);
        }
        Ok(Reach { groups: all.into_iter().collect(), projects: self.projects, ..Reach::default() })
    }
}

async fn places_of_user(conn: &mut Conn, user_id: i64) -> Result<Places> {
    use schema::members as table;
    let query = table::table
        .filter(table::user_id.eq(user_id))
        .filter(table::requested_at.is_null())
        .select((table::group_id, table::project_id));
    let rows: Vec<(Option<i64>, Option<i64>)> = on_backend!(conn, |c| query.load(c).await)?;
    Ok(Places {
        groups: rows.iter().filter_map(|(group, _)| *group).collect(),
        projects: rows.iter().filter_map(|(_, project)| *project).collect(),
    })
}

/// What lies within both.
async fn common(conn: &mut Conn, one: &Reach, other: &Reach) -> Result<Reach> {
    let groups = one.groups.iter().filter(|id| other.groups.contains(id)).copied().collect();
    let mut shared = Vec::new();
    for (these, those) in [(one, other), (other, one)] {
        for project in projects::by_ids(conn, &these.projects).await? {
            if those.projects.contains(&project.id) || those.groups.contains(&project.group_id) {
                shared.push(project.id);
            }
        }
    }
    Ok(Reach { groups, projects: shared, ..Reach::default() })
}

/// The groups above what is in reach.
async fn above(conn: &mut Conn, reach: &Reach) -> Result<Vec<i64>> {
    let mut paths: Vec<String> = groups::by_ids(conn, &reach.groups).await?.into_iter().map(|g| g.full_path).collect();
    paths.extend(projects::by_ids(conn, &reach.projects).await?.into_iter().map(|project| project.full_path));
    let above: BTreeSet<&str> = paths.iter().flat_map(|path| path::above(path)).collect();
    let above: Vec<&str> = above.into_iter().collect();
    Ok(groups::at_paths(conn, &above).await?.into_iter().map(|group| group.id).collect())
}
