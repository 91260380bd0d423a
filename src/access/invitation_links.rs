//! Whose is a link? What of an invitation's links can be asked across tenants.

use super::Scope;
use crate::db::Conn;
use crate::db::ids::InvitationId;
use crate::db::schema::invitation_link;
use crate::error::{Error, Result};
use diesel::prelude::*;

/// Keeps the hash of a link's token.
pub fn add(scope: &Scope, conn: &mut Conn, invitation: InvitationId, generation: i64, hash: &[u8]) -> Result<()> {
    diesel::insert_into(invitation_link::table)
        .values((
            invitation_link::hash.eq(hash),
            invitation_link::partner_id.eq(scope.id()),
            invitation_link::invitation_id.eq(invitation),
            invitation_link::generation.eq(generation),
            invitation_link::created_at.eq(scope.now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The hash of one of an invitation's own links, to make its token again for the sender.
pub fn hash(scope: &Scope, conn: &mut Conn, invitation: InvitationId, generation: i64) -> Result<Vec<u8>> {
    let row = invitation_link::table
        .filter(invitation_link::partner_id.eq(scope.id()))
        .filter(invitation_link::invitation_id.eq(invitation))
        .filter(invitation_link::generation.eq(generation));
    row.select(invitation_link::hash).first(conn).map_err(Error::from)
}
