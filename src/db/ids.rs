//! One newtype an entity, so that a tag's id never stands where a customer's belongs. UUIDv7:
//! random enough not to be guessed (74 bits), ordered enough to insert at the end of an index.

use crate::db::MultiBackend;
use crate::db::types::Guid;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sqlite::Sqlite;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = Guid)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id of this moment.
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self { Self(Uuid::now_v7()) }
            pub const fn from_uuid(id: Uuid) -> Self { Self(id) }
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
        impl FromStr for $name {
            type Err = ();
            /// Hyphenated form alone, so that one thing has one address.
            fn from_str(text: &str) -> Result<Self, ()> {
                if text.len() != 36 { return Err(()); }
                Uuid::try_parse(text).map(Self).map_err(|_| ())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(|()| serde::de::Error::custom("not an id"))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl ToSql<Guid, Sqlite> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(&self.0.as_bytes()[..]);
                Ok(IsNull::No)
            }
        }
        impl FromSql<Guid, Sqlite> for $name {
            fn from_sql(mut raw: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(Self(Uuid::from_slice(raw.read_blob())?))
            }
        }
        #[cfg(feature = "postgres")]
        impl ToSql<Guid, diesel::pg::Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::pg::Pg>) -> serialize::Result {
                std::io::Write::write_all(out, self.0.as_bytes())?;
                Ok(IsNull::No)
            }
        }
        #[cfg(feature = "postgres")]
        impl FromSql<Guid, diesel::pg::Pg> for $name {
            fn from_sql(raw: diesel::pg::PgValue<'_>) -> deserialize::Result<Self> {
                Ok(Self(Uuid::from_slice(raw.as_bytes())?))
            }
        }
        impl ToSql<Guid, MultiBackend> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((Guid, self));
                Ok(IsNull::No)
            }
        }
        impl FromSql<Guid, MultiBackend> for $name {
            fn from_sql(raw: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                raw.from_sql::<Self, Guid>()
            }
        }
    )+};
}

ids! {
    /// A partner account: the tenant.
    PartnerId,
    UserId,
    SessionId,
    OrganisationId,
    /// A customer account: one partner's side of an organisation.
    CustomerId,
    AgreementId,
    NoteId,
    TagId,
    ViewId,
    DraftId,
    JobId,
    InvitationId,
    /// Granted rights to administer.
    AdminId,
    EndingId,
    EndRequestId,
    /// A business profile, and its public listing.
    ProfileId,
    /// A location of a business profile.
    LocationId,
    LogoId,
    /// What a visitor of the directory asked.
    InquiryId,
    ReferralId,
    /// What two sides of a referral share.
    EngagementId,
    HandoverId,
    /// A note or a change of the shared part.
    EntryId,
    ImportId,
    /// A person who may act for an organisation.
    ContactId,
    /// A letter in the outbox.
    MailId,
    RequestId,
    /// Whatever an audit event is about.
    ObjectId,
}
