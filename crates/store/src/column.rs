//! Columns that are something better than text outside of the tables: times, statuses, visibilities, roles.

use burgee_domain::{
    change::Visibility,
    instance_vars::InstanceVars,
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

/// A text column on its way out that is one of a few words.
pub struct Word(String);

impl<DB: Backend> Queryable<Text, DB> for Word
where
    String: FromSql<Text, DB>,
{
    type Row = String;

    fn build(text: String) -> deserialize::Result<Self> {
        Ok(Self(text))
    }
}

impl TryFrom<Word> for RunStatus {
    type Error = UnknownStatus;

    fn try_from(word: Word) -> Result<Self, UnknownStatus> {
        word.0.parse()
    }
}

/// Instance variables on their way out.
pub struct Instance(String);

impl<DB: Backend> Queryable<Text, DB> for Instance
where
    String: FromSql<Text, DB>,
{
    type Row = String;

    fn build(text: String) -> deserialize::Result<Self> {
        Ok(Self(text))
    }
}

impl From<Instance> for InstanceVars {
    fn from(instance: Instance) -> Self {
        Self::from_canonical(&instance.0)
    }
}

impl TryFrom<Word> for Visibility {
    type Error = String;

    fn try_from(word: Word) -> Result<Self, String> {
        Self::parse(&word.0)
    }
}

impl TryFrom<Word> for Role {
    type Error = String;

    fn try_from(word: Word) -> Result<Self, String> {
        word.0.parse()
    }
}
