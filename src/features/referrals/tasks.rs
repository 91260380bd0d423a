//! What time does to referrals: reminders while nobody answers, and after fourteen days the sender
//! is told. Whether one has expired never waits for these.

use super::model::{self, Referral};
use super::{acts, letters};
use crate::access::Scope;
use crate::access::referral::Sight;
use crate::access::schedule::{Task, Tick};
use crate::clock::{DAY, MINUTE};
use crate::db::Conn;
use crate::db::ids::ReferralId;
use crate::db::schema::{referral, referral_detail};
use crate::domain::referral::{REMINDERS, Shared, State, reminder};
use crate::error::Result;
use diesel::prelude::*;

/// Expiry first: what has expired is not reminded of.
pub const CLOCK: Task = Task { name: "referrals.clock", every: 5 * MINUTE, run: clock };

/// Referrals that a run looks at in one partner account.
const PIECE: i64 = 200;

/// Those whose time is over, the first to end first.
fn over(scope: &Scope, conn: &mut Conn, limit: i64) -> Result<Vec<ReferralId>> {
    let late = scope.all(referral::table).filter(referral::substatus.eq(State::Received)).filter(referral::expires_at.le(Some(scope.now)));
    Ok(late.order((referral::expires_at, referral::number)).limit(limit).select(referral::id).load(conn)?)
}

/// Those of which a reminder is due, and what was sent.
fn due(scope: &Scope, conn: &mut Conn, limit: i64) -> Result<Vec<(ReferralId, i64)>> {
    let unsent = |days: i64| referral::received_at.le(scope.now.plus(-days * DAY)).and(referral_detail::reminded_days.lt(days));
    let [first, second, third] = REMINDERS;
    let waiting = scope
        .all(referral::table)
        .inner_join(
            referral_detail::table
                .on(referral_detail::partner_id.eq(referral::partner_id).and(referral_detail::referral_id.eq(referral::id))),
        )
        .filter(referral::substatus.eq(State::Received))
        .filter(referral::expires_at.gt(Some(scope.now)))
        .filter(unsent(first).or(unsent(second)).or(unsent(third)));
    Ok(waiting.order(referral::number).limit(limit).select((referral::id, referral_detail::reminded_days)).load(conn)?)
}

fn clock(tick: &Tick<'_>) -> Result<i64> {
    tick.each_partner(
        |scope, conn| Ok(!over(scope, conn, 1)?.is_empty() || !due(scope, conn, 1)?.is_empty()),
        |scope, conn| {
            let mut done = 0;
            for id in over(scope, conn, PIECE)? {
                done += i64::from(acts::lapse(scope, conn, id, Shared::Expired)?);
            }
            for (id, reminded) in due(scope, conn, PIECE)? {
                let row = model::find(scope, conn, Sight::ALL, id)?;
                done += i64::from(remind(scope, conn, &row, reminded)?);
            }
            Ok(done)
        },
    )
}

/// Sends the reminder that is due, once; whether one was.
fn remind(scope: &Scope, conn: &mut Conn, row: &Referral, reminded: i64) -> Result<bool> {
    let due = reminder(row.received_at, reminded, scope.now).filter(|_| row.shown(scope.now) == State::Received);
    let Some(days) = due else { return Ok(false) };
    let unsent = scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(row.id));
    let unsent = unsent.filter(referral_detail::reminded_days.eq(reminded));
    if diesel::update(unsent).set(referral_detail::reminded_days.eq(days)).execute(conn)? == 0 {
        return Ok(false);
    }
    letters::waits(scope, conn, row, days)?;
    acts::record(scope, conn, "referral.remind", row.id, Default::default())?;
    Ok(true)
}
