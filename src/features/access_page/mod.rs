//! The customer's access page: every partner with a relationship or delegated rights, since when,
//! until when and what they did; where a customer leaves a partner, withdraws rights and takes its
//! data along. Reached without an account, by a single-use mailed link.

pub mod archive;
pub mod handlers;
pub mod leave;
pub mod queries;
pub mod views;

use crate::db::ids::{AdminId, CustomerId};
use crate::error::{Error, Result};

/// The page itself; without a visit, where a link is asked for.
pub const HREF: &str = "/access";

/// What one partner did, known by its account of the organisation.
pub fn partner_href(customer: CustomerId) -> String {
    format!("{HREF}/partners/{customer}")
}
/// Leaving a partner.
pub fn leave_href(customer: CustomerId) -> String {
    format!("{HREF}/partners/{customer}/leave")
}
/// Staying after all.
pub fn stay_href(customer: CustomerId) -> String {
    format!("{HREF}/partners/{customer}/stay")
}
/// Withdrawing one grant of rights.
pub fn withdraw_href(customer: CustomerId, admin: AdminId) -> String {
    format!("{HREF}/partners/{customer}/rights/{admin}")
}

/// The partner's account that an address names.
pub fn customer(text: &str) -> Result<CustomerId> {
    text.parse().map_err(|()| Error::NotFound)
}
