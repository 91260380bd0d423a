//! Scheduled ends that have come: the page and `may()` know by themselves; list, index and letters
//! follow here.

use super::acts;
use crate::access::Scope;
use crate::access::schedule::{Task, Tick};
use crate::clock::MINUTE;
use crate::db::Conn;
use crate::db::ids::CustomerId;
use crate::db::schema::ending;
use crate::error::Result;
use diesel::prelude::*;

/// Ends that are due.
pub const END_DUE: Task = Task { name: "relationships.end", every: MINUTE, run: end_due };

/// Ends a run does for one partner account.
const PIECE: i64 = 200;

fn due(scope: &Scope, conn: &mut Conn, limit: i64) -> Result<Vec<CustomerId>> {
    let due = scope.all(ending::table).filter(ending::state.eq("scheduled")).filter(ending::ends_at.le(scope.now));
    Ok(due.order(ending::ends_at).limit(limit).select(ending::customer_id).load(conn)?)
}

fn end_due(tick: &Tick<'_>) -> Result<i64> {
    tick.each_partner(
        |scope, conn| Ok(!due(scope, conn, 1)?.is_empty()),
        |scope, conn| {
            let mut done = 0;
            for customer in due(scope, conn, PIECE)? {
                done += i64::from(acts::settle(scope, conn, customer)?);
            }
            Ok(done)
        },
    )
}
