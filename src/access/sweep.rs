//! Removes what no rule could revive: it is over by the moments in its rows, and has been for a
//! while. Nothing depends on this having run.

use super::schedule::{Task, Tick};
use crate::clock::{DAY, HOUR, Moment};
use crate::db::ids::{MailId, SessionId};
use crate::db::schema::{access_link, access_visit, attempt, idempotency, outbox, single_use_token, user_session};
use crate::error::Result;
use diesel::prelude::*;

/// Rows removed in one transaction: others write in between.
const PIECE: i64 = 500;

/// How long rows stay after their end. Links stay a while to be explained; a form's key as long as
/// a browser might send the form again; letters as long as a page shows what became of them.
const SESSIONS: i64 = 48 * HOUR;
const ATTEMPTS: i64 = 7 * DAY;
const LINKS: i64 = 30 * DAY;
const VISITS: i64 = DAY;
const FORMS: i64 = 7 * DAY;
const LETTERS: i64 = 90 * DAY;

pub const TASK: Task = Task { name: "sweep", every: HOUR, run };

fn run(tick: &Tick<'_>) -> Result<i64> {
    let before = |age: i64| tick.now.plus(-age);
    // Rows whose moment is past, by key, piece by piece.
    macro_rules! sweep {
        ($table:ident, $key:ident: $type:ty, $moment:ident < $limit:expr) => {
            pieces(|| {
                tick.system(|conn| {
                    let old = $table::table.filter($table::$moment.lt($limit)).select($table::$key).limit(PIECE);
                    let keys: Vec<$type> = old.load(conn)?;
                    Ok(diesel::delete($table::table.filter($table::$key.eq_any(&keys))).execute(conn)? as i64)
                })
            })?
        };
    }
    let mut done = sweep!(user_session, id: SessionId, created_at < before(SESSIONS));
    done += sweep!(attempt, key: Vec<u8>, last_at < before(ATTEMPTS));
    done += sweep!(single_use_token, hash: Vec<u8>, expires_at < before(LINKS));
    done += sweep!(access_visit, key_hash: Vec<u8>, expires_at < before(VISITS));
    done += sweep!(access_link, hash: Vec<u8>, expires_at < before(LINKS));
    done += sweep!(outbox, id: MailId, sent_at < Some(before(LETTERS)));
    let old = before(FORMS);
    done += tick.each_partner(
        |scope, conn| {
            let forms = scope.all(idempotency::table).filter(idempotency::created_at.lt(old)).select(idempotency::created_at);
            Ok(forms.first::<Moment>(conn).optional()?.is_some())
        },
        |scope, conn| Ok(diesel::delete(scope.all(idempotency::table).filter(idempotency::created_at.lt(old))).execute(conn)? as i64),
    )?;
    Ok(done)
}

fn pieces(mut one: impl FnMut() -> Result<i64>) -> Result<i64> {
    let mut done = 0;
    loop {
        let count = one()?;
        done += count;
        if count < PIECE {
            return Ok(done);
        }
    }
}
