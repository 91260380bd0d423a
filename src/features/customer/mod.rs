//! One customer's page: header and tabs, overview, the account section by section, notes, and the
//! activity from which an earlier value is put back. Two people may work on it at once: a stale
//! save shows both versions.

pub mod acts;
pub mod agreement;
pub mod edit;
pub mod facts;
pub mod forms;
pub mod handlers;
pub mod head;
pub mod merge;
pub mod notes;
pub mod queries;
pub mod section;

use crate::db::ids::CustomerId;
use crate::error::{Error, Result};

/// A customer's page.
pub fn href(slug: &str, id: CustomerId) -> String {
    format!("/p/{slug}/customers/{id}")
}

/// The customer of an address; what is no id is no page.
pub fn id(text: &str) -> Result<CustomerId> {
    text.parse().map_err(|()| Error::NotFound)
}
