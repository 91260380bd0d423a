//! Whose is a link? What of an invitation's links can be asked across tenants.

use super::Scope;
use crate::db::ids::InvitationId;
use crate::db::schema::invitation_link;
use crate::db::{Conn, any_of};
use crate::error::{Error, Result};
use diesel::prelude::*;
use std::collections::HashMap;

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

/// The hashes of several links at once, for a page of the list.
pub fn hashes(scope: &Scope, conn: &mut Conn, links: &[(InvitationId, i64)]) -> Result<HashMap<(InvitationId, i64), Vec<u8>>> {
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<InvitationId> = links.iter().map(|(id, _)| *id).collect();
    let rows: Vec<(InvitationId, i64, Vec<u8>)> = invitation_link::table
        .filter(invitation_link::partner_id.eq(scope.id()))
        .filter(any_of(invitation_link::invitation_id, &ids))
        .select((invitation_link::invitation_id, invitation_link::generation, invitation_link::hash))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, generation, hash)| ((id, generation), hash)).collect())
}
