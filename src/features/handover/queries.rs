//! What the pages of hand-overs read.

use crate::access::Scope;
use crate::clock::Moment;
use crate::db::ids::{EngagementId, HandoverId, PartnerId, ReferralId, UserId};
use crate::db::schema::{engagement, engagement_entry, handover, inquiry, partner_account, referral, referral_detail};
use crate::db::{Conn, DbResult};
use crate::domain::referral::{Shared, Source, State};
use crate::error::{Error, Result};
use crate::features::referrals::model::Referral;
use diesel::prelude::*;

/// A referral as it is handed over.
#[derive(Debug, Clone)]
pub struct Subject {
    pub row: Referral,
    /// Its prospect's, `en` or `fr`.
    pub language: String,
}

/// One of the partner's own referrals.
pub fn subject(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Subject> {
    let (row, language) = scope
        .all(referral::table)
        .inner_join(
            referral_detail::table
                .on(referral_detail::partner_id.eq(referral::partner_id).and(referral_detail::referral_id.eq(referral::id))),
        )
        .filter(referral::id.eq(id))
        .select((Referral::as_select(), referral_detail::language))
        .first(conn)?;
    Ok(Subject { row, language })
}

/// Why a referral is not handed over: the end of a message key.
pub type Problem = &'static str;

/// May this referral go to a reseller now? What another partner sent stays between the two, and a
/// visitor's inquiry that nobody has accepted goes on only where the visitor allowed it.
pub fn may_hand_over(scope: &Scope, conn: &mut Conn, row: &Referral) -> Result<Result<(), Problem>> {
    let state = row.shown(scope.now);
    let open = matches!(state, State::Received | State::Accepted);
    Ok(match row.source {
        _ if !open => Err("over"),
        Source::Partner | Source::Provider => Err("received"),
        Source::Directory if state == State::Received && !goes_on(scope, conn, row.id)? => Err("not_allowed"),
        _ if open_one(scope, conn, row.id)?.is_some() => Err("open"),
        _ if accepted(scope, conn, row.id)? => Err("accepted"),
        _ => Ok(()),
    })
}

/// Did the visitor allow that its inquiry goes on to others?
fn goes_on(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<bool> {
    let allowed: Option<bool> = scope
        .received(engagement::table)
        .inner_join(inquiry::table.on(engagement::inquiry_id.eq(inquiry::id.nullable())))
        .filter(engagement::to_referral_id.eq(id))
        .select(inquiry::allow_next)
        .first(conn)
        .optional()?;
    Ok(allowed.unwrap_or(false))
}

/// Does a reseller work on it?
fn accepted(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<bool> {
    let busy = scope.sent(engagement::table).filter(engagement::from_referral_id.eq(id)).filter(engagement::kind.eq("handover"));
    diesel::select(diesel::dsl::exists(busy.filter(engagement::state.eq_any(["accepted", "won"])))).get_result(conn)
}

/// After a reseller lost it: does another work on it, or may one still accept it?
pub fn is_elsewhere(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<bool> {
    let open = scope.all(handover::table).filter(handover::referral_id.eq(id)).filter(handover::state.eq("open"));
    let open = diesel::select(diesel::dsl::exists(open.filter(handover::expires_at.gt(scope.now)))).get_result(conn)?;
    Ok(open || accepted(scope, conn, id)?)
}

/// The hand-over of a referral that waits for an answer.
pub fn open_one(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Option<HandoverId>> {
    let open = scope.all(handover::table).filter(handover::referral_id.eq(id)).filter(handover::state.eq("open"));
    let found: Option<HandoverId> = open.filter(handover::expires_at.gt(scope.now)).select(handover::id).first(conn).optional()?;
    let Some(found) = found else { return Ok(None) };
    // One that everybody has declined waits for nobody.
    Ok(waits(scope, conn, found)?.then_some(found))
}

/// Does anybody still have to answer?
pub fn waits(scope: &Scope, conn: &mut Conn, id: HandoverId) -> DbResult<bool> {
    let asked = scope.sent(engagement::table).filter(engagement::handover_id.eq(id)).filter(engagement::state.eq("received"));
    diesel::select(diesel::dsl::exists(asked)).get_result(conn)
}

/// A hand-over.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = handover)]
pub struct Handover {
    pub id: HandoverId,
    #[diesel(column_name = referral_id)]
    pub referral: ReferralId,
    pub state: String,
    pub message: String,
    pub allow_next: bool,
    pub created_at: Moment,
    pub expires_at: Moment,
}

impl Handover {
    /// Waits for the first to accept; whether anybody still may is not asked here.
    pub fn is_open(&self, now: Moment) -> bool {
        self.state == "open" && self.expires_at > now
    }
    /// As the pages name it: `open`, `won`, `withdrawn` or `over`.
    pub fn shown(&self, now: Moment) -> &str {
        if self.state == "open" && self.expires_at <= now { "over" } else { &self.state }
    }
}

pub fn one(scope: &Scope, conn: &mut Conn, id: HandoverId) -> DbResult<Handover> {
    scope.all(handover::table).filter(handover::id.eq(id)).select(Handover::as_select()).first(conn)
}

/// Who made it.
pub fn maker(scope: &Scope, conn: &mut Conn, id: HandoverId) -> DbResult<UserId> {
    scope.all(handover::table).filter(handover::id.eq(id)).select(handover::created_by).first(conn)
}

/// The hand-overs of a referral, newest first; 20 at most.
pub fn of_referral(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Vec<Handover>> {
    let rows = scope.all(handover::table).filter(handover::referral_id.eq(id));
    rows.order((handover::created_at.desc(), handover::id.desc())).limit(20).select(Handover::as_select()).load(conn)
}

/// What the sender sees of one reseller's answer: the shared part alone.
#[derive(Debug, Clone, Queryable)]
pub struct Offer {
    pub id: EngagementId,
    pub handover: Option<HandoverId>,
    pub partner: PartnerId,
    pub name: String,
    state: String,
    pub reason: String,
    pub title: String,
    pub value_minor: Option<i64>,
    pub currency: String,
    pub close_on: String,
    pub stage: String,
    pub offered_at: Moment,
    pub expires_at: Moment,
    pub opened_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub closed_at: Option<Moment>,
}

impl Offer {
    pub fn state(&self, now: Moment) -> Shared {
        Shared::from_text(&self.state).unwrap_or(Shared::Expired).at(self.expires_at, now)
    }
}

/// The offers of some hand-overs, in the order they were made.
pub fn offers(scope: &Scope, conn: &mut Conn, ids: &[HandoverId]) -> DbResult<Vec<Offer>> {
    let ids: Vec<Option<HandoverId>> = ids.iter().copied().map(Some).collect();
    scope
        .sent(engagement::table)
        .inner_join(partner_account::table.on(partner_account::id.eq(engagement::to_partner_id)))
        .filter(engagement::handover_id.eq_any(ids))
        .order((engagement::offered_at, engagement::id))
        .select((
            engagement::id,
            engagement::handover_id,
            engagement::to_partner_id,
            partner_account::name,
            engagement::state,
            engagement::reason,
            engagement::title,
            engagement::value_minor,
            engagement::currency,
            engagement::close_on,
            engagement::stage,
            engagement::offered_at,
            engagement::expires_at,
            engagement::opened_at,
            engagement::answered_at,
            engagement::closed_at,
        ))
        .load(conn)
}

/// What a reseller wrote for its provider to read.
#[derive(Debug, Clone, Queryable)]
pub struct Note {
    pub partner: PartnerId,
    pub person: String,
    pub body: String,
    pub at: Moment,
}

/// The notes that resellers share about offers, the newest first; 200 at most.
pub fn notes(scope: &Scope, conn: &mut Conn, offers: &[Offer]) -> DbResult<Vec<Note>> {
    let ids: Vec<EngagementId> = offers.iter().map(|offer| offer.id).collect();
    scope
        .sent(engagement_entry::table)
        .filter(engagement_entry::engagement_id.eq_any(ids))
        .filter(engagement_entry::kind.eq("note"))
        .order((engagement_entry::created_at.desc(), engagement_entry::id.desc()))
        .limit(200)
        .select((engagement_entry::by_partner_id, engagement_entry::person, engagement_entry::body, engagement_entry::created_at))
        .load(conn)
}

/// The one that a path names.
pub fn id(text: &str) -> Result<HandoverId> {
    text.parse().map_err(|()| Error::NotFound)
}

/// Which hand-overs a view of the list wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    Open,
    Won,
    /// Nobody took it, or it was taken back.
    Over,
}

/// The rows of a view.
fn rows(scope: &Scope, which: Which) -> handover::BoxedQuery<'static, crate::db::MultiBackend> {
    let (own, now) = (scope.all(handover::table).into_boxed(), scope.now);
    match which {
        Which::All => own,
        Which::Open => own.filter(handover::state.eq("open")).filter(handover::expires_at.gt(now)),
        Which::Won => own.filter(handover::state.eq("won")),
        Which::Over => {
            own.filter(handover::state.eq_any(["over", "withdrawn"]).or(handover::state.eq("open").and(handover::expires_at.le(now))))
        }
    }
}

/// From where and in which direction a page is read.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub descending: bool,
    pub after: Option<(Moment, HandoverId)>,
    pub limit: i64,
}

/// A page of the list, by the time they were made.
pub fn list(scope: &Scope, conn: &mut Conn, which: Which, window: &Window) -> DbResult<Vec<Handover>> {
    let rows = rows(scope, which).limit(window.limit).select(Handover::as_select());
    let rows = match (window.after, window.descending) {
        (None, _) => rows,
        (Some((at, id)), true) => rows.filter(handover::created_at.lt(at).or(handover::created_at.eq(at).and(handover::id.lt(id)))),
        (Some((at, id)), false) => rows.filter(handover::created_at.gt(at).or(handover::created_at.eq(at).and(handover::id.gt(id)))),
    };
    if window.descending {
        rows.order((handover::created_at.desc(), handover::id.desc())).load(conn)
    } else {
        rows.order((handover::created_at, handover::id)).load(conn)
    }
}

/// How many a view has, counted up to `most`.
pub fn count(scope: &Scope, conn: &mut Conn, which: Which, most: i64) -> DbResult<i64> {
    let ids: Vec<HandoverId> = rows(scope, which).limit(most).select(handover::id).load(conn)?;
    Ok(ids.len() as i64)
}

/// How the referrals of some hand-overs are called: id, number, and company where it is known.
pub fn names(scope: &Scope, conn: &mut Conn, ids: &[ReferralId]) -> DbResult<Vec<(ReferralId, i64, String)>> {
    let rows = scope.all(referral::table).filter(crate::db::any_of(referral::id, ids));
    rows.select((referral::id, referral::number, referral::company)).load(conn)
}

/// One offer as the report counts it.
#[derive(Debug, Clone, Queryable)]
pub struct Counted {
    pub partner: PartnerId,
    pub name: String,
    state: String,
    pub offered_at: Moment,
    pub expires_at: Moment,
    pub answered_at: Option<Moment>,
}

impl Counted {
    pub fn state(&self, now: Moment) -> Shared {
        Shared::from_text(&self.state).unwrap_or(Shared::Expired).at(self.expires_at, now)
    }
}

/// Offers made to resellers since a moment.
pub fn since(scope: &Scope, conn: &mut Conn, from: Moment) -> DbResult<Vec<Counted>> {
    scope
        .sent(engagement::table)
        .inner_join(partner_account::table.on(partner_account::id.eq(engagement::to_partner_id)))
        .filter(engagement::kind.eq("handover"))
        .filter(engagement::offered_at.ge(from))
        .select((
            engagement::to_partner_id,
            partner_account::name,
            engagement::state,
            engagement::offered_at,
            engagement::expires_at,
            engagement::answered_at,
        ))
        .load(conn)
}
