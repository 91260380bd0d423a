//! The declaration of the customer list, and its rows as the database gives them.

use super::index::{self, FILTERS};
use crate::access::tenant::Tenant;
use crate::clock::Moment;
use crate::db::ids::{CustomerId, OrganisationId, PartnerId, UserId};
use crate::db::search::{Facet, Key, Order, Query, Window};
use crate::domain::{CustomerStatus, Source};
use crate::web::list::{Column, Cursor, Spec, State};

const fn column(key: &'static str, default: bool, sort: Option<&'static str>) -> Column {
    Column { key, default, sort }
}

/// The list, declared once.
pub const SPEC: Spec = Spec {
    columns: &[
        column("company", true, Some("name")),
        column("relationship", true, None),
        column("status", true, None),
        column("owner", true, None),
        column("tags", true, None),
        column("agreement", true, None),
        column("activity", true, Some("activity")),
        column("created", false, Some("created")),
        column("country", false, None),
        column("source", false, None),
        column("registration", false, None),
        column("contact", false, None),
        column("ended", false, None),
        column("undo", false, None),
    ],
    filters: FILTERS,
    sorts: &[("name", false), ("created", true), ("activity", true)],
    sizes: &[25, 50, 100, 200],
};

/// One row of the list, and of its exports.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct Row {
    pub id: CustomerId,
    pub organisation_id: OrganisationId,
    pub status: CustomerStatus,
    pub counterpart_id: Option<PartnerId>,
    pub company_name: String,
    pub name_key: Vec<u8>,
    pub alias: String,
    pub domain: String,
    pub owner_id: Option<UserId>,
    pub agreed: bool,
    pub tag_count: i64,
    pub created_at: Moment,
    pub activity_at: Moment,
    pub ends_at: Option<Moment>,
    pub owner: Option<String>,
    pub counterpart: Option<String>,
}

/// What a row has for the columns that few lists show: read where one of them is shown.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct Detail {
    pub source: Source,
    pub country: String,
    pub registration_number: String,
    pub contact_first: String,
    pub contact_last: String,
    pub contact_email: String,
    pub agreed_on: Option<String>,
}

/// Does a view show a column of [`Detail`]?
pub fn shows_detail(state: &State) -> bool {
    ["country", "source", "registration", "contact"].iter().any(|column| state.shows(column))
}

/// What the view of former customers shows, whatever columns the member likes elsewhere: when and
/// by whom the relationship ended, and until when that can be undone.
pub const FORMER: [&str; 4] = ["company", "ended", "undo", "relationship"];

/// Is this the view of former customers?
pub fn is_former(state: &State) -> bool {
    matches!(state.values("status"), [only] if only == CustomerStatus::Ended.as_str())
}

impl Row {
    /// The cursor of a page that begins after (or before) this row.
    pub fn cursor(&self, state: &State, backwards: bool) -> Cursor {
        let value = match order(state) {
            Order::Name => self.name_key.clone(),
            Order::Created => self.created_at.micros().to_be_bytes().to_vec(),
            Order::Activity => self.activity_at.micros().to_be_bytes().to_vec(),
        };
        Cursor { backwards, value, id: self.id.uuid() }
    }
}

/// The order of a view.
pub fn order(state: &State) -> Order {
    match state.sort {
        "created" => Order::Created,
        "activity" => Order::Activity,
        _ => Order::Name,
    }
}

/// Which rows: the window of a view, `limit` rows of it. Backwards, the order is turned round,
/// and the caller turns the rows.
pub fn window(state: &State, limit: i64) -> Window {
    let order = order(state);
    let after = state.cursor.as_ref().and_then(|cursor| {
        let key = match order {
            Order::Name => Key::Name(cursor.value.clone()),
            _ => Key::Time(Moment::from_micros(i64::from_be_bytes(cursor.value.as_slice().try_into().ok()?))),
        };
        Some((key, CustomerId::from_uuid(cursor.id)))
    });
    let backwards = state.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    Window { order, descending: state.descending != backwards, after, limit }
}

/// What a view asks of the search index; `None` for the list as it comes, which needs no search.
/// Ended customers are hidden unless asked for.
pub fn query(state: &State) -> Option<Query> {
    if state.is_plain() {
        return None;
    }
    let groups: Vec<Vec<Facet>> =
        state.filters.iter().map(|(filter, values)| values.iter().map(|value| index::facet(filter, value.as_str())).collect()).collect();
    let query = Query::new(&state.search, groups);
    if !query.asks() {
        return None;
    }
    let whole = state.values("status").is_empty();
    Some(if whole { query.without(index::facet("status", CustomerStatus::Ended.as_str())) } else { query })
}

/// The whole list, whatever is filtered: for *everything* in exports. Ended customers too.
pub fn everything(_tenant: &Tenant) -> Query {
    Query::new("", vec![CustomerStatus::ALL.iter().map(|status| index::facet("status", status.as_str())).collect()])
}
