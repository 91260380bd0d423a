//! Nothing personal is kept longer than it is needed: half a year after the last partner is done
//! with an inquiry, who asked and what is erased. What partners accepted is theirs to keep.

use super::model;
use crate::access::schedule::{Task, Tick};
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::InquiryId;
use crate::db::schema::inquiry;
use crate::error::Result;
use diesel::prelude::*;

/// How long it is kept after its end.
pub const KEPT: i64 = 180 * DAY;
/// Inquiries looked at in one transaction: others write in between.
const PIECE: i64 = 200;

pub const ERASE: Task = Task { name: "inquiries.erase", every: DAY, run };

fn run(tick: &Tick<'_>) -> Result<i64> {
    let (mut done, mut after) = (0, None);
    loop {
        let (count, last) = tick.system(|conn| piece(conn, tick.now, after))?;
        done += count;
        match last {
            Some(_) => after = last,
            None => return Ok(done),
        }
    }
}

/// Erases what is due among the next few that are old enough; how many, and where it came to.
fn piece(conn: &mut Conn, now: Moment, after: Option<(Moment, InquiryId)>) -> Result<(i64, Option<(Moment, InquiryId)>)> {
    let limit = now.plus(-KEPT);
    let mut old = inquiry::table
        .filter(inquiry::erased_at.is_null())
        .filter(inquiry::created_at.lt(limit))
        .order((inquiry::created_at, inquiry::id))
        .limit(PIECE)
        .select((inquiry::created_at, inquiry::id))
        .into_boxed();
    if let Some((at, id)) = after {
        old = old.filter(inquiry::created_at.gt(at).or(inquiry::created_at.eq(at).and(inquiry::id.gt(id))));
    }
    let keys: Vec<(Moment, InquiryId)> = old.load(conn)?;
    let mut done = 0;
    for (_, id) in &keys {
        let over = |offer: &model::Offer| match offer.closed_at {
            Some(at) => at < limit,
            None => offer.expires_at < limit && !offer.is_alive(now),
        };
        if model::offers(conn, *id)?.iter().all(over) {
            erase(conn, *id, now)?;
            done += 1;
        }
    }
    Ok((done, keys.last().copied()))
}

fn erase(conn: &mut Conn, id: InquiryId, now: Moment) -> Result<()> {
    diesel::update(inquiry::table.find(id).filter(inquiry::erased_at.is_null()))
        .set((
            inquiry::company.eq(""),
            inquiry::first_name.eq(""),
            inquiry::last_name.eq(""),
            inquiry::email.eq(""),
            inquiry::phone.eq(""),
            inquiry::address1.eq(""),
            inquiry::postal_code.eq(""),
            inquiry::city.eq(""),
            inquiry::latitude.eq(None::<i64>),
            inquiry::longitude.eq(None::<i64>),
            inquiry::need.eq(""),
            inquiry::allow_next.eq(false),
            inquiry::erased_at.eq(Some(now)),
        ))
        .execute(conn)?;
    Ok(())
}
