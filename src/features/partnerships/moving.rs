//! A provider's customer goes from one of its resellers to another. The provider's own account stays
//! and names the new reseller; that one gets an account of its own, made from what the provider
//! knows; the old one's becomes a former customer. Nothing of one reseller reaches the other, and
//! neither learns who the other is. The customer is told.

use super::acts::tell;
use super::list_href;
use super::queries::{self, Partnership};
use crate::access::audit::{self, Event, Fields};
use crate::access::jobs::{self, Told};
use crate::access::{App, Scope};
use crate::db::Conn;
use crate::db::ids::{CustomerId, ObjectId, PartnerId};
use crate::db::schema::customer_account;
use crate::domain::letter::Letter;
use crate::domain::relationship::ending::AskedBy;
use crate::domain::relationship::partnership::Side;
use crate::domain::{CustomerStatus, Source};
use crate::error::{Error, Result};
use crate::features::customers::create::{self, Company, Origin, Person};
use crate::features::customers::index;
use crate::features::customers::model::{self, Customer};
use crate::features::{customers, ending};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Customers that one transfer may move.
pub const MOST: usize = 500;
/// Customers a step.
const PIECE: usize = 25;

/// What a transfer is made from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Transfer {
    pub from: PartnerId,
    pub to: PartnerId,
    pub ids: Vec<CustomerId>,
}

/// What became of one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    Yes,
    /// It is not, or no longer, a customer through the old reseller.
    NotInCommon,
    /// The relationship with it is about to end.
    Ending,
    /// The new reseller cannot take it over as things stand there. What stands there is its own.
    NotTaken,
}

impl Moved {
    /// The end of the message key that says why not; empty where it was moved.
    const fn problem(self) -> &'static str {
        match self {
            Self::Yes => "",
            Self::NotInCommon => "elsewhere",
            Self::Ending => "ending",
            Self::NotTaken => "not-taken",
        }
    }
}

/// Moves one customer; everything or nothing.
pub fn move_one(scope: &Scope, conn: &mut Conn, own: &Customer, from: &Partnership, to: &Partnership) -> Result<Moved> {
    let id = own.id;
    if own.counterpart_id != Some(from.partner) || own.status == CustomerStatus::Ended {
        return Ok(Moved::NotInCommon);
    }
    if own.ends_at.is_some() {
        return Ok(Moved::Ending);
    }
    let (us, provider) = (scope.id(), ending::letters::own(scope, conn)?.1);
    // Before the provider's row is changed, so that a refusal leaves nothing behind.
    let taken = scope.for_reseller(conn, to.partner, |scope, conn| take_over(scope, conn, own, us, &provider));
    match taken {
        Ok(true) => {}
        Ok(false) | Err(Error::NotFound) => return Ok(Moved::NotTaken),
        Err(other) => return Err(other),
    }
    ending::requests::answered(scope, conn, id)?;
    let row = scope.all(customer_account::table).filter(customer_account::id.eq(id)).filter(customer_account::version.eq(own.version));
    let changed = diesel::update(row.filter(customer_account::counterpart_id.eq(from.partner)))
        .set((
            customer_account::counterpart_id.eq(Some(to.partner)),
            customer_account::activity_at.eq(scope.now),
            customer_account::version.eq(own.version + 1),
        ))
        .execute(conn)?;
    if changed != 1 {
        return Err(Error::Unavailable("the customer was changed meanwhile".into()));
    }
    index::refresh(scope, conn, id)?;
    record(scope, conn, "customer.transfer", id, reseller(&from.name), reseller(&to.name))?;
    scope.for_other_side(conn, from.partner, |scope, conn| let_go(scope, conn, own, us, &provider))?;
    let letter = Letter::ResellerChanged { company: own.company_name.clone(), provider, before: from.name.clone(), after: to.name.clone() };
    ending::letters::to_customer(scope, conn, own, &letter)?;
    Ok(Moved::Yes)
}

/// The new reseller's side: an account of its own from what the provider knows, or its old one
/// revived. Whether it could be.
fn take_over(scope: &Scope, conn: &mut Conn, own: &Customer, provider: PartnerId, name: &str) -> Result<bool> {
    let Some(id) = account_of(scope, conn, own)? else {
        let origin = Origin { source: Source::Added, owner: None, counterpart: Some(provider), agreed_on: own.agreed_on.clone() };
        let (id, mut fields) = create::account(scope, conn, own.organisation_id, &company(own), &person(own), &origin)?;
        fields.insert("partner".into(), name.into());
        record(scope, conn, "customer.entrust", id, Fields::new(), fields)?;
        return Ok(true);
    };
    let theirs = model::find(scope, conn, id)?;
    let ended = theirs.status == CustomerStatus::Ended;
    let left = ending::model::open(scope, conn, id)?.is_some_and(|open| open.asked_by == AskedBy::Customer);
    let elsewhere = !ended && theirs.counterpart_id.is_some_and(|other| other != provider);
    // Neither against the customer's own wish nor against another provider.
    if left || elsewhere || (!ended && theirs.ends_at.is_some()) {
        return Ok(false);
    }
    ending::acts::come_back(scope, conn, id, Source::Added)?;
    diesel::update(scope.all(customer_account::table).filter(customer_account::id.eq(id)))
        .set((customer_account::counterpart_id.eq(Some(provider)), customer_account::version.eq(customer_account::version + 1)))
        .execute(conn)?;
    index::refresh(scope, conn, id)?;
    record(scope, conn, "customer.entrust", id, Fields::new(), Fields::from_iter([("partner".to_owned(), name.into())]))?;
    Ok(true)
}

/// The old reseller's side: a former customer, with all that it noted, for reading.
fn let_go(scope: &Scope, conn: &mut Conn, own: &Customer, provider: PartnerId, name: &str) -> Result<()> {
    let Some(id) = account_of(scope, conn, own)? else { return Ok(()) };
    let theirs = model::find(scope, conn, id)?;
    if theirs.counterpart_id == Some(provider) { ending::acts::passed_on(scope, conn, id, name) } else { Ok(()) }
}

/// This partner's account of the same organisation.
fn account_of(scope: &Scope, conn: &mut Conn, own: &Customer) -> Result<Option<CustomerId>> {
    let row = scope.all(customer_account::table).filter(customer_account::organisation_id.eq(own.organisation_id));
    Ok(row.select(customer_account::id).first(conn).optional()?)
}

/// What the provider hands over: the company and its contact. Alias, tags, notes and owner are its
/// own.
fn company(own: &Customer) -> Company {
    Company {
        name: own.company_name.clone(),
        alias: String::new(),
        domain: own.domain.clone(),
        country: own.country.clone(),
        address1: own.address1.clone(),
        address2: own.address2.clone(),
        city: own.city.clone(),
        state: own.state.clone(),
        postal_code: own.postal_code.clone(),
        phone: own.phone.clone(),
        registration_number: own.registration_number.clone(),
    }
}

fn person(own: &Customer) -> Person {
    Person {
        first: own.contact_first.clone(),
        middle: own.contact_middle.clone(),
        last: own.contact_last.clone(),
        email: own.contact_email.clone(),
        language: own.language.clone(),
        role: String::new(),
    }
}

fn reseller(name: &str) -> Fields {
    Fields::from_iter([("reseller".to_owned(), name.into())])
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, id: CustomerId, before: Fields, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "customer", object, before, after }).map(|_| ())
}

/// The job behind a transfer: one piece.
pub fn run(_: &App, scope: &Scope, conn: &mut Conn, payload: &Value, progress: &Value) -> Result<jobs::Step> {
    let transfer: Transfer = serde_json::from_value(payload.clone()).map_err(Error::internal)?;
    let from = queries::one(scope, conn, Side::Provider, transfer.from)?;
    let to = queries::one(scope, conn, Side::Provider, transfer.to)?;
    let start = progress["at"].as_u64().unwrap_or(0) as usize;
    let mut step = jobs::Step::default();
    for id in transfer.ids.iter().skip(start).take(PIECE) {
        let Some(own) = model::find(scope, conn, *id).optional()? else {
            step.failed += 1;
            continue;
        };
        let moved = move_one(scope, conn, &own, &from, &to)?;
        if moved == Moved::Yes {
            step.done += 1
        } else {
            step.failed += 1
        }
        step.told.push(Told { subject: own.company_name, problem: moved.problem(), object: Some(ObjectId::from_uuid(id.uuid())) });
    }
    let moved = progress["moved"].as_i64().unwrap_or(0) + step.done;
    let at = start + PIECE;
    if at < transfer.ids.len() {
        step.next = Some(json!({ "at": at, "moved": moved }));
    } else if moved > 0 {
        tell_resellers(scope, conn, &from, &to, moved)?;
    }
    Ok(step)
}

/// Both resellers, each of its own side alone.
fn tell_resellers(scope: &Scope, conn: &mut Conn, from: &Partnership, to: &Partnership, customers: i64) -> Result<()> {
    let provider = ending::letters::own(scope, conn)?.1;
    let letter = |gained: bool, path: String| Letter::CustomersMoved { provider: provider.clone(), customers, gained, path };
    let list = customers::handlers::base(&to.slug);
    tell(scope, conn, to.partner, &letter(true, format!("{list}?relationship={}", scope.id())))?;
    tell(scope, conn, from.partner, &letter(false, list_href(&from.slug, Side::Reseller)))
}
