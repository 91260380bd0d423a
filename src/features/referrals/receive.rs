//! How a referral arrives: the receiver's own row, without what is masked until it accepts, and the
//! engagement that both sides see.

use super::model::Referral;
use crate::access::{Scope, audit};
use crate::clock::Moment;
use crate::db::Conn;
use crate::db::ids::{EngagementId, HandoverId, InquiryId, LocationId, ObjectId, PartnerId, ReferralId, UserId};
use crate::db::schema::{engagement, referral, referral_detail};
use crate::domain::referral::{Source, TimeFrame};
use crate::error::Result;
use diesel::prelude::*;

/// Who sends it.
#[derive(Debug, Clone, Copy)]
pub enum Sender {
    /// A visitor of the directory.
    Visitor(InquiryId),
    /// A provider, of one of its own referrals.
    Provider { partner: PartnerId, referral: ReferralId, handover: HandoverId },
    /// Another partner, of one of its own opportunities.
    Partner { partner: PartnerId, referral: ReferralId },
}

/// What the receiver may know before it accepts.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub sender: Sender,
    /// The sending partner's name; empty for a visitor.
    pub sender_name: String,
    pub country: String,
    pub city: String,
    pub industry: String,
    pub size: String,
    /// Keys of terms, separated by blanks.
    pub services: String,
    pub products: String,
    pub need: String,
    pub time_frame: TimeFrame,
    pub wants_call: bool,
    /// The prospect's language, `en` or `fr`.
    pub language: String,
    /// The receiver's location that it goes to, for ever.
    pub location: Option<LocationId>,
    pub owner: Option<UserId>,
    /// What the sending partner says with it.
    pub message: String,
    /// Why it comes here, as the receiver may read it (JSON); empty where the sender chose.
    pub routing: String,
    /// The shared part, between partners.
    pub title: String,
    pub value_minor: Option<i64>,
    pub currency: String,
    pub close_on: String,
    pub help: String,
    pub expires_at: Moment,
}

impl Incoming {
    /// What the receiver may know of one of the sender's own referrals. Of the deal nothing: what is
    /// shared of it, each way of sending says itself.
    pub fn of(row: &Referral, language: String, sender: Sender, sender_name: String, expires_at: Moment) -> Self {
        Self {
            sender,
            sender_name,
            country: row.country.clone(),
            city: row.city.clone(),
            industry: row.industry.clone(),
            size: row.size.clone(),
            services: row.services.clone(),
            products: row.products.clone(),
            need: row.need.clone(),
            time_frame: TimeFrame::from_text(&row.time_frame).unwrap_or(TimeFrame::Later),
            wants_call: false,
            language,
            location: None,
            owner: None,
            message: String::new(),
            routing: String::new(),
            title: String::new(),
            value_minor: None,
            currency: String::new(),
            close_on: String::new(),
            help: String::new(),
            expires_at,
        }
    }
}

/// Leaves a referral in the receiver's account; `scope` is the receiver's
/// ([`crate::access::directory`], [`Scope::for_reseller`], …).
pub fn receive(scope: &Scope, conn: &mut Conn, new: &Incoming) -> Result<(ReferralId, EngagementId)> {
    let (id, engagement_id) = (ReferralId::new(), EngagementId::new());
    let (source, kind) = match new.sender {
        Sender::Visitor(_) => (Source::Directory, "inquiry"),
        Sender::Provider { .. } => (Source::Provider, "handover"),
        Sender::Partner { .. } => (Source::Partner, "partner"),
    };
    // The event first: it locks the partner's head of the log, so that no two get one number.
    let after = audit::Fields::from_iter([("source".to_owned(), source.as_str().into())]);
    let object = Some(ObjectId::from_uuid(id.uuid()));
    audit::record(
        scope,
        conn,
        &audit::Event { action: "referral.receive", object_kind: "referral", object, before: audit::Fields::new(), after },
    )?;
    let number = next_number(scope, conn)?;
    diesel::insert_into(referral::table)
        .values((
            (
                referral::partner_id.eq(scope.id()),
                referral::id.eq(id),
                referral::cloud.eq(scope.cloud()),
                referral::number.eq(number),
                referral::source.eq(source.as_str()),
                referral::status.eq("new"),
                referral::substatus.eq("received"),
                referral::company.eq(""),
                referral::company_key.eq(Vec::<u8>::new()),
                referral::country.eq(&new.country),
                referral::city.eq(&new.city),
                referral::industry.eq(&new.industry),
                referral::size.eq(&new.size),
                referral::services.eq(&new.services),
                referral::products.eq(&new.products),
            ),
            (
                referral::need.eq(&new.need),
                referral::time_frame.eq(new.time_frame.as_str()),
                referral::wants_call.eq(new.wants_call),
                referral::title.eq(&new.title),
                referral::value_minor.eq(new.value_minor),
                referral::currency.eq(&new.currency),
                referral::close_on.eq(&new.close_on),
                referral::stage.eq(""),
                referral::sender_name.eq(&new.sender_name),
                referral::owner_id.eq(new.owner),
                referral::location_id.eq(new.location),
                referral::received_at.eq(scope.now),
                referral::expires_at.eq(Some(new.expires_at)),
                referral::reason.eq(""),
            ),
        ))
        .execute(conn)?;
    diesel::insert_into(referral_detail::table)
        .values((
            referral_detail::partner_id.eq(scope.id()),
            referral_detail::referral_id.eq(id),
            referral_detail::language.eq(&new.language),
            referral_detail::reason_note.eq(""),
            referral_detail::next_action.eq(""),
            referral_detail::crm_id.eq(""),
            referral_detail::campaign_id.eq(""),
            referral_detail::contacted.eq(false),
            referral_detail::routing.eq(&new.routing),
            referral_detail::updated_at.eq(scope.now),
        ))
        .execute(conn)?;
    let (from, from_referral, handover, inquiry) = match new.sender {
        Sender::Visitor(inquiry) => (None, None, None, Some(inquiry)),
        Sender::Provider { partner, referral, handover } => (Some(partner), Some(referral), Some(handover), None),
        Sender::Partner { partner, referral } => (Some(partner), Some(referral), None, None),
    };
    diesel::insert_into(engagement::table)
        .values((
            (
                engagement::to_partner_id.eq(scope.id()),
                engagement::id.eq(engagement_id),
                engagement::from_partner_id.eq(from),
                engagement::cloud.eq(scope.cloud()),
                engagement::kind.eq(kind),
                engagement::inquiry_id.eq(inquiry),
                engagement::from_referral_id.eq(from_referral),
                engagement::handover_id.eq(handover),
                engagement::to_referral_id.eq(id),
                engagement::state.eq("received"),
                engagement::reason.eq(""),
            ),
            (
                engagement::message.eq(&new.message),
                engagement::title.eq(&new.title),
                engagement::value_minor.eq(new.value_minor),
                engagement::currency.eq(&new.currency),
                engagement::close_on.eq(&new.close_on),
                engagement::stage.eq(""),
                engagement::help.eq(&new.help),
                engagement::offered_at.eq(scope.now),
                engagement::expires_at.eq(new.expires_at),
            ),
        ))
        .execute(conn)?;
    super::index::refresh(scope, conn, id)?;
    // A partner that sends one writes its own letter.
    if source == Source::Directory {
        let row = super::model::find(scope, conn, crate::access::referral::Sight::ALL, id)?;
        super::letters::waits(scope, conn, &row, 0)?;
    }
    Ok((id, engagement_id))
}

/// The number of the partner's next referral; the caller holds the head of the log.
pub fn next_number(scope: &Scope, conn: &mut Conn) -> Result<i64> {
    let last: Option<i64> = scope.all(referral::table).order(referral::number.desc()).select(referral::number).first(conn).optional()?;
    Ok(last.unwrap_or(0) + 1)
}
