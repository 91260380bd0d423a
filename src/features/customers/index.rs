//! What the search index knows of a customer: which fields are searched, which filters exist.

use super::model::{self, Customer};
use crate::access::Scope;
use crate::db::ids::CustomerId;
use crate::db::schema::{customer_account, customer_tag};
use crate::db::search::{self, Doc, Facet};
use crate::db::{Conn, DbResult};
use diesel::prelude::*;

/// The filters of the customer list and the number of each in the index; numbers never change
/// their meaning once an index holds them.
pub const FILTERS: &[&str] = &["status", "relationship", "source", "tag", "owner", "country", "agreement"];

/// A filter's facet.
pub fn facet(filter: &str, value: impl Into<String>) -> Facet {
    let number = FILTERS.iter().position(|known| *known == filter).expect("a declared filter");
    Facet::new(number as u8 + 1, value)
}

/// The value of the owner filter for customers without one.
pub const NOBODY: &str = "none";

/// The relationship as the filter and the badge name it.
pub fn relationship_of(customer: &Customer) -> &'static str {
    if customer.counterpart_id.is_some() { "through" } else { "direct" }
}

/// Name, alias, domain, ids, registration number, contact: what the one search box looks in.
pub fn doc(customer: &Customer, tags: &[String]) -> Doc {
    let agreement = if customer.agreed_on.is_some() { "accepted" } else { "missing" };
    let mut facets = vec![
        facet("status", customer.status.as_str()),
        facet("relationship", relationship_of(customer)),
        facet("source", customer.source.as_str()),
        facet("owner", customer.owner_id.map_or_else(|| NOBODY.to_owned(), |id| id.to_string())),
        facet("country", customer.country.as_str()),
        facet("agreement", agreement),
    ];
    facets.extend(customer.counterpart_id.map(|id| facet("relationship", id.to_string())));
    facets.extend(tags.iter().map(|tag| facet("tag", tag.as_str())));
    let (id, organisation) = (customer.id.to_string(), customer.organisation_id.to_string());
    let others =
        [customer.domain.as_str(), &organisation, &id, &customer.registration_number, &customer.contact_name(), &customer.contact_email];
    Doc::new(&[&customer.company_name, &customer.alias], &others, facets)
}

fn doc_of(scope: &Scope, conn: &mut Conn, id: CustomerId) -> DbResult<Doc> {
    let customer = model::find(scope, conn, id)?;
    let tags: Vec<crate::db::ids::TagId> =
        scope.all(customer_tag::table).filter(customer_tag::customer_id.eq(id)).select(customer_tag::tag_id).load(conn)?;
    let tags: Vec<String> = tags.into_iter().map(|tag| tag.to_string()).collect();
    Ok(doc(&customer, &tags))
}

/// Brings the index up to date with a customer's rows; every act that changes one calls this.
pub fn refresh(scope: &Scope, conn: &mut Conn, id: CustomerId) -> DbResult<()> {
    let name_key: Vec<u8> =
        scope.all(customer_account::table).filter(customer_account::id.eq(id)).select(customer_account::name_key).first(conn)?;
    search::put(conn, scope, id, &name_key, &mut |conn, id| doc_of(scope, conn, id))
}
