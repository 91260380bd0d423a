//! Delegated admin: rights that a customer granted a partner, by role and for a time; apart from
//! the right to transact. Its request is an invitation; it begins with the customer's approval.

pub mod acts;
pub mod list;
pub mod model;
pub mod tab;
pub mod tasks;
pub mod words;

use crate::db::ids::{AdminId, CustomerId};
use crate::error::{Error, Result};

/// The list of an account's delegated admin.
pub fn list_href(slug: &str) -> String {
    format!("/p/{slug}/delegated-admin")
}
/// The delegated admin of one customer.
pub fn tab_href(slug: &str, customer: CustomerId) -> String {
    format!("{}/access", super::customer::href(slug, customer))
}
/// The form that requests rights of a customer.
pub fn request_href(slug: &str, customer: CustomerId) -> String {
    format!("{}?kind=delegated_admin&customer={customer}", super::invitations::new_href(slug))
}
/// The id of an address; what is no id is no page.
pub fn id(text: &str) -> Result<AdminId> {
    text.parse().map_err(|()| Error::NotFound)
}
