//! The response score: how a partner has answered the directory's inquiries. It decides the order
//! of results that are equally good otherwise.

use super::index;
use crate::access::Scope;
use crate::access::schedule::{Task, Tick};
use crate::clock::{HOUR, Moment};
use crate::db::Conn;
use crate::db::ids::ProfileId;
use crate::db::schema::{listing, referral};
use crate::domain::insight::{ANSWERS, response};
use crate::error::Result;
use diesel::prelude::*;

pub const TASK: Task = Task { name: "directory.score", every: 6 * HOUR, run };

fn run(tick: &Tick<'_>) -> Result<i64> {
    tick.each_partner(
        |scope, conn| {
            let now = current(scope, conn)?;
            Ok(!stale(scope, conn, now)?.is_empty())
        },
        |scope, conn| {
            let now = current(scope, conn)?;
            let stale = stale(scope, conn, now)?;
            for profile in &stale {
                let own = scope.all(listing::table).filter(listing::profile_id.eq(profile));
                diesel::update(own).set((listing::score.eq(now.0), listing::answer_hours.eq(now.1))).execute(conn)?;
                index::refresh(scope, conn, *profile)?;
            }
            Ok(stale.len() as i64)
        },
    )
}

/// Listings whose score is another.
fn stale(scope: &Scope, conn: &mut Conn, (score, hours): (i64, Option<i64>)) -> Result<Vec<ProfileId>> {
    let rows: Vec<(ProfileId, i64, Option<i64>)> =
        scope.all(listing::table).select((listing::profile_id, listing::score, listing::answer_hours)).load(conn)?;
    Ok(rows.into_iter().filter(|row| (row.1, row.2) != (score, hours)).map(|row| row.0).collect())
}

/// The score of this moment, from inquiries that were answered or whose time ran out. Whether
/// somebody has marked an expired one does not matter; one that its sender took back in time is nobody's
/// silence.
fn current(scope: &Scope, conn: &mut Conn) -> Result<(i64, Option<i64>)> {
    let rows: Vec<(Moment, Option<Moment>)> = scope
        .all(referral::table)
        .filter(referral::source.eq("directory"))
        .filter(referral::received_at.gt(scope.now.plus(-ANSWERS)))
        .filter(
            referral::answered_at
                .is_not_null()
                .or(referral::expires_at.le(scope.now).and(referral::closed_at.is_null().or(referral::closed_at.ge(referral::expires_at)))),
        )
        .select((referral::received_at, referral::answered_at))
        .load(conn)?;
    let answers: Vec<Option<i64>> = rows.into_iter().map(|(received, answered)| answered.map(|at| at.since(received))).collect();
    Ok(response(&answers))
}
