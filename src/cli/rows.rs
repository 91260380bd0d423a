//! Rows as commands write them, many at a time: one prepared statement again and again on SQLite,
//! many rows a statement on PostgreSQL.

use crate::clock::Moment;
use crate::db::ids::{AgreementId, CustomerId, NoteId, OrganisationId, PartnerId, TagId, UserId};
use crate::db::schema::*;
use crate::db::{Conn, DbResult};
use crate::domain::{AccountType, Cloud, CustomerStatus, PartnerStatus};
use crate::features::customers::model::Customer;
use diesel::prelude::*;

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::db::types::Guid;

    /// SQLite alone: see `db::search`.
    customer_rank (rank) {
        rank -> BigInt,
        partner_id -> Guid,
        customer_id -> Guid,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};

    /// SQLite alone: the full-text table.
    customer_search (rowid) {
        rowid -> BigInt,
        doc -> Text,
        facets -> Text,
    }
}

/// A partner account to insert.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = partner_account)]
pub struct Partner {
    pub id: PartnerId,
    pub number: i64,
    pub slug: String,
    pub name: String,
    pub account_type: AccountType,
    pub status: PartnerStatus,
    pub cloud: Cloud,
    pub country: String,
    pub domain: String,
    pub created_at: Moment,
}

/// A user to insert, with an id of the caller's.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = app_user)]
pub struct User {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub language: String,
    pub time_zone: String,
    pub operator: bool,
    pub status: &'static str,
    pub created_at: Moment,
}

/// A user's place in a partner account.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = membership)]
pub struct Member {
    pub partner_id: PartnerId,
    pub user_id: UserId,
    pub roles: String,
    pub status: &'static str,
    pub created_at: Moment,
}

/// An agreement between a provider and a reseller.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = partnership)]
pub struct Partnership {
    pub provider_id: PartnerId,
    pub reseller_id: PartnerId,
    pub cloud: Cloud,
    pub status: &'static str,
    pub created_at: Moment,
    pub ended_at: Option<Moment>,
    pub ends_at: Option<Moment>,
    pub ended_by: Option<PartnerId>,
    pub end_reason: &'static str,
}

/// The organisation of a customer account.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = organisation)]
pub struct Organisation<'a> {
    pub id: OrganisationId,
    pub cloud: Cloud,
    pub domain: &'a str,
    pub legal_name: &'a str,
    pub country: &'a str,
    pub registration_number: &'a str,
    pub created_at: Moment,
}

impl<'a> Organisation<'a> {
    /// The organisation that a customer account is about, as that account knows it.
    pub fn of(customer: &'a Customer, cloud: Cloud) -> Self {
        Self {
            id: customer.organisation_id,
            cloud,
            domain: &customer.domain,
            legal_name: &customer.company_name,
            country: &customer.country,
            registration_number: &customer.registration_number,
            created_at: customer.created_at,
        }
    }
}

/// A customer account, from the model's whole row.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = customer_account)]
pub struct Account<'a> {
    partner_id: PartnerId,
    id: CustomerId,
    cloud: Cloud,
    organisation_id: OrganisationId,
    status: CustomerStatus,
    listed: bool,
    source: crate::domain::Source,
    counterpart_id: Option<PartnerId>,
    company_name: &'a str,
    name_key: &'a [u8],
    alias: &'a str,
    domain: &'a str,
    country: &'a str,
    address1: &'a str,
    address2: &'a str,
    city: &'a str,
    state: &'a str,
    postal_code: &'a str,
    phone: &'a str,
    registration_number: &'a str,
    contact_first: &'a str,
    contact_middle: &'a str,
    contact_last: &'a str,
    contact_email: &'a str,
    language: &'a str,
    owner_id: Option<UserId>,
    agreed_on: Option<&'a str>,
    created_at: Moment,
    activity_at: Moment,
}

impl<'a> Account<'a> {
    /// The row of a customer in one partner account.
    pub fn of(customer: &'a Customer, partner_id: PartnerId, cloud: Cloud) -> Self {
        Self {
            partner_id,
            id: customer.id,
            cloud,
            organisation_id: customer.organisation_id,
            status: customer.status,
            listed: customer.status != CustomerStatus::Ended,
            source: customer.source,
            counterpart_id: customer.counterpart_id,
            company_name: &customer.company_name,
            name_key: &customer.name_key,
            alias: &customer.alias,
            domain: &customer.domain,
            country: &customer.country,
            address1: &customer.address1,
            address2: &customer.address2,
            city: &customer.city,
            state: &customer.state,
            postal_code: &customer.postal_code,
            phone: &customer.phone,
            registration_number: &customer.registration_number,
            contact_first: &customer.contact_first,
            contact_middle: &customer.contact_middle,
            contact_last: &customer.contact_last,
            contact_email: &customer.contact_email,
            language: &customer.language,
            owner_id: customer.owner_id,
            agreed_on: customer.agreed_on.as_deref(),
            created_at: customer.created_at,
            activity_at: customer.activity_at,
        }
    }
}

/// A tag of a partner account.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = tag)]
pub struct Tag {
    pub partner_id: PartnerId,
    pub id: TagId,
    pub name: String,
    pub name_folded: String,
    pub colour: i64,
    pub created_at: Moment,
}

/// A tag on a customer.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = customer_tag)]
pub struct CustomerTag {
    pub partner_id: PartnerId,
    pub customer_id: CustomerId,
    pub tag_id: TagId,
}

/// A note on a customer.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = customer_note)]
pub struct Note {
    pub partner_id: PartnerId,
    pub id: NoteId,
    pub customer_id: CustomerId,
    pub author_id: UserId,
    pub body: String,
    pub created_at: Moment,
    pub updated_at: Moment,
}

/// An attested customer agreement.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = agreement_acceptance)]
pub struct Agreement {
    pub partner_id: PartnerId,
    pub id: AgreementId,
    pub customer_id: CustomerId,
    pub template: &'static str,
    pub agreed_on: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub attested_by: UserId,
    pub attested_at: Moment,
}

/// SQLite: where a customer stands in the search index.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = customer_rank)]
pub struct Rank {
    pub rank: i64,
    pub partner_id: PartnerId,
    pub customer_id: CustomerId,
}

/// SQLite: what the search index knows of a customer.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = customer_search)]
pub struct Document {
    pub rowid: i64,
    pub doc: String,
    pub facets: String,
}

/// Rows that a statement may carry on PostgreSQL, which takes 65,535 values in one.
#[cfg(feature = "postgres")]
pub const AT_ONCE: usize = 500;

/// Defines how rows of a table are written; how many were.
macro_rules! insert {
    ($($(#[$meta:meta])* $name:ident: $row:ty => $table:ident),+ $(,)?) => {$(
        $(#[$meta])*
        pub fn $name(conn: &mut Conn, rows: &[$row]) -> DbResult<u64> {
            match conn {
                // A statement for many rows would be parsed anew each time; this one is kept.
                Conn::Sqlite(conn) => {
                    for row in rows {
                        diesel::insert_into($table::table).values(row).execute(conn)?;
                    }
                }
                #[cfg(feature = "postgres")]
                Conn::Postgres(conn) => {
                    for rows in rows.chunks(AT_ONCE) {
                        diesel::insert_into($table::table).values(rows).execute(conn)?;
                    }
                }
            }
            Ok(rows.len() as u64)
        }
    )+};
}

insert! {
    /// Inserts partner accounts.
    partners: Partner => partner_account,
    /// Inserts users.
    users: User => app_user,
    /// Inserts memberships.
    members: Member => membership,
    /// Inserts partnerships.
    partnerships: Partnership => partnership,
    /// Inserts organisations.
    organisations: Organisation<'_> => organisation,
    /// Inserts customer accounts.
    accounts: Account<'_> => customer_account,
    /// Inserts tags.
    tags: Tag => tag,
    /// Inserts tags on customers.
    customer_tags: CustomerTag => customer_tag,
    /// Inserts notes.
    notes: Note => customer_note,
    /// Inserts attested agreements.
    agreements: Agreement => agreement_acceptance,
}

/// SQLite alone: inserts into the search index.
pub fn search(conn: &mut diesel::sqlite::SqliteConnection, ranks: &[Rank], documents: &[Document]) -> DbResult<u64> {
    for rank in ranks {
        diesel::insert_into(customer_rank::table).values(rank).execute(conn)?;
    }
    for document in documents {
        diesel::insert_into(customer_search::table).values(document).execute(conn)?;
    }
    Ok((ranks.len() + documents.len()) as u64)
}
