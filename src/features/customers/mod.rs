//! The customer list: search, filters, views, tags, exports; and what the other customer pages
//! share: the account's row and its place in the search index.

pub mod bulk;
pub mod create;
pub mod export;
pub mod handlers;
pub mod index;
pub mod list;
pub mod model;
pub mod queries;
pub mod tags;
pub mod views;
