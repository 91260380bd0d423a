//! A referral's rows, as its own partner reads them.

use crate::access::Scope;
use crate::access::referral::Sight;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, EngagementId, HandoverId, ImportId, InquiryId, InvitationId, LocationId, PartnerId, ReferralId, UserId};
use crate::db::schema::{engagement, referral, referral_detail, routing_decision};
use crate::db::{Conn, DbResult};
use crate::domain::referral::{Facts, Shared, Source, State, Status};
use crate::error::Result;
use crate::features::handover::queries as handovers;
use crate::features::inquiry::model as inquiries;
use diesel::prelude::*;

/// What every list needs of a referral.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = referral)]
pub struct Referral {
    pub id: ReferralId,
    /// Counts the referrals of one partner, from 1.
    pub number: i64,
    pub source: Source,
    pub status: Status,
    /// As stored; [`Self::shown`] is what is so.
    pub substatus: State,
    /// Empty while it is masked.
    pub company: String,
    pub company_key: Vec<u8>,
    pub country: String,
    pub city: String,
    pub industry: String,
    pub size: String,
    pub services: String,
    pub products: String,
    pub need: String,
    pub time_frame: String,
    pub wants_call: bool,
    pub title: String,
    pub value_minor: Option<i64>,
    pub currency: String,
    pub close_on: String,
    pub stage: String,
    pub sender_name: String,
    pub owner_id: Option<UserId>,
    pub location_id: Option<LocationId>,
    pub received_at: Moment,
    pub expires_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    pub reason: String,
    pub version: i64,
}

impl Referral {
    /// The state at `now`.
    pub fn shown(&self, now: Moment) -> State {
        self.substatus.at(self.expires_at, now)
    }
    /// Is it not known yet who it is about?
    pub const fn is_masked(&self) -> bool {
        self.company.is_empty()
    }
    /// What `domain::referral::step` asks.
    pub const fn facts(&self, has_followed: bool) -> Facts {
        Facts { state: self.substatus, source: self.source, expires_at: self.expires_at, closed_at: self.closed_at, has_followed }
    }
}

/// What a list does not need.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = referral_detail)]
pub struct Detail {
    pub language: String,
    pub reason_note: String,
    pub next_action: String,
    pub crm_id: String,
    pub campaign_id: String,
    pub contacted: bool,
    pub routing: String,
    pub customer_id: Option<CustomerId>,
    pub invitation_id: Option<InvitationId>,
    pub import_id: Option<ImportId>,
    pub created_by: Option<UserId>,
    pub opened_at: Option<Moment>,
    pub opened_by: Option<UserId>,
    pub reminded_days: i64,
    pub reopened_at: Option<Moment>,
}

/// What a referral's sender and receiver both see.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = engagement)]
pub struct Engagement {
    pub id: EngagementId,
    pub to_partner_id: PartnerId,
    pub from_partner_id: Option<PartnerId>,
    /// `inquiry`, `handover` or `partner`.
    pub kind: String,
    pub inquiry_id: Option<InquiryId>,
    pub from_referral_id: Option<ReferralId>,
    pub handover_id: Option<HandoverId>,
    pub to_referral_id: ReferralId,
    /// As stored; [`Shared::at`] says what is so.
    pub state: Shared,
    pub reason: String,
    pub message: String,
    pub title: String,
    pub value_minor: Option<i64>,
    pub currency: String,
    pub close_on: String,
    pub stage: String,
    pub help: String,
    pub offered_at: Moment,
    pub expires_at: Moment,
    pub opened_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    pub version: i64,
}

/// A referral in sight; `NotFound` for any other id.
pub fn find(scope: &Scope, conn: &mut Conn, sight: Sight, id: ReferralId) -> DbResult<Referral> {
    sight.rows(scope).filter(referral::id.eq(id)).select(Referral::as_select()).first(conn)
}

/// The rest of a referral that was found.
pub fn detail(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Detail> {
    scope.all(referral_detail::table).filter(referral_detail::referral_id.eq(id)).select(Detail::as_select()).first(conn)
}

/// The engagement through which it came; none for an own opportunity.
pub fn incoming(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Option<Engagement>> {
    scope.received(engagement::table).filter(engagement::to_referral_id.eq(id)).select(Engagement::as_select()).first(conn).optional()
}

/// The same, once its inquiry's row is this transaction's: the first lock of whoever answers or
/// reopens, or lets time answer.
pub fn held(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Option<Engagement>> {
    let came = incoming(scope, conn, id)?;
    let Some(inquiry) = came.as_ref().and_then(|came| came.inquiry_id) else { return Ok(came) };
    inquiries::hold(conn, inquiry)?;
    incoming(scope, conn, id)
}

/// Whether something came of a closed referral, it moved on to somebody else, its sender took it back,
/// or it was reopened once: then it is not reopened.
pub fn has_followed(scope: &Scope, conn: &mut Conn, row: &Referral, came: Option<&Engagement>) -> Result<bool> {
    let detail = detail(scope, conn, row.id)?;
    if detail.customer_id.is_some() || detail.invitation_id.is_some() || detail.reopened_at.is_some() {
        return Ok(true);
    }
    let Some((came, closed_at)) = came.zip(row.closed_at) else { return Ok(false) };
    match (row.substatus, came.inquiry_id, came.handover_id) {
        _ if came.state == Shared::Withdrawn => Ok(true),
        (State::Declined, Some(inquiry), _) => {
            let since = routing_decision::table
                .filter(routing_decision::inquiry_id.eq(inquiry))
                .filter(routing_decision::chosen_partner_id.is_not_null());
            Ok(diesel::select(diesel::dsl::exists(since.filter(routing_decision::decided_at.ge(closed_at)))).get_result(conn)?)
        }
        (State::Declined, None, Some(handover)) => {
            scope.for_engagement(conn, came.id, |scope, conn, _| Ok(handovers::one(scope, conn, handover)?.state != "open"))
        }
        (State::Lost, None, Some(_)) => {
            scope.for_engagement(conn, came.id, |scope, conn, theirs| Ok(handovers::is_elsewhere(scope, conn, theirs)?))
        }
        (State::Declined, None, None) => Ok(!is_wanted(scope, conn, came)?),
        _ => Ok(false),
    }
}

/// Does the partner that asked still work on what it asked about?
pub fn is_wanted(scope: &Scope, conn: &mut Conn, came: &Engagement) -> Result<bool> {
    scope.for_engagement(conn, came.id, |scope, conn, theirs| Ok(find(scope, conn, Sight::ALL, theirs)?.substatus == State::Accepted))
}
