//! A won referral becomes a customer: in one step where nobody has the organisation yet, by an
//! invitation where somebody may, and through the provider where a reseller won it.

pub mod acts;
pub mod queries;
pub mod show;

use crate::db::ids::ReferralId;

/// Where a won referral becomes a customer.
pub fn href(account: &str, referral: ReferralId) -> String {
    format!("/p/{account}/referrals/{referral}/customer")
}
