//! A provider hands a referral to one or several of its resellers: the first to accept gets it.
//! The provider follows what becomes of it in the shared part, and nothing else of the reseller's.

pub mod acts;
pub mod claim;
pub mod form;
pub mod list;
pub mod panel;
pub mod queries;
pub mod report;
pub mod show;
pub mod tasks;

use crate::db::ids::{HandoverId, ReferralId};
use crate::domain::referral::Shared;

/// Where a provider hands a referral over.
pub fn new_href(account: &str, referral: ReferralId) -> String {
    format!("/p/{account}/referrals/{referral}/hand-over")
}
/// Every hand-over of the account.
pub fn list_href(account: &str) -> String {
    format!("/p/{account}/referrals/handovers")
}
/// What came of them, reseller by reseller.
pub fn report_href(account: &str) -> String {
    format!("/p/{account}/referrals/handovers/report")
}
/// One hand-over.
pub fn href(account: &str, id: HandoverId) -> String {
    format!("/p/{account}/referrals/handovers/{id}")
}

/// The badge of where an engagement stands.
pub const fn badge(state: Shared) -> &'static str {
    match state {
        Shared::Received => "info",
        Shared::Accepted | Shared::Won => "ok",
        Shared::Lost | Shared::Declined => "warn",
        Shared::Expired | Shared::Taken | Shared::Withdrawn => "ended",
    }
}
