//! Environments and tenants: two tables of the same shape, so one text for both.

/// Writes the queries of a table of places in a space.
macro_rules! place_queries {
    (table: $table:ident, row: $Row:ident, what: $what:literal, octopus: $octopus:literal, alias: $alias:ident) => {
        use burgee_coherence::Change;
        use burgee_domain::{change::PlaceChange, slug};
        use chrono::{DateTime, Utc};
        use diesel::prelude::*;
        use diesel_async::RunQueryDsl;

        use crate::{
            Conn, Result, StoreError,
            aliases::{self, Kind, Owner},
            conn::on_backend,
            identifier::{askable, own_id},
            schema::$table,
            column::{Stamp, stored},
        };

        #[doc = concat!("An ", $what, " of a space.")]
        #[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
        #[diesel(table_name = $table)]
        pub struct $Row {
            #[doc = concat!("Burgee's own id; `", $octopus, "-<id>` in the Octopus dialect.")]
            pub id: i64,
            /// The space that it is in.
            pub space_id: i64,
            /// The name as shown.
            pub name: String,
            /// Its place in URLs, unique in the space.
            pub slug: String,
            /// When it was first reported.
            #[diesel(deserialize_as = Stamp)]
            pub created_at: DateTime<Utc>,
            /// When it last changed.
            #[diesel(deserialize_as = Stamp)]
            pub updated_at: DateTime<Utc>,
        }

        /// Those of one space or of all spaces, by id, those after `after` (an id) only.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn list(
            conn: &mut Conn,
            space_id: Option<i64>,
            after: Option<i64>,
            limit: i64,
        ) -> Result<Vec<$Row>> {
            Ok(on_backend!(conn, |c| {
                let mut query = $table::table.select($Row::as_select()).into_boxed();
                if let Some(space_id) = space_id {
                    query = query.filter($table::space_id.eq(space_id));
                }
                query.filter($table::id.gt(after.unwrap_or(0))).order($table::id).limit(limit).load(c).await
            })?)
        }

        /// The one with this id.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn get(conn: &mut Conn, id: i64) -> Result<Option<$Row>> {
            Ok(on_backend!(conn, |c| $table::table.filter($table::id.eq(id)).select($Row::as_select()).first(c).await.optional())?)
        }

        #[doc = concat!("The one of a space that a URL names: by alias in the Octopus dialect, by `", $octopus, "-1`, or by slug, in this order.")]
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn find(conn: &mut Conn, space_id: i64, identifier: &str) -> Result<Option<$Row>> {
            let identifier = askable(identifier);
            let alias = aliases::resolve(conn, "octopus", [identifier; 4]).await?.$alias;
            for id in [alias, own_id(identifier, $octopus)].into_iter().flatten() {
                if let Some(found) = get(conn, id).await?
                    && found.space_id == space_id
                {
                    return Ok(Some(found));
                }
            }
            by_slug(conn, space_id, identifier).await
        }

        /// Finds one as a report names it: by exact name, else by slug. One that was given another name since goes
        /// on answering to the name that its slug was made from.
        pub(crate) async fn named(conn: &mut Conn, space_id: i64, name: &str) -> Result<Option<$Row>> {
            if let Some(found) = by_name(conn, space_id, name).await? {
                return Ok(Some(found));
            }
            if let Some(found) = by_slug(conn, space_id, name).await? {
                return Ok(Some(found));
            }
            let found = by_slug(conn, space_id, &slug::slugify(name)).await?;
            Ok(found.filter(|place| !place.slug.starts_with(&slug::slugify(&place.name))))
        }

        /// Finds one as a report names it, or creates it.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn ensure(conn: &mut Conn, space_id: i64, name: &str, now: DateTime<Utc>) -> Result<$Row> {
            if let Some(found) = named(conn, space_id, name).await? {
                return Ok(found);
            }
            for slug in slug::candidates(&slug::slugify(name)) {
                if let Some(created) = insert(conn, space_id, name, &slug, now).await? {
                    return Ok(created);
                }
                // Either the slug is taken, or somebody else has just created it.
                if let Some(found) = by_name(conn, space_id, name).await? {
                    return Ok(found);
                }
            }
            Err(StoreError::conflict("slug", format!("no slug is free for \"{name}\"")))
        }

        /// Creates one that does not exist yet.
        ///
        /// # Errors
        /// [`StoreError::Conflict`] when the name is taken.
        pub async fn create(conn: &mut Conn, space_id: i64, name: &str, now: DateTime<Utc>) -> Result<$Row> {
            if by_name(conn, space_id, name).await?.is_some() {
                return Err(name_taken(name));
            }
            ensure(conn, space_id, name, now).await
        }

        /// Changes one; none if there is no such. `updated_at` stays if nothing differs.
        ///
        /// # Errors
        /// [`StoreError::Conflict`] when the name, the slug or an alias is taken.
        pub async fn change(
            conn: &mut Conn,
            id: i64,
            change: &PlaceChange,
            now: DateTime<Utc>,
        ) -> Result<Option<$Row>> {
            let Some(place) = get(conn, id).await? else { return Ok(None) };
            aliases::change(conn, Owner::$Row(id), &change.aliases).await?;
            let name = change.name.as_deref().unwrap_or(&place.name);
            let slug = change.slug.as_deref().unwrap_or(&place.slug);
            if name == place.name && slug == place.slug {
                return Ok(Some(place));
            }
            if by_name(conn, place.space_id, name).await?.is_some_and(|other| other.id != id) {
                return Err(name_taken(name));
            }
            if by_slug(conn, place.space_id, slug).await?.is_some_and(|other| other.id != id) {
                let detail = format!(concat!("another ", $what, " of this space already has the slug \"{}\""), slug);
                return Err(StoreError::conflict("slug", detail));
            }
            conn.changed(Change::Naming { space: place.space_id });
            Ok(Some(on_backend!(conn, |c| diesel::update($table::table.filter($table::id.eq(id))).set(($table::name.eq(name), $table::slug.eq(slug), $table::updated_at.eq(stored(now)))).returning($Row::as_returning()).get_result(c).await)?))
        }

        /// Deletes one, with every run in it; whether there was one.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn delete(conn: &mut Conn, id: i64) -> Result<bool> {
            // Its runs and aliases go with it.
            conn.changed(Change::Instance);
            let query = diesel::delete($table::table.filter($table::id.eq(id)));
            Ok(on_backend!(conn, |c| query.execute(c).await)? > 0)
        }

        /// What [`aliases::of_many`] calls them.
        pub const KIND: Kind = Kind::$Row;

        async fn by_name(conn: &mut Conn, space_id: i64, name: &str) -> Result<Option<$Row>> {
            Ok(on_backend!(conn, |c| $table::table.filter($table::space_id.eq(space_id)).filter($table::name.eq(name)).select($Row::as_select()).first(c).await.optional())?)
        }

        async fn by_slug(conn: &mut Conn, space_id: i64, slug: &str) -> Result<Option<$Row>> {
            Ok(on_backend!(conn, |c| $table::table.filter($table::space_id.eq(space_id)).filter($table::slug.eq(slug)).select($Row::as_select()).first(c).await.optional())?)
        }

        async fn insert(
            conn: &mut Conn,
            space_id: i64,
            name: &str,
            slug: &str,
            now: DateTime<Utc>,
        ) -> Result<Option<$Row>> {
            let new = (
                $table::space_id.eq(space_id),
                $table::name.eq(name),
                $table::slug.eq(slug),
                $table::created_at.eq(stored(now)),
                $table::updated_at.eq(stored(now)),
            );
            conn.changed(Change::Naming { space: space_id });
            Ok(on_backend!(conn, |c| diesel::insert_into($table::table)
                .values(new)
                .on_conflict_do_nothing()
                .returning($Row::as_returning())
                .get_result(c)
                .await
                .optional())?)
        }

        fn name_taken(name: &str) -> StoreError {
            let detail = format!(concat!("another ", $what, " of this space is already called \"{}\""), name);
            StoreError::conflict("name", detail)
        }
    };
}
pub(crate) use place_queries;
