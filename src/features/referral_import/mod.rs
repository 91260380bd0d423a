//! Referrals from a file: the columns are those of the export, rows with an id change what is there,
//! the others make opportunities of one's own. Looked at first, done as a job, and undone as a whole.

pub mod columns;
pub mod form;
pub mod judge;
pub mod run;
pub mod show;

use crate::db::ids::ImportId;

/// Where a file is looked at and imported.
pub fn new_href(account: &str) -> String {
    format!("/p/{account}/referrals/import")
}
/// What became of an import.
pub fn href(account: &str, id: ImportId) -> String {
    format!("/p/{account}/referrals/import/{id}")
}
