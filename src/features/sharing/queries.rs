//! What the pages of shared opportunities read.

use crate::access::Scope;
use crate::access::referral::Sight;
use crate::clock::Moment;
use crate::db::ids::{EngagementId, PartnerId, ProfileId, ReferralId};
use crate::db::schema::{engagement, engagement_entry, listing, partner_account};
use crate::db::search::directory::{Word, many};
use crate::db::{Conn, DbResult};
use crate::domain::fold::fold;
use crate::domain::referral::{Shared, Source, State};
use crate::domain::relationship::partnership::Side;
use crate::domain::{AccountType, PartnerStatus};
use crate::error::{Error, Result};
use crate::features::partnerships::queries as partnerships;
use crate::features::referrals::model::{self, Engagement, Referral};
use diesel::prelude::*;

/// Partners offered for one search.
pub const OFFERED: usize = 20;
/// Fewest letters that are looked for.
pub const LETTERS: usize = 2;
/// Most words that are looked for.
const WORDS: usize = 8;

/// How the account of another partner is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A partnership.
    Reseller,
    Provider,
    /// Its public listing.
    Listed(ProfileId),
}

/// A partner that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub partner: PartnerId,
    pub name: String,
    pub country: String,
    pub way: Way,
}

impl Candidate {
    /// As the form sends it: what is public of it, or that it is a partner.
    pub fn value(&self) -> String {
        match self.way {
            Way::Listed(profile) => format!("listing.{profile}"),
            Way::Reseller | Way::Provider => format!("partner.{}", self.partner),
        }
    }
}

/// Active partners of this account, whichever side it is on.
fn own(scope: &Scope, conn: &mut Conn) -> DbResult<Vec<Candidate>> {
    let account: AccountType = partner_account::table.find(scope.id()).select(partner_account::account_type).first(conn)?;
    let Some(side) = Side::of(account) else { return Ok(Vec::new()) };
    let way = if side == Side::Provider { Way::Reseller } else { Way::Provider };
    let mut all = partnerships::all(scope, conn, side)?;
    all.retain(|one| one.is_active(scope.now) && one.status == PartnerStatus::Active);
    all.sort_by_cached_key(|one| (fold(&one.name), one.partner));
    Ok(all.into_iter().map(|one| Candidate { partner: one.partner, name: one.name, country: String::new(), way }).collect())
}

/// Partners whose name has what was typed: own ones first, then those that the directory lists.
pub fn candidates(scope: &Scope, conn: &mut Conn, typed: &str) -> Result<Vec<Candidate>> {
    let wanted = fold(typed);
    if wanted.chars().count() < LETTERS {
        return Ok(Vec::new());
    }
    let mut found = own(scope, conn)?;
    found.retain(|one| fold(&one.name).contains(&wanted));
    for one in listed_as(scope, conn, &wanted)? {
        if !found.iter().any(|known| known.partner == one.partner) {
            found.push(one);
        }
    }
    found.truncate(OFFERED);
    Ok(found)
}

/// What the directory lists of active partners under a name.
fn listed_as(scope: &Scope, conn: &mut Conn, wanted: &str) -> Result<Vec<Candidate>> {
    let words = wanted.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS);
    let words = words.map(|word| Word { text: word.to_owned(), named: Vec::new() }).collect();
    let ranks = many::named(conn, scope.cloud(), words, OFFERED as i64)?;
    let rows: Vec<(PartnerId, ProfileId, String, String)> = listing::table
        .filter(listing::rank.eq_any(ranks))
        .filter(listing::listed.eq(true))
        .filter(listing::partner_id.ne(scope.id()))
        .order(listing::rank)
        .select((listing::partner_id, listing::profile_id, listing::name, listing::country))
        .load(conn)?;
    Ok(rows.into_iter().map(|(partner, profile, name, country)| Candidate { partner, name, country, way: Way::Listed(profile) }).collect())
}

/// The candidate that a form names; [`NotFound`](Error::NotFound) for anybody who is neither a
/// partner nor listed in this cloud.
pub fn candidate(scope: &Scope, conn: &mut Conn, value: &str) -> Result<Candidate> {
    let (kind, id) = value.split_once('.').ok_or(Error::NotFound)?;
    if kind == "listing" {
        let profile: ProfileId = id.parse().map_err(|()| Error::NotFound)?;
        let active = partner_account::id.eq(listing::partner_id).and(partner_account::status.eq("active"));
        let (partner, name, country) = listing::table
            .inner_join(partner_account::table.on(active))
            .filter(listing::profile_id.eq(profile))
            .filter(listing::listed.eq(true))
            .filter(listing::cloud.eq(scope.cloud().as_str()))
            .filter(listing::partner_id.ne(scope.id()))
            .select((listing::partner_id, listing::name, listing::country))
            .first(conn)?;
        return Ok(Candidate { partner, name, country, way: Way::Listed(profile) });
    }
    own(scope, conn)?.into_iter().find(|one| one.partner.to_string() == id).ok_or(Error::NotFound)
}

/// Why an opportunity is not shared: the end of a message key.
pub type Problem = &'static str;

/// May another partner be asked about this one? What came from another partner goes no further.
pub fn may_share(row: &Referral, now: Moment) -> std::result::Result<(), Problem> {
    match (row.source, row.shown(now)) {
        (Source::Partner | Source::Provider, _) => Err("received"),
        (_, State::Accepted) => Ok(()),
        (_, State::Received) => Err("masked"),
        _ => Err("over"),
    }
}

/// Does this partner work on it, or has it still to answer?
pub fn is_asked(scope: &Scope, conn: &mut Conn, referral: ReferralId, partner: PartnerId) -> DbResult<bool> {
    let asked = scope
        .sent(engagement::table)
        .filter(engagement::from_referral_id.eq(referral))
        .filter(engagement::to_partner_id.eq(partner))
        .filter(engagement::state.eq("accepted").or(engagement::state.eq("received").and(engagement::expires_at.gt(scope.now))));
    diesel::select(diesel::dsl::exists(asked)).get_result(conn)
}

/// Which side of an engagement this partner is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    Sender,
    Receiver,
}

/// A shared opportunity as one side sees it.
#[derive(Debug, Clone)]
pub struct Open {
    pub between: Engagement,
    pub seat: Seat,
    /// This side's own copy.
    pub own: Referral,
    /// The other side's name.
    pub other: String,
}

impl Open {
    pub fn state(&self, now: Moment) -> Shared {
        self.between.state.at(self.between.expires_at, now)
    }
    /// Both sides change the shared part while both work on it.
    pub fn is_editable(&self, now: Moment) -> bool {
        self.state(now) == Shared::Accepted
    }
}

/// An engagement between two partners, for the side that asks and may see its own copy;
/// [`NotFound`](Error::NotFound) for anybody else, and for what is not between partners.
pub fn open(scope: &Scope, conn: &mut Conn, sight: Sight, id: EngagementId) -> Result<Open> {
    let kind = || engagement::id.eq(id).and(engagement::kind.eq("partner"));
    let received: Option<Engagement> =
        scope.received(engagement::table).filter(kind()).select(Engagement::as_select()).first(conn).optional()?;
    let (between, seat) = match received {
        Some(row) => (row, Seat::Receiver),
        None => (scope.sent(engagement::table).filter(kind()).select(Engagement::as_select()).first(conn)?, Seat::Sender),
    };
    let (own, other) = match seat {
        Seat::Receiver => (Some(between.to_referral_id), between.from_partner_id),
        Seat::Sender => (between.from_referral_id, Some(between.to_partner_id)),
    };
    let (own, other) = own.zip(other).ok_or(Error::NotFound)?;
    let own = model::find(scope, conn, sight, own)?;
    let other = partner_account::table.find(other).select(partner_account::name).first(conn)?;
    Ok(Open { between, seat, own, other })
}

/// One line of what both sides wrote or changed.
#[derive(Debug, Clone, Queryable)]
pub struct Entry {
    pub by: PartnerId,
    pub person: String,
    /// `note` or `change`.
    pub kind: String,
    pub body: String,
    pub created_at: Moment,
}

/// Entries shown at most.
const ENTRIES: i64 = 200;

/// What both sides wrote and changed, newest first.
pub fn entries(scope: &Scope, conn: &mut Conn, one: &Open) -> DbResult<Vec<Entry>> {
    let columns = (
        engagement_entry::by_partner_id,
        engagement_entry::person,
        engagement_entry::kind,
        engagement_entry::body,
        engagement_entry::created_at,
    );
    match one.seat {
        Seat::Receiver => scope
            .received(engagement_entry::table)
            .filter(engagement_entry::engagement_id.eq(one.between.id))
            .order((engagement_entry::created_at.desc(), engagement_entry::id.desc()))
            .limit(ENTRIES)
            .select(columns)
            .load(conn),
        Seat::Sender => scope
            .sent(engagement_entry::table)
            .filter(engagement_entry::engagement_id.eq(one.between.id))
            .filter(engagement_entry::to_partner_id.eq(one.between.to_partner_id))
            .order((engagement_entry::created_at.desc(), engagement_entry::id.desc()))
            .limit(ENTRIES)
            .select(columns)
            .load(conn),
    }
}

/// The partners that were asked about a referral: engagement, name, state.
pub fn asked(scope: &Scope, conn: &mut Conn, referral: ReferralId) -> DbResult<Vec<(Engagement, String)>> {
    scope
        .sent(engagement::table)
        .inner_join(partner_account::table.on(partner_account::id.eq(engagement::to_partner_id)))
        .filter(engagement::from_referral_id.eq(referral))
        .filter(engagement::kind.eq("partner"))
        .order((engagement::offered_at.desc(), engagement::id.desc()))
        .limit(50)
        .select((Engagement::as_select(), partner_account::name))
        .load(conn)
}
