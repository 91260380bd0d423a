//! What time does to delegated admin: automatic extension in the last day, and reminders to both
//! sides. Whether rights hold never waits for these.

use super::acts;
use super::model::{self, Granted};
use crate::access::Scope;
use crate::access::schedule::{Task, Tick};
use crate::clock::{DAY, MINUTE};
use crate::db::Conn;
use crate::db::ids::AdminId;
use crate::db::schema::delegated_admin;
use crate::domain::letter::Letter;
use crate::domain::relationship::delegated_admin::{EXTENSION_DAYS, REMINDERS, extends_itself_now, reminder_due};
use crate::error::Result;
use diesel::prelude::*;

/// Automatic extensions, then reminders: what was extended needs none.
pub const KEEP: Task = Task { name: "delegated_admin.keep", every: 5 * MINUTE, run: keep };

/// Grants that a run looks at in one partner account.
const PIECE: i64 = 500;
/// A notice of the end itself is worth sending this long.
const LATE: i64 = 30 * DAY;

/// Grants of which a reminder or an extension is due, the first to end first.
fn due(scope: &Scope, conn: &mut Conn, limit: i64) -> Result<Vec<AdminId>> {
    let (end, reminded) = (delegated_admin::ends_at, delegated_admin::reminded_days);
    let unsent = |days: i64| end.le(scope.now.plus(days * DAY)).and(reminded.gt(days));
    let [first, second, third, last] = REMINDERS;
    let extends = delegated_admin::auto_extend.eq(true).and(end.gt(scope.now)).and(end.le(scope.now.plus(DAY)));
    let due = scope
        .all(delegated_admin::table)
        .filter(delegated_admin::state.eq("active"))
        .filter(end.gt(scope.now.plus(-LATE)))
        .filter(end.le(scope.now.plus(first * DAY)))
        .filter(unsent(first).or(unsent(second)).or(unsent(third)).or(unsent(last)).or(extends));
    Ok(due.order((end, delegated_admin::id)).limit(limit).select(delegated_admin::id).load(conn)?)
}

fn keep(tick: &Tick<'_>) -> Result<i64> {
    tick.each_partner(
        |scope, conn| Ok(!due(scope, conn, 1)?.is_empty()),
        |scope, conn| {
            let mut done = 0;
            for id in due(scope, conn, PIECE)? {
                let granted = model::any(scope, conn, id)?;
                let due = extends_itself_now(granted.admin.auto_extend, granted.admin.ends_at, scope.now);
                let extended = due && acts::extend(scope, conn, id, "")?.is_ok();
                done += i64::from(extended || remind(scope, conn, &granted)?);
            }
            Ok(done)
        },
    )
}

/// Sends the reminder that is due, once; whether one was.
fn remind(scope: &Scope, conn: &mut Conn, granted: &Granted) -> Result<bool> {
    let Some(days) = reminder_due(granted.admin.ends_at, granted.admin.reminded_days, scope.now) else {
        return Ok(false);
    };
    let row = scope.all(delegated_admin::table).filter(delegated_admin::id.eq(granted.admin.id));
    let unsent = row
        .filter(delegated_admin::reminded_days.eq(granted.admin.reminded_days))
        .filter(delegated_admin::version.eq(granted.admin.version));
    if diesel::update(unsent).set(delegated_admin::reminded_days.eq(days)).execute(conn)? == 0 {
        return Ok(false);
    }
    acts::both_sides(scope, conn, granted, |partner, path| Letter::AccessEnding {
        partner,
        company: granted.company.clone(),
        name: granted.admin.name.clone(),
        roles: granted.admin.roles().iter().map(|role| role.as_str().to_owned()).collect(),
        ends_at: granted.ends_at().micros(),
        days,
        auto_extend: granted.admin.auto_extend && days > 0,
        path,
    })?;
    Ok(true)
}

const _: () = assert!(EXTENSION_DAYS > 30, "an extension leaves the time of reminders");
