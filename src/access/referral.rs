//! What may be seen of a referral: which ones by a member ([`Sight`]), and who its prospect is by
//! the partner that accepted it ([`Scope::reveal`]).

use super::may::Role;
use super::permissions::Permission;
use super::{Can, Scope};
use crate::clock::Moment;
use crate::db::ids::{EngagementId, InquiryId, ReferralId, UserId};
use crate::db::schema::{engagement, inquiry, referral, referral_member, referral_prospect};
use crate::db::{Conn, DbResult, MultiBackend, any_of};
use crate::domain::referral::Shared;
use crate::error::Result;
use diesel::prelude::*;
use std::collections::HashMap;

/// Which of the account's referrals one may see: all, or those that one owns or is in the team of.
/// Every query of the inbox takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight(Option<UserId>);

impl Sight {
    /// All of the account's: for time itself, and for the other side of an engagement.
    pub const ALL: Self = Self(None);

    /// One member's own.
    pub const fn only(user: UserId) -> Self {
        Self(Some(user))
    }
    /// A member's: a referrals user's are its own.
    pub fn of<P: Permission>(who: &Can<P>) -> Self {
        let all = [Role::SalesAgent, Role::ReferralsAdmin].iter().any(|role| who.roles.has(*role));
        Self((!all).then_some(who.user.id))
    }
    /// That of a member whose own it was: for work that goes on without it.
    pub fn from_own(own: Option<UserId>) -> Self {
        Self(own)
    }
    /// Whose it is, where it is not all.
    pub const fn own(self) -> Option<UserId> {
        self.0
    }
    /// The rows in sight: how a query of referrals begins.
    pub fn rows(self, scope: &Scope) -> referral::BoxedQuery<'static, MultiBackend> {
        let all = scope.all(referral::table).into_boxed();
        let Some(user) = self.0 else { return all };
        let team = scope.all(referral_member::table).filter(referral_member::user_id.eq(user)).select(referral_member::referral_id);
        all.filter(referral::owner_id.eq(user).or(referral::id.eq_any(team)))
    }
}

/// Who a referral is about: the part that is masked until it is accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prospect {
    pub company: String,
    pub country: String,
    pub city: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub address1: String,
    pub address2: String,
    pub postal_code: String,
    pub state: String,
    pub registration_number: String,
    pub consent_at: Option<Moment>,
}

/// What is known of a prospect beside what its referral's own row says.
#[derive(Debug, Clone, Default, Queryable, Selectable)]
#[diesel(table_name = referral_prospect)]
pub struct Contact {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub address1: String,
    pub address2: String,
    pub postal_code: String,
    pub state: String,
    pub registration_number: String,
    pub consent_at: Option<Moment>,
}

impl Scope {
    /// Who the prospect of a received engagement is; [`NotFound`](crate::error::Error::NotFound)
    /// unless it says that this partner accepted.
    pub fn reveal(&self, conn: &mut Conn, id: EngagementId) -> Result<Prospect> {
        let accepted = self.received(engagement::table).filter(engagement::id.eq(id)).filter(engagement::state.eq(Shared::Accepted));
        match accepted.select(engagement::inquiry_id).first::<Option<InquiryId>>(conn)? {
            Some(inquiry) => Ok(of_inquiry(conn, inquiry)?),
            None => self.for_engagement(conn, id, |scope, conn, referral| Ok(of_referral(scope, conn, referral)?)),
        }
    }
}

fn of_inquiry(conn: &mut Conn, id: InquiryId) -> DbResult<Prospect> {
    type Names = (String, String, String, String, String);
    type Place = (String, String, String, String);
    let names = (inquiry::company, inquiry::first_name, inquiry::last_name, inquiry::email, inquiry::phone);
    let place = (inquiry::address1, inquiry::postal_code, inquiry::city, inquiry::country);
    let row: (Names, Place, Moment) = inquiry::table.find(id).select((names, place, inquiry::consent_at)).first(conn)?;
    let ((company, first_name, last_name, email, phone), (address1, postal_code, city, country), consent_at) = row;
    Ok(Prospect {
        company,
        country,
        city,
        first_name,
        last_name,
        email,
        phone,
        address1,
        postal_code,
        consent_at: Some(consent_at),
        ..Prospect::default()
    })
}

/// Company, country and city of one of this partner's own referrals.
pub fn about(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<(String, String, String)> {
    let own = scope.all(referral::table).filter(referral::id.eq(id));
    own.select((referral::company, referral::country, referral::city)).first(conn)
}

/// Who one of this partner's own referrals is about, as far as it knows.
pub fn of_referral(scope: &Scope, conn: &mut Conn, id: ReferralId) -> DbResult<Prospect> {
    let (company, country, city) = about(scope, conn, id)?;
    let own = scope.all(referral_prospect::table).filter(referral_prospect::referral_id.eq(id));
    let contact = own.select(Contact::as_select()).first(conn).optional()?.unwrap_or_default();
    let Contact { first_name, last_name, email, phone, address1, address2, postal_code, state, registration_number, consent_at } = contact;
    Ok(Prospect {
        company,
        country,
        city,
        first_name,
        last_name,
        email,
        phone,
        address1,
        address2,
        postal_code,
        state,
        registration_number,
        consent_at,
    })
}

/// The contacts of some of this partner's own referrals; none where nothing is known.
pub fn contacts(scope: &Scope, conn: &mut Conn, ids: &[ReferralId]) -> DbResult<HashMap<ReferralId, Contact>> {
    let own = scope.all(referral_prospect::table).filter(any_of(referral_prospect::referral_id, ids));
    let rows: Vec<(ReferralId, Contact)> = own.select((referral_prospect::referral_id, Contact::as_select())).load(conn)?;
    Ok(rows.into_iter().collect())
}
