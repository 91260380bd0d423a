//! Referrals: what visitors, providers and partners refer to a partner, and its own opportunities.

pub mod acts;
pub mod index;
pub mod model;
pub mod people;
pub mod receive;
pub mod told;

use crate::db::ids::ReferralId;

/// The inbox.
pub fn list_href(account: &str) -> String {
    format!("/p/{account}/referrals")
}

/// A referral's page.
pub fn href(account: &str, id: ReferralId) -> String {
    format!("/p/{account}/referrals/{id}")
}
