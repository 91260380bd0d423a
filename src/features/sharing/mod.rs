//! Two partners work on one opportunity: each has a copy of its own, and both see and change the
//! shared part, whose history both read. Who began it alone asks further partners.

pub mod acts;
pub mod deal;
pub mod form;
pub mod panel;
pub mod queries;
pub mod show;

use crate::db::ids::{EngagementId, ReferralId};
use crate::text_enum;

text_enum! {
    /// What help is wanted (reference 3.7).
    pub enum Help {
        Value = "value",
        Architecture = "architecture",
        Proof = "proof",
        Quotes = "quotes",
        AfterSales = "after_sales",
        General = "general",
    }
}

/// Where another partner is asked to help with an opportunity.
pub fn new_href(account: &str, referral: ReferralId) -> String {
    format!("/p/{account}/referrals/{referral}/invite")
}
/// What two partners share of an opportunity, at either side.
pub fn href(account: &str, id: EngagementId) -> String {
    format!("/p/{account}/referrals/shared/{id}")
}
