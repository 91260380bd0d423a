//! Who is told of an end, and what; each in the transaction of what it tells.

use super::model::Ending;
use crate::access::may::Role;
use crate::access::outbox::{self, Outgoing};
use crate::access::{Scope, identity};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::UserId;
use crate::domain::letter::{Letter, Sender};
use crate::domain::relationship::ending::AskedBy;
use crate::error::Result;
use crate::features::customers::model::Customer;
use crate::i18n::Lang;

/// The roles whose bearers end relationships, and are told of them.
const PEOPLE: &[Role] = &[Role::AdminAgent, Role::SalesAgent];

/// Slug and name of the partner account in whose name this is done.
pub fn own(scope: &Scope, conn: &mut Conn) -> Result<(String, String)> {
    identity::slug_and_name(conn, scope.id())
}

/// Whom the customer may ask: the member who acted, else one of those who could have.
pub fn sender(scope: &Scope, conn: &mut Conn, user: Option<UserId>) -> Result<Sender> {
    let partner = own(scope, conn)?.1;
    let person = match user {
        Some(user) => Some(identity::member(conn, scope.id(), user)?),
        None => identity::members_with(conn, scope.id(), PEOPLE)?.into_iter().next(),
    };
    let (person, email) = person.map_or_else(Default::default, |person| (person.name, person.email));
    Ok(Sender { partner, person, email })
}

/// Puts a letter to the customer's contact into the outbox; a customer without an address gets none.
pub fn to_customer(scope: &Scope, conn: &mut Conn, customer: &Customer, letter: &Letter) -> Result<()> {
    if customer.contact_email.is_empty() {
        return Ok(());
    }
    let mail = Outgoing {
        partner: Some(scope.id()),
        subject: Some(customer.id.uuid()),
        to: &customer.contact_email,
        to_name: &customer.contact_name(),
        lang: Lang::from_text(&customer.language).unwrap_or(Lang::En),
        letter,
    };
    outbox::post(conn, scope.now, &mail).map(|_| ())
}

/// Puts a letter to each of this partner's people with one of these roles into the outbox.
pub fn to_people(scope: &Scope, conn: &mut Conn, customer: &Customer, roles: &[Role], letter: &Letter) -> Result<()> {
    for person in identity::members_with(conn, scope.id(), roles)? {
        let mail = Outgoing {
            partner: Some(scope.id()),
            subject: Some(customer.id.uuid()),
            to: &person.email,
            to_name: &person.name,
            lang: person.lang,
            letter,
        };
        outbox::post(conn, scope.now, &mail)?;
    }
    Ok(())
}

/// What a notice to this partner's people says.
pub struct Notice<'a> {
    pub what: &'a str,
    pub who: &'a str,
    pub ends_at: Option<Moment>,
    pub note: &'a str,
}

/// Tells this partner's people what somebody else did.
pub fn notice(scope: &Scope, conn: &mut Conn, customer: &Customer, notice: &Notice<'_>) -> Result<()> {
    let slug = own(scope, conn)?.0;
    let letter = Letter::RelationshipNotice {
        what: notice.what.to_owned(),
        who: notice.who.to_owned(),
        company: customer.company_name.clone(),
        ends_at: notice.ends_at.map(Moment::micros),
        note: notice.note.to_owned(),
        path: super::super::customer::href(&slug, customer.id),
    };
    to_people(scope, conn, customer, PEOPLE, &letter)
}

/// Tells of an end, scheduled or (`over`) done: the customer, unless its provider's letter says
/// it already; and those at this partner whom somebody else decided for.
pub fn ended(scope: &Scope, conn: &mut Conn, customer: &Customer, ending: &Ending, over: bool) -> Result<()> {
    if ending.asked_by != AskedBy::Provider {
        let letter = Letter::RelationshipEnded {
            sender: sender(scope, conn, ending.user_id)?,
            company: customer.company_name.clone(),
            ends_at: ending.ends_at.micros(),
            over,
            reason: ending.reason.as_str().to_owned(),
            note: ending.note.clone(),
            by_customer: ending.asked_by == AskedBy::Customer,
        };
        to_customer(scope, conn, customer, &letter)?;
    }
    let what = match ending.asked_by {
        AskedBy::Partner => return Ok(()),
        AskedBy::Provider => "ended_by_provider",
        AskedBy::Customer => "ended_by_customer",
    };
    notice(scope, conn, customer, &Notice { what, who: &ending.person, ends_at: Some(ending.ends_at), note: &ending.note })
}

/// Tells that an end was called off or (`undone`) undone.
pub fn kept(scope: &Scope, conn: &mut Conn, customer: &Customer, ending: &Ending, person: &str, undone: bool) -> Result<()> {
    if ending.asked_by != AskedBy::Provider {
        let sender = sender(scope, conn, scope.user())?;
        to_customer(scope, conn, customer, &Letter::RelationshipKept { sender, company: customer.company_name.clone(), undone })?;
    }
    let what = match ending.asked_by {
        AskedBy::Partner => return Ok(()),
        AskedBy::Provider => "kept_by_provider",
        AskedBy::Customer => "kept_by_customer",
    };
    notice(scope, conn, customer, &Notice { what, who: person, ends_at: None, note: "" })
}
