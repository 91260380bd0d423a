//! Referrals: what visitors, providers and partners refer to a partner, and its own opportunities.

pub mod acts;
pub mod answer;
pub mod desk;
pub mod edit;
pub mod export;
pub mod forms;
pub mod handlers;
pub mod index;
pub mod letters;
pub mod list;
pub mod model;
pub mod own;
pub mod people;
pub mod queries;
pub mod receive;
pub mod show;
pub mod tasks;
pub mod told;
pub mod views;

use crate::db::ids::ReferralId;
use crate::error::{Error, Result};

/// The inbox.
pub fn list_href(account: &str) -> String {
    format!("/p/{account}/referrals")
}

/// A referral's page.
pub fn href(account: &str, id: ReferralId) -> String {
    format!("/p/{account}/referrals/{id}")
}

/// The referral of an address.
pub fn id(text: &str) -> Result<ReferralId> {
    text.parse().map_err(|()| Error::NotFound)
}
