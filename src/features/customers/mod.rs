//! The customer list: search, filters, views, tags, exports; and what the other customer pages
//! share: the account's row and its place in the search index.

pub mod index;
pub mod model;
