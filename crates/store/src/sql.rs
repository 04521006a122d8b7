//! SQL functions that both engines have and Diesel does not name.

#[diesel::declare_sql_function]
extern "SQL" {
    /// The first of three that is not null.
    #[sql_name = "coalesce"]
    fn first_known(
        one: diesel::sql_types::Nullable<diesel::sql_types::Bool>,
        two: diesel::sql_types::Nullable<diesel::sql_types::Bool>,
        three: diesel::sql_types::Nullable<diesel::sql_types::Bool>,
    ) -> diesel::sql_types::Nullable<diesel::sql_types::Bool>;

    /// The text in lower case, as far as the engine knows how.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;

    /// The text from the `start`-th character, counted from one.
    fn substr(text: diesel::sql_types::Text, start: diesel::sql_types::Integer) -> diesel::sql_types::Text;
}
