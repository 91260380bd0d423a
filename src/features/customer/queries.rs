//! What a customer's page reads.

use super::section::Record;
use crate::access::Scope;
use crate::access::audit::{self, Shown};
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, NoteId, ObjectId, UserId};
use crate::db::schema::{agreement_acceptance, app_user, customer_note};
use crate::db::{Conn, DbResult};
use crate::error::Result;
use crate::features::customers::model;
use crate::features::ending::model::{EndRequest, Ending};
use crate::features::{delegated_admin, ending};
use diesel::prelude::*;

/// A customer with its tags; `NotFound` for any id that isn't this tenant's.
pub fn record(scope: &Scope, conn: &mut Conn, id: CustomerId) -> DbResult<Record> {
    let customer = model::find(scope, conn, id)?;
    Ok(Record { customer, tags: model::tags_of(scope, conn, id)? })
}

/// What the header of each tab shows.
pub struct Frame {
    pub record: Record,
    pub owner: Option<String>,
    pub counterpart: Option<String>,
    pub notes: i64,
    /// The end of the relationship, scheduled or done.
    pub ending: Option<Ending>,
    /// What the reseller of a provider's customer asks.
    pub request: Option<EndRequest>,
    /// Until when delegated admin holds, by its own time.
    pub admin_until: Option<Moment>,
}

/// The header of a customer's page.
pub fn frame(scope: &Scope, conn: &mut Conn, id: CustomerId) -> DbResult<Frame> {
    let record = record(scope, conn, id)?;
    let owner = match record.customer.owner_id {
        Some(owner) => model::member_name(scope, conn, owner)?,
        None => None,
    };
    let counterpart = match record.customer.counterpart_id {
        Some(partner) => model::counterpart_name(conn, partner)?,
        None => None,
    };
    let notes = scope.all(customer_note::table).filter(customer_note::customer_id.eq(id)).count().get_result(conn)?;
    let ending = match record.customer.ends_at {
        Some(_) => ending::model::open(scope, conn, id)?,
        None => None,
    };
    let request = match record.customer.counterpart_id {
        Some(other) => ending::model::open_request(scope, conn, id, other)?,
        None => None,
    };
    let admin_until = delegated_admin::model::holds_until(scope, conn, id)?;
    Ok(Frame { record, owner, counterpart, notes, ending, request, admin_until })
}

/// The latest event that changed one of these fields, among the latest fifty.
pub fn last_change(scope: &Scope, conn: &mut Conn, id: CustomerId, fields: &[&'static str]) -> Result<Option<Shown>> {
    let events = audit::list(scope, conn, Some(ObjectId::from_uuid(id.uuid())), None, 50)?;
    let touches = |event: &Shown| fields.iter().any(|field| event.after.contains_key(*field) || event.before.contains_key(*field));
    Ok(events.into_iter().find(touches))
}

/// An attested agreement.
#[derive(Debug, Clone)]
pub struct Agreement {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub attested_at: Moment,
    /// The member who attested it.
    pub attested_by: Option<String>,
}

/// The latest attestation of the customer's agreement.
pub fn agreement(tenant: &Tenant, conn: &mut Conn, id: CustomerId) -> DbResult<Option<Agreement>> {
    type Row = (String, String, String, Moment, UserId);
    let found: Option<Row> = tenant
        .all(agreement_acceptance::table)
        .filter(agreement_acceptance::customer_id.eq(id))
        .order((agreement_acceptance::attested_at.desc(), agreement_acceptance::id.desc()))
        .select((
            agreement_acceptance::first_name,
            agreement_acceptance::last_name,
            agreement_acceptance::email,
            agreement_acceptance::attested_at,
            agreement_acceptance::attested_by,
        ))
        .first(conn)
        .optional()?;
    let Some((first_name, last_name, email, attested_at, by)) = found else {
        return Ok(None);
    };
    let attested_by = model::member_name(tenant, conn, by)?;
    Ok(Some(Agreement { first_name, last_name, email, attested_at, attested_by }))
}

/// A note with its author's name.
#[derive(Debug, Clone, Queryable)]
pub struct Note {
    pub id: NoteId,
    pub author_id: UserId,
    pub author: String,
    pub body: String,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub version: i64,
}

macro_rules! note {
    ($tenant:expr, $customer:expr) => {
        $tenant
            .all(customer_note::table)
            .inner_join(app_user::table.on(app_user::id.eq(customer_note::author_id)))
            .filter(customer_note::customer_id.eq($customer))
            .select((
                customer_note::id,
                customer_note::author_id,
                app_user::name,
                customer_note::body,
                customer_note::created_at,
                customer_note::updated_at,
                customer_note::version,
            ))
    };
}

/// One note of a customer.
pub fn note(tenant: &Tenant, conn: &mut Conn, customer: CustomerId, id: NoteId) -> DbResult<Note> {
    note!(tenant, customer).filter(customer_note::id.eq(id)).first(conn)
}

/// Notes of a customer, newest first, from behind the given one.
pub fn notes(tenant: &Tenant, conn: &mut Conn, customer: CustomerId, behind: Option<NoteId>, limit: i64) -> DbResult<Vec<Note>> {
    let mut query = note!(tenant, customer).order((customer_note::created_at.desc(), customer_note::id.desc())).limit(limit).into_boxed();
    if let Some(behind) = behind {
        let last = note(tenant, conn, customer, behind)?;
        query = query
            .filter(customer_note::created_at.le(last.created_at))
            .filter(customer_note::created_at.lt(last.created_at).or(customer_note::id.lt(last.id)));
    }
    query.load(conn)
}
