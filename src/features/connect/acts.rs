//! The answers to an invitation, and the sender's decision about an unexpected company. Each claims
//! the row it was decided on, so that accepting twice, at the same moment or after a revoke leaves
//! exactly one outcome; whoever comes too late gets [`Error::Conflict`], and nothing is written.

use super::join::{self, Joining};
use super::queries::{self, Live, Organisation};
use crate::access::Scope;
use crate::access::audit::{self, Actor, Event, Fields};
use crate::access::contact;
use crate::access::identity::{self, Recipient};
use crate::access::invitee::Found;
use crate::access::keys::Keys;
use crate::access::outbox::{self, Outgoing};
use crate::db::Conn;
use crate::db::ids::{ContactId, InvitationId, ObjectId};
use crate::db::schema::{invitation, invitation_answer};
use crate::domain::letter::{Letter, Sender};
use crate::domain::relationship::delegated_admin::DirectoryRole;
use crate::domain::relationship::invitation::{Act, Declined, Part, State, after, is_expected};
use crate::error::{Error, Result};
use crate::features::customers::create::{self, Company, Person};
use crate::features::customers::model::counterpart_name;
use crate::features::invitations;
use crate::features::invitations::acts::unchanged;
use crate::features::invitations::index;
use crate::features::invitations::model::{self, Invitation};
use diesel::prelude::*;

/// The organisation that accepts.
#[derive(Debug, Clone)]
pub enum Who {
    /// One that its recipient may answer for.
    Known(Organisation),
    /// A new one; the number is the one that tells two spellings to be the same.
    New { company: Company, comparable_number: String },
}

/// An acceptance, each value held against its rule.
#[derive(Debug, Clone)]
pub struct Acceptance {
    pub who: Who,
    pub person: Person,
    pub parts: Vec<Part>,
    /// Of a request for delegated admin: those that are granted.
    pub roles: Vec<DirectoryRole>,
}

/// Accepts: organisation, answer, customer account, log and letters; everything or nothing.
pub fn accept(scope: &Scope, conn: &mut Conn, link: &Found, keys: &Keys, new: &Acceptance) -> Result<()> {
    let row = claim(scope, conn, link, Act::Accept)?;
    let organisation = match &new.who {
        Who::Known(one) => one.clone(),
        Who::New { company, comparable_number } => {
            let id = create::organisation(scope, conn, company, comparable_number, &new.person)?.ok_or(Error::Conflict)?;
            Organisation {
                id,
                legal_name: company.name.clone(),
                domain: company.domain.clone(),
                country: company.country.clone(),
                registration_number: company.registration_number.clone(),
            }
        }
    };
    let contact = match queries::is_contact(conn, organisation.id, &row.recipient_email)? {
        true => Some(create::contact(conn, organisation.id, &new.person, scope.now)?),
        // The sender named this address; the organisation does not know it. It accepts, and the
        // organisation's own contacts are told.
        false => None,
    };
    let by = scope.by(Actor::Customer(contact.unwrap_or_else(ContactId::new)));
    let mismatch = row.customer_id.is_none() && !is_expected(&row.company, &organisation.legal_name);
    let joining = Joining {
        organisation: organisation.clone(),
        company: match &new.who {
            Who::New { company, .. } => Some(company.clone()),
            Who::Known(_) => None,
        },
        person: new.person.clone(),
        parts: new.parts.clone(),
        roles: new.roles.clone(),
    };
    keep_answer(&by, conn, &row, &joining, mismatch)?;
    record(&by, conn, "invitation.accept", row.id, answered_fields(&new.person, &organisation.legal_name))?;
    if !mismatch {
        let result = join::join(&by, conn, &row, &joining)?;
        diesel::update(scope.all(invitation_answer::table).filter(invitation_answer::invitation_id.eq(row.id)))
            .set(invitation_answer::result_id.eq(result.map(|id| ObjectId::from_uuid(id.uuid()))))
            .execute(conn)?;
    }
    let told = Told { row: &row, keys, organisation: &organisation, person: &new.person, mismatch };
    told.sender(scope, conn)?;
    told.acceptor(scope, conn, contact)?;
    if contact.is_none() { told.contacts(scope, conn) } else { Ok(()) }
}

/// Declines, with a reason; *not me* is one of them.
pub fn decline(scope: &Scope, conn: &mut Conn, link: &Found, name: &str, reason: Declined, note: &str) -> Result<()> {
    let row = claim(scope, conn, link, Act::Decline)?;
    diesel::insert_into(invitation_answer::table)
        .values((
            invitation_answer::partner_id.eq(scope.id()),
            invitation_answer::invitation_id.eq(row.id),
            invitation_answer::accepted.eq(false),
            invitation_answer::name.eq(name),
            invitation_answer::role.eq(""),
            invitation_answer::email.eq(&row.recipient_email),
            // The first word is the chosen reason, the rest what was added.
            invitation_answer::reason.eq(format!("{} {note}", reason.as_str()).trim_end()),
            invitation_answer::parts.eq(""),
            invitation_answer::mismatch.eq(false),
            invitation_answer::facts.eq(""),
            invitation_answer::answered_at.eq(scope.now),
        ))
        .execute(conn)?;
    let by = scope.by(Actor::Customer(ContactId::new()));
    let fields = Fields::from_iter([
        ("person".to_owned(), name.into()),
        ("email".to_owned(), row.recipient_email.as_str().into()),
        ("declined".to_owned(), reason.as_str().into()),
    ]);
    record(&by, conn, "invitation.decline", row.id, fields)?;
    let letter = Letter::InvitationAnswered {
        company: row.company.clone(),
        person: name.to_owned(),
        kind: row.kind.as_str().to_owned(),
        accepted: false,
        mismatch: false,
        declined: reason.as_str().to_owned(),
        reason: note.to_owned(),
        path: page_of(scope, conn, &row)?,
    };
    tell_member(scope, conn, &row, &letter)
}

/// Notes that the recipient has looked; once.
pub fn opened(scope: &Scope, conn: &mut Conn, link: &Found) -> Result<()> {
    let row = model::find(scope, conn, link.invitation)?;
    if row.stored() != State::Sent || queries::live(scope, &row, link.generation) != Live::Open {
        return Ok(());
    }
    let changed = diesel::update(unchanged(scope, &row))
        .set((invitation::state.eq(State::Opened), invitation::opened_at.eq(Some(scope.now)), invitation::version.eq(row.version + 1)))
        .execute(conn)?;
    if changed != 1 {
        return Ok(());
    }
    index::refresh(scope, conn, row.id)?;
    record(scope, conn, "invitation.open", row.id, Fields::new())
}

/// What the sender decides about another company than the expected one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Confirm,
    Refuse,
}

/// The sender confirms, and only now the customer joins; or refuses, and the recipient is told.
/// [`Error::Conflict`] where nothing waits for a decision.
pub fn confirm(scope: &Scope, conn: &mut Conn, id: InvitationId, decision: Decision) -> Result<()> {
    let row = model::find(scope, conn, id)?;
    let answer = model::answer(scope, conn, id)?.ok_or(Error::Conflict)?;
    let waiting = scope
        .all(invitation_answer::table)
        .filter(invitation_answer::invitation_id.eq(id))
        .filter(invitation_answer::accepted.eq(true))
        .filter(invitation_answer::mismatch.eq(true))
        .filter(invitation_answer::decision.eq(""));
    let word = if decision == Decision::Confirm { "confirmed" } else { "refused" };
    if diesel::update(waiting).set(invitation_answer::decision.eq(word)).execute(conn)? != 1 {
        return Err(Error::Conflict);
    }
    let joining: Joining = serde_json::from_str(&answer.facts).map_err(Error::internal)?;
    let fields = answered_fields(&joining.person, &joining.organisation.legal_name);
    if decision == Decision::Confirm {
        let result = join::join(scope, conn, &row, &joining)?;
        diesel::update(scope.all(invitation_answer::table).filter(invitation_answer::invitation_id.eq(id)))
            .set(invitation_answer::result_id.eq(result.map(|id| ObjectId::from_uuid(id.uuid()))))
            .execute(conn)?;
        return record(scope, conn, "invitation.confirm", id, fields);
    }
    record(scope, conn, "invitation.refuse", id, fields)?;
    let letter = Letter::AcceptanceRefused { sender: sender(scope, conn, &row)?, company: joining.organisation.legal_name.clone() };
    let to = Recipient { email: answer.email.clone(), name: answer.name.clone(), lang: row.lang() };
    post(scope, conn, &row, &to, &letter)
}

/// The row behind the link, claimed for an answer.
fn claim(scope: &Scope, conn: &mut Conn, link: &Found, act: Act) -> Result<Invitation> {
    let row = model::find(scope, conn, link.invitation)?;
    if row.open_link || queries::live(scope, &row, link.generation) != Live::Open {
        return Err(Error::Conflict);
    }
    let state = after(row.shown(scope.now), act).map_err(|_| Error::Conflict)?;
    let changed = diesel::update(unchanged(scope, &row))
        .set((
            invitation::state.eq(state),
            // Whoever answers has looked.
            invitation::opened_at.eq(row.opened_at.or(Some(scope.now))),
            invitation::answered_at.eq(Some(scope.now)),
            invitation::version.eq(row.version + 1),
        ))
        .execute(conn)?;
    if changed != 1 {
        return Err(Error::Conflict);
    }
    index::refresh(scope, conn, row.id)?;
    Ok(row)
}

fn keep_answer(scope: &Scope, conn: &mut Conn, row: &Invitation, joining: &Joining, mismatch: bool) -> Result<()> {
    let facts = if mismatch { serde_json::to_string(joining).map_err(Error::internal)? } else { String::new() };
    let parts: Vec<&str> = match row.kind.parts() {
        [Part::Admin] => joining.roles.iter().map(|role| role.as_str()).collect(),
        _ => joining.parts.iter().map(|part| part.as_str()).collect(),
    };
    diesel::insert_into(invitation_answer::table)
        .values((
            invitation_answer::partner_id.eq(scope.id()),
            invitation_answer::invitation_id.eq(row.id),
            invitation_answer::accepted.eq(true),
            invitation_answer::name.eq(joining.person.name()),
            invitation_answer::role.eq(&joining.person.role),
            invitation_answer::email.eq(&row.recipient_email),
            invitation_answer::reason.eq(""),
            invitation_answer::parts.eq(parts.join(" ")),
            invitation_answer::mismatch.eq(mismatch),
            invitation_answer::facts.eq(facts),
            invitation_answer::organisation_id.eq(Some(joining.organisation.id)),
            invitation_answer::answered_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who answered, for the log: whoever reads it later need not look the answer up.
fn answered_fields(person: &Person, company: &str) -> Fields {
    [("person", person.name()), ("role", person.role.clone()), ("email", person.email.clone()), ("company_name", company.to_owned())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

fn sender(scope: &Scope, conn: &mut Conn, row: &Invitation) -> Result<Sender> {
    let person = identity::member(conn, scope.id(), row.created_by)?;
    let partner = counterpart_name(conn, scope.id())?.unwrap_or_default();
    Ok(Sender { partner, person: person.name, email: person.email })
}

/// Whom to tell about an acceptance, and of what.
struct Told<'a> {
    row: &'a Invitation,
    keys: &'a Keys,
    organisation: &'a Organisation,
    person: &'a Person,
    mismatch: bool,
}

impl Told<'_> {
    /// Whoever sent the invitation.
    fn sender(&self, scope: &Scope, conn: &mut Conn) -> Result<()> {
        let letter = Letter::InvitationAnswered {
            company: self.organisation.legal_name.clone(),
            person: self.person.name(),
            kind: self.row.kind.as_str().to_owned(),
            accepted: true,
            mismatch: self.mismatch,
            declined: String::new(),
            reason: String::new(),
            path: page_of(scope, conn, self.row)?,
        };
        tell_member(scope, conn, self.row, &letter)
    }

    /// Whoever accepted, with the way to the access page for a known contact.
    fn acceptor(&self, scope: &Scope, conn: &mut Conn, contact: Option<ContactId>) -> Result<()> {
        let access = contact.map(|id| contact::new_link(conn, self.keys, self.organisation.id, id, scope.now)).transpose()?;
        let provider = self.row.provider_id.map(|id| counterpart_name(conn, id)).transpose()?.flatten();
        let letter = Letter::RelationshipAccepted {
            sender: sender(scope, conn, self.row)?,
            kind: self.row.kind.as_str().to_owned(),
            company: self.organisation.legal_name.clone(),
            provider,
            waiting: self.mismatch,
            access,
        };
        let to = Recipient { email: self.row.recipient_email.clone(), name: self.person.name(), lang: self.row.lang() };
        post(scope, conn, self.row, &to, &letter)
    }

    /// The organisation's own contacts, where somebody whom it does not know accepted for it.
    fn contacts(&self, scope: &Scope, conn: &mut Conn) -> Result<()> {
        let letter = Letter::AcceptedElsewhere {
            sender: sender(scope, conn, self.row)?,
            company: self.organisation.legal_name.clone(),
            person: self.person.name(),
            email: self.row.recipient_email.clone(),
        };
        for to in queries::contacts(conn, self.organisation.id)? {
            post(scope, conn, self.row, &to, &letter)?;
        }
        Ok(())
    }
}

/// The sender's page of an invitation.
pub fn page_of(scope: &Scope, conn: &mut Conn, row: &Invitation) -> Result<String> {
    Ok(invitations::href(&queries::slug(scope, conn)?, row.id))
}

/// To whoever sent the invitation.
pub fn tell_member(scope: &Scope, conn: &mut Conn, row: &Invitation, letter: &Letter) -> Result<()> {
    let to = identity::member(conn, scope.id(), row.created_by)?;
    post(scope, conn, row, &to, letter)
}

fn post(scope: &Scope, conn: &mut Conn, row: &Invitation, to: &Recipient, letter: &Letter) -> Result<()> {
    let mail =
        Outgoing { partner: Some(scope.id()), subject: Some(row.id.uuid()), to: &to.email, to_name: &to.name, lang: to.lang, letter };
    outbox::post(conn, scope.now, &mail).map(|_| ())
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, id: InvitationId, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "invitation", object, before: Fields::new(), after }).map(|_| ())
}
