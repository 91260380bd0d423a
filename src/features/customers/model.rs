//! A customer account's row, read and changed.

use crate::access::Scope;
use crate::access::may::Relationship;
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, OrganisationId, PartnerId, TagId, UserId};
use crate::db::schema::{app_user, customer_account, customer_tag, membership, partner_account, tag};
use crate::db::{Conn, DbResult};
use crate::domain::relationship::ending;
use crate::domain::{CustomerStatus, Source};
use diesel::prelude::*;

/// One customer account, whole.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = customer_account)]
pub struct Customer {
    pub id: CustomerId,
    pub organisation_id: OrganisationId,
    pub status: CustomerStatus,
    pub source: Source,
    pub counterpart_id: Option<PartnerId>,
    pub company_name: String,
    pub name_key: Vec<u8>,
    pub alias: String,
    pub domain: String,
    pub country: String,
    pub address1: String,
    pub address2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub phone: String,
    pub registration_number: String,
    pub contact_first: String,
    pub contact_middle: String,
    pub contact_last: String,
    pub contact_email: String,
    pub language: String,
    pub owner_id: Option<UserId>,
    /// `YYYY-MM-DD`, once the customer agreement is attested.
    pub agreed_on: Option<String>,
    pub created_at: Moment,
    pub activity_at: Moment,
    pub version: i64,
    /// When the relationship ends or has ended.
    pub ends_at: Option<Moment>,
}

impl Customer {
    pub fn relationship(&self) -> Relationship {
        match self.status {
            CustomerStatus::Active => Relationship::Active,
            CustomerStatus::Pending => Relationship::Pending,
            CustomerStatus::Ended => Relationship::Ended,
        }
    }
    /// First, middle and last name.
    pub fn contact_name(&self) -> String {
        [&self.contact_first, &self.contact_middle, &self.contact_last]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A customer of this tenant as it is now; `NotFound` for any other id.
pub fn find(scope: &Scope, conn: &mut Conn, id: CustomerId) -> DbResult<Customer> {
    let row = scope.all(customer_account::table).filter(customer_account::id.eq(id));
    let stored: Customer = row.select(Customer::as_select()).first(conn)?;
    Ok(Customer { status: ending::status(stored.status, stored.ends_at, scope.now), ..stored })
}

/// A tag as lists and pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    /// One of ten hues, 0 to 9.
    pub colour: i64,
}

/// The tags of one customer, by name.
pub fn tags_of(tenant: &Tenant, conn: &mut Conn, id: CustomerId) -> DbResult<Vec<Tag>> {
    tenant
        .all(customer_tag::table)
        .inner_join(tag::table.on(tag::partner_id.eq(customer_tag::partner_id).and(tag::id.eq(customer_tag::tag_id))))
        .filter(customer_tag::customer_id.eq(id))
        .order(tag::name_folded)
        .select((tag::id, tag::name, tag::colour))
        .load(conn)
}

/// All tags of the partner account, by name; 500 at most.
pub fn all_tags(tenant: &Tenant, conn: &mut Conn) -> DbResult<Vec<Tag>> {
    tenant.all(tag::table).order(tag::name_folded).limit(500).select((tag::id, tag::name, tag::colour)).load(conn)
}

/// A colleague who can own customers.
#[derive(Debug, Clone, Queryable)]
pub struct Colleague {
    pub id: UserId,
    pub name: String,
}

/// The active members of the partner account, by name; 500 at most.
pub fn colleagues(tenant: &Tenant, conn: &mut Conn) -> DbResult<Vec<Colleague>> {
    membership::table
        .inner_join(app_user::table.on(app_user::id.eq(membership::user_id)))
        .filter(membership::partner_id.eq(tenant.id()))
        .filter(membership::status.eq("active"))
        .filter(app_user::status.eq("active"))
        .order(app_user::name)
        .limit(500)
        .select((app_user::id, app_user::name))
        .load(conn)
}

/// The name of a member of this account, whatever became of it.
pub fn member_name(tenant: &Tenant, conn: &mut Conn, id: UserId) -> DbResult<Option<String>> {
    membership::table
        .inner_join(app_user::table.on(app_user::id.eq(membership::user_id)))
        .filter(membership::partner_id.eq(tenant.id()))
        .filter(membership::user_id.eq(id))
        .select(app_user::name)
        .first(conn)
        .optional()
}

/// The name of the reseller or provider that a customer account names.
pub fn counterpart_name(conn: &mut Conn, id: PartnerId) -> DbResult<Option<String>> {
    partner_account::table.find(id).select(partner_account::name).first(conn).optional()
}
