//! What the search index knows of a referral: which fields are searched, which filters exist.

use super::model::{self, Referral};
use super::people;
use crate::access::Scope;
use crate::access::referral::{Sight, of_referral};
use crate::db::Conn;
use crate::db::ids::{ReferralId, UserId};
use crate::db::schema::referral_favourite;
use crate::db::search::referrals::INBOX;
use crate::db::search::{Doc, Facet};
use crate::error::Result;
use diesel::prelude::*;

/// The filters of the list; `size` is how many rows a page has.
pub const FILTERS: &[&str] = &["state", "mark", "source", "industry", "employees", "product", "owner", "location", "country", "reason"];
/// The facets of a document and the number of each in the index, which never changes its meaning.
const FACETS: &[&str] =
    &["state", "source", "industry", "employees", "product", "owner", "location", "country", "reason", "team", "favourite"];

/// A document's facet.
pub fn facet(kind: &str, value: impl Into<String>) -> Facet {
    let number = FACETS.iter().position(|known| *known == kind).expect("a declared facet");
    Facet::new(number as u8 + 1, value)
}

/// Whom a document names.
#[derive(Debug, Clone, Default)]
pub struct People {
    pub team: Vec<UserId>,
    pub favourite_of: Vec<UserId>,
    /// The contact, once it is known.
    pub contact: Vec<String>,
}

/// Company, title and number are found by one or two of their characters, the rest by three; what
/// is masked is not in the rows that this is made from.
pub fn doc(row: &Referral, people: &People) -> Doc {
    let mut facets = vec![
        facet("state", row.substatus.as_str()),
        facet("source", row.source.as_str()),
        facet("industry", &row.industry),
        facet("employees", &row.size),
        facet("country", &row.country),
        facet("reason", &row.reason),
    ];
    facets.extend(row.products.split(' ').filter(|key| !key.is_empty()).map(|key| facet("product", key)));
    facets.extend(row.owner_id.map(|user| facet("owner", user.to_string())));
    facets.extend(row.location_id.map(|location| facet("location", location.to_string())));
    facets.extend(row.owner_id.iter().chain(&people.team).map(|user| facet("team", user.to_string())));
    facets.extend(people.favourite_of.iter().map(|user| facet("favourite", user.to_string())));
    facets.sort();
    facets.dedup();
    let number = format!("#{}", row.number);
    let contact: Vec<&str> = people.contact.iter().map(String::as_str).collect();
    let others = [&[row.need.as_str(), &row.sender_name][..], &contact].concat();
    Doc::new(&[&row.company, &row.title, &number], &others, facets)
}

/// Brings the index up to date with a referral's rows; every act that changes them calls this.
pub fn refresh(scope: &Scope, conn: &mut Conn, id: ReferralId) -> Result<()> {
    let row = model::find(scope, conn, Sight::ALL, id)?;
    let known = of_referral(scope, conn, id)?;
    let favourites = scope.all(referral_favourite::table).filter(referral_favourite::referral_id.eq(id));
    let people = People {
        team: people::team(scope, conn, id)?.into_iter().map(|(user, _)| user).collect(),
        favourite_of: favourites.select(referral_favourite::user_id).load(conn)?,
        contact: vec![format!("{} {}", known.first_name, known.last_name), known.email],
    };
    Ok(INBOX.put(conn, scope, row.number, &doc(&row, &people))?)
}
