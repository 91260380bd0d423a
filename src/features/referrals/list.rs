//! The declaration of the inbox, and what its address asks.

use super::index::{self, FILTERS};
use super::model::Referral;
use crate::access::referral::Sight;
use crate::clock::Moment;
use crate::db::ids::UserId;
use crate::db::search::numbered::{Asked, Condition, Window};
use crate::db::search::referrals::{self as search, Order};
use crate::db::search::{Facet, Key, Query};
use crate::domain::referral::State as Shown;
use crate::web::list::{Column, Cursor, Spec, State};
use uuid::Uuid;

const fn column(key: &'static str, default: bool, sort: Option<&'static str>) -> Column {
    Column { key, default, sort }
}

/// The list, declared once.
pub const SPEC: Spec = Spec {
    columns: &[
        column("prospect", true, Some("company")),
        column("need", true, None),
        column("size", true, None),
        column("products", true, None),
        column("origin", true, None),
        column("received", true, Some("number")),
        column("left", true, Some("left")),
        column("standing", true, None),
        column("title", false, None),
        column("worth", false, Some("value")),
        column("closing", false, Some("close")),
        column("owner", false, None),
        column("location", false, None),
        column("country", false, None),
        column("reason", false, None),
    ],
    filters: FILTERS,
    sorts: &[("number", true), ("left", false), ("company", false), ("value", true), ("close", false)],
    sizes: &[25, 50, 100, 200],
};

/// What closed means: each of its states has a tab of its own too.
pub const CLOSED: &[&str] = &["won", "lost", "declined", "expired"];

/// What each tab shows unless the member chose columns.
fn columns(query: &str) -> &'static [&'static str] {
    let wants = |state: &str| query.contains(&format!("state={state}"));
    match () {
        () if wants("accepted") => &["prospect", "title", "worth", "closing", "origin", "owner", "received"],
        () if CLOSED.iter().any(|state| wants(state)) => &["prospect", "title", "standing", "reason", "worth", "origin", "owner"],
        () => &["prospect", "need", "size", "products", "origin", "received", "left", "standing"],
    }
}

/// The view in a request's query string. The inbox as it comes is what waits for an answer, the most
/// urgent first.
pub fn state(query: &str, size: Option<u16>) -> State {
    let columns: Vec<String> = columns(query).iter().map(|key| (*key).to_owned()).collect();
    let mut state = State::parse(&SPEC, query, size, Some(&columns));
    if state.is_plain() {
        state.filters = vec![("state", vec![Shown::Received.as_str().to_owned()])];
        if !query.contains("sort=") {
            (state.sort, state.descending) = ("left", false);
        }
    }
    if only(&state) == Some(Shown::Received) {
        state.columns.retain(|key| *key != "standing");
    }
    state
}

/// The one state that a view asks for, if it is one and nothing else is asked.
fn only(state: &State) -> Option<Shown> {
    match (state.filters.as_slice(), state.values("state")) {
        ([_], [one]) if state.search.is_empty() => Shown::from_text(one),
        _ => None,
    }
}

/// The order of a view.
pub fn order(state: &State) -> Order {
    match state.sort {
        "left" => Order::Expiry,
        "company" => Order::Company,
        "value" => Order::Value,
        "close" => Order::Close,
        _ => Order::Number,
    }
}

/// Its place in an order.
pub fn place(row: &Referral, order: Order) -> (Option<Key>, i64) {
    let key = match order {
        Order::Number => None,
        Order::Expiry => row.expires_at.map(Key::Time),
        Order::Company => Some(Key::Name(row.company_key.clone())),
        Order::Value => Some(Key::Int(row.value_minor.unwrap_or(-1))),
        Order::Close => Some(Key::Text(row.close_on.clone())),
    };
    (key, row.number)
}

/// The cursor of a page that begins after (or before) a row.
pub fn cursor(row: &Referral, state: &State, backwards: bool) -> Cursor {
    let value = match place(row, order(state)).0 {
        None => Vec::new(),
        Some(Key::Time(at)) => at.micros().to_be_bytes().to_vec(),
        Some(Key::Int(value)) => value.to_be_bytes().to_vec(),
        Some(Key::Name(key)) => key,
        Some(Key::Text(text)) => text.into_bytes(),
    };
    Cursor { backwards, value, id: Uuid::from_u128(row.number as u128) }
}

/// Which rows: the window of a view, `limit` rows of it. Backwards, the order is turned round,
/// and the caller turns the rows.
pub fn window(state: &State, limit: i64) -> Window {
    let order = order(state);
    let after = state.cursor.as_ref().and_then(|cursor| {
        let number = i64::try_from(cursor.id.as_u128()).ok()?;
        let integer = || Some(i64::from_be_bytes(cursor.value.as_slice().try_into().ok()?));
        let key = match order {
            Order::Number => None,
            Order::Expiry => Some(Key::Time(Moment::from_micros(integer()?))),
            Order::Value => Some(Key::Int(integer()?)),
            Order::Company => Some(Key::Name(cursor.value.clone())),
            Order::Close => Some(Key::Text(String::from_utf8(cursor.value.clone()).ok()?)),
        };
        Some((key, number))
    });
    let backwards = state.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    Window { column: order.column(), descending: state.descending != backwards, after, limit }
}

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub sight: Sight,
    pub user: UserId,
    pub now: Moment,
}

/// What a view asks: of states alone by whoever sees all, ranges of rows.
pub fn asked(state: &State, reader: Reader) -> Asked {
    let (states, others): (Vec<_>, Vec<_>) = state.filters.iter().partition(|(filter, _)| *filter == "state");
    let mut groups: Vec<Vec<Facet>> = others.iter().map(|(filter, values)| facets(filter, values, reader.user)).collect();
    if let Some(user) = reader.sight.own() {
        groups.push(vec![index::facet("team", user.to_string())]);
    }
    if !Query::new(&state.search, groups.clone()).asks() {
        return Asked::Ranges(search::ranges(&shown(state), reader.now));
    }
    // All six states ask for nothing.
    groups.extend(states.iter().map(|(filter, values)| facets(filter, values, reader.user)).filter(|group| !all_states(group)));
    Asked::Postings(Query::new(&state.search, groups), waiting(state.values("state"), reader.now))
}

/// The states that a view shows.
pub fn shown(state: &State) -> Vec<Shown> {
    let chosen: Vec<Shown> = state.values("state").iter().filter_map(|value| Shown::from_text(value)).collect();
    if chosen.is_empty() { Shown::ALL.to_vec() } else { chosen }
}

/// What the tab of one state asks.
pub fn tab(shown: Shown, reader: Reader) -> Asked {
    asked(&state(&format!("state={}", shown.as_str()), None), reader)
}

fn all_states(group: &[Facet]) -> bool {
    Shown::ALL.iter().all(|shown| group.contains(&index::facet("state", shown.as_str())))
}

/// The facets of one filter's values; `mark` is about whoever reads.
fn facets(filter: &str, values: &[String], user: UserId) -> Vec<Facet> {
    match filter {
        "state" => {
            let mut stored: Vec<&str> = values.iter().map(String::as_str).collect();
            // Those that nobody has noted yet, too.
            if stored.contains(&"expired") {
                stored.push("received");
            }
            stored.sort_unstable();
            stored.dedup();
            stored.into_iter().map(|value| index::facet("state", value)).collect()
        }
        "mark" => {
            let mark = |value: &String| match value.as_str() {
                "favourite" => index::facet("favourite", user.to_string()),
                "mine" => index::facet("team", user.to_string()),
                other => index::facet("favourite", other),
            };
            values.iter().map(mark).collect()
        }
        _ => values.iter().map(|value| index::facet(filter, value.as_str())).collect(),
    }
}

/// What must be asked of time: nothing, where neither or both of new and expired are meant.
fn waiting(states: &[String], now: Moment) -> Condition {
    let has = |shown: Shown| states.iter().any(|value| value == shown.as_str());
    match (has(Shown::Received), has(Shown::Expired)) {
        (true, false) => search::at(now, true),
        (false, true) => search::at(now, false),
        _ => Condition::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_micros(1_000);

    fn reader(own: bool) -> Reader {
        let user = UserId::new();
        Reader { sight: if own { Sight::only(user) } else { Sight::ALL }, user, now: NOW }
    }

    #[test]
    fn the_inbox_as_it_comes_is_what_waits_most_urgent_first() {
        let plain = state("", None);
        assert_eq!((plain.values("state"), plain.sort, plain.descending), (&["received".to_owned()][..], "left", false));
        assert_eq!(state("state=accepted", None).sort, "number");
        assert_eq!(state("q=x", None).values("state"), &[] as &[String]);
    }

    #[test]
    fn states_alone_are_ranges_of_rows_to_whoever_sees_all() {
        for (query, own, wanted) in [
            ("", false, Some(1)),
            ("state=accepted&sort=value", false, Some(1)),
            // Those that nobody has noted yet, too.
            ("state=expired", false, Some(2)),
            ("state=won&state=lost&state=declined&state=expired", false, Some(5)),
            ("state=received&state=expired", false, Some(2)),
            ("state=received&state=accepted&state=won&state=lost&state=declined&state=expired", false, Some(1)),
            ("state=accepted&source=own", false, None),
            ("state=accepted&q=%23", false, None),
            ("", true, None),
            ("state=received&state=accepted&state=won&state=lost&state=declined&state=expired", true, None),
        ] {
            let ranges = match asked(&state(query, None), reader(own)) {
                Asked::Ranges(ranges) => Some(ranges.len()),
                Asked::Postings(..) => None,
            };
            assert_eq!(ranges, wanted, "{query}");
        }
    }

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        for (sort, key) in [
            ("number", None),
            ("left", Some(Key::Time(Moment::from_micros(5)))),
            ("company", Some(Key::Name(vec![1, 2]))),
            ("-value", Some(Key::Int(-1))),
            ("close", Some(Key::Text("2026-11-26".into()))),
        ] {
            let state = state(&format!("state=won&sort={sort}"), None);
            let value = match &key {
                None => Vec::new(),
                Some(Key::Time(_)) => 5_i64.to_be_bytes().to_vec(),
                Some(Key::Int(value)) => value.to_be_bytes().to_vec(),
                Some(Key::Name(key)) => key.clone(),
                Some(Key::Text(text)) => text.clone().into_bytes(),
            };
            let there = Cursor { backwards: false, value, id: Uuid::from_u128(77) };
            let query = state.at(there.clone());
            let again = super::state(query.trim_start_matches('?'), None);
            assert_eq!(again.cursor, Some(there), "{sort}");
            assert_eq!(window(&again, 10).after, Some((key, 77)), "{sort}");
        }
    }
}
