//! Columns that are something better than text outside of the tables: times, statuses, visibilities, roles.

use burgee_domain::{
    change::Visibility,
    role::Role,
    status::{RunStatus, UnknownStatus},
};
use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    sql_types::{Nullable, Text, Timestamp},
};

/// A time as a column takes it: whole microseconds, which is all that PostgreSQL keeps.
pub(crate) fn stored(time: DateTime<Utc>) -> NaiveDateTime {
    time.naive_utc().trunc_subsecs(6)
}

/// A `timestamp` column on its way out.
pub struct Stamp(NaiveDateTime);

impl<DB: Backend> Queryable<Timestamp, DB> for Stamp
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    type Row = NaiveDateTime;

    fn build(time: NaiveDateTime) -> deserialize::Result<Self> {
        Ok(Self(time))
    }
}

impl From<Stamp> for DateTime<Utc> {
    fn from(stamp: Stamp) -> Self {
        stamp.0.and_utc()
    }
}

/// A `timestamp` column that may be null on its way out.
pub struct MaybeStamp(Option<NaiveDateTime>);

impl<DB: Backend> Queryable<Nullable<Timestamp>, DB> for MaybeStamp
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    type Row = Option<NaiveDateTime>;

    fn build(time: Option<NaiveDateTime>) -> deserialize::Result<Self> {
        Ok(Self(time))
    }
}

impl From<MaybeStamp> for Option<DateTime<Utc>> {
    fn from(stamp: MaybeStamp) -> Self {
        stamp.0.map(|time| time.and_utc())
    }
}

/// A run's status on its way out.
pub struct StatusText(String);

impl<DB: Backend> Queryable<Text, DB> for StatusText
where
    String: FromSql<Text, DB>,
{
    type Row = String;

    fn build(text: String) -> deserialize::Result<Self> {
        Ok(Self(text))
    }
}

impl TryFrom<StatusText> for RunStatus {
    type Error = UnknownStatus;

    fn try_from(text: StatusText) -> Result<Self, UnknownStatus> {
        text.0.parse()
    }
}

/// The `visibility` column on its way out.
pub struct VisibilityText(String);

impl<DB: Backend> Queryable<Text, DB> for VisibilityText
where
    String: FromSql<Text, DB>,
{
    type Row = String;

    fn build(text: String) -> deserialize::Result<Self> {
        Ok(Self(text))
    }
}

impl TryFrom<VisibilityText> for Visibility {
    type Error = String;

    fn try_from(text: VisibilityText) -> Result<Self, String> {
        Self::parse(&text.0)
    }
}

/// A member's role on its way out.
pub struct RoleText(String);

impl<DB: Backend> Queryable<Text, DB> for RoleText
where
    String: FromSql<Text, DB>,
{
    type Row = String;

    fn build(text: String) -> deserialize::Result<Self> {
        Ok(Self(text))
    }
}

impl TryFrom<RoleText> for Role {
    type Error = String;

    fn try_from(text: RoleText) -> Result<Self, String> {
        text.0.parse()
    }
}
