//! What the directory's search index knows of a listing.

use super::filter;
use crate::access::{Scope, directory};
use crate::db::Conn;
use crate::db::ids::ProfileId;
use crate::db::schema::listing;
use crate::db::search::Doc;
use crate::db::search::directory as search;
use crate::domain::profile::Content;
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
    let values = filter::values(&content, &row.country, row.account_type);
    let facets: Vec<String> = values.iter().map(|(filter, value)| filter.text(value)).collect();
    search::remove(conn, row.rank)?;
    diesel::update(own()).set((listing::rank.eq(rank), listing::facets.eq(facets.join(" ")))).execute(conn)?;
    if row.listed {
        search::put(conn, rank, &doc(&content, &values))?;
    }
    directory::changed();
    Ok(())
}

/// The name is searched, and the tags in the partner's own words; the words of vocabularies are
/// filter values.
pub fn doc(content: &Content, values: &[(filter::Filter, String)]) -> Doc {
    let mut facets: Vec<_> = values.iter().map(|(filter, value)| filter.facet(value)).collect();
    for location in &content.locations {
        facets.extend(search::cells_at(location.point()));
    }
    facets.sort();
    facets.dedup();
    let tags: Vec<&str> = content.solutions.iter().map(String::as_str).collect();
    Doc::new(&[&content.name], &tags, facets)
}
