//! What changes a partnership. Each act is compare-and-set on the row that it was decided on, stands
//! in the log of both sides and tells the other one, all in one transaction.

use super::list_href;
use super::queries::{self, Partnership};
use crate::access::Scope;
use crate::access::audit::{self, Event, Fields};
use crate::access::identity::{self, Recipient};
use crate::access::may::Role;
use crate::access::outbox::{self, Outgoing};
use crate::access::schedule::{Task, Tick};
use crate::clock::{DAY, MINUTE, Moment};
use crate::db::ids::{ObjectId, PartnerId};
use crate::db::schema::{invitation_answer, partnership};
use crate::db::{Conn, dialect};
use crate::domain::letter::Letter;
use crate::domain::relationship::invitation;
use crate::domain::relationship::partnership::{Act, Side, State, after};
use crate::error::{Error, Result};
use crate::features::connect::acts as connect;
use crate::features::invitations;
use crate::features::invitations::model::Invitation;
use diesel::prelude::*;

/// Who acts, as the other side reads it.
#[derive(Debug, Clone)]
pub struct Member {
    pub account: String,
    pub name: String,
    pub email: String,
}

/// What a reseller answers to an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Accept,
    /// With a reason in the reseller's own words; may be empty.
    Decline(String),
}

/// The people of an account who are told of its partnerships.
const TOLD: [Role; 2] = [Role::GlobalAdmin, Role::AdminAgent];

/// Answers the invitation behind a link. [`Error::Conflict`], and nothing written, where it cannot
/// be answered any more: somebody was faster, or the link, the invitation or the cloud is another.
pub fn answer(scope: &Scope, conn: &mut Conn, token: &str, member: &Member, answer: &Answer) -> Result<()> {
    let open = queries::open(scope, conn, token)?;
    if !open.is_open(scope.now) {
        return Err(Error::Conflict);
    }
    let accepts = *answer == Answer::Accept;
    let sender = open.link.sender();
    let reseller = scope.id();
    open.link.as_sender(scope, conn, |scope, conn| {
        let row = connect::claim(scope, conn, &open.link, if accepts { invitation::Act::Accept } else { invitation::Act::Decline })?;
        keep_answer(scope, conn, &row, reseller, member, answer)?;
        let fields = [("partner", member.account.as_str()), ("person", &member.name), ("email", &member.email)];
        let action = if accepts { "invitation.accept" } else { "invitation.decline" };
        record(scope, conn, action, ("invitation", row.id.uuid()), texts(&fields))?;
        tell_sender(scope, conn, &row, member, answer)
    })?;
    if !accepts {
        return record(scope, conn, "partnership.decline", of(sender), texts(&[("partner", &open.link.sender_name)]));
    }
    join(scope, conn, sender)?;
    record(scope, conn, "partnership.accept", of(sender), texts(&[("partner", &open.link.sender_name)]))
}

fn keep_answer(scope: &Scope, conn: &mut Conn, row: &Invitation, reseller: PartnerId, member: &Member, answer: &Answer) -> Result<()> {
    let (accepted, reason) = match answer {
        Answer::Accept => (true, ""),
        Answer::Decline(reason) => (false, reason.as_str()),
    };
    diesel::insert_into(invitation_answer::table)
        .values((
            invitation_answer::partner_id.eq(scope.id()),
            invitation_answer::invitation_id.eq(row.id),
            invitation_answer::accepted.eq(accepted),
            invitation_answer::name.eq(&member.name),
            invitation_answer::role.eq(&member.account),
            invitation_answer::email.eq(&member.email),
            invitation_answer::reason.eq(reason),
            invitation_answer::parts.eq(if accepted { "partnership" } else { "" }),
            invitation_answer::mismatch.eq(false),
            invitation_answer::facts.eq(""),
            invitation_answer::result_id.eq(accepted.then(|| ObjectId::from_uuid(reseller.uuid()))),
            invitation_answer::answered_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whoever sent the invitation, and whoever looks after the account.
fn tell_sender(scope: &Scope, conn: &mut Conn, row: &Invitation, member: &Member, answer: &Answer) -> Result<()> {
    let letter = Letter::InvitationAnswered {
        company: member.account.clone(),
        person: member.name.clone(),
        kind: row.kind.as_str().to_owned(),
        accepted: *answer == Answer::Accept,
        mismatch: false,
        reason: if let Answer::Decline(reason) = answer { reason.clone() } else { String::new() },
        declined: String::new(),
        path: connect::page_of(scope, conn, row)?,
    };
    let sent_by = identity::member(conn, scope.id(), row.created_by)?;
    let mut people = identity::members_with(conn, scope.id(), &TOLD)?;
    if !people.contains(&sent_by) {
        people.push(sent_by);
    }
    post(scope, conn, &people, &letter)
}

/// Makes the partnership, or brings an ended one back.
fn join(scope: &Scope, conn: &mut Conn, provider: PartnerId) -> Result<()> {
    let made = dialect::insert_unless_there(conn, |conn| {
        diesel::insert_into(partnership::table)
            .values((
                partnership::provider_id.eq(provider),
                partnership::reseller_id.eq(scope.id()),
                partnership::cloud.eq(scope.cloud()),
                partnership::status.eq(State::Active),
                partnership::created_at.eq(scope.now),
            ))
            .execute(conn)
    })?;
    if made {
        return Ok(());
    }
    let before = queries::one(scope, conn, Side::Reseller, provider)?;
    let state = after(before.stored(), before.ends_at, Act::Accept, scope.now).map_err(|_| Error::Conflict)?;
    let changed = diesel::update(unchanged_pair((provider, scope.id()), &before))
        .set((
            partnership::status.eq(state),
            partnership::created_at.eq(scope.now),
            partnership::ended_at.eq(None::<Moment>),
            partnership::ends_at.eq(None::<Moment>),
            partnership::ended_by.eq(None::<PartnerId>),
            partnership::end_reason.eq(""),
            partnership::version.eq(before.version + 1),
        ))
        .execute(conn)?;
    only_one(changed)
}

/// Gives notice: the partnership ends in so many days, and the other side learns why.
pub fn give_notice(scope: &Scope, conn: &mut Conn, side: Side, partner: PartnerId, days: i64, reason: &str, member: &Member) -> Result<()> {
    let before = queries::one(scope, conn, side, partner)?;
    let state = after(before.stored(), before.ends_at, Act::GiveNotice, scope.now).map_err(|_| Error::Conflict)?;
    let ends_at = scope.now.plus(days * DAY);
    let changed = diesel::update(unchanged_pair(pair(scope, side, partner), &before))
        .set((
            partnership::status.eq(state),
            partnership::ends_at.eq(Some(ends_at)),
            partnership::ended_by.eq(Some(scope.id())),
            partnership::end_reason.eq(reason),
            partnership::version.eq(before.version + 1),
        ))
        .execute(conn)?;
    only_one(changed)?;
    let letter = notice(&before, side, member, ends_at, reason, false);
    let day = day(ends_at);
    on_both(scope, conn, "partnership.notice", &before, member, &[("notice_ends", &day), ("notice_reason", reason)])?;
    tell(scope, conn, partner, &letter)
}

/// Takes the notice back, by the side that gave it, before it has run out.
pub fn take_back(scope: &Scope, conn: &mut Conn, side: Side, partner: PartnerId, member: &Member) -> Result<()> {
    let before = queries::one(scope, conn, side, partner)?;
    let state = after(before.stored(), before.ends_at, Act::TakeBackNotice, scope.now).map_err(|_| Error::Conflict)?;
    if before.ended_by != Some(scope.id()) {
        return Err(Error::Conflict);
    }
    let changed = diesel::update(unchanged_pair(pair(scope, side, partner), &before))
        .set((
            partnership::status.eq(state),
            partnership::ends_at.eq(None::<Moment>),
            partnership::ended_by.eq(None::<PartnerId>),
            partnership::end_reason.eq(""),
            partnership::version.eq(before.version + 1),
        ))
        .execute(conn)?;
    only_one(changed)?;
    on_both(scope, conn, "partnership.take_back", &before, member, &[])?;
    tell(scope, conn, partner, &notice(&before, side, member, scope.now, "", true))
}

fn notice(before: &Partnership, side: Side, member: &Member, ends_at: Moment, reason: &str, taken_back: bool) -> Letter {
    Letter::PartnershipNotice {
        partner: member.account.clone(),
        person: member.name.clone(),
        reason: reason.to_owned(),
        ends_at: ends_at.micros(),
        taken_back,
        path: list_href(&before.slug, other(side)),
    }
}

/// Notes, for a provider, that a notice has run out: unanswered invitations that ask for both are
/// revoked, both sides told. Whether there was anything to note.
pub fn run_out(scope: &Scope, conn: &mut Conn, reseller: PartnerId) -> Result<bool> {
    let before = queries::one(scope, conn, Side::Provider, reseller)?;
    let (Ok(state), Some(ends_at)) = (after(before.stored(), before.ends_at, Act::End, scope.now), before.ends_at) else {
        return Ok(false);
    };
    let provider = scope.id();
    let changed = diesel::update(unchanged_pair((provider, reseller), &before))
        .set((partnership::status.eq(state), partnership::ended_at.eq(Some(ends_at)), partnership::version.eq(before.version + 1)))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let (slug, name) = identity::slug_and_name(conn, provider)?;
    record(scope, conn, "partnership.end", of(reseller), texts(&[("partner", &before.name)]))?;
    scope.for_other_side(conn, reseller, |scope, conn| {
        for row in queries::asking_for_both(scope, conn, provider)? {
            invitations::acts::revoke(scope, conn, row.id)?;
        }
        record(scope, conn, "partnership.end", of(provider), texts(&[("partner", &name)]))
    })?;
    tell(scope, conn, provider, &Letter::PartnershipEnded { partner: before.name, path: list_href(&slug, Side::Provider) })?;
    tell(scope, conn, reseller, &Letter::PartnershipEnded { partner: name, path: list_href(&before.slug, Side::Reseller) })?;
    Ok(true)
}

/// The schedule's task behind [`run_out`].
pub const END_RUN_OUT: Task = Task { name: "partnership.end", every: 10 * MINUTE, run: end_run_out };

fn end_run_out(tick: &Tick<'_>) -> Result<i64> {
    tick.each_partner(
        |scope, conn| Ok(!queries::run_out(scope, conn)?.is_empty()),
        |scope, conn| {
            let mut done = 0;
            for reseller in queries::run_out(scope, conn)? {
                done += i64::from(run_out(scope, conn, reseller)?);
            }
            Ok(done)
        },
    )
}

const fn other(side: Side) -> Side {
    match side {
        Side::Provider => Side::Reseller,
        Side::Reseller => Side::Provider,
    }
}

/// The row's key: provider first.
fn pair(scope: &Scope, side: Side, partner: PartnerId) -> (PartnerId, PartnerId) {
    match side {
        Side::Provider => (scope.id(), partner),
        Side::Reseller => (partner, scope.id()),
    }
}

/// The row, if nobody has changed it since it was read.
#[diesel::dsl::auto_type(no_type_alias)]
fn unchanged_pair(pair: (PartnerId, PartnerId), before: &Partnership) -> _ {
    let version: i64 = before.version;
    partnership::table.find(pair).filter(partnership::version.eq(version))
}

fn only_one(changed: usize) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

fn day(moment: Moment) -> String {
    moment.zoned("UTC").date().to_string()
}

fn texts(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| ((*name).to_owned(), (*value).into())).collect()
}

/// A partnership as the object of an event: known by the other side.
fn of(partner: PartnerId) -> (&'static str, uuid::Uuid) {
    ("partnership", partner.uuid())
}

fn record(scope: &Scope, conn: &mut Conn, action: &str, (object_kind, object): (&str, uuid::Uuid), after: Fields) -> Result<()> {
    let object = Some(ObjectId::from_uuid(object));
    audit::record(scope, conn, &Event { action, object_kind, object, before: Fields::new(), after }).map(|_| ())
}

/// One event in each side's log; the other side's says who it was.
fn on_both(scope: &Scope, conn: &mut Conn, action: &str, row: &Partnership, member: &Member, more: &[(&str, &str)]) -> Result<()> {
    let own = [&[("partner", row.name.as_str())], more].concat();
    record(scope, conn, action, of(row.partner), texts(&own))?;
    let us = scope.id();
    let theirs = [&[("partner", member.account.as_str()), ("person", member.name.as_str())], more].concat();
    scope.for_other_side(conn, row.partner, |scope, conn| record(scope, conn, action, of(us), texts(&theirs)))
}

/// To the people of an account who look after its partnerships.
pub fn tell(scope: &Scope, conn: &mut Conn, partner: PartnerId, letter: &Letter) -> Result<()> {
    let people = identity::members_with(conn, partner, &TOLD)?;
    post(scope, conn, &people, letter)
}

fn post(scope: &Scope, conn: &mut Conn, people: &[Recipient], letter: &Letter) -> Result<()> {
    for to in people {
        let mail = Outgoing { partner: Some(scope.id()), subject: None, to: &to.email, to_name: &to.name, lang: to.lang, letter };
        outbox::post(conn, scope.now, &mail)?;
    }
    Ok(())
}
