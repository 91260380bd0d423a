//! What a sender does with an invitation. Every act is compare-and-set on the state that it was
//! decided on, and stands in the audit log.

use super::index;
use super::model::{self, Invitation};
use crate::access::audit::{self, Event, Fields};
use crate::access::keys::{Keys, link_hash};
use crate::access::outbox::{self, Outgoing};
use crate::access::{Scope, identity, invitation_links};
use crate::clock::{DAY, SECOND};
use crate::db::Conn;
use crate::db::ids::{CustomerId, InvitationId, ObjectId, PartnerId, UserId};
use crate::db::schema::invitation;
use crate::domain::collation::sort_key;
use crate::domain::letter::{Letter, Link, Sender, To};
use crate::domain::relationship::delegated_admin::{DirectoryRole, roles_text};
use crate::domain::relationship::invitation::{Act, Kind, after};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use diesel::prelude::*;

/// Everything that an invitation is made from.
#[derive(Debug, Clone)]
pub struct New {
    pub kind: Kind,
    pub open_link: bool,
    pub recipient_name: String,
    /// Empty for an open link alone.
    pub recipient_email: String,
    pub company: String,
    pub customer: Option<CustomerId>,
    pub provider: Option<PartnerId>,
    pub lang: Lang,
    pub purpose: String,
    pub note: String,
    pub message: String,
    pub roles: Vec<DirectoryRole>,
    pub duration_days: Option<i64>,
    pub auto_extend: bool,
}

/// The partner's name, as its letters say it.
pub struct From<'a> {
    pub partner: &'a str,
    pub keys: &'a Keys,
}

/// Writes a draft.
pub fn create(scope: &Scope, conn: &mut Conn, user: UserId, new: &New) -> Result<InvitationId> {
    let id = InvitationId::new();
    // The event first: it locks the partner's head of the log, so that no two get one number.
    let fields = Fields::from_iter([
        ("kind".to_owned(), new.kind.as_str().into()),
        ("recipient".to_owned(), new.recipient_email.as_str().into()),
        ("company_name".to_owned(), new.company.as_str().into()),
    ]);
    record(scope, conn, "invitation.create", id, fields)?;
    let last: Option<i64> =
        scope.all(invitation::table).order(invitation::number.desc()).select(invitation::number).first(conn).optional()?;
    let number = last.unwrap_or(0) + 1;
    diesel::insert_into(invitation::table)
        .values((
            (
                invitation::partner_id.eq(scope.id()),
                invitation::id.eq(id),
                invitation::cloud.eq(scope.cloud()),
                invitation::number.eq(number),
                invitation::kind.eq(new.kind),
                invitation::state.eq("draft"),
                invitation::open_link.eq(new.open_link),
                invitation::created_by.eq(user),
                invitation::created_at.eq(scope.now),
                // Of a draft the end that it would have, so that each has its place in that order.
                invitation::expires_at.eq(Some(scope.now.plus(new.kind.life_days() * DAY))),
            ),
            content(new),
        ))
        .execute(conn)?;
    index::refresh(scope, conn, id)?;
    Ok(id)
}

macro_rules! content_type {
    () => {
        (
            diesel::dsl::Eq<invitation::recipient_name, String>,
            diesel::dsl::Eq<invitation::recipient_email, String>,
            diesel::dsl::Eq<invitation::company, String>,
            diesel::dsl::Eq<invitation::company_key, Vec<u8>>,
            diesel::dsl::Eq<invitation::customer_id, Option<CustomerId>>,
            diesel::dsl::Eq<invitation::provider_id, Option<PartnerId>>,
            diesel::dsl::Eq<invitation::language, &'static str>,
            diesel::dsl::Eq<invitation::purpose, String>,
            diesel::dsl::Eq<invitation::note, String>,
            diesel::dsl::Eq<invitation::message, String>,
            diesel::dsl::Eq<invitation::roles, String>,
            diesel::dsl::Eq<invitation::duration_days, Option<i64>>,
            diesel::dsl::Eq<invitation::auto_extend, bool>,
        )
    };
}

/// What a draft's form decides.
fn content(new: &New) -> content_type!() {
    (
        invitation::recipient_name.eq(new.recipient_name.clone()),
        invitation::recipient_email.eq(new.recipient_email.clone()),
        invitation::company.eq(new.company.clone()),
        invitation::company_key.eq(sort_key(&new.company)),
        invitation::customer_id.eq(new.customer),
        invitation::provider_id.eq(new.provider),
        invitation::language.eq(new.lang.as_str()),
        invitation::purpose.eq(new.purpose.clone()),
        invitation::note.eq(new.note.clone()),
        invitation::message.eq(new.message.clone()),
        invitation::roles.eq(roles_text(&new.roles)),
        invitation::duration_days.eq(new.duration_days),
        invitation::auto_extend.eq(new.auto_extend),
    )
}

/// Changes a draft, if it still is the version shown; [`Error::Conflict`] otherwise. The kind stays.
pub fn edit(scope: &Scope, conn: &mut Conn, id: InvitationId, shown: i64, new: &New) -> Result<()> {
    let draft = scope.all(invitation::table).filter(invitation::id.eq(id)).filter(invitation::version.eq(shown));
    let changed = diesel::update(draft.filter(invitation::state.eq("draft")).filter(invitation::kind.eq(new.kind)))
        .set((content(new), invitation::version.eq(shown + 1)))
        .execute(conn)?;
    only_one(changed)?;
    index::refresh(scope, conn, id)?;
    record(scope, conn, "invitation.edit", id, Fields::new())
}

/// Sends it, or sends it again: a new link that kills the one before, and a new expiry.
pub fn send(scope: &Scope, conn: &mut Conn, id: InvitationId, from: &From<'_>) -> Result<()> {
    let sent = issue(scope, conn, id, from)?;
    if !sent.open_link {
        post(scope, conn, &sent, from, false)?;
    }
    record(scope, conn, if sent.generation == 1 { "invitation.send" } else { "invitation.resend" }, id, Fields::new())
}

/// As [`send`], but the link alone: the sender takes it to the recipient by ways of their own.
pub fn make_link(scope: &Scope, conn: &mut Conn, id: InvitationId, from: &From<'_>) -> Result<()> {
    issue(scope, conn, id, from)?;
    record(scope, conn, "invitation.link", id, Fields::new())
}

/// A new link and all that follows from it; the row as it is then.
fn issue(scope: &Scope, conn: &mut Conn, id: InvitationId, from: &From<'_>) -> Result<Invitation> {
    let row = model::find(scope, conn, id)?;
    let state = after(row.shown(scope.now), Act::Send).map_err(|_| Error::Conflict)?;
    let generation = row.generation + 1;
    let expires_at = scope.now.plus(row.kind.life_days() * DAY);
    let changed = diesel::update(unchanged(scope, &row))
        .set((
            invitation::state.eq(state),
            invitation::generation.eq(generation),
            invitation::sent_at.eq(Some(scope.now)),
            invitation::opened_at.eq(None::<crate::clock::Moment>),
            invitation::expires_at.eq(Some(expires_at)),
            invitation::version.eq(row.version + 1),
        ))
        .execute(conn)?;
    only_one(changed)?;
    let token = from.keys.link(To::Connect.purpose(), id.uuid(), generation);
    invitation_links::add(scope, conn, id, generation, &link_hash(To::Connect.purpose(), &token))?;
    index::refresh(scope, conn, id)?;
    let mut sent = row;
    (sent.generation, sent.expires_at) = (generation, Some(expires_at));
    Ok(sent)
}

/// Sends the same link once more; [`Error::TooMany`] within a day of the last time.
pub fn remind(scope: &Scope, conn: &mut Conn, id: InvitationId, from: &From<'_>) -> Result<()> {
    let row = model::find(scope, conn, id)?;
    let state = after(row.shown(scope.now), Act::Remind).map_err(|_| Error::Conflict)?;
    if row.open_link {
        return Err(Error::Conflict);
    }
    let last = row.reminded_at.max(row.sent_at);
    if let Some(wait) = last.map(|last| DAY - scope.now.since(last)).filter(|wait| *wait > 0) {
        return Err(Error::TooMany(wait / SECOND));
    }
    let changed = diesel::update(unchanged(scope, &row))
        .set((invitation::state.eq(state), invitation::reminded_at.eq(Some(scope.now)), invitation::version.eq(row.version + 1)))
        .execute(conn)?;
    only_one(changed)?;
    post(scope, conn, &row, from, true)?;
    record(scope, conn, "invitation.remind", id, Fields::new())
}

/// Takes it back; its link explains that.
pub fn revoke(scope: &Scope, conn: &mut Conn, id: InvitationId) -> Result<()> {
    let row = model::find(scope, conn, id)?;
    let state = after(row.shown(scope.now), Act::Revoke).map_err(|_| Error::Conflict)?;
    let changed =
        diesel::update(unchanged(scope, &row)).set((invitation::state.eq(state), invitation::version.eq(row.version + 1))).execute(conn)?;
    only_one(changed)?;
    index::refresh(scope, conn, id)?;
    record(scope, conn, "invitation.revoke", id, Fields::new())
}

/// Changes the note for colleagues, in any state.
pub fn annotate(scope: &Scope, conn: &mut Conn, id: InvitationId, note: &str) -> Result<()> {
    let row = model::find(scope, conn, id)?;
    if row.note == note {
        return Ok(());
    }
    diesel::update(scope.all(invitation::table).filter(invitation::id.eq(id))).set(invitation::note.eq(note)).execute(conn)?;
    let fields = |text: &str| Fields::from_iter([("note".to_owned(), text.into())]);
    let object = Some(ObjectId::from_uuid(id.uuid()));
    let event = Event { action: "invitation.note", object_kind: "invitation", object, before: fields(&row.note), after: fields(note) };
    audit::record(scope, conn, &event).map(|_| ())
}

/// The row, if nobody has changed it since it was read.
pub fn unchanged(scope: &Scope, row: &Invitation) -> Unchanged {
    scope
        .all(invitation::table)
        .filter(invitation::id.eq(row.id))
        .filter(invitation::version.eq(row.version))
        .filter(invitation::state.eq(row.stored()))
}

pub type Unchanged = diesel::dsl::Filter<
    diesel::dsl::Filter<
        diesel::dsl::Filter<
            diesel::dsl::Filter<invitation::table, diesel::dsl::Eq<invitation::partner_id, PartnerId>>,
            diesel::dsl::Eq<invitation::id, InvitationId>,
        >,
        diesel::dsl::Eq<invitation::version, i64>,
    >,
    diesel::dsl::Eq<invitation::state, crate::domain::relationship::invitation::State>,
>;

fn only_one(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

fn post(scope: &Scope, conn: &mut Conn, row: &Invitation, from: &From<'_>, reminder: bool) -> Result<()> {
    let person = identity::member(conn, scope.id(), row.created_by)?;
    let provider = row.provider_id.map(|id| crate::features::customers::model::counterpart_name(conn, id)).transpose()?.flatten();
    let sender = Sender { partner: from.partner.to_owned(), person: person.name, email: person.email };
    let letter = letter(row, sender, provider, reminder);
    let mail = Outgoing {
        partner: Some(scope.id()),
        subject: Some(row.id.uuid()),
        to: &row.recipient_email,
        to_name: &row.recipient_name,
        lang: row.lang(),
        letter: &letter,
    };
    outbox::post(conn, scope.now, &mail).map(|_| ())
}

/// What is written to the recipient.
pub fn letter(row: &Invitation, sender: Sender, provider: Option<String>, reminder: bool) -> Letter {
    Letter::Invitation {
        sender,
        kind: row.kind.as_str().to_owned(),
        company: row.company.clone(),
        message: row.message.clone(),
        provider,
        roles: row.roles().iter().map(|role| role.as_str().to_owned()).collect(),
        days: row.duration_days,
        expires_at: row.expires_at.map_or(0, crate::clock::Moment::micros),
        reminder,
        link: Link { to: To::Connect, subject: row.id.uuid(), generation: row.generation },
    }
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, id: InvitationId, after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(scope, conn, &Event { action, object_kind: "invitation", object, before: Fields::new(), after }).map(|_| ())
}
