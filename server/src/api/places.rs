//! `/api/burgee/v1/environments` and `/api/burgee/v1/tenants`: two kinds of place in a space, with the same
//! requests and answers, so one text for both.

/// Writes the handlers of one kind of place.
macro_rules! place_handlers {
    ($module:ident, $what:literal, $octopus:literal, $owner:path) => {
        #[doc = concat!("`/api/burgee/v1/", stringify!($module), "`")]
        pub(crate) mod $module {
            use axum::{
                Json,
                extract::{Path, Query, State},
                http::StatusCode,
            };
            use burgee_domain::{
                change::{NewPlace, PlaceChange},
                scope::Scope,
                view::{Page, PlaceView},
            };
            use burgee_store::{Conn, aliases, groups, $module};
            use chrono::Utc;
            use serde::Deserialize;

            use crate::{
                api::{
                    paging::{self, Paging},
                    spaces,
                },
                auth::Caller,
                respond::Problem,
                state::App,
                web::body::JsonBody,
            };

            /// The query of [`list`].
            #[derive(Debug, Deserialize)]
            pub(crate) struct ListQuery {
                /// The space, by id or slug.
                space: Option<String>,
                limit: Option<u32>,
                after: Option<i64>,
            }

            /// `GET`: by id.
            pub(crate) async fn list(
                State(app): State<App>,
                caller: Caller,
                Query(query): Query<ListQuery>,
            ) -> Result<Json<Page<PlaceView>>, Problem> {
                caller.require_read()?;
                let paging = Paging::new(query.limit, query.after);
                let limit = paging.limit()?;
                app.store
                    .read(async |conn| {
                        let space_id = match &query.space {
                            Some(space) => Some(spaces::find(conn, &caller, space).await?.id),
                            None => {
                                caller.require_whole_instance()?;
                                None
                            }
                        };
                        let found = $module::list(conn, space_id, paging.after(), paging::one_more(limit)).await?;
                        let page = paging::page(found, limit, |place| place.id);
                        let mut items = Vec::with_capacity(page.items.len());
                        for place in page.items {
                            items.push(view(conn, place.id, place.space_id, place.name, place.slug).await?);
                        }
                        Ok(Json(Page { items, next_after: page.next_after }))
                    })
                    .await
            }

            /// `POST {"space", "name"}`
            pub(crate) async fn create(
                State(app): State<App>,
                caller: Caller,
                JsonBody(body): JsonBody,
            ) -> Result<(StatusCode, Json<PlaceView>), Problem> {
                caller.require(&[Scope::ProjectsWrite])?;
                let NewPlace { space, name } = NewPlace::parse(&body).map_err(Problem::invalid)?;
                let space_id = app.store.read(async |conn| spaces::find(conn, &caller, &space).await).await?.id;
                let created =
                    app.store.write(async move |conn| $module::create(conn, space_id, &name, Utc::now()).await).await?;
                app.store
                    .read(async |conn| {
                        let view = view(conn, created.id, space_id, created.name, created.slug).await?;
                        Ok((StatusCode::CREATED, Json(view)))
                    })
                    .await
            }

            /// `GET /{id}`
            pub(crate) async fn find(
                State(app): State<App>,
                caller: Caller,
                Path(id): Path<String>,
            ) -> Result<Json<PlaceView>, Problem> {
                caller.require_read()?;
                app.store
                    .read(async |conn| {
                        let id = reach(conn, &caller, &id).await?;
                        let place = $module::get(conn, id).await?.ok_or_else(|| Problem::not_found($what))?;
                        Ok(Json(view(conn, id, place.space_id, place.name, place.slug).await?))
                    })
                    .await
            }

            /// `PATCH /{id}`
            pub(crate) async fn change(
                State(app): State<App>,
                caller: Caller,
                Path(id): Path<String>,
                JsonBody(body): JsonBody,
            ) -> Result<Json<PlaceView>, Problem> {
                caller.require(&[Scope::ProjectsWrite])?;
                let id = app.store.read(async |conn| reach(conn, &caller, &id).await).await?;
                let change = PlaceChange::parse(&body).map_err(Problem::invalid)?;
                let place = app
                    .store
                    .write(async move |conn| $module::change(conn, id, &change, Utc::now()).await)
                    .await?
                    .ok_or_else(|| Problem::not_found($what))?;
                Ok(Json(
                    app.store.read(async |conn| view(conn, id, place.space_id, place.name, place.slug).await).await?,
                ))
            }

            /// `DELETE /{id}`: with every run in it.
            pub(crate) async fn delete(
                State(app): State<App>,
                caller: Caller,
                Path(id): Path<String>,
            ) -> Result<StatusCode, Problem> {
                caller.require(&[Scope::ProjectsWrite])?;
                let id = app.store.read(async |conn| reach(conn, &caller, &id).await).await?;
                app.store.write(async move |conn| $module::delete(conn, id).await).await?;
                Ok(StatusCode::NO_CONTENT)
            }

            /// The id behind `7` or the Octopus form of it. What is out of the caller's reach is not there.
            async fn reach(conn: &mut Conn, caller: &Caller, id: &str) -> Result<i64, Problem> {
                let missing = || Problem::not_found($what);
                let number = id.strip_prefix(concat!($octopus, "-")).unwrap_or(id).parse().map_err(|_| missing())?;
                let place = $module::get(conn, number).await?.ok_or_else(missing)?;
                if caller.reaches(&spaces::target(place.space_id)) { Ok(number) } else { Err(missing()) }
            }

            async fn view(
                conn: &mut Conn,
                id: i64,
                space_id: i64,
                name: String,
                slug: String,
            ) -> Result<PlaceView, Problem> {
                let aliases = aliases::of(conn, $owner(id)).await?;
                let space = groups::get(conn, space_id).await?.map(|space| space.full_path).unwrap_or_default();
                Ok(PlaceView { id, octopus_id: format!(concat!($octopus, "-{}"), id), space, name, slug, aliases })
            }
        }
    };
}

place_handlers!(environments, "environment", "Environments", aliases::Owner::Environment);
place_handlers!(tenants, "tenant", "Tenants", aliases::Owner::Tenant);
