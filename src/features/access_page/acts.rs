//! What the access page changes.

use crate::access::keys::{Keys, link_hash};
use crate::clock::{DAY, Moment};
use crate::db::Conn;
use crate::db::ids::{ContactId, OrganisationId};
use crate::db::schema::access_link;
use crate::domain::letter::{Link, To};
use crate::error::Result;
use diesel::prelude::*;
use uuid::Uuid;

/// How long a mailed link to the access page works, in microseconds: 7 days.
pub const LINK: i64 = 7 * DAY;

/// A new single-use link for a contact, to go into a letter; the token is made when that is sent.
pub fn new_link(conn: &mut Conn, keys: &Keys, organisation: OrganisationId, contact: ContactId, now: Moment) -> Result<Link> {
    let link = Link { to: To::Access, subject: Uuid::now_v7(), generation: 1 };
    let token = keys.link(link.to.purpose(), link.subject, link.generation);
    diesel::insert_into(access_link::table)
        .values((
            access_link::hash.eq(link_hash(link.to.purpose(), &token)),
            access_link::organisation_id.eq(organisation),
            access_link::contact_id.eq(contact),
            access_link::created_at.eq(now),
            access_link::expires_at.eq(now.plus(LINK)),
        ))
        .execute(conn)?;
    Ok(link)
}
