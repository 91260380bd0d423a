//! What a provider does about a hand-over: makes it, and takes it back.

use super::queries::{self, Handover, Problem, Subject};
use crate::access::audit::Fields;
use crate::access::{Scope, identity, partnership};
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::{EngagementId, HandoverId, PartnerId, ReferralId, UserId};
use crate::db::schema::{engagement, handover, partnership as pairs};
use crate::domain::letter::Letter;
use crate::domain::referral::{Shared, State};
use crate::error::{Error, Result};
use crate::features::referrals;
use crate::features::referrals::acts::record;
use crate::features::referrals::letters::tell;
use crate::features::referrals::receive::{self, Incoming, Sender};
use diesel::prelude::*;

/// What is handed over, and to whom.
#[derive(Debug, Clone)]
pub struct New {
    pub referral: ReferralId,
    pub resellers: Vec<PartnerId>,
    pub message: String,
    pub days: i64,
    /// Goes on to another reseller where nobody accepts.
    pub allow_next: bool,
}

/// Offers a referral to resellers. [`Error::Conflict`], and nothing written, where one of them is a
/// partner no more.
pub fn hand_over(scope: &Scope, conn: &mut Conn, user: UserId, new: &New) -> Result<Result<HandoverId, Problem>> {
    let subject = queries::subject(scope, conn, new.referral)?;
    if let Err(problem) = queries::may_hand_over(scope, conn, &subject.row)? {
        return Ok(Err(problem));
    }
    close_stale(scope, conn, new.referral)?;
    let id = HandoverId::new();
    let end = scope.now.plus(new.days * DAY);
    // What nobody here has accepted yet cannot wait longer than its sender does.
    let expires_at = subject.row.expires_at.filter(|_| subject.row.shown(scope.now) == State::Received).map_or(end, |own| own.min(end));
    diesel::insert_into(handover::table)
        .values((
            handover::partner_id.eq(scope.id()),
            handover::id.eq(id),
            handover::referral_id.eq(new.referral),
            handover::state.eq("open"),
            handover::message.eq(&new.message),
            handover::allow_next.eq(new.allow_next),
            handover::created_by.eq(user),
            handover::created_at.eq(scope.now),
            handover::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    let mut names = Vec::new();
    for reseller in &new.resellers {
        names.push(offer(scope, conn, id, *reseller, &subject, &new.message, expires_at)?);
    }
    let after = [("partner", names.join(", ")), ("ends_at", expires_at.zoned("UTC").timestamp().to_string())];
    let after = after.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    record(scope, conn, "referral.hand_over", new.referral, (Fields::new(), after))?;
    Ok(Ok(id))
}

/// Leaves the referral with one reseller, and tells it; the reseller's name.
pub fn offer(
    scope: &Scope,
    conn: &mut Conn,
    handover: HandoverId,
    reseller: PartnerId,
    Subject { row, language }: &Subject,
    message: &str,
    expires_at: Moment,
) -> Result<String> {
    let (sender_name, _) = identity::name_and_domain(conn, scope.id())?;
    let sent = Sender::Provider { partner: scope.id(), referral: row.id, handover };
    let new = Incoming {
        wants_call: row.wants_call,
        message: message.to_owned(),
        // Not the title: the provider's own name for it may say whom it is about.
        value_minor: row.value_minor,
        currency: row.currency.clone(),
        close_on: row.close_on.clone(),
        ..Incoming::of(row, language.clone(), sent, sender_name.clone(), expires_at)
    };
    let arrived = scope.for_reseller(conn, reseller, |scope, conn| {
        let (referral, _) = receive::receive(scope, conn, &new)?;
        let (slug, name) = identity::slug_and_name(conn, scope.id())?;
        let letter = Letter::ReferralOffered {
            from: sender_name.clone(),
            need: new.need.clone(),
            city: new.city.clone(),
            message: message.to_owned(),
            expires_at: expires_at.micros(),
            path: referrals::href(&slug, referral),
        };
        tell(scope, conn, None, &letter)?;
        Ok(name)
    });
    match arrived {
        // Partners no more since the page was read.
        Err(Error::NotFound) => Err(Error::Conflict),
        other => other,
    }
}

/// Takes an open hand-over back: whoever has it loses it. [`Error::Conflict`] where it is decided.
pub fn withdraw(scope: &Scope, conn: &mut Conn, id: HandoverId) -> Result<()> {
    let before = queries::one(scope, conn, id)?;
    if !decide(scope, conn, id, "withdrawn", None)? {
        return Err(Error::Conflict);
    }
    close_others(scope, conn, id, None, Shared::Withdrawn)?;
    record(scope, conn, "referral.withdraw", before.referral, Default::default())
}

/// Withdraws the open hand-over of a referral that its provider closes; whether there was one.
pub fn withdraw_of(scope: &Scope, conn: &mut Conn, referral: ReferralId) -> Result<bool> {
    let open = scope.all(handover::table).filter(handover::referral_id.eq(referral)).filter(handover::state.eq("open"));
    let Some(id) = open.select(handover::id).first::<HandoverId>(conn).optional()? else { return Ok(false) };
    match withdraw(scope, conn, id) {
        Ok(()) => Ok(true),
        Err(Error::Conflict) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Decides an open hand-over, once: of many at the same moment one gets `true`.
pub(super) fn decide(scope: &Scope, conn: &mut Conn, id: HandoverId, state: &str, winner: Option<EngagementId>) -> Result<bool> {
    let open = scope.all(handover::table).filter(handover::id.eq(id)).filter(handover::state.eq("open"));
    let decided = diesel::update(open.filter(handover::expires_at.gt(scope.now)))
        .set((handover::state.eq(state), handover::winner_id.eq(winner), handover::closed_at.eq(Some(scope.now))))
        .execute(conn)?;
    Ok(decided == 1)
}

/// Notes that an earlier hand-over of the referral has come to nothing, so that there can be another.
fn close_stale(scope: &Scope, conn: &mut Conn, referral: ReferralId) -> Result<()> {
    let open = scope.all(handover::table).filter(handover::referral_id.eq(referral)).filter(handover::state.eq("open"));
    diesel::update(open).set((handover::state.eq("over"), handover::closed_at.eq(Some(scope.now)))).execute(conn)?;
    Ok(())
}

/// Closes the offers of a decided hand-over that nobody has answered, all but the winner's.
pub(super) fn close_others(scope: &Scope, conn: &mut Conn, id: HandoverId, winner: Option<EngagementId>, state: Shared) -> Result<()> {
    let waiting: Vec<EngagementId> = scope
        .sent(engagement::table)
        .filter(engagement::handover_id.eq(id))
        .filter(engagement::state.eq("received"))
        .order(engagement::id)
        .select(engagement::id)
        .load(conn)?;
    let (from, _) = identity::name_and_domain(conn, scope.id())?;
    for other in waiting.into_iter().filter(|other| Some(*other) != winner) {
        scope.for_engagement(conn, other, |scope, conn, referral| close_one(scope, conn, referral, state, &from))?;
    }
    Ok(())
}

/// In the receiver's account: the referral is closed without an answer, and says why in the state of
/// its engagement.
fn close_one(scope: &Scope, conn: &mut Conn, own: ReferralId, state: Shared, from: &str) -> Result<()> {
    if !referrals::acts::lapse(scope, conn, own, state)? {
        return Ok(());
    }
    let (slug, _) = identity::slug_and_name(conn, scope.id())?;
    let letter = Letter::ReferralGone { from: from.to_owned(), withdrawn: state == Shared::Withdrawn, path: referrals::href(&slug, own) };
    tell(scope, conn, None, &letter)
}

/// Does the partnership that a hand-over came through still hold, for a reseller that is asked?
pub(super) fn is_partner(scope: &Scope, conn: &mut Conn, provider: PartnerId) -> Result<bool> {
    let pair = pairs::table.find((provider, scope.id())).filter(partnership::holds(scope.now));
    Ok(diesel::select(diesel::dsl::exists(pair)).get_result(conn)?)
}

/// Is it worth a button?
pub fn may_withdraw(one: &Handover, now: Moment) -> bool {
    one.is_open(now)
}
