//! A listing as its pages read it: the row, and the content in it.

use crate::db::ids::{LogoId, PartnerId, ProfileId};
use crate::db::schema::{listing, partner_account};
use crate::db::search::directory::Place;
use crate::db::{Conn, any_of, direct};
use crate::domain::AccountType;
use crate::domain::profile::Content;
use crate::error::{Error, Result};
use diesel::prelude::*;
use std::collections::BTreeMap;

#[derive(HasQuery)]
#[diesel(table_name = listing)]
struct Row {
    partner_id: PartnerId,
    profile_id: ProfileId,
    slug: String,
    account_type: AccountType,
    content: String,
    logo_id: Option<LogoId>,
    answer_hours: Option<i64>,
    rank: i64,
}

/// What is published of a profile.
pub struct Listing {
    pub partner: PartnerId,
    pub profile: ProfileId,
    pub slug: String,
    pub account_type: AccountType,
    pub content: Content,
    pub logo: Option<LogoId>,
    pub answer_hours: Option<i64>,
    rank: i64,
}

impl Listing {
    fn of(row: Row) -> Result<Self> {
        Ok(Self {
            partner: row.partner_id,
            profile: row.profile_id,
            slug: row.slug,
            account_type: row.account_type,
            content: serde_json::from_str(&row.content).map_err(Error::internal)?,
            logo: row.logo_id,
            answer_hours: row.answer_hours,
            rank: row.rank,
        })
    }
}

/// What is published under an address; nothing of a partner that is not active.
pub fn find(conn: &mut Conn, slug: &str) -> Result<Option<Listing>> {
    let public = listing::table.filter(listing::slug.eq(slug)).filter(listing::listed.eq(true));
    let active = partner_account::id.eq(listing::partner_id).and(partner_account::status.eq("active"));
    let row: Option<Row> = public.inner_join(partner_account::table.on(active)).select(Row::as_select()).first(conn).optional()?;
    row.map(Listing::of).transpose()
}

/// The listings of some places in the results, in their order.
pub fn at(conn: &mut Conn, places: &[Place]) -> Result<Vec<(Place, Listing)>> {
    let ranks: Vec<i64> = places.iter().map(|place| place.rank).collect();
    let rows = listing::table.filter(any_of(listing::rank, &ranks)).filter(listing::listed.eq(true));
    let rows: Vec<Row> = direct!(conn, |conn| rows.select(Row::as_select()).load(conn))?;
    let listings = rows.into_iter().map(Listing::of).collect::<Result<Vec<_>>>()?;
    let mut by_rank: BTreeMap<i64, Listing> = listings.into_iter().map(|one| (one.rank, one)).collect();
    Ok(places.iter().filter_map(|place| by_rank.remove(&place.rank).map(|one| (*place, one))).collect())
}
