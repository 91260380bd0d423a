//! The end of a relationship with a customer: at once or scheduled, undone within 30 days, asked
//! for by an indirect reseller, and what is left of it, the former customers.

pub mod acts;
pub mod banner;
pub mod end;
pub mod forms;
pub mod letters;
pub mod list;
pub mod model;
pub mod requests;
pub mod tasks;

use crate::db::ids::CustomerId;

/// The page that ends a relationship, or asks the provider to.
pub fn href(slug: &str, customer: CustomerId) -> String {
    format!("{}/end", super::customer::href(slug, customer))
}
/// What a provider's resellers ask it to end.
pub fn requests_href(slug: &str) -> String {
    format!("/p/{slug}/requests")
}
