//! An inquiry's row, and what its sender sees of each partner that got it.

use crate::clock::{DAY, Moment};
use crate::db::ids::{EngagementId, InquiryId, LocationId, PartnerId};
use crate::db::schema::{engagement, inquiry, partner_account};
use crate::db::{Conn, DbResult};
use crate::domain::Cloud;
use crate::domain::place::Point;
use crate::domain::referral::{ANSWER_DAYS, Shared, TimeFrame};
use crate::domain::routing::Wanted;
use crate::features::referrals::receive::{Incoming, Sender};
use crate::i18n::Lang;
use diesel::prelude::*;

/// One inquiry, whole.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = inquiry)]
pub struct Inquiry {
    pub id: InquiryId,
    pub cloud: Cloud,
    language: String,
    pub company: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub city: String,
    pub country: String,
    latitude: Option<i64>,
    longitude: Option<i64>,
    pub industry: String,
    pub size: String,
    /// Keys of terms, separated by blanks.
    pub services: String,
    pub products: String,
    pub need: String,
    pub time_frame: TimeFrame,
    pub wants_call: bool,
    pub allow_next: bool,
    /// Its sender chose the partners.
    pub named: bool,
    pub created_at: Moment,
    pub erased_at: Option<Moment>,
}

impl Inquiry {
    pub fn lang(&self) -> Lang {
        Lang::from_text(&self.language).unwrap_or(Lang::En)
    }
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
    /// What routing looks for.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            country: self.country.clone(),
            point: self.latitude.zip(self.longitude).map(|(latitude, longitude)| Point { latitude, longitude }),
            language: self.language.clone(),
            industry: self.industry.clone(),
            offers: self.products.split_whitespace().chain(self.services.split_whitespace()).map(str::to_owned).collect(),
        }
    }
    /// What a partner may know before it accepts; `routing` says why it gets it.
    pub fn incoming(&self, location: Option<LocationId>, routing: String, now: Moment) -> Incoming {
        Incoming {
            sender: Sender::Visitor(self.id),
            sender_name: String::new(),
            country: self.country.clone(),
            city: self.city.clone(),
            industry: self.industry.clone(),
            size: self.size.clone(),
            services: self.services.clone(),
            products: self.products.clone(),
            need: self.need.clone(),
            time_frame: self.time_frame,
            wants_call: self.wants_call,
            language: self.lang().as_str().to_owned(),
            location,
            owner: None,
            message: String::new(),
            routing,
            title: String::new(),
            value_minor: None,
            currency: String::new(),
            close_on: String::new(),
            help: String::new(),
            expires_at: now.plus(ANSWER_DAYS * DAY),
        }
    }
}

/// Makes an inquiry's row this transaction's: of an answer, a withdrawal and a move to the next
/// partner, one waits for the other and reads what it left.
pub fn hold(conn: &mut Conn, id: InquiryId) -> DbResult<()> {
    diesel::update(inquiry::table.find(id)).set(inquiry::allow_next.eq(inquiry::allow_next)).execute(conn).map(|_| ())
}

/// The row of an inquiry.
pub fn find(conn: &mut Conn, id: InquiryId) -> DbResult<Inquiry> {
    inquiry::table.find(id).select(Inquiry::as_select()).first(conn)
}

/// One partner's answer, as the sender sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Offer {
    pub id: EngagementId,
    pub partner: PartnerId,
    pub name: String,
    state: Shared,
    pub offered_at: Moment,
    pub expires_at: Moment,
    pub answered_at: Option<Moment>,
    pub closed_at: Option<Moment>,
}

impl Offer {
    pub fn state(&self, now: Moment) -> Shared {
        self.state.at(self.expires_at, now)
    }
    pub fn waits(&self, now: Moment) -> bool {
        self.state(now) == Shared::Received
    }
    /// It waits, or was taken on.
    pub fn is_alive(&self, now: Moment) -> bool {
        matches!(self.state(now), Shared::Received | Shared::Accepted | Shared::Won)
    }
}

/// Every partner that got it, in the order in which they did; read outside any tenant.
pub fn offers(conn: &mut Conn, id: InquiryId) -> DbResult<Vec<Offer>> {
    engagement::table
        .inner_join(partner_account::table.on(partner_account::id.eq(engagement::to_partner_id)))
        .filter(engagement::inquiry_id.eq(id))
        .order((engagement::offered_at, engagement::id))
        .select((
            engagement::id,
            engagement::to_partner_id,
            partner_account::name,
            engagement::state,
            engagement::offered_at,
            engagement::expires_at,
            engagement::answered_at,
            engagement::closed_at,
        ))
        .load(conn)
}
