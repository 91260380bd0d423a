//! Whom an inquiry may name: listed profiles, by their addresses.

use crate::db::Conn;
use crate::db::ids::{InquiryId, LocationId, PartnerId, ProfileId};
use crate::db::schema::{inquiry, listing, listing_location, partner_account};
use crate::domain::Cloud;
use crate::domain::profile::Content;
use crate::domain::routing::MOST_AT_ONCE;
use crate::error::{Error, Result};
use diesel::prelude::*;

/// A partner that the inquiry names.
#[derive(Debug, Clone)]
pub struct Target {
    pub partner: PartnerId,
    pub profile: ProfileId,
    pub slug: String,
    pub name: String,
    pub country: String,
    pub cloud: Cloud,
    pub content: Content,
    /// The location that the sender chose.
    pub location: Option<LocationId>,
}

/// The listed profiles of these addresses, in their order: three at most, of one cloud, one of each
/// partner. What is not listed is left out.
pub fn targets(conn: &mut Conn, slugs: &[String], location: &str) -> Result<Vec<Target>> {
    type Row = (PartnerId, ProfileId, String, String, String, Cloud, String);
    let rows: Vec<Row> = listing::table
        .inner_join(partner_account::table.on(partner_account::id.eq(listing::partner_id)))
        .filter(listing::slug.eq_any(slugs.iter().take(MOST_AT_ONCE)))
        .filter(listing::listed.eq(true))
        .filter(partner_account::status.eq("active"))
        .select((
            listing::partner_id,
            listing::profile_id,
            listing::slug,
            listing::name,
            listing::country,
            partner_account::cloud,
            listing::content,
        ))
        .load(conn)?;
    let mut targets: Vec<Target> = Vec::new();
    for slug in slugs {
        let Some((partner, profile, slug, name, country, cloud, content)) = rows.iter().find(|row| row.2 == *slug).cloned() else {
            continue;
        };
        if targets.iter().any(|other| other.partner == partner || other.cloud != cloud) {
            continue;
        }
        let content = serde_json::from_str(&content).map_err(Error::internal)?;
        targets.push(Target { partner, profile, slug, name, country, cloud, content, location: None });
    }
    // A location is one of the only partner named; another's means nothing.
    if let [only] = targets.as_mut_slice() {
        only.location = listing_location::table
            .filter(listing_location::partner_id.eq(only.partner))
            .filter(listing_location::profile_id.eq(only.profile))
            .filter(listing_location::slug.eq(location))
            .select(listing_location::id)
            .first(conn)
            .optional()?;
    }
    Ok(targets)
}

/// Was this form sent before?
pub fn is_known(conn: &mut Conn, id: InquiryId) -> Result<bool> {
    Ok(inquiry::table.find(id).count().get_result::<i64>(conn)? > 0)
}
