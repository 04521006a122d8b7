//! `…/variables` of a project, a release or a build: named values by which BuildMaster's badges filter (`spec/dialects.md`
//! C4). Those of builds also come with reports.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use burgee_domain::{
    scope::Scope,
    standing::VariableChange,
    text,
    view::{Page, VariableView},
};
use burgee_store::{
    Conn, builds,
    variables::{self, Owner, Variable},
};
use serde::Deserialize;

use super::{projects, releases};
use crate::{auth::Caller, respond::Problem, state::App, web::body::JsonBody};

/// The segments of an address.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    /// The project, by id or path.
    id: String,
    /// The release.
    version: Option<String>,
    /// The build.
    number: Option<String>,
    /// The variable.
    name: Option<String>,
}

/// `GET …/variables`: by name, all on one page; of the owner alone, without those that it inherits.
pub(crate) async fn list_variables(
    State(app): State<App>,
    caller: Caller,
    Path(address): Path<Address>,
) -> Result<Json<Page<VariableView>>, Problem> {
    caller.require_read()?;
    app.store
        .read(async |conn| {
            let owner = address.owner(conn, &caller).await?;
            let items = variables::of(conn, owner).await?.into_iter().map(view).collect();
            Ok(Json(Page { items, next_after: None }))
        })
        .await
}

/// `PUT …/variables/{name}`: `{"value": "main", "sensitive": false}`
pub(crate) async fn put_variable(
    State(app): State<App>,
    caller: Caller,
    Path(address): Path<Address>,
    JsonBody(body): JsonBody,
) -> Result<Json<VariableView>, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let owner = app.store.read(async |conn| address.owner(conn, &caller).await).await?;
    let name = text::name(address.name.as_deref().unwrap_or_default())
        .map_err(|error| Problem::bad_request(format!("the variable's name {error}")))?;
    let change = VariableChange::parse(&body).map_err(Problem::invalid)?;
    let put = app.store.write(async move |conn| variables::put(conn, owner, &name, &change).await);
    Ok(Json(view(put.await?)))
}

/// `DELETE …/variables/{name}`
pub(crate) async fn delete_variable(
    State(app): State<App>,
    caller: Caller,
    Path(address): Path<Address>,
) -> Result<StatusCode, Problem> {
    caller.require(&[Scope::ProjectsWrite])?;
    let owner = app.store.read(async |conn| address.owner(conn, &caller).await).await?;
    let name = address.name.unwrap_or_default();
    let deleted = app.store.write(async move |conn| variables::delete(conn, owner, name.trim()).await).await?;
    if deleted { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found("variable")) }
}

impl Address {
    async fn owner(&self, conn: &mut Conn, caller: &Caller) -> Result<Owner, Problem> {
        let project = projects::find(conn, caller, &self.id).await?;
        let release_id = match &self.version {
            Some(version) => Some(releases::find(conn, &project, version).await?.id),
            None => None,
        };
        let Some(number) = &self.number else {
            return Ok(release_id.map_or(Owner::Project(project.id), Owner::Release));
        };
        let build = builds::find(conn, project.id, release_id, number).await?;
        Ok(Owner::Build(build.ok_or_else(|| Problem::not_found("build"))?.id))
    }
}

fn view(variable: Variable) -> VariableView {
    let Variable { name, value, sensitive } = variable;
    VariableView { name, value: (!sensitive).then_some(value), sensitive }
}
