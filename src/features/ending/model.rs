//! Endings and requests for them as rows, and the facts that decide.

use crate::access::Scope;
use crate::access::partnership::holds;
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, EndRequestId, EndingId, InvitationId, PartnerId, UserId};
use crate::db::schema::{customer_account, delegated_admin, end_request, ending, invitation, partner_account, partnership};
use crate::db::{Conn, DbResult, any_of};
use crate::domain::CustomerStatus;
use crate::domain::relationship::ending::{AskedBy, Facts, Reason, Rights, Scheduled, State, UNDO, Unanswered, is_over};
use crate::domain::relationship::invitation::Kind;
use crate::features::customers::model::Customer;
use diesel::prelude::*;
use std::collections::HashMap;

/// An end of a relationship.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = ending)]
pub struct Ending {
    pub id: EndingId,
    pub customer_id: CustomerId,
    pub state: State,
    pub asked_by: AskedBy,
    /// Who ended it, by name.
    pub person: String,
    pub user_id: Option<UserId>,
    pub reason: Reason,
    pub note: String,
    /// What the customer account was before.
    pub was: CustomerStatus,
    pub ends_at: Moment,
    pub version: i64,
}

impl Ending {
    pub fn is_over(&self, now: Moment) -> bool {
        is_over(self.state, self.ends_at, now)
    }
    /// Until when it can be undone.
    pub const fn undo_until(&self) -> Moment {
        self.ends_at.plus(UNDO)
    }
    /// Can this partner still undo it? Not where the customer or the provider ended it.
    pub fn may_undo(&self, now: Moment) -> bool {
        self.asked_by == AskedBy::Partner && self.is_over(now) && now < self.undo_until()
    }
}

/// The ending of a customer that is neither undone, called off nor closed by its return.
pub fn open(tenant: &Tenant, conn: &mut Conn, customer: CustomerId) -> DbResult<Option<Ending>> {
    let open = tenant.all(ending::table).filter(ending::customer_id.eq(customer)).filter(ending::closed_at.is_null());
    open.select(Ending::as_select()).first(conn).optional()
}

/// The same of several customers.
pub fn open_of(tenant: &Tenant, conn: &mut Conn, customers: &[CustomerId]) -> DbResult<HashMap<CustomerId, Ending>> {
    let open = tenant.all(ending::table).filter(any_of(ending::customer_id, customers)).filter(ending::closed_at.is_null());
    let rows: Vec<Ending> = open.select(Ending::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.customer_id, row)).collect())
}

/// What blockers and effects follow from.
pub fn facts(scope: &Scope, conn: &mut Conn, customer: &Customer) -> DbResult<Facts> {
    let reseller = reseller(scope, conn, customer)?;
    let scheduled = open(scope, conn, customer.id)?.filter(|ending| ending.state == State::Scheduled && !ending.is_over(scope.now));
    let asked = match customer.counterpart_id.filter(|_| reseller.is_some()) {
        Some(id) => open_request(scope, conn, customer.id, id)?.is_some(),
        None => false,
    };
    Ok(Facts {
        scheduled: scheduled.map(|ending| Scheduled { ends_at: ending.ends_at, by: ending.asked_by }),
        unanswered: unanswered(scope, conn, customer.id)?,
        rights: rights(scope, conn, customer.id)?,
        reseller,
        asked,
    })
}

/// The name of the reseller with whom this provider shares the customer.
pub fn reseller(scope: &Scope, conn: &mut Conn, customer: &Customer) -> DbResult<Option<String>> {
    let Some(other) = customer.counterpart_id else { return Ok(None) };
    partnership::table
        .inner_join(partner_account::table.on(partner_account::id.eq(partnership::reseller_id)))
        .filter(partnership::provider_id.eq(scope.id()))
        .filter(partnership::reseller_id.eq(other))
        .filter(holds(scope.now))
        .select(partner_account::name)
        .first(conn)
        .optional()
}

/// Invitations and requests that the customer could still accept.
pub fn unanswered(scope: &Scope, conn: &mut Conn, customer: CustomerId) -> DbResult<Vec<Unanswered>> {
    let rows: Vec<(InvitationId, Kind, String)> = scope
        .all(invitation::table)
        .filter(invitation::customer_id.eq(customer))
        .filter(invitation::state.eq_any(["sent", "opened"]))
        .filter(invitation::expires_at.gt(scope.now))
        .order(invitation::number)
        .limit(100)
        .select((invitation::id, invitation::kind, invitation::recipient_email))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, kind, recipient)| Unanswered { id: id.uuid(), kind, recipient }).collect())
}

/// Delegated admin that holds now.
fn rights(scope: &Scope, conn: &mut Conn, customer: CustomerId) -> DbResult<Vec<Rights>> {
    let rows: Vec<(String, Moment)> = scope
        .all(delegated_admin::table)
        .filter(delegated_admin::customer_id.eq(customer))
        .filter(delegated_admin::state.eq("active"))
        .filter(delegated_admin::ends_at.gt(scope.now))
        .order(delegated_admin::ends_at)
        .select((delegated_admin::name, delegated_admin::ends_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(name, ends_at)| Rights { name, ends_at }).collect())
}

/// A reseller's request that its provider end a relationship; the provider's row.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = end_request)]
pub struct EndRequest {
    pub id: EndRequestId,
    pub customer_id: CustomerId,
    pub person: String,
    pub reason: String,
    pub state: String,
    pub created_at: Moment,
    pub answered_at: Option<Moment>,
    /// Why it was refused.
    pub answer: String,
}

/// A request of this tenant; `NotFound` for any other id.
pub fn request(tenant: &Tenant, conn: &mut Conn, id: EndRequestId) -> DbResult<EndRequest> {
    tenant.all(end_request::table).filter(end_request::id.eq(id)).select(EndRequest::as_select()).first(conn)
}

/// What this provider's reseller asked about one customer and nobody has answered.
pub fn open_request(tenant: &Tenant, conn: &mut Conn, customer: CustomerId, reseller: PartnerId) -> DbResult<Option<EndRequest>> {
    tenant
        .all(end_request::table)
        .filter(end_request::customer_id.eq(customer))
        .filter(end_request::reseller_id.eq(reseller))
        .filter(end_request::state.eq("open"))
        .select(EndRequest::as_select())
        .first(conn)
        .optional()
}

/// The latest request of this reseller about one of its customers, from its provider's side.
pub fn own_request(scope: &Scope, conn: &mut Conn, customer: CustomerId) -> crate::error::Result<Option<EndRequest>> {
    let reseller = scope.id();
    let found = scope.for_counterpart(conn, customer, |scope, conn, theirs| {
        let rows = scope.all(end_request::table).filter(end_request::customer_id.eq(theirs)).filter(end_request::reseller_id.eq(reseller));
        let latest = rows.order((end_request::created_at.desc(), end_request::id.desc())).select(EndRequest::as_select());
        Ok(latest.first(conn).optional()?)
    })?;
    Ok(found.flatten())
}

/// A request as the provider's list shows it: with its reseller's and customer's names.
pub type Listed = (EndRequest, String, String);

/// The requests nobody has answered, oldest first; 100 at most.
pub fn open_requests(tenant: &Tenant, conn: &mut Conn) -> DbResult<Vec<Listed>> {
    tenant
        .all(end_request::table)
        .inner_join(partner_account::table.on(partner_account::id.eq(end_request::reseller_id)))
        .inner_join(
            customer_account::table
                .on(customer_account::partner_id.eq(end_request::partner_id).and(customer_account::id.eq(end_request::customer_id))),
        )
        .filter(end_request::state.eq("open"))
        .order((end_request::created_at, end_request::id))
        .limit(100)
        .select((EndRequest::as_select(), partner_account::name, customer_account::company_name))
        .load(conn)
}
