//! What operators read of routing: places and times, candidates and points; nobody's name but
//! partners'.

use super::decide::Kept;
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::{InquiryId, PartnerId};
use crate::db::schema::{engagement, inquiry, partner_account, routing_decision};
use crate::domain::routing::Setting;
use crate::error::{Error, Result};
use diesel::prelude::*;
use std::collections::HashMap;

/// An inquiry, as operators see it.
#[derive(Debug, Clone, Queryable)]
pub struct Asked {
    pub id: InquiryId,
    pub created_at: Moment,
    pub country: String,
    pub city: String,
    pub industry: String,
    /// Its sender chose the partners.
    pub named: bool,
}

/// A page of inquiries, newest first, from after (or, backwards, before) one of them.
pub fn inquiries(conn: &mut Conn, from: Option<(Moment, InquiryId, bool)>, limit: i64) -> Result<Vec<Asked>> {
    let columns = (inquiry::id, inquiry::created_at, inquiry::country, inquiry::city, inquiry::industry, inquiry::named);
    let rows = inquiry::table.select(columns).limit(limit).into_boxed();
    let newest = (inquiry::created_at.desc(), inquiry::id.desc());
    Ok(match from {
        None => rows.order(newest).load(conn)?,
        Some((at, id, false)) => {
            rows.filter(inquiry::created_at.lt(at).or(inquiry::created_at.eq(at).and(inquiry::id.lt(id)))).order(newest).load(conn)?
        }
        Some((at, id, true)) => {
            let later = rows.filter(inquiry::created_at.gt(at).or(inquiry::created_at.eq(at).and(inquiry::id.gt(id))));
            later.order((inquiry::created_at, inquiry::id)).load(conn)?
        }
    })
}

/// One inquiry; [`NotFound`](Error::NotFound) for none.
pub fn one(conn: &mut Conn, id: InquiryId) -> Result<Asked> {
    let columns = (inquiry::id, inquiry::created_at, inquiry::country, inquiry::city, inquiry::industry, inquiry::named);
    Ok(inquiry::table.find(id).select(columns).first(conn)?)
}

/// The partners that got each of these inquiries, in their order.
pub fn receivers(conn: &mut Conn, ids: &[InquiryId]) -> Result<HashMap<InquiryId, Vec<String>>> {
    let rows: Vec<(Option<InquiryId>, String)> = engagement::table
        .inner_join(partner_account::table.on(partner_account::id.eq(engagement::to_partner_id)))
        .filter(engagement::inquiry_id.is_not_null())
        .filter(engagement::inquiry_id.eq_any(ids))
        .order((engagement::offered_at, engagement::id))
        .select((engagement::inquiry_id, partner_account::name))
        .load(conn)?;
    let mut found: HashMap<InquiryId, Vec<String>> = HashMap::new();
    for (id, name) in rows {
        found.entry(id.unwrap_or_else(InquiryId::new)).or_default().push(name);
    }
    Ok(found)
}

/// A decision, as it was kept.
#[derive(Debug, Clone)]
pub struct Decision {
    pub inquiry: InquiryId,
    pub number: i64,
    pub at: Moment,
    pub setting: Setting,
    pub candidates: Vec<Kept>,
    pub chosen: Option<PartnerId>,
}

type Row = (InquiryId, i64, Moment, String, String, Option<PartnerId>);

macro_rules! decisions {
    ($rows:expr) => {
        $rows.select((
            routing_decision::inquiry_id,
            routing_decision::number,
            routing_decision::decided_at,
            routing_decision::weights,
            routing_decision::candidates,
            routing_decision::chosen_partner_id,
        ))
    };
}

impl Decision {
    fn of((inquiry, number, at, setting, candidates, chosen): Row) -> Result<Self> {
        let setting = serde_json::from_str(&setting).map_err(Error::internal)?;
        let candidates = serde_json::from_str(&candidates).map_err(Error::internal)?;
        Ok(Self { inquiry, number, at, setting, candidates, chosen })
    }
}

/// Every decision on an inquiry.
pub fn of_inquiry(conn: &mut Conn, id: InquiryId) -> Result<Vec<Decision>> {
    let rows = decisions!(routing_decision::table.filter(routing_decision::inquiry_id.eq(id)).order(routing_decision::number));
    rows.load::<Row>(conn)?.into_iter().map(Decision::of).collect()
}

/// The decisions of the last 30 days, the newest first: so many at most.
pub fn last_month(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Decision>> {
    let since = routing_decision::table.filter(routing_decision::decided_at.gt(now.plus(-30 * DAY)));
    let rows = decisions!(since.order((routing_decision::decided_at.desc(), routing_decision::inquiry_id, routing_decision::number)));
    rows.limit(limit).load::<Row>(conn)?.into_iter().map(Decision::of).collect()
}

/// How soon an inquiry must expire to be an operator's business.
const SOON: i64 = 2 * DAY;

/// How many inquiries nobody has answered expire soon; outside any tenant.
pub fn expiring(conn: &mut Conn, now: Moment) -> Result<i64> {
    Ok(engagement::table
        .filter(engagement::inquiry_id.is_not_null())
        .filter(engagement::closed_at.is_null())
        .filter(engagement::state.eq("received"))
        .filter(engagement::expires_at.gt(now))
        .filter(engagement::expires_at.le(now.plus(SOON)))
        .count()
        .get_result(conn)?)
}
