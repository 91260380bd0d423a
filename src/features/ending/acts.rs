//! Ending a relationship and taking that back. Each act is compare-and-set, stands in the log of
//! every side it touches, and tells the people concerned, all in one transaction.

use super::letters::{self, Notice};
use super::model::{self, Ending};
use super::requests;
use crate::access::Scope;
use crate::access::audit::{self, Event, Fields};
use crate::clock::Moment;
use crate::db::ids::{CustomerId, EndingId, InvitationId, ObjectId};
use crate::db::schema::{customer_account, ending};
use crate::db::{Conn, dialect};
use crate::domain::relationship::ending::{Act, AskedBy, Reason, State, UNDO, after, blockers};
use crate::domain::{CustomerStatus, Source};
use crate::error::{Error, Result};
use crate::features::customers::index;
use crate::features::customers::model::{self as customers, Customer};
use crate::features::{delegated_admin, invitations};
use diesel::prelude::*;

/// What is decided about an end.
#[derive(Debug, Clone)]
pub struct New {
    /// The person who decides, by name.
    pub person: String,
    pub reason: Reason,
    /// In the person's own words; the other side reads it.
    pub note: String,
    /// `None`: now.
    pub ends_at: Option<Moment>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Something stands in the way, or somebody was faster; nothing was written.
    Refused,
}

/// Ends a relationship in the name of the partner, and, by a provider, for its reseller too.
pub fn end(scope: &Scope, conn: &mut Conn, id: CustomerId, new: &New) -> Result<Outcome> {
    settle(scope, conn, id)?;
    let customer = customers::find(scope, conn, id)?;
    let facts = model::facts(scope, conn, &customer)?;
    if customer.status == CustomerStatus::Ended || !blockers(&facts).is_empty() {
        return Ok(Outcome::Refused);
    }
    if !begin(scope, conn, &customer, new, AskedBy::Partner)? {
        return Ok(Outcome::Refused);
    }
    if facts.reseller.is_some() {
        requests::answered(scope, conn, id)?;
        let provider = New { person: letters::own(scope, conn)?.1, ..new.clone() };
        scope.for_counterpart(conn, id, |scope, conn, theirs| {
            supersede(scope, conn, theirs, &provider.person)?;
            let customer = customers::find(scope, conn, theirs)?;
            begin(scope, conn, &customer, &provider, AskedBy::Provider)
        })?;
    }
    Ok(Outcome::Done)
}

/// The customer leaves this partner: nothing stands in its way. What it had not answered is
/// revoked, and an end that was scheduled for later gives way to this one. Of a provider, its
/// reseller ends too. Once it is over, nothing more happens.
pub fn by_customer(scope: &Scope, conn: &mut Conn, id: CustomerId, new: &New) -> Result<()> {
    settle(scope, conn, id)?;
    let customer = customers::find(scope, conn, id)?;
    if customer.status == CustomerStatus::Ended {
        return Ok(());
    }
    supersede(scope, conn, id, &new.person)?;
    let facts = model::facts(scope, conn, &customer)?;
    for unanswered in &facts.unanswered {
        invitations::acts::revoke(scope, conn, InvitationId::from_uuid(unanswered.id))?;
    }
    begin(scope, conn, &customer, new, AskedBy::Customer)?;
    let told = Notice { what: "reseller_left", who: &new.person, ends_at: new.ends_at.or(Some(scope.now)), note: &new.note };
    let shared = facts.reseller.is_some();
    scope.for_counterpart(conn, id, |scope, conn, theirs| {
        let customer = customers::find(scope, conn, theirs)?;
        if shared {
            supersede(scope, conn, theirs, &new.person)?;
            begin(scope, conn, &customer, new, AskedBy::Customer).map(|_| ())
        } else {
            letters::notice(scope, conn, &customer, &told)
        }
    })?;
    Ok(())
}

/// An end that is scheduled gives way to another decision.
fn supersede(scope: &Scope, conn: &mut Conn, id: CustomerId, person: &str) -> Result<()> {
    settle(scope, conn, id)?;
    match model::open(scope, conn, id)? {
        Some(open) if !open.is_over(scope.now) => close(scope, conn, &open, Act::CallOff, person),
        _ => Ok(()),
    }
}

/// Writes an end and, where its moment has come, does it; whether there was no other.
fn begin(scope: &Scope, conn: &mut Conn, customer: &Customer, new: &New, asked_by: AskedBy) -> Result<bool> {
    if customer.status == CustomerStatus::Ended {
        return Ok(false);
    }
    let ends_at = new.ends_at.filter(|end| *end > scope.now).unwrap_or(scope.now);
    let user_id = scope.user().filter(|_| asked_by == AskedBy::Partner);
    let written = dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(ending::table)
            .values((
                ending::partner_id.eq(scope.id()),
                ending::id.eq(EndingId::new()),
                ending::customer_id.eq(customer.id),
                ending::state.eq(State::Scheduled),
                ending::asked_by.eq(asked_by),
                ending::person.eq(&new.person),
                ending::user_id.eq(user_id),
                ending::reason.eq(new.reason),
                ending::note.eq(&new.note),
                ending::was.eq(customer.status),
                ending::created_at.eq(scope.now),
                ending::ends_at.eq(ends_at),
            ))
            .execute(conn)
    })?;
    let Some(open) = model::open(scope, conn, customer.id)?.filter(|_| written) else {
        return Ok(false);
    };
    if ends_at <= scope.now {
        finish(scope, conn, &open)?;
        return Ok(true);
    }
    let set = (customer_account::ends_at.eq(Some(ends_at)), customer_account::version.eq(customer_account::version + 1));
    diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(customer.id))).set(set).execute(conn)?;
    letters::ended(scope, conn, customer, &open, false)?;
    let after = with_reseller(scope, conn, customer, described(&open))?;
    record(scope, conn, "relationship.schedule", customer.id, Fields::new(), after)?;
    Ok(true)
}

/// The provider serves this reseller's customer through another one from now on: the relationship
/// is over at once and for good, and stays as a former one. The customer hears it from its provider.
pub fn passed_on(scope: &Scope, conn: &mut Conn, id: CustomerId, provider: &str) -> Result<()> {
    settle(scope, conn, id)?;
    let customer = customers::find(scope, conn, id)?;
    if customer.status == CustomerStatus::Ended {
        return Ok(());
    }
    supersede(scope, conn, id, provider)?;
    for unanswered in &model::facts(scope, conn, &customer)?.unanswered {
        invitations::acts::revoke(scope, conn, InvitationId::from_uuid(unanswered.id))?;
    }
    diesel::insert_into(ending::table)
        .values((
            ending::partner_id.eq(scope.id()),
            ending::id.eq(EndingId::new()),
            ending::customer_id.eq(id),
            ending::state.eq(State::Ended),
            ending::asked_by.eq(AskedBy::Provider),
            ending::person.eq(provider),
            ending::reason.eq(Reason::MovesOn),
            ending::note.eq(""),
            ending::was.eq(customer.status),
            ending::created_at.eq(scope.now),
            ending::ends_at.eq(scope.now),
            ending::ended_at.eq(Some(scope.now)),
            ending::undo_until.eq(Some(scope.now)),
        ))
        .execute(conn)?;
    put(scope, conn, id, CustomerStatus::Ended, Some(scope.now))?;
    delegated_admin::acts::end_with_relationship(scope, conn, id, scope.now)?;
    let fields = |status: CustomerStatus| ("status".to_owned(), status.as_str().into());
    let after = Fields::from_iter([fields(CustomerStatus::Ended), ("person".to_owned(), provider.into())]);
    record(scope, conn, "relationship.end", id, Fields::from_iter([fields(customer.status)]), after)
}

/// Does an end whose moment has come.
fn finish(scope: &Scope, conn: &mut Conn, open: &Ending) -> Result<()> {
    replace(scope, conn, open, Act::End)?;
    put(scope, conn, open.customer_id, CustomerStatus::Ended, Some(open.ends_at))?;
    delegated_admin::acts::end_with_relationship(scope, conn, open.customer_id, open.ends_at)?;
    let customer = customers::find(scope, conn, open.customer_id)?;
    letters::ended(scope, conn, &customer, open, true)?;
    let before = Fields::from_iter([("status".to_owned(), open.was.as_str().into())]);
    let mut after = with_reseller(scope, conn, &customer, described(open))?;
    after.insert("status".into(), CustomerStatus::Ended.as_str().into());
    record(scope, conn, "relationship.end", open.customer_id, before, after)
}

/// Does a scheduled end that has come, if there is one; whether there was.
pub fn settle(scope: &Scope, conn: &mut Conn, id: CustomerId) -> Result<bool> {
    match model::open(scope, conn, id)? {
        Some(open) if open.state == State::Scheduled && open.is_over(scope.now) => finish(scope, conn, &open).map(|()| true),
        _ => Ok(false),
    }
}

/// Calls off a scheduled end, or undoes one within its 30 days: everything is as it was, but for
/// delegated admin, which is not restored. By the side that ended it; a provider does it for its
/// reseller too.
pub fn take_back(scope: &Scope, conn: &mut Conn, id: CustomerId, side: AskedBy, person: &str) -> Result<Outcome> {
    let customer = customers::find(scope, conn, id)?;
    settle(scope, conn, id)?;
    let Some(open) = model::open(scope, conn, id)?.filter(|open| open.asked_by == side) else {
        return Ok(Outcome::Refused);
    };
    let act = if open.is_over(scope.now) { Act::Undo } else { Act::CallOff };
    match close(scope, conn, &open, act, person) {
        Ok(()) => {}
        Err(Error::Conflict) => return Ok(Outcome::Refused),
        Err(other) => return Err(other),
    }
    letters::kept(scope, conn, &customer, &open, person, act == Act::Undo)?;
    if model::reseller(scope, conn, &customer)?.is_some() {
        let (side, person) = match side {
            AskedBy::Customer => (side, person.to_owned()),
            _ => (AskedBy::Provider, letters::own(scope, conn)?.1),
        };
        scope.for_counterpart(conn, id, |scope, conn, theirs| take_back(scope, conn, theirs, side, &person))?;
    }
    Ok(Outcome::Done)
}

/// The customer has accepted a new invitation, or its provider entrusts it to this reseller again:
/// its old record lives again, with `source` for how it came this time. Where an end was only
/// scheduled, it is called off. Whether anything changed; nothing does for a customer that never left.
pub fn come_back(scope: &Scope, conn: &mut Conn, id: CustomerId, source: Source) -> Result<bool> {
    settle(scope, conn, id)?;
    let customer = customers::find(scope, conn, id)?;
    match model::open(scope, conn, id)? {
        Some(open) if open.is_over(scope.now) => replace(scope, conn, &open, Act::Return)?,
        Some(open) => {
            close(scope, conn, &open, Act::CallOff, "")?;
            return Ok(true);
        }
        // Ended before endings were kept, or not ended at all.
        None if customer.status != CustomerStatus::Ended => return Ok(false),
        None => {}
    }
    let row = scope.all(customer_account::table).filter(customer_account::id.eq(id));
    diesel::update(row).set(customer_account::source.eq(source)).execute(conn)?;
    put(scope, conn, id, CustomerStatus::Active, None)?;
    let pair = |status: CustomerStatus, source: Source| {
        Fields::from_iter([("status".to_owned(), status.as_str().into()), ("source".to_owned(), source.as_str().into())])
    };
    let (before, after) = (pair(CustomerStatus::Ended, customer.source), pair(CustomerStatus::Active, source));
    record(scope, conn, "relationship.return", id, before, after)?;
    Ok(true)
}

/// Closes an open ending as called off or undone, and puts the customer back as it was;
/// [`Error::Conflict`] where its time is over or somebody was faster.
fn close(scope: &Scope, conn: &mut Conn, open: &Ending, act: Act, person: &str) -> Result<()> {
    replace(scope, conn, open, act)?;
    put(scope, conn, open.customer_id, open.was, None)?;
    let action = if act == Act::Undo { "relationship.undo" } else { "relationship.call_off" };
    let mut after = Fields::new();
    if act == Act::Undo {
        after.insert("status".into(), open.was.as_str().into());
    }
    if !person.is_empty() {
        after.insert("person".into(), person.into());
    }
    record(scope, conn, action, open.customer_id, described(open), after)
}

/// What an act writes into an ending; `None` leaves as it is.
#[derive(AsChangeset)]
#[diesel(table_name = ending)]
struct Set {
    state: State,
    ended_at: Option<Moment>,
    undo_until: Option<Moment>,
    closed_at: Option<Moment>,
    version: i64,
}

/// Compare and set: [`Error::Conflict`] where the act is not to be had any more, by time or
/// because somebody was faster.
fn replace(scope: &Scope, conn: &mut Conn, open: &Ending, act: Act) -> Result<()> {
    let state = after(open.state, open.ends_at, act, scope.now).map_err(|_| Error::Conflict)?;
    let ends = (act == Act::End).then_some(open.ends_at);
    let set = Set {
        state,
        ended_at: ends,
        undo_until: ends.map(|end| end.plus(UNDO)),
        closed_at: (act != Act::End).then_some(scope.now),
        version: open.version + 1,
    };
    let row = scope.all(ending::table).filter(ending::id.eq(open.id)).filter(ending::version.eq(open.version));
    if diesel::update(row).set(set).execute(conn)? == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Where the customer account stands, and since or until when; with its place in list and index.
fn put(scope: &Scope, conn: &mut Conn, id: CustomerId, status: CustomerStatus, ends_at: Option<Moment>) -> Result<()> {
    diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(id)))
        .set((
            customer_account::status.eq(status),
            customer_account::listed.eq(status != CustomerStatus::Ended),
            customer_account::ends_at.eq(ends_at),
            customer_account::activity_at.eq(scope.now),
            customer_account::version.eq(customer_account::version + 1),
        ))
        .execute(conn)?;
    Ok(index::refresh(scope, conn, id)?)
}

/// An ending as the log tells it.
fn described(open: &Ending) -> Fields {
    let fields = [
        ("ends_at", open.ends_at.rfc3339()),
        ("ended_by", open.asked_by.as_str().to_owned()),
        ("person", open.person.clone()),
        ("reason", open.reason.as_str().to_owned()),
        ("note", open.note.clone()),
    ];
    fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value.into())).collect()
}

/// The reseller for whom it ends too stays named in its provider's log.
fn with_reseller(scope: &Scope, conn: &mut Conn, customer: &Customer, mut fields: Fields) -> Result<Fields> {
    if let Some(reseller) = model::reseller(scope, conn, customer)? {
        fields.insert("reseller".into(), reseller.into());
    }
    Ok(fields)
}

/// An event about a customer's relationship.
pub(super) fn record(scope: &Scope, conn: &mut Conn, action: &str, id: CustomerId, before: Fields, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "customer", object, before, after }).map(|_| ())
}
