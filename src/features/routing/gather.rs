//! Candidates: a few hundred listings at most, the best of the country and those near by, however
//! many there are. Read outside any tenant: what is public, and how many inquiries each has.

use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::{LocationId, PartnerId, ProfileId};
use crate::db::schema::{engagement, listing, listing_location, partner_account};
use crate::domain::Cloud;
use crate::domain::place::Point;
use crate::domain::profile::{Content, Location};
use crate::domain::routing::{Facts, Measure, Wanted, measure};
use crate::error::{Error, Result};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Most candidates of the country, and most near by.
const FROM_COUNTRY: i64 = 200;
const FROM_NEAR: i64 = 200;
/// Near by, in millionths of a degree of latitude: about 110 km.
const NEAR: i64 = 1_000_000;
/// Most inquiries that a partner gets in 24 hours: one partner's crowd is nobody else's wait.
pub const A_DAY: i64 = 50;

/// A listing that may get an inquiry, measured.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub partner: PartnerId,
    pub profile: ProfileId,
    pub name: String,
    /// Its nearest location, or its first.
    pub location: Option<LocationId>,
    pub measure: Measure,
}

type Row = (PartnerId, ProfileId, String, String, String, Option<i64>, i64);

/// Measures those of a cloud that may fit; `asked` had the inquiry already.
pub fn candidates(conn: &mut Conn, cloud: Cloud, wanted: &Wanted, asked: &[PartnerId], now: Moment) -> Result<Vec<Candidate>> {
    let mut rows = in_country(conn, cloud, &wanted.country)?;
    if let Some(point) = wanted.point {
        let known: HashSet<ProfileId> = rows.iter().map(|row| row.1).collect();
        rows.extend(near(conn, cloud, point)?.into_iter().filter(|row| !known.contains(&row.1)));
    }
    // One partner with profiles of several countries is one candidate: its better one.
    let mut best: HashMap<PartnerId, Candidate> = HashMap::new();
    let partners: Vec<PartnerId> = rows.iter().map(|row| row.0).collect();
    let (open, today) = (open(conn, &partners, now)?, since(conn, &partners, now.plus(-DAY))?);
    for row in rows {
        let count = |counts: &HashMap<PartnerId, i64>| counts.get(&row.0).copied().unwrap_or(0);
        let busy = Busy { open: count(&open), full: count(&today) >= A_DAY, asked: asked.contains(&row.0) };
        let candidate = weigh(wanted, row, &busy)?;
        let fits = |one: &Candidate| (one.measure.same_country, std::cmp::Reverse(one.measure.rank));
        if best.get(&candidate.partner).is_none_or(|other| fits(other) < fits(&candidate)) {
            best.insert(candidate.partner, candidate);
        }
    }
    let mut candidates: Vec<Candidate> = best.into_values().collect();
    candidates.sort_by_key(|one| one.measure.rank);
    Ok(candidates)
}

macro_rules! listed {
    ($rows:expr, $cloud:expr) => {
        $rows
            .inner_join(partner_account::table.on(partner_account::id.eq(listing::partner_id)))
            .filter(listing::cloud.eq($cloud.as_str()))
            .filter(listing::listed.eq(true))
            .filter(partner_account::status.eq("active"))
            .order(listing::rank)
            .select((
                listing::partner_id,
                listing::profile_id,
                listing::name,
                listing::country,
                listing::content,
                listing::answer_hours,
                listing::rank,
            ))
    };
}

fn in_country(conn: &mut Conn, cloud: Cloud, country: &str) -> Result<Vec<Row>> {
    Ok(listed!(listing::table, cloud).filter(listing::country.eq(country)).limit(FROM_COUNTRY).load(conn)?)
}

/// Of the locations near by the nearest, whatever their country and rank.
fn near(conn: &mut Conn, cloud: Cloud, here: Point) -> Result<Vec<Row>> {
    // A degree of longitude is shorter the farther from the equator; near a pole all are one.
    let shrink = (here.latitude as f64 / 1e6).to_radians().cos().max(0.1);
    let wide = (NEAR as f64 / shrink) as i64;
    let north = || listing_location::latitude - here.latitude;
    let east = || listing_location::longitude - here.longitude;
    let hundredths = (100.0 * shrink * shrink) as i64;
    let keys: Vec<(PartnerId, ProfileId)> = listing_location::table
        .filter(listing_location::latitude.between(here.latitude - NEAR, here.latitude + NEAR))
        .filter(listing_location::longitude.between(here.longitude - wide, here.longitude + wide))
        .order(north() * north() * 100 + east() * east() * hundredths)
        .limit(FROM_NEAR)
        .select((listing_location::partner_id, listing_location::profile_id))
        .load(conn)?;
    let (partners, profiles): (Vec<PartnerId>, Vec<ProfileId>) = keys.into_iter().unzip();
    let rows = listed!(listing::table, cloud).filter(listing::partner_id.eq_any(partners)).filter(listing::profile_id.eq_any(profiles));
    Ok(rows.load(conn)?)
}

/// Inquiries that each of these partners has yet to answer or to bring to an end.
fn open(conn: &mut Conn, partners: &[PartnerId], now: Moment) -> Result<HashMap<PartnerId, i64>> {
    let rows = engagement::table
        .filter(engagement::to_partner_id.eq_any(partners))
        .filter(engagement::inquiry_id.is_not_null())
        .filter(engagement::closed_at.is_null())
        .filter(engagement::state.eq("accepted").or(engagement::expires_at.gt(now)))
        .group_by(engagement::to_partner_id)
        .select((engagement::to_partner_id, count_star()));
    Ok(rows.load(conn)?.into_iter().collect())
}

/// Inquiries that each of these partners has got since a moment.
pub fn since(conn: &mut Conn, partners: &[PartnerId], from: Moment) -> Result<HashMap<PartnerId, i64>> {
    let rows = engagement::table
        .filter(engagement::to_partner_id.eq_any(partners))
        .filter(engagement::inquiry_id.is_not_null())
        .filter(engagement::offered_at.gt(from))
        .group_by(engagement::to_partner_id)
        .select((engagement::to_partner_id, count_star()));
    Ok(rows.load(conn)?.into_iter().collect())
}

struct Busy {
    open: i64,
    full: bool,
    asked: bool,
}

fn weigh(wanted: &Wanted, row: Row, busy: &Busy) -> Result<Candidate> {
    let (partner, profile, name, country, content, answer_hours, rank) = row;
    let content: Content = serde_json::from_str(&content).map_err(Error::internal)?;
    let facts = Facts { open: busy.open, full: busy.full, asked: busy.asked, answer_hours, rank, ..facts(country, &content) };
    Ok(Candidate { partner, profile, name, location: nearest(&content, wanted.point), measure: measure(wanted, &facts) })
}

/// What a profile says of its partner.
pub fn facts(country: String, content: &Content) -> Facts {
    Facts {
        country,
        points: content.locations.iter().map(Location::point).collect(),
        languages: content.languages.clone(),
        industries: content.industries.clone(),
        offers: content.products.iter().chain(&content.services).cloned().collect(),
        ..Facts::default()
    }
}

/// The location of a profile that is nearest, or its first where nobody knows.
pub fn nearest(content: &Content, here: Option<Point>) -> Option<LocationId> {
    content.nearest(here).map(|location| LocationId::from_uuid(location.id))
}
