//! Routing: which partners get an inquiry that names none, and why. `domain::routing` has the rules;
//! here are the setting, the candidates, what is kept of each decision, and the operators' pages.

pub mod decide;
pub mod dry_run;
pub mod explain;
pub mod form;
pub mod gather;
pub mod operator;
pub mod queries;
pub mod setting;

use crate::db::ids::InquiryId;

/// The operators' page.
pub const HREF: &str = "/operator/routing";

/// The explanation of one inquiry's decisions.
pub fn href(inquiry: InquiryId) -> String {
    format!("{HREF}/{inquiry}")
}
