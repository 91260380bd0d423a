//! What the wizard writes: drafts, the new customer, and the one link of its administrator.

use super::duplicates::Distinct;
use super::forms::{Attestation, Data, Whole};
use super::queries::{self, LINK_SHOWN};
use crate::access::Scope;
use crate::access::audit::{self, Event, Fields};
use crate::access::identity::{self, Purpose};
use crate::db::ids::{AgreementId, CustomerId, DraftId, ObjectId, ReferralId, UserId};
use crate::db::schema::{agreement_acceptance, customer_draft};
use crate::db::{Conn, DbResult};
use crate::domain::Source;
use crate::error::{Error, Result};
use crate::features::conversion::acts as conversion;
use crate::features::customers::create::{self, Origin};
use diesel::prelude::*;
use serde_json::Value;

/// The version of the customer agreement that is attested.
pub const TEMPLATE: &str = "customer-agreement-1";

fn pack(data: &Data) -> Result<String> {
    serde_json::to_string(data).map_err(Error::internal)
}

/// Keeps a new draft.
pub fn start_draft(scope: &Scope, conn: &mut Conn, user: UserId, data: &Data) -> Result<DraftId> {
    let id = DraftId::new();
    diesel::insert_into(customer_draft::table)
        .values((
            customer_draft::partner_id.eq(scope.id()),
            customer_draft::id.eq(id),
            customer_draft::user_id.eq(user),
            customer_draft::data.eq(pack(data)?),
            customer_draft::created_at.eq(scope.now),
            customer_draft::updated_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Changes one step of a draft and leaves the others as they are stored; [`Error::NotFound`] for
/// another's draft or one that is done. Runs again where another tab saved in between.
pub fn save_draft(scope: &Scope, conn: &mut Conn, user: UserId, id: DraftId, change: &dyn Fn(&mut Data)) -> Result<()> {
    let draft = queries::draft(scope, conn, user, id)?;
    if draft.customer.is_some() {
        return Err(Error::NotFound);
    }
    let mut data = draft.data;
    change(&mut data);
    let saved = diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(id))
        .filter(customer_draft::user_id.eq(user))
        .filter(customer_draft::customer_id.is_null())
        .filter(customer_draft::version.eq(draft.version))
        .set((
            customer_draft::data.eq(pack(&data)?),
            customer_draft::updated_at.eq(scope.now),
            customer_draft::version.eq(customer_draft::version + 1),
        ))
        .execute(conn)?;
    if saved == 1 { Ok(()) } else { Err(Error::overtaken()) }
}

/// Removes an unfinished draft.
pub fn discard(scope: &Scope, conn: &mut Conn, user: UserId, id: DraftId) -> Result<()> {
    let gone = diesel::delete(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(id))
        .filter(customer_draft::user_id.eq(user))
        .filter(customer_draft::customer_id.is_null())
        .execute(conn)?;
    if gone == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// What became of a submit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Created(CustomerId),
    /// Nothing was written: the domain was taken, the reseller ended or the draft changed since
    /// its page was read. Looking again tells which.
    Refused,
}

/// What a customer is made from.
#[derive(Debug, Clone)]
pub struct New {
    pub draft: DraftId,
    /// Of the draft that was read and checked.
    pub version: i64,
    pub whole: Whole,
    pub distinct: Distinct,
    /// The won referral that it comes from.
    pub referral: Option<ReferralId>,
}

/// Makes the customer of a draft: organisation, account, the reseller's account, administrator,
/// attestation and log; everything or nothing. A draft that is done leads to its customer.
pub fn create(scope: &Scope, conn: &mut Conn, user: UserId, new: &New) -> Result<Outcome> {
    if !claim(scope, conn, user, new)? {
        let draft = queries::draft(scope, conn, user, new.draft)?;
        return Ok(draft.customer.map_or(Outcome::Refused, Outcome::Created));
    }
    let account = &new.whole.account;
    let active = queries::known_reseller(scope, conn, account.reseller.as_ref())?;
    let (company, person) = (account.company(scope), new.whole.contact.person());
    let found = active.then(|| create::organisation(scope, conn, &company, &account.comparable_number(), &person)).transpose()?.flatten();
    let Some(organisation) = found else {
        unclaim(scope, conn, new)?;
        return Ok(Outcome::Refused);
    };
    let reseller = account.reseller.as_ref();
    let agreed_on = new.whole.attestation.as_ref().map(|attestation| attestation.agreed_on.to_string());
    let source = if new.referral.is_some() { Source::Referral } else { Source::Added };
    let origin = Origin { source, owner: Some(user), counterpart: reseller.map(|one| one.id), agreed_on };
    let (own, fields) = create::account(scope, conn, organisation, &company, &person, &origin)?;
    if let Some(attestation) = &new.whole.attestation {
        attest(scope, conn, user, own, attestation)?;
    }
    record(scope, conn, own, fields, &new.distinct, reseller.map(|one| one.name.as_str()))?;
    if let Some(reseller) = reseller {
        // The reseller gives the customer to one of its own people.
        let origin = Origin { owner: None, counterpart: Some(scope.id()), ..origin };
        scope.for_reseller(conn, reseller.id, |scope, conn| {
            let (theirs, fields) = create::account(scope, conn, organisation, &company, &person, &origin)?;
            record(scope, conn, theirs, fields, &Distinct::default(), None)
        })?;
    }
    if let Some(referral) = new.referral {
        conversion::tie(scope, conn, referral, own)?;
        if let Some(reseller) = reseller {
            conversion::tie_at_reseller(scope, conn, referral, reseller.id, organisation)?;
        }
    }
    finish(scope, conn, new, own)?;
    Ok(Outcome::Created(own))
}

/// Takes the draft, as it was read, for this submit alone: a second one waits here on PostgreSQL.
fn claim(scope: &Scope, conn: &mut Conn, user: UserId, new: &New) -> DbResult<bool> {
    let claimed = diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(new.draft))
        .filter(customer_draft::user_id.eq(user))
        .filter(customer_draft::customer_id.is_null())
        .filter(customer_draft::version.eq(new.version))
        .set(customer_draft::version.eq(new.version + 1))
        .execute(conn)?;
    Ok(claimed == 1)
}

/// Gives the draft back as it was: a refusal leaves nothing changed.
fn unclaim(scope: &Scope, conn: &mut Conn, new: &New) -> DbResult<()> {
    diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(new.draft))
        .set(customer_draft::version.eq(new.version))
        .execute(conn)
        .map(|_| ())
}

/// Keeps who accepted the agreement, and when; the customer's own row says so too.
pub fn attest(scope: &Scope, conn: &mut Conn, user: UserId, customer: CustomerId, attestation: &Attestation) -> Result<()> {
    diesel::insert_into(agreement_acceptance::table)
        .values((
            agreement_acceptance::partner_id.eq(scope.id()),
            agreement_acceptance::id.eq(AgreementId::new()),
            agreement_acceptance::customer_id.eq(customer),
            agreement_acceptance::template.eq(TEMPLATE),
            agreement_acceptance::agreed_on.eq(attestation.agreed_on.to_string()),
            agreement_acceptance::first_name.eq(attestation.first.as_str()),
            agreement_acceptance::last_name.eq(attestation.last.as_str()),
            agreement_acceptance::email.eq(attestation.email.as_str()),
            agreement_acceptance::phone.eq(attestation.phone.as_ref().map_or("", AsRef::as_ref)),
            agreement_acceptance::attested_by.eq(user),
            agreement_acceptance::attested_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

fn record(
    scope: &Scope,
    conn: &mut Conn,
    customer: CustomerId,
    mut after: Fields,
    distinct: &Distinct,
    reseller: Option<&str>,
) -> Result<()> {
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            after.insert(name.to_owned(), Value::from(value));
        }
    };
    add("reseller", reseller.unwrap_or_default());
    add("distinct_from", &distinct.from.join("; "));
    add("distinct_reason", &distinct.reason);
    event(scope, conn, "customer.add", customer, after)
}

fn event(scope: &Scope, conn: &mut Conn, action: &str, customer: CustomerId, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(customer.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "customer", object, before: Fields::new(), after }).map(|_| ())
}

/// The draft has become the customer; what was typed into it is kept there alone.
fn finish(scope: &Scope, conn: &mut Conn, new: &New, customer: CustomerId) -> Result<()> {
    diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::id.eq(new.draft))
        .set((
            customer_draft::customer_id.eq(Some(customer)),
            customer_draft::data.eq(pack(&Data::default())?),
            customer_draft::updated_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Makes the link with which the customer's first administrator sets a password: once in the life
/// of a customer, `None` ever after.
pub fn reveal(scope: &Scope, conn: &mut Conn, user: UserId, customer: CustomerId) -> Result<Option<String>> {
    // The row's lock makes a second request wait on PostgreSQL and then see the first one's entry;
    // SQLite has one writer.
    diesel::update(scope.all(customer_draft::table))
        .filter(customer_draft::customer_id.eq(customer))
        .filter(customer_draft::user_id.eq(user))
        .set(customer_draft::version.eq(customer_draft::version + 1))
        .execute(conn)?;
    let added = queries::added(scope, conn, user, customer)?;
    if added.shown {
        return Ok(None);
    }
    let administrator = queries::administrator(conn, added.organisation)?;
    let token = identity::issue_token(conn, administrator, Purpose::SetPassword, scope.now)?;
    event(scope, conn, LINK_SHOWN, customer, Fields::new())?;
    Ok(Some(token))
}
