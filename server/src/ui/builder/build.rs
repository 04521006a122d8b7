//! The tab *CI build*.

use std::collections::BTreeMap;

use burgee_app::{
    islands::badge_builder::{BuildChosen, BuildData, BuildLine, BuilderData, VALUES_MAX_BYTES, Variable},
    pages::badge_builder::KeyKind,
};
use burgee_domain::{buildmaster_badge::Filters, status::RunStatus};
use burgee_store::{
    Conn, StoreError,
    access::{Person, Subject},
    builder::builds::{self, Build, Builds},
    buildmaster::{self, Found},
    projects::Project,
    tokens::TokenTarget,
};

use super::{Shown, home, keys};
use crate::ui::Visit;

/// Most builds that the browser knows.
const BUILDS_MAX: usize = 200;
/// Longest value that can be chosen, in bytes.
const VALUE_MAX: usize = 200;

pub(super) async fn gather(
    visit: &Visit,
    conn: &mut Conn,
    project: &Project,
    key: Option<&str>,
) -> Result<Shown, StoreError> {
    let found = builds::newest(conn, project, BUILDS_MAX).await?;
    if found.builds.is_empty() {
        return Ok(Shown::default());
    }
    let keys = keys::card(conn, project, KeyKind::CiBadges, key).await?;
    let (variables, all_variables) = variables(&found);
    let releases = releases(&found.builds);
    let is_alone = builds::is_only_one_called_by_its_path(conn, project).await?;
    let mut data = BuildData {
        home: home(visit, project),
        id: (!is_alone).then_some(project.id),
        key: keys.used.clone(),
        builds: found.builds.into_iter().map(|build| line(build, &releases, &variables)).collect(),
        all_builds: found.all,
        releases,
        variables,
        all_variables,
        answer: None,
        chosen: BuildChosen::default(),
    };
    let notices = data.choose(&visit.query);
    let answer = answer(conn, project, &data).await?;
    data.answer = Some((data.chosen.filters.clone(), answer));
    Ok(Shown { data: Some(BuilderData::Build(data)), keys: Some(keys), notices })
}

/// What the image shows for what is chosen: asked where the image asks.
async fn answer(conn: &mut Conn, project: &Project, data: &BuildData) -> Result<Option<RunStatus>, StoreError> {
    let chosen = &data.chosen.filters;
    let filters = Filters {
        application_name: Some(project.full_path.clone()),
        release_number: chosen.release.clone(),
        build_number: chosen.build.clone(),
        variables: chosen.variables.clone(),
        ..Filters::default()
    };
    let here = Subject { person: Person::Administrator, limits: Some(vec![TokenTarget::Project(project.id)]) };
    Ok(match buildmaster::find(conn, &filters, &here).await?.0 {
        Found::Execution(status) => Some(status),
        Found::Nothing | Found::OutOfReach => None,
    })
}

/// The versions of releases, the latest first.
fn releases(builds: &[Build]) -> Vec<String> {
    let mut releases: Vec<String> = builds.iter().filter_map(|build| build.release.clone()).collect();
    releases.dedup();
    releases
}

/// The variables that can be chosen, those with the fewest values first, as many as there is room for; and whether these
/// are all.
fn variables(found: &Builds) -> (Vec<Variable>, bool) {
    let mut all = found.variables_known;
    let mut values: BTreeMap<String, Variable> = BTreeMap::new();
    for (name, value) in found.builds.iter().flat_map(|build| &build.variables) {
        // A sensitive one equals nothing.
        let Some(value) = value else { continue };
        if value.is_empty() || value.len() > VALUE_MAX {
            all = false;
            continue;
        }
        let known =
            values.entry(name.to_lowercase()).or_insert_with(|| Variable { name: name.clone(), values: Vec::new() });
        if !known.values.contains(value) {
            known.values.push(value.clone());
        }
    }
    let mut offered: Vec<Variable> = values.into_values().collect();
    offered.sort_by_key(|variable| variable.values.len());
    let mut bytes = 0;
    let before = offered.len();
    offered.retain(|variable| {
        bytes += variable.name.len() + variable.values.iter().map(String::len).sum::<usize>();
        bytes <= VALUES_MAX_BYTES
    });
    let all = all && offered.len() == before;
    (offered, all)
}

fn line(build: Build, releases: &[String], variables: &[Variable]) -> BuildLine {
    let place = |variable: &Variable| {
        let (_, value) =
            build.variables.iter().find(|(name, _)| name.to_lowercase() == variable.name.to_lowercase())?;
        let value = value.as_ref()?;
        variable.values.iter().position(|known| known == value)
    };
    BuildLine {
        values: variables.iter().map(place).collect(),
        release: build.release.as_ref().and_then(|version| releases.iter().position(|known| known == version)),
        number: build.number,
        rejected: build.rejected,
        canceled: build.canceled,
        status: build.status,
    }
}
