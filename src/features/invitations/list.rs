//! The declaration of the invitation list, and its rows as the database gives them.

use super::index::{self, FILTERS};
use super::views::Standing;
use crate::clock::Moment;
use crate::db::ids::{InvitationId, UserId};
use crate::db::search::invitations::{Asked, Order, Waiting, Window};
use crate::db::search::{Facet, Key, Query};
use crate::domain::relationship::invitation::{Kind, Shown, State as Stored, shown};
use crate::web::list::{Column, Cursor, Spec, State};
use uuid::Uuid;

const fn column(key: &'static str, default: bool, sort: Option<&'static str>) -> Column {
    Column { key, default, sort }
}

/// The list, declared once.
pub const SPEC: Spec = Spec {
    columns: &[
        column("recipient", true, None),
        column("expected", true, Some("company")),
        column("kind", true, None),
        column("state", true, None),
        column("invited", true, Some("number")),
        column("sender", false, None),
        column("sent", true, None),
        column("opened", true, None),
        column("expires", true, Some("expires")),
        column("answered", false, None),
        column("language", false, None),
        column("purpose", false, None),
        column("note", false, None),
    ],
    filters: FILTERS,
    sorts: &[("number", true), ("expires", false), ("company", false)],
    sizes: &[25, 50, 100, 200],
};

/// One row of the list and of its exports.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct Row {
    pub id: InvitationId,
    pub number: i64,
    pub kind: Kind,
    stored: Stored,
    pub open_link: bool,
    pub uses: i64,
    pub recipient_name: String,
    pub recipient_email: String,
    pub company: String,
    pub company_key: Vec<u8>,
    pub language: String,
    pub purpose: String,
    pub note: String,
    pub generation: i64,
    pub created_by: UserId,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub reminded_at: Option<Moment>,
    pub opened_at: Option<Moment>,
    pub expires_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub sender: Option<String>,
    pub provider: Option<String>,
}

impl Row {
    /// The state at `now`.
    pub fn shown(&self, now: Moment) -> Shown {
        shown(self.stored, self.expires_at, now)
    }
    /// How it stands.
    pub fn standing(&self, now: Moment) -> Standing {
        let last = self.reminded_at.max(self.sent_at);
        Standing { shown: self.shown(now), open_link: self.open_link, generation: self.generation, last }
    }
    /// The end, unless it was never sent.
    pub fn ends_at(&self) -> Option<Moment> {
        self.sent_at.and(self.expires_at)
    }
    /// The cursor of a page that begins after (or before) this row.
    pub fn cursor(&self, state: &State, backwards: bool) -> Cursor {
        let value = match order(state) {
            Order::Number => Vec::new(),
            Order::Expiry => self.expires_at.map_or(0, Moment::micros).to_be_bytes().to_vec(),
            Order::Company => self.company_key.clone(),
        };
        Cursor { backwards, value, id: Uuid::from_u128(self.number as u128) }
    }
    /// Its place in an order.
    pub fn place(&self, order: Order) -> (Option<Key>, i64) {
        let key = match order {
            Order::Number => None,
            Order::Expiry => self.expires_at.map(Key::Time),
            Order::Company => Some(Key::Name(self.company_key.clone())),
        };
        (key, self.number)
    }
}

/// The order of a view.
pub fn order(state: &State) -> Order {
    match state.sort {
        "expires" => Order::Expiry,
        "company" => Order::Company,
        _ => Order::Number,
    }
}

/// Which rows: the window of a view, `limit` rows of it. Backwards, the order is turned round,
/// and the caller turns the rows.
pub fn window(state: &State, limit: i64) -> Window {
    let order = order(state);
    let after = state.cursor.as_ref().and_then(|cursor| {
        let number = i64::try_from(cursor.id.as_u128()).ok()?;
        let key = match order {
            Order::Number => None,
            Order::Expiry => Some(Key::Time(Moment::from_micros(i64::from_be_bytes(cursor.value.as_slice().try_into().ok()?)))),
            Order::Company => Some(Key::Name(cursor.value.clone())),
        };
        Some((key, number))
    });
    let backwards = state.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    Window { order, descending: state.descending != backwards, after, limit }
}

/// What a view asks of the search index; `None` for the list as it comes, which needs no search.
pub fn asked(state: &State, now: Moment) -> Option<Asked> {
    let facets = |filter: &str, values: &[String]| -> Vec<Facet> {
        match filter {
            "state" => stored(values).into_iter().map(|one| index::facet("state", one.as_str())).collect(),
            _ => values.iter().map(|value| index::facet(filter, value.as_str())).collect(),
        }
    };
    let groups = state.filters.iter().map(|(filter, values)| facets(filter, values)).collect();
    let query = Query::new(&state.search, groups);
    query.asks().then(|| Asked { query, waiting: waiting(state, now) })
}

/// Which stored states the shown ones come from.
fn stored(values: &[String]) -> Vec<Stored> {
    let from = |value: &String| match Shown::from_text(value) {
        Some(Shown::Expired) => vec![Stored::Sent, Stored::Opened],
        _ => Stored::from_text(value).into_iter().collect(),
    };
    let mut all: Vec<Stored> = values.iter().flat_map(from).collect();
    all.sort();
    all.dedup();
    all
}

/// What must be asked of time: nothing, where all or none of those that wait are meant.
fn waiting(state: &State, now: Moment) -> Option<Waiting> {
    let has = |shown: Shown| state.has("state", shown.as_str());
    let (sent, opened, expired) = (has(Shown::Sent), has(Shown::Opened), has(Shown::Expired));
    let one = sent || opened || expired;
    (one && !(sent && opened && expired)).then_some(Waiting { now, sent, opened, expired })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(query: &str) -> State {
        State::parse(&SPEC, query, None, None)
    }

    #[test]
    fn expired_is_asked_of_time_and_not_of_the_stored_state() {
        let now = Moment::from_micros(1);
        for (query, wanted) in [
            ("", None),
            ("state=accepted", None),
            ("state=sent&state=opened&state=expired", None),
            ("state=sent", Some((true, false, false))),
            ("state=expired&state=draft", Some((false, false, true))),
        ] {
            let waiting = waiting(&state(query), now).map(|one| (one.sent, one.opened, one.expired));
            assert_eq!(waiting, wanted, "{query}");
        }
        let texts = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(stored(&texts(&["expired", "sent"])), [Stored::Sent, Stored::Opened]);
        assert_eq!(stored(&texts(&["revoked", "nonsense"])), [Stored::Revoked]);
    }

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        for query in ["", "sort=expires", "sort=-company"] {
            let (key, number) = (vec![1, 2, 3], 77);
            let state = state(query);
            let value = match order(&state) {
                Order::Number => Vec::new(),
                Order::Expiry => 5_i64.to_be_bytes().to_vec(),
                Order::Company => key,
            };
            let there = Cursor { backwards: false, value, id: Uuid::from_u128(number) };
            let again = State::parse(&SPEC, state.at(there.clone()).trim_start_matches('?'), None, None);
            assert_eq!(again.cursor, Some(there));
            assert_eq!(window(&again, 10).after.expect("a place").1, 77);
        }
    }
}
