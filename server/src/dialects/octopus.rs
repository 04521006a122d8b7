//! Octopus Deploy release badges (`spec/octopus-release-badges.txt`, `spec/dialects.md` D):
//! `GET /api/{space}/projects/{project}/badge/{environment}/latest_release[.svg|.json|.png]`.
//!
//! Anonymous. Whatever is missing (space, project, environment, tenant, or badges are off) the answer is the
//! same 404, after the same work.

use std::borrow::Cow;

use axum::{
    body::Body,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{Response, Uri},
};
use burgee_domain::release_badge::{self, Format, Options};
use burgee_store::{
    Dependencies,
    release_badge::{Found, Query, find},
};
use serde::Deserialize;
use tokio::time::Instant;

use super::asked;

use crate::{
    cache::cacheable::Cacheable,
    respond::{
        badge::{Failure, encode, failure, not_found},
        image,
    },
    state::App,
};

/// The segments of a badge's address.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    space: String,
    project: String,
    environment: String,
}

/// The route of [`latest_release`].
pub(crate) const ROUTE: &str = "/api/{space}/projects/{project}/badge/{environment}/{file}";

/// `GET|HEAD` of a release badge.
pub(crate) async fn latest_release(
    State(app): State<App>,
    uri: Uri,
    address: Result<Path<Address>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response<Body> {
    let begun = Instant::now();
    let last_segment = uri.path().rsplit('/').next().unwrap_or_default();
    let Some(format) = Format::of_file(last_segment) else {
        return not_found(&app, Format::Svg, begun).await;
    };
    let Ok(Path(address)) = address else {
        return not_found(&app, format, begun).await;
    };
    let options = match Options::parse(url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())) {
        Ok(options) => options,
        Err(error) => return failure(&app, Failure::BadParameter(error), format).await,
    };
    match look_up(&app, &address, &options).await {
        Ok(Some(found)) => answer(&app, format, &options, &found).await,
        Ok(None) => not_found(&app, format, begun).await,
        Err(error) => {
            tracing::error!(%error, "release badge");
            failure(&app, Failure::Unavailable, format).await
        }
    }
}

async fn look_up(app: &App, address: &Address, options: &Options) -> Result<Option<Found>, burgee_store::StoreError> {
    let query = Query {
        space: &address.space,
        project: &address.project,
        environment: &address.environment,
        tenant: options.tenant.as_deref(),
        include_failed: options.include_failed,
    };
    app.store.look_up(async |conn| find(conn, &query).await).await
}

/// What the URL of a badge asks.
pub(super) fn question<'a>(path: &'a str, query: &str) -> Option<Cow<'a, str>> {
    let mut segments = path.strip_prefix("/api/")?.split('/');
    let (_space, projects, _project) = (segments.next()?, segments.next()?, segments.next()?);
    let (badge, _environment, file) = (segments.next()?, segments.next()?, segments.next()?);
    if projects != "projects" || badge != "badge" || segments.next().is_some() {
        return None;
    }
    Format::of_file(file)?;
    asked(path, query, || Options::parse(url::form_urlencoded::parse(query.as_bytes())).ok())
}

async fn answer(app: &App, format: Format, options: &Options, found: &Found) -> Response<Body> {
    let badge = release_badge::draw(options, &found.names, found.shown.as_ref());
    let dependencies = Dependencies::on_project(found.cell.project_id, found.space_id);
    match encode(app, &badge, format, options.scale.get()).await {
        Ok((kind, body)) => Cacheable::for_everyone(dependencies).attach(image::fresh(kind, body, app.freshness())),
        Err(error) => failure(app, error, format).await,
    }
}
