//! How often listings are seen: added up in memory, and written every few seconds outside any
//! tenant. There is no visitor in it, so nothing of one can be stored.

use super::App;
use crate::clock::{DAY, Moment};
use crate::db::ids::{LocationId, PartnerId, ProfileId};
use crate::db::schema::insight;
use crate::db::{Conn, dialect};
use crate::domain::insight::Seen;
use crate::error::Result;
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// Rows of one transaction, so that others may write in between.
const PIECE: usize = 500;

/// A listing, or one of its locations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    pub partner: PartnerId,
    pub profile: ProfileId,
    pub location: Option<LocationId>,
}

/// Whose, on which day, and what. Ordered, so that two servers lock rows in the same order.
type Key = (Listed, i64, Seen);

/// What was seen and not yet written.
#[derive(Default)]
pub struct Counter(Mutex<BTreeMap<Key, i64>>);

impl Counter {
    fn add(&self, keys: impl IntoIterator<Item = (Key, i64)>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, count) in keys {
            *counts.entry(key).or_default() += count;
        }
    }
    fn take(&self) -> Vec<(Key, i64)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect()
    }
}

/// The day of a moment, since 1970 (UTC), as stored.
pub const fn day(moment: Moment) -> i64 {
    moment.micros().div_euclid(DAY)
}

impl App {
    /// Counts what was seen now.
    pub fn count_seen(&self, seen: Seen, listed: impl IntoIterator<Item = Listed>) {
        let day = day(self.now());
        self.seen.add(listed.into_iter().map(|listed| ((listed, day, seen), 1)));
    }
}

/// Writes what was counted; whether there was anything. What could not be written is kept.
pub fn flush(app: &App) -> Result<bool> {
    let all = app.seen.take();
    for (done, piece) in all.chunks(PIECE).enumerate() {
        if let Err(error) = app.store.write_system(|conn| piece.iter().try_for_each(|(key, count)| write(conn, key, *count))) {
            app.seen.add(all[done * PIECE..].iter().copied());
            return Err(error);
        }
    }
    Ok(!all.is_empty())
}

/// Counts at once, in the transaction that made it happen, which must be nobody's.
pub fn note(conn: &mut Conn, seen: Seen, listed: Listed, now: Moment) -> Result<()> {
    write(conn, &(listed, day(now), seen), 1)
}

fn write(conn: &mut Conn, (listed, day, seen): &Key, count: i64) -> Result<()> {
    let location = listed.location.map_or(Uuid::nil(), LocationId::uuid);
    let key = (listed.partner, listed.profile, *day, seen.as_str(), LocationId::from_uuid(location));
    let add = |conn: &mut Conn| diesel::update(insight::table.find(key)).set(insight::count.eq(insight::count + count)).execute(conn);
    if add(conn)? == 1 {
        return Ok(());
    }
    let row = (
        insight::partner_id.eq(listed.partner),
        insight::profile_id.eq(listed.profile),
        insight::location_id.eq(LocationId::from_uuid(location)),
        insight::day.eq(day),
        insight::kind.eq(seen.as_str()),
        insight::count.eq(count),
    );
    if !dialect::insert_unless_there(conn, |conn| diesel::insert_into(insight::table).values(row).execute(conn))? {
        add(conn)?;
    }
    Ok(())
}
