//! What all pages share: the page around a view, lists and their exports, forms, assets, and the
//! middleware that every request passes.

pub mod assets;
pub mod export;
pub mod form;
pub mod list;
pub mod listing;
pub mod metrics;
pub mod page;
pub mod shell;
