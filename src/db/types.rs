//! Column types of our own: ids are 16-byte blobs on SQLite and `uuid` on PostgreSQL; moments are
//! microseconds since 1970 on SQLite and `timestamptz` on PostgreSQL, parsed without any text.

use crate::clock::Moment;
use crate::db::MultiBackend;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, SqlType};
use diesel::sqlite::Sqlite;

/// SQL type of every id.
#[derive(SqlType, diesel::query_builder::QueryId, Default, Clone, Copy)]
#[diesel(sqlite_type(name = "Binary"))]
#[cfg_attr(feature = "postgres", diesel(postgres_type(oid = 2950, array_oid = 2951)))]
pub struct Guid;

/// SQL type of every moment in time.
#[derive(SqlType, diesel::query_builder::QueryId, Default, Clone, Copy)]
#[diesel(sqlite_type(name = "Long"))]
#[cfg_attr(feature = "postgres", diesel(postgres_type(oid = 1184, array_oid = 1185)))]
pub struct Instant;

impl HasSqlType<Guid> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Guid>(lookup)
    }
}
impl HasSqlType<Instant> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Instant>(lookup)
    }
}

/// Moments are comparable; ids only equal and, as the last sort key, ordered.
impl diesel::sql_types::SqlOrd for Guid {}
impl diesel::sql_types::SqlOrd for Instant {}

impl ToSql<Instant, Sqlite> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.micros());
        Ok(IsNull::No)
    }
}
impl FromSql<Instant, Sqlite> for Moment {
    fn from_sql(raw: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <i64 as FromSql<diesel::sql_types::BigInt, Sqlite>>::from_sql(raw).map(Moment::from_micros)
    }
}
impl ToSql<Instant, MultiBackend> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Instant, self));
        Ok(IsNull::No)
    }
}
impl FromSql<Instant, MultiBackend> for Moment {
    fn from_sql(raw: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        raw.from_sql::<Self, Instant>()
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use super::*;
    use diesel::pg::{Pg, PgValue};
    use std::io::Write;

    /// PostgreSQL counts microseconds from 2000-01-01 UTC.
    const EPOCH_2000_MICROS: i64 = 946_684_800_000_000;

    impl ToSql<Instant, Pg> for Moment {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(&(self.micros() - EPOCH_2000_MICROS).to_be_bytes())?;
            Ok(IsNull::No)
        }
    }
    impl FromSql<Instant, Pg> for Moment {
        fn from_sql(raw: PgValue<'_>) -> deserialize::Result<Self> {
            let bytes: [u8; 8] = raw.as_bytes().try_into()?;
            Ok(Moment::from_micros(i64::from_be_bytes(bytes) + EPOCH_2000_MICROS))
        }
    }
}

/// Stores an enumeration as the text its `as_str` gives, and refuses unknown text when reading;
/// in the database and in JSON alike.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::Text)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The text stored, shown in addresses and used in message keys.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// The value of a stored text.
            pub fn from_text(text: &str) -> Option<Self> { match text { $($text => Some(Self::$variant),)+ _ => None } }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(self.as_str()) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                Self::from_text(&text).ok_or_else(|| serde::de::Error::custom(concat!("unknown ", stringify!($name))))
            }
        }
        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where DB: diesel::backend::Backend, str: diesel::serialize::ToSql<diesel::sql_types::Text, DB> {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql(self.as_str(), out)
            }
        }
        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where DB: diesel::backend::Backend, String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB> {
            fn from_sql(raw: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(raw)?;
                Self::from_text(&text).ok_or_else(|| format!("unknown {}: {text}", stringify!($name)).into())
            }
        }
    };
}
