//! What the directory's search index knows of a listing.

use super::filter;
use crate::access::{Scope, directory};
use crate::db::Conn;
use crate::db::ids::ProfileId;
use crate::db::schema::listing;
use crate::db::search::directory::{self as search, Entry};
use crate::domain::profile::{Content, Location};
use crate::domain::{AccountType, Cloud};
use crate::error::{Error, Result};
use diesel::prelude::*;

/// A listing as its document is made of it.
#[derive(HasQuery)]
#[diesel(table_name = listing)]
struct Row {
    number: i64,
    cloud: Cloud,
    country: String,
    account_type: AccountType,
    content: String,
    score: i64,
    rank: i64,
    listed: bool,
}

/// Writes the document of one of this partner's listings anew, at the place that its score gives
/// it, or takes it out when it is not listed any more; for whoever changed the listing, in the same
/// transaction.
pub fn refresh(scope: &Scope, conn: &mut Conn, profile: ProfileId) -> Result<()> {
    let own = || scope.all(listing::table).filter(listing::profile_id.eq(profile));
    let Some(row) = own().select(Row::as_select()).first(conn).optional()? else {
        return Ok(());
    };
    let content: Content = serde_json::from_str(&row.content).map_err(Error::internal)?;
    let rank = search::rank(row.cloud, row.score, row.number);
    search::remove(conn, row.rank)?;
    diesel::update(own()).set(listing::rank.eq(rank)).execute(conn)?;
    if row.listed {
        let values = filter::values(&content, &row.country, row.account_type);
        // The words of vocabularies are found as filter values.
        let entry = Entry {
            partner: scope.id(),
            name: &content.name,
            tags: &content.solutions,
            values: values.iter().map(|(filter, value)| filter.facet(value)).collect(),
            points: content.locations.iter().map(Location::point).collect(),
        };
        search::put(conn, rank, &entry)?;
    }
    directory::changed();
    Ok(())
}
